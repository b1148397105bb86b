package dev.plantain.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.platform.InteractionRef;
import dev.plantain.platform.MessageRef;
import dev.plantain.platform.Sender;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who changed what. */
class AuditTest {
  private static final Pattern WORD = Pattern.compile("/deny word (word\\d+)");

  @TempDir Path folder;
  private Scene scene;

  @BeforeEach
  void begin() {
    scene = new Scene(folder);
    scene.platform.governs(scene.bob.member());
  }

  @AfterEach
  void end() {
    scene.close();
  }

  private FakePlatform.Post commands(Sender member, String name, String arguments) {
    MessageRef asked = scene.by(member).commands(name, arguments);
    scene.settle();
    return scene.answerTo(asked);
  }

  private FakePlatform.Post audit(String arguments) {
    return commands(scene.bob, "audit", arguments);
  }

  private FakePlatform.Post press(FakePlatform.Post post, String button) {
    scene.press(scene.bob, scene.group, post.message(), button);
    scene.settle();
    return scene.posts(scene.group).stream()
        .filter(each -> each.message().equals(post.message()))
        .findFirst()
        .orElseThrow();
  }

  private void forbids(int words) {
    for (int i = 0; i < words; i++) {
      scene.by(scene.bob).commands("deny", "word word" + i);
    }
    scene.settle();
  }

  private static Set<String> told(String text) {
    return new TreeSet<>(WORD.matcher(text).results().map(MatchResult::group).toList());
  }

  @Test
  void whatWasDoneIsToldNewestFirstWithNamesAndHowLongAgo() {
    assertThat(audit("").words()).startsWith("Nobody has changed anything here");
    MessageRef asked = scene.by(scene.ann).toUs().says("a cat");
    scene.settle();
    commands(scene.bob, "deny", "size 4K everywhere");
    scene.clock.advance(Duration.ofHours(2));
    scene.by(scene.bob).replyingTo(scene.answerTo(asked)).commands("deny", "member");
    scene.settle();
    Sender carl = Scene.person("carl");
    scene.platform.governs(carl.member());
    commands(carl, "deny", "word cat");
    scene.clock.advance(Duration.ofMinutes(3));

    assertThat(audit("").words())
        .isEqualTo(
            """
            What those who run this community did, newest first:
            3 minutes ago, carl: /deny word cat
            about 3 hours ago, bob: /deny size 4K everywhere\
            """);
  }

  @Test
  void whatHoldsForOthersIsNotedAndWhatSomebodyChoosesForThemselvesIsNot() {
    commands(scene.bob, "listen", "on");
    commands(scene.bob, "spoiler", "on everywhere");
    commands(scene.bob, "resolution", "1K everyone");
    commands(scene.bob, "resolution", "auto everywhere");
    commands(scene.bob, "aspect", "16:9");
    MessageRef menu = commands(scene.bob, "buttons", "").message();
    scene.press(scene.bob, scene.group, menu, "set:buttons:community:asker");
    scene.settle();

    assertThat(audit("").words())
        .isEqualTo(
            """
            What those who run this community did, newest first:
            about 1 second ago, bob: /buttons asker everywhere
            about 1 second ago, bob: /resolution auto everywhere
            about 1 second ago, bob: /resolution 1K chat
            about 1 second ago, bob: /spoiler on everywhere
            about 1 second ago, bob: /listen on chat\
            """);
  }

  @Test
  void olderDeedsFollowByAButtonAndNewerOnesComeBack() {
    forbids(25);
    FakePlatform.Post first = audit("");
    assertThat(first.words()).contains("word24", "word15").doesNotContain("word14");
    assertThat(first.buttons()).hasSize(1);

    FakePlatform.Post second = press(first, first.buttons().getLast());
    assertThat(second.words()).contains("word14", "word5").doesNotContain("word15", "word4\n");
    assertThat(second.buttons()).hasSize(2);
    FakePlatform.Post last = press(second, second.buttons().getLast());
    assertThat(last.words()).contains("word4", "word0").doesNotContain("word5");
    assertThat(last.buttons()).hasSize(1);
    FakePlatform.Post back = press(press(last, last.buttons().getFirst()), "run:audit:");
    assertThat(back.words()).contains("word24");
  }

  @Test
  void everythingIsExportedInPiecesThatSayWhatIsLeft() {
    forbids(60);
    FakePlatform.Post export = audit("export");
    assertThat(export.words()).contains("older ones follow by the button.", "2026-03-01T12:00:00Z");
    Set<String> told = new TreeSet<>(told(export.words()));
    for (int piece = 0; piece < 5 && !export.words().startsWith("All"); piece++) {
      assertThat(export.words()).hasSizeLessThan(2_000);
      export = press(export, export.buttons().getLast());
      told.addAll(told(export.words()));
    }

    assertThat(export.words()).startsWith("All");
    assertThat(told).hasSize(60);
  }

  @Test
  void whatIsAskedForInOtherWordsIsToldSo() {
    assertThat(audit("everything").words()).startsWith("I do not know the choice everything here.");
    assertThat(audit("older -1").words()).startsWith("I do not know the choice");
    assertThat(audit("older 0").words()).startsWith("Nobody has changed anything");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "export", "older 100"})
  void onlyModeratorsSeeItAlsoByAForgedPress(String arguments) {
    commands(scene.bob, "deny", "word cat");
    FakePlatform.Post post = commands(scene.ann, "audit", arguments);
    assertThat(post.words()).isEqualTo("Only those who run this chat can change that.");

    InteractionRef forged =
        scene.press(scene.ann, scene.group, post.message(), "run:audit:" + arguments);
    scene.settle();
    assertThat(scene.platform.answerTo(forged))
        .contains("Only those who run this chat can change that.");
  }

  @Test
  void whatAnotherCommunityDidIsNotTold() {
    commands(scene.bob, "deny", "word cat");
    MessageRef asked = scene.by(scene.ann).in(scene.annsRoom).commands("audit", "");
    scene.settle();

    assertThat(scene.answerTo(asked).words()).startsWith("Nobody has changed anything");
  }
}
