package dev.plantain.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.conversation.Part;
import dev.plantain.platform.ChatRef;
import dev.plantain.platform.InteractionRef;
import dev.plantain.platform.MessageRef;
import dev.plantain.platform.Place;
import dev.plantain.platform.PlatformException;
import dev.plantain.platform.Sender;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Results that members report and moderators hide. */
class ReportsTest {
  @TempDir Path folder;
  private Scene scene;
  private final Sender ann = Scene.person("ann");
  private final Sender bob = Scene.person("bob");
  private final Sender carl = Scene.person("carl");
  private final Sender dora = Scene.person("dora");
  private Place room;

  @BeforeEach
  void begin() {
    scene = new Scene(folder);
    scene.platform.governs(bob.member());
    room = new Place(new ChatRef(FakePlatform.ID, "room"), scene.group.community(), false);
  }

  @AfterEach
  void end() {
    scene.close();
  }

  private FakePlatform.Post result() {
    return result("a cat");
  }

  private FakePlatform.Post result(String words) {
    MessageRef asked = scene.by(ann).toUs().says(words);
    scene.settle();
    return scene.answerTo(asked);
  }

  private FakePlatform.Post now(FakePlatform.Post post) {
    return scene.platform.posts().stream()
        .filter(each -> each.message().equals(post.message()))
        .findFirst()
        .orElseThrow();
  }

  private String commands(Sender who, String name, String words) {
    return commands(scene.by(who), name, words);
  }

  private String commands(Scene.Speech speech, String name, String words) {
    MessageRef asked = speech.commands(name, words);
    scene.settle();
    List<FakePlatform.Post> answers = scene.answersTo(asked);
    return answers.isEmpty() ? "" : answers.getFirst().words();
  }

  private String reports(Sender who, FakePlatform.Post post, String reason) {
    return commands(scene.by(who).replyingTo(post), "report", reason);
  }

  private String pressed(Sender who, Place where, FakePlatform.Post post, String action) {
    InteractionRef press = scene.press(who, where, now(post), action);
    scene.settle();
    return scene.platform.answerTo(press).orElse("");
  }

  private FakePlatform.Post report(Place where) {
    return scene.posts(where).stream()
        .filter(post -> post.words().startsWith("🚩"))
        .findFirst()
        .orElseThrow();
  }

  private boolean isHidden(FakePlatform.Post post) {
    return isHidden(now(post), post);
  }

  private static boolean isHidden(FakePlatform.Post shown, FakePlatform.Post post) {
    return shown.words().startsWith("🙈")
        && shown.buttons().isEmpty()
        && !Arrays.equals(shown.file().orElseThrow(), post.file().orElseThrow());
  }

  private void isAsBefore(FakePlatform.Post post) {
    assertThat(now(post).words()).isEqualTo(post.words());
    assertThat(now(post).buttons()).isEqualTo(post.buttons());
    assertThat(now(post).file().orElseThrow()).isEqualTo(post.file().orElseThrow());
  }

  @Test
  void aPictureThatIsHiddenAfterSomebodyPutItAsideDoesNotGoAlong() {
    FakePlatform.Post picture = result("a lighthouse");
    FakePlatform.Post other = result("a windmill");
    commands(scene.by(carl).replyingToPicture(picture), "reference", "");
    commands(scene.by(carl).replyingToPicture(other), "reference", "");
    commands(scene.by(bob).replyingTo(picture), "hide", "");

    scene.by(carl).toUs().says("combine them");
    scene.settle();

    assertThat(ConversationTest.images(scene.model().requests().getLast())).isEqualTo(1);
  }

  @Test
  void moderatorsAreToldWhatWasReportedByWhomAndWhy() {
    commands(scene.by(bob).in(room), "report", "here");
    FakePlatform.Post picture = result();

    assertThat(reports(carl, picture, "it is rude")).startsWith("Thank you");
    assertThat(scene.posts(scene.group).getLast().replyTo()).isPresent();
    reports(dora, picture, "");

    FakePlatform.Post card = report(room);
    assertThat(card.words())
        .isEqualTo(
            """
            🚩 Reported by 2 members
            a cat
            Asked for by ann, reported by carl, dora
            it is rude\
            """);
    assertThat(card.file().orElseThrow()).isEqualTo(picture.file().orElseThrow());
    assertThat(card.card().picture().orElseThrow().spoiler()).isTrue();
    assertThat(card.buttons())
        .extracting(data -> data.split(":", 2)[0])
        .containsExactly("hideit", "keepit", "banday");
    assertThat(scene.posts(room).stream().filter(post -> post.words().startsWith("🚩"))).hasSize(1);
    isAsBefore(picture);
  }

