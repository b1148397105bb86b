package dev.plantain.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.platform.MessageRef;
import dev.plantain.platform.Sender;
import dev.plantain.quota.AuditResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Members who ask for too much in too short a time. */
class SpamTest {
  @TempDir Path folder;
  private Scene scene;
  private final Sender ann = handled("ann");
  private final Sender bob = handled("bob");

  @BeforeEach
  void begin() {
    scene = new Scene(folder);
    scene.platform.governs(bob.member());
  }

  @AfterEach
  void end() {
    assertThat(scene.audit()).isInstanceOf(AuditResult.Agrees.class);
    scene.close();
  }

  private static Sender handled(String name) {
    return new Sender(
        Scene.person(name).member(), name, Optional.empty(), Optional.of(name), Set.of());
  }

  private MessageRef asks(Sender member, String words) {
    MessageRef asked = scene.by(member).toUs().says(words);
    scene.settle();
    return asked;
  }

  private String commands(Sender member, String name, String arguments) {
    MessageRef asked = scene.by(member).commands(name, arguments);
    scene.settle();
    return scene.answerTo(asked).words();
  }

  private String answer(MessageRef asked) {
    return scene.answerTo(asked).words();
  }

  private boolean isPicture(MessageRef asked) {
    return scene.answersTo(asked).stream().anyMatch(post -> post.file().isPresent());
  }

  private boolean isSilent(MessageRef asked) {
    return scene.answersTo(asked).isEmpty();
  }

  @Test
  void nobodyIsShutOutByThemselvesWhereNoModeratorWantsIt() {
    for (int i = 0; i < 15; i++) {
      assertThat(isPicture(asks(ann, "a cat"))).isTrue();
    }
    assertThat(commands(bob, "antispam", "")).startsWith("Nothing counts as spam here");
  }

  @Test
  void whoFloodsIsShutOutForAWhileToldOnceAndLetInAgain() {
    assertThat(commands(bob, "antispam", "floods 3/1m 30m"))
        .contains("floods 3/1m: requests of one member; then out for 30 minutes");
    for (int i = 0; i < 3; i++) {
      assertThat(isPicture(asks(ann, "cat " + i))).isTrue();
    }

    assertThat(answer(asks(ann, "cat 4")))
        .isEqualTo(
            "That was too much in too short a time. You are shut out here for 30 minutes, and"
                + " nothing was charged.");
    assertThat(isSilent(asks(ann, "cat 5"))).isTrue();
    assertThat(isPicture(asks(Scene.person("carl"), "cat 6"))).isTrue();
    assertThat(commands(bob, "unban", "")).contains("ann", "more than floods 3/1m");
    assertThat(commands(bob, "audit", ""))
        .contains("/antispam: /ban @ann 30m more than floods 3/1m");

    scene.clock.advance(Duration.ofMinutes(31));
    assertThat(isPicture(asks(ann, "cat 7"))).isTrue();
  }

  @Test
  void whatIsAsOldAsTheWindowDoesNotCountAnyMore() {
    commands(bob, "antispam", "floods 1/1m");
    assertThat(isPicture(asks(ann, "a cat"))).isTrue();
    scene.clock.advance(Duration.ofMinutes(1));
    assertThat(isPicture(asks(ann, "a dog"))).isTrue();
    assertThat(isPicture(asks(ann, "a cow"))).isFalse();
  }

  @Test
  void whatNoWindowReachesIsForgotten() {
    commands(bob, "antispam", "floods 5/1m");
    asks(ann, "a cat");
    scene.clock.advance(Duration.ofDays(1));
    asks(ann, "a dog");

    assertThat(scene.count("asking")).isOne();
  }

  @Test
  void aModeratorLetsThemInSoonerAndTheyBeginAnew() {
    commands(bob, "antispam", "floods 1/1h");
    asks(ann, "one");
    asks(ann, "two");
    assertThat(isSilent(asks(ann, "three"))).isTrue();

    commands(bob, "unban", "@ann");

    assertThat(isPicture(asks(ann, "four"))).isTrue();
  }

  @Test
  void moderatorsAreNeverShutOut() {
    commands(bob, "antispam", "floods 1/1m");

    assertThat(isPicture(asks(bob, "one"))).isTrue();
    assertThat(isPicture(asks(bob, "two"))).isTrue();
    assertThat(commands(bob, "unban", "")).startsWith("Nobody is shut out");
  }