  @Test
  void withoutAChatOfTheirOwnTheCardStandsBelowTheResultWithoutThePicture() {
    FakePlatform.Post picture = result();

    reports(carl, picture, "rude");

    FakePlatform.Post card = report(scene.group);
    assertThat(card.replyTo()).contains(picture.message());
    assertThat(card.file()).isEmpty();
  }

  @Test
  void aChatOfTheirsThatCannotBeWrittenToHoldsUpNothing() {
    commands(scene.by(bob).in(room), "report", "here");
    FakePlatform.Post picture = result();
    scene.platform.close(room.chat());

    reports(carl, picture, "");
    pressed(bob, scene.group, report(scene.group), "hideit");
    assertThat(isHidden(picture)).isTrue();
    pressed(bob, scene.group, report(scene.group), "keepit");

    isAsBefore(picture);
    assertThat(report(scene.group).file()).isEmpty();
  }

  @Test
  void aHiddenResultIsSeenByNobodyUntilAModeratorKeepsIt() {
    commands(scene.by(bob).in(room), "report", "here");
    FakePlatform.Post picture = result();
    scene.press(carl, scene.group, picture, "original");
    scene.settle();
    FakePlatform.Post original = scene.lastPost(scene.group);
    reports(carl, picture, "");

    assertThat(pressed(bob, room, report(room), "hideit")).isEqualTo("It is hidden.");

    assertThat(isHidden(picture)).isTrue();
    assertThat(isHidden(original)).isTrue();
    assertThat(report(room).words()).endsWith("🙈 Hidden by bob");
    assertThat(report(room).file().orElseThrow()).isNotEqualTo(picture.file().orElseThrow());

    assertThat(pressed(bob, room, report(room), "keepit")).isEqualTo("It stays to be seen.");

    isAsBefore(picture);
    isAsBefore(original);
    assertThat(report(room).words()).endsWith("👁 Kept by bob");
  }

  @Test
  void whoIsNoModeratorDecidesNothingAlsoByAForgedPress() {
    FakePlatform.Post picture = result();
    reports(carl, picture, "");
    String number = report(scene.group).button("hideit").split(":", 2)[1];

    for (String action : List.of("hideit", "keepit", "banday")) {
      assertThat(pressed(carl, scene.group, report(scene.group), action))
          .startsWith("Only those who");
      InteractionRef forged =
          scene.press(
              carl,
              scene.annsRoom,
              new MessageRef(scene.annsRoom.chat(), "1"),
              action + ":" + number);
      scene.settle();
      assertThat(scene.platform.answerTo(forged).orElseThrow()).startsWith("Only those who");
    }
    for (String forged : List.of("run:hide:#" + number, "run:report:hide 1", "run:log:here")) {
      InteractionRef press = scene.press(carl, scene.group, picture.message(), forged);
      scene.settle();
      assertThat(scene.platform.answerTo(press).orElseThrow()).startsWith("Only those who");
    }
    assertThat(commands(scene.by(carl).replyingTo(picture), "hide", ""))
        .startsWith("Only those who");
    assertThat(commands(carl, "report", "hide 1")).startsWith("Only those who");
    isAsBefore(picture);
    assertThat(scene.count("ban")).isZero();
    assertThat(scene.count("report_rule")).isZero();
    assertThat(scene.count("duty_chat")).isZero();
  }

  @Test
  void aNumberOfAnotherChatNamesNothing() {
    FakePlatform.Post picture = result();
    String number = picture.button("original").split(":", 2)[1];

    InteractionRef press =
        scene.press(ann, scene.annsRoom, picture.message(), "run:hide:#" + number);
    scene.settle();

    assertThat(scene.platform.answerTo(press).orElseThrow()).startsWith("Reply with /hide");
    isAsBefore(picture);
  }

  @Test
  void theButtonsOfAHiddenResultAnswerInWords() {
    FakePlatform.Post picture = result();
    commands(scene.by(bob).replyingTo(picture), "hide", "");
    int posts = scene.posts(scene.group).size();

    for (String action : List.of("original", "again", "change")) {
      InteractionRef press =
          scene.press(ann, scene.group, picture.message(), picture.button(action));
      scene.settle();
      assertThat(scene.platform.answerTo(press).orElseThrow()).startsWith("That picture is hidden");
    }
    assertThat(scene.posts(scene.group)).hasSize(posts);
  }

  @Test
  void nothingContinuesFromAHiddenResult() {
    FakePlatform.Post picture = result();
    commands(scene.by(bob).replyingTo(picture), "hide", "");

    MessageRef reply = scene.by(carl).toUs().replyingTo(picture).says("make it night");
    scene.settle();
    assertThat(scene.answerTo(reply).words()).startsWith("That picture is hidden");
    assertThat(scene.answerTo(reply).forAskerAlone()).isTrue();
    MessageRef command = scene.by(carl).replyingTo(picture).commands("imagine", "night");
    scene.settle();
    assertThat(scene.answerTo(command).words()).startsWith("That picture is hidden");

    result("make it night");
    assertThat(sentToTheModel()).isZero();
  }

  @Test
  void whatHadContinuedFromItGoesOnWithoutThePicture() {
    FakePlatform.Post picture = result();
    FakePlatform.Post second = result("make it night");
    commands(scene.by(bob).replyingTo(picture), "hide", "");

    MessageRef third = scene.by(carl).toUs().replyingTo(second).says("add stars");
    scene.settle();

    assertThat(scene.answerTo(third).file()).isPresent();
    assertThat(sentToTheModel()).isEqualTo(1);
    commands(scene.by(bob).replyingTo(picture), "hide", "off");
    isAsBefore(picture);
  }

  private long sentToTheModel() {
    return scene.model().requests().getLast().contents().stream()
        .flatMap(content -> content.parts().stream())
        .filter(Part.Image.class::isInstance)
        .count();
  }