  @Test
  void theSameWordsAgainAndAgainAreSpamAndOthersAreNot() {
    commands(bob, "antispam", "repeats 2/10m");
    asks(ann, "A cat");
    commands(ann, "new", "");
    asks(ann, "a  CAT");
    commands(ann, "new", "");
    assertThat(isPicture(asks(ann, "a dog"))).isTrue();
    commands(ann, "new", "");

    assertThat(answer(asks(ann, "a cat"))).startsWith("That was too much");
  }

  @Test
  void theSameWordsAboutAnotherPictureAreAnotherRequest() {
    commands(bob, "antispam", "repeats 1/10m");
    for (int i = 0; i < 3; i++) {
      MessageRef asked = scene.by(ann).toUs().with(Scene.photo(i)).says("make it night");
      scene.settle();
      assertThat(isPicture(asked)).isTrue();
    }
  }

  @Test
  void whoProbesALimitIsShutOut() {
    commands(bob, "antispam", "refusals 2/10m");
    commands(bob, "limit", "members 1/day");
    asks(ann, "one");
    assertThat(answer(asks(ann, "two"))).doesNotContain("too short a time");
    assertThat(answer(asks(ann, "three"))).doesNotContain("too short a time");

    assertThat(answer(asks(ann, "four"))).startsWith("That was too much");
  }

  @Test
  void whenVeryManyAreNewTheNextOnesWait() {
    asks(ann, "I was here before");
    scene.clock.advance(Duration.ofHours(2));
    commands(bob, "antispam", "newcomers 2/1h 20m");
    scene.clock.advance(Duration.ofHours(2));
    assertThat(isPicture(asks(Scene.person("one"), "a cat"))).isTrue();
    assertThat(isPicture(asks(Scene.person("two"), "a cat"))).isTrue();

    assertThat(answer(asks(Scene.person("three"), "a cat")))
        .isEqualTo(
            "Very many are new here just now. Please try again in 20 minutes; nothing was charged.");
    assertThat(isPicture(asks(Scene.person("one"), "another cat"))).isTrue();
    assertThat(isPicture(asks(ann, "a cat"))).isTrue();
    scene.clock.advance(Duration.ofHours(1));
    assertThat(isPicture(asks(Scene.person("three"), "a cat"))).isTrue();
  }

  @Test
  void whatSuitsMostComesByOneButtonAndGoesByOthers() {
    MessageRef asked = scene.by(bob).commands("antispam", "");
    scene.settle();
    MessageRef menu = scene.answerTo(asked).message();

    scene.press(bob, scene.group, menu, "run:antispam:usual");
    scene.settle();
    assertThat(answer(asked))
        .contains("floods 10/1m", "repeats 5/10m", "refusals 5/10m", "newcomers 20/1h");
    scene.press(bob, scene.group, menu, "run:antispam:floods off");
    scene.settle();
    assertThat(answer(asked)).doesNotContain("floods").contains("repeats 5/10m");

    assertThat(commands(bob, "antispam", "off")).startsWith("Nothing counts as spam here");
    assertThat(commands(bob, "audit", ""))
        .contains("/antispam floods 10/1m 10m", "/antispam floods off", "/antispam repeats off");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "floods",
        "floods 0/1m",
        "floods -1/1m",
        "floods 1001/1m",
        "floods 99999999999/1m",
        "floods 3/0m",
        "floods 3/2d",
        "floods 3/1x",
        "floods 3/1m 2w",
        "cats 3/1m",
        "floods 3/1m 5m more",
        "cats off"
      })
  void whatIsNoRuleIsToldSo(String arguments) {
    assertThat(commands(bob, "antispam", arguments)).startsWith("Write it like /antispam");
    assertThat(commands(bob, "antispam", "")).startsWith("Nothing counts as spam here");
  }

  @Test
  void onlyModeratorsDecideItAlsoByAForgedPress() {
    assertThat(commands(ann, "antispam", "off")).startsWith("Only those who run this");
    MessageRef asked = scene.by(bob).commands("antispam", "");
    scene.settle();

    scene.press(ann, scene.group, scene.answerTo(asked).message(), "run:antispam:usual");
    scene.settle();

    assertThat(commands(bob, "antispam", "")).startsWith("Nothing counts as spam here");
  }
}