  @Test
  void byRuleEnoughMembersHideAResultUntilAModeratorKeepsIt() {
    assertThat(commands(bob, "report", "hide 2")).startsWith("✅ Reports of 2 different members");
    FakePlatform.Post picture = result();
    reports(carl, picture, "");
    isAsBefore(picture);
    assertThat(reports(carl, picture, "")).startsWith("You have reported this one already");
    isAsBefore(picture);

    reports(dora, picture, "");

    assertThat(isHidden(picture)).isTrue();
    assertThat(now(picture).words()).startsWith("🙈 Members reported");
    assertThat(report(scene.group).words()).endsWith("🙈 Hidden by its reports, until you decide");

    pressed(bob, scene.group, report(scene.group), "keepit");
    reports(ann, picture, "");
    isAsBefore(picture);
    List<String> deeds =
        scene
            .database()
            .read(reading ->
                reading.list(
                    "select command || ' ' || words as deed from audit_deed order by id",
                    row -> row.text("deed")));
    assertThat(deeds)
        .containsExactly(
            "report hide 2",
            "report #1",
            "report #1",
            "report (#1 hidden, reports: 2)",
            "hide off #1 (@ann)",
            "report #1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"@carl 1d", "@carl"})
  void theReportsOfThoseWhoAreShutOutDoNotCount(String ban) {
    commands(bob, "report", "hide 2");
    FakePlatform.Post picture = result();
    reports(carl, picture, "");
    commands(scene.by(bob).naming(carl), "ban", ban);

    assertThat(reports(carl, picture, "")).startsWith("You are shut out");
    reports(dora, picture, "");

    isAsBefore(picture);
    assertThat(report(scene.group).words()).startsWith("🚩 Reported by one member");
  }

  @Test
  void aFloodOfReportsIsToldOnceAndIgnored() {
    List<FakePlatform.Post> pictures =
        IntStream.range(0, 13).mapToObj(i -> result("cat " + i)).toList();
    for (FakePlatform.Post picture : pictures.subList(0, 10)) {
      assertThat(reports(carl, picture, "")).startsWith("Thank you");
    }

    assertThat(reports(carl, pictures.get(10), "")).startsWith("You have reported 10 pictures");
    assertThat(reports(carl, pictures.get(11), "")).isEmpty();
    assertThat(commands(scene.by(carl).waiting().replyingTo(pictures.get(11)), "report", ""))
        .startsWith("You have reported 10 pictures");
    assertThat(scene.count("report")).isEqualTo(10);

    scene.run(Duration.ofHours(2));
    assertThat(reports(carl, pictures.get(12), "")).startsWith("Thank you");
  }

  @Test
  void theMemberWhoAskedIsShutOutForADayByAButton() {
    FakePlatform.Post picture = result();
    reports(carl, picture, "");

    assertThat(pressed(bob, scene.group, report(scene.group), "banday"))
        .startsWith("ann is shut out for");
    pressed(bob, scene.group, report(scene.group), "banday");

    MessageRef asked = scene.by(ann).toUs().says("a dog");
    scene.settle();
    assertThat(scene.answerTo(asked).words()).startsWith("You are shut out");
    assertThat(scene.count("audit_deed where command = 'ban' and words = '@ann 1d'")).isEqualTo(1);
  }

  @Test
  void whatIsNoResultCannotBeReportedOrHidden() {
    MessageRef theirs = scene.by(ann).unheard();

    assertThat(commands(scene.by(carl).replyingTo(theirs), "report", ""))
        .startsWith("Reply with /report");
    assertThat(commands(scene.by(bob).replyingTo(theirs), "hide", ""))
        .startsWith("Reply with /hide");
    assertThat(commands(carl, "report", "it is rude")).startsWith("Reply with /report");
    assertThat(commands(scene.by(ann).in(scene.annsRoom), "report", "")).startsWith("Nobody runs");
    for (String number : List.of("0", "51", "-1", "x", "1000000000000")) {
      assertThat(commands(bob, "report", "hide " + number)).startsWith("From how many");
    }
    assertThat(scene.count("report_rule")).isZero();
  }

  @Test
  void whatTakesNoCurtainIsRemovedAndPostedAnewWhenItIsKept() {
    FakePlatform.Post picture = result();
    scene.platform.fails(
        "edit", false, new PlatformException.Rejected(PlatformException.Reason.INVALID, "too old"));
    commands(scene.by(bob).replyingTo(picture), "hide", "");
    assertThat(scene.platform.posts())
        .extracting(FakePlatform.Post::message)
        .doesNotContain(picture.message());

    String number = picture.button("original").split(":", 2)[1];
    scene.press(bob, scene.group, picture.message(), "run:hide:off #" + number);
    scene.settle();

    FakePlatform.Post anew =
        scene.posts(scene.group).stream()
            .filter(post -> post.key().equals(picture.key()))
            .findFirst()
            .orElseThrow();
    assertThat(anew.buttons()).isEqualTo(picture.buttons());
    assertThat(anew.file().orElseThrow()).isEqualTo(picture.file().orElseThrow());
    assertThat(reports(carl, anew, "")).startsWith("Thank you");
  }

  @Test
  void anOriginalThatWasBeingPostedWhileItsResultWasHiddenIsCoveredToo() {
    FakePlatform.Post picture = result();
    FakePlatform.Wire hiding =
        new FakePlatform.Wire() {
          @Override
          public void asked(String call) {}

          @Override
          public void done(String call) {
            if (call.equals("post")) {
              scene
                  .database()
                  .update(tx -> {
                    tx.update(
                        "insert into reported (card_id, community_id, hidden, covered, changes)"
                            + " select 1, community_id, 1, 1, 1 from chat where id = 1"
                            + " on conflict do nothing");
                  });
            }
          }
        };
    scene.platform.wire(hiding);
    scene.press(carl, scene.group, picture, "original");
    scene.settle();

    assertThat(isHidden(scene.lastPost(scene.group), picture)).isTrue();
  }

  @Test
  void aResultThatIsGoneIsPassedOver() {
    FakePlatform.Post picture = result();
    reports(carl, picture, "");
    scene.platform.removes(picture.message());

    pressed(bob, scene.group, report(scene.group), "hideit");

    assertThat(report(scene.group).words()).endsWith("Hidden by bob");
    assertThat(scene.count("job where state <> 'ended'")).isZero();
    assertThat(Optional.of(scene.count("reported where hidden = 1"))).contains(1L);
  }
}
