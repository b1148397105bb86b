package dev.plantain.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.platform.ChatRef;
import dev.plantain.platform.CommunityRef;
import dev.plantain.platform.IncomingEvent;
import dev.plantain.platform.InteractionRef;
import dev.plantain.platform.Mention;
import dev.plantain.platform.MessageRef;
import dev.plantain.platform.Place;
import dev.plantain.platform.RoleRef;
import dev.plantain.platform.Sender;
import dev.plantain.quota.AuditResult;
import dev.plantain.quota.Cost;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Members who are shut out. */
class BanTest {
  @TempDir Path folder;
  private Scene scene;
  private final Sender ann = handled("ann");
  private final Sender bob = handled("bob");
  private final Sender carl = handled("carl");

  @BeforeEach
  void begin() {
    scene = new Scene(folder);
    scene.platform.governs(bob.member());
    asks(ann, "");
    asks(bob, "");
  }

  @AfterEach
  void end() {
    assertThat(scene.audit()).isInstanceOf(AuditResult.Agrees.class);
    scene.close();
  }

  private static Sender handled(String name) {
    Sender person = Scene.person(name);
    return new Sender(
        person.member(), name, person.language(), Optional.of(name + "_handle"), Set.of());
  }

  private MessageRef asks(Sender member, String words) {
    MessageRef asked = scene.by(member).toUs().says(words);
    scene.settle();
    return asked;
  }

  private FakePlatform.Post commands(Sender member, String name, String arguments) {
    MessageRef asked = scene.by(member).commands(name, arguments);
    scene.settle();
    return scene.answerTo(asked);
  }

  private String answer(MessageRef asked) {
    return scene.answerTo(asked).words();
  }

  private boolean isPicture(MessageRef asked) {
    return scene.answerTo(asked).file().isPresent();
  }

  private Optional<String> pressed(Sender member, MessageRef message, String data) {
    InteractionRef interaction = scene.press(member, scene.group, message, data);
    scene.settle();
    return scene.platform.answerTo(interaction);
  }

  @Test
  void whoIsShutOutIsToldUntilWhenAndWhyAndWhoCanHelp() {
    assertThat(commands(bob, "ban", "@ann_handle 2h too many cats").words())
        .isEqualTo(
            "ann is shut out for 2 hours. What they were waiting for is cancelled.\ntoo many cats");

    assertThat(answer(asks(ann, "a cat")))
        .isEqualTo(
            """
            You are shut out here for 2 hours more.
            too many cats
            Those who run this chat can let you in again. Nothing was charged.\
            """);
    assertThat(scene.count("turn")).isZero();
    assertThat(scene.count("ledger_entry")).isZero();
  }

  @Test
  void withoutATimeItIsForGoodAndWithoutAReasonNoneIsGiven() {
    commands(bob, "ban", "@ann_handle");
    scene.run(Duration.ofDays(4000));

    assertThat(answer(asks(ann, "a cat")))
        .isEqualTo(
            """
            You are shut out here for good.
            Those who run this chat can let you in again. Nothing was charged.\
            """);
  }

  @Test
  void whoeverIsShutOutHearsItOnceInAnHourAndNothingElseIsSaid() {
    commands(bob, "ban", "@ann_handle 1d");
    asks(ann, "a cat");

    assertThat(scene.answersTo(asks(ann, "a cat"))).isEmpty();
    assertThat(scene.answersTo(scene.by(ann).commands("imagine", "a cat"))).isEmpty();
    scene.settle();
    scene.run(Duration.ofMinutes(59));
    assertThat(scene.answersTo(asks(ann, "a cat"))).isEmpty();
    scene.run(Duration.ofMinutes(2));
    assertThat(answer(asks(ann, "a cat"))).startsWith("You are shut out here for about 23 hours");
  }

  @Test
  void aListWhoseLastButtonWasPressedSaysThatNobodyIsLeft() {
    commands(bob, "ban", "@ann_handle 1d");
    FakePlatform.Post list = commands(bob, "unban", "");
    pressed(bob, list.message(), list.button("run"));

    FakePlatform.Post left =
        scene.posts(scene.group).stream()
            .filter(post -> post.message().equals(list.message()))
            .findFirst()
            .orElseThrow();
    assertThat(left.words()).isEqualTo("Nobody is shut out.");
    assertThat(left.buttons()).isEmpty();
  }

  @Test
  void whoeverIsShownThatAnAnswerIsComingGetsItEachTime() {
    commands(bob, "ban", "@ann_handle 1d");
    asks(ann, "a cat");

    for (int time = 0; time < 2; time++) {
      MessageRef asked = scene.by(ann).waiting().commands("imagine", "a cat");
      scene.settle();
      assertThat(answer(asked)).startsWith("You are shut out here");
    }
  }

  @Test
  void aBanThatRunsOutNeedsNobody() {
    commands(bob, "ban", "@ann_handle 30m");
    assertThat(isPicture(asks(ann, "a cat"))).isFalse();
    scene.run(Duration.ofMinutes(31));

    assertThat(isPicture(asks(ann, "a cat"))).isTrue();
  }

  @Test
  void theButtonForAnotherOneIsShutToThemAndItsOtherButtonsAnswerThemOnce() {
    FakePlatform.Post picture = scene.answerTo(asks(ann, "a cat"));
    commands(bob, "ban", "@ann_handle 1d");
    int posts = scene.posts(scene.group).size();

    assertThat(pressed(ann, picture.message(), picture.button("again")).orElseThrow())
        .startsWith("You are shut out");
    assertThat(pressed(ann, picture.message(), picture.button("again"))).contains("");
    assertThat(pressed(ann, picture.message(), "set:aspect:member:1:1")).contains("");
    assertThat(scene.posts(scene.group)).hasSize(posts);
    assertThat(scene.count("setting")).isZero();
    assertThat(scene.spent()).isEqualTo(new Cost(1, Scene.PRICE));
  }

  @Test
  void theyCanAskForHelpStill() {
    commands(bob, "ban", "@ann_handle");

    assertThat(commands(ann, "help", "").words()).contains("/imagine");
  }

  @Test
  void directMessagesAndOtherCommunitiesAreNotAffected() {
    commands(bob, "ban", "@ann_handle");
    Place other =
        new Place(
            new ChatRef(FakePlatform.ID, "other"),
            new CommunityRef(FakePlatform.ID, "server"),
            false);

    MessageRef direct = scene.by(ann).in(scene.annsRoom).says("a cat");
    MessageRef elsewhere = scene.by(ann).in(other).toUs().says("a cat");
    scene.settle();

    assertThat(isPicture(direct)).isTrue();
    assertThat(isPicture(elsewhere)).isTrue();
  }

  @Test
  void allChatsOfTheCommunityAreShut() {
    CommunityRef server = new CommunityRef(FakePlatform.ID, "server");
    Place one = new Place(new ChatRef(FakePlatform.ID, "one"), server, false);
    Place two = new Place(new ChatRef(FakePlatform.ID, "two"), server, false);
    scene.by(bob).in(one).commands("ban", "@ann_handle 1d");
    scene.settle();
    MessageRef asked = scene.by(ann).in(two).toUs().says("a cat");
    scene.settle();

    assertThat(answer(asked)).startsWith("You are shut out");
  }

  @Test
  void whatTheyWaitForIsCancelledAndNotCharged() {
    scene
        .model()
        .plays(request -> {
          scene.accept(
              scene.by(ann).toUs().message("a second one --count 3"),
              scene.by(carl).toUs().message("mine"));
          scene.run();
          scene.by(bob).commands("ban", "@ann_handle");
          scene.run();
          return scene.model().paint(request);
        });
    asks(ann, "a first one");

    List<FakePlatform.Post> posts = scene.posts(scene.group);
    assertThat(posts)
        .filteredOn(post -> post.words().equals("Cancelled by bob. Nothing was charged to you."))
        .isNotEmpty();
    assertThat(posts.stream().filter(post -> post.file().isPresent())).hasSize(2);
    assertThat(scene.spent()).isEqualTo(new Cost(2, 2 * Scene.PRICE));
    assertThat(scene.count("card where state = 'accepted'")).isZero();
    assertThat(scene.count("job where state <> 'ended'")).isZero();
  }

  @Test
  void furtherPicturesOfWhoIsShutOutMeanwhileAreNotBegun() {
    scene
        .model()
        .plays(request -> {
          scene.by(bob).commands("ban", "@ann_handle");
          scene.run();
          return scene.model().paint(request);
        });
    asks(ann, "three --count 3");

    assertThat(scene.count("reservation")).isZero();
    assertThat(scene.count("job where state <> 'ended'")).isZero();
    assertThat(scene.count("card where state in ('accepted', 'rendering')")).isZero();
  }

  @Test
  void moderatorsLetSomebodyInAgainByNameOrByAButton() {
    FakePlatform.Post banned = commands(bob, "ban", "@ann_handle 1d");
    assertThat(pressed(bob, banned.message(), banned.button("run")))
        .contains("ann is let in again.");
    assertThat(isPicture(asks(ann, "a cat"))).isTrue();

    commands(bob, "ban", "@ann_handle 1d");
    assertThat(commands(bob, "unban", "@ann_handle").words()).isEqualTo("ann is let in again.");
    assertThat(isPicture(asks(ann, "a cat"))).isTrue();
    assertThat(commands(bob, "unban", "@ann_handle").words()).isEqualTo("ann is not shut out.");
  }

  @Test
  void aBareUnbanListsThoseWhoAreShutOut() {
    assertThat(commands(bob, "unban", "").words()).isEqualTo("Nobody is shut out.");
    asks(carl, "");
    commands(bob, "ban", "@carl_handle");
    commands(bob, "ban", "@ann_handle 2h cats");

    FakePlatform.Post list = commands(bob, "unban", "");
    assertThat(list.words())
        .isEqualTo(
            """
            2 members are shut out. A button lets somebody in again.
            ann, for 2 hours more: cats
            carl, for good\
            """);
    assertThat(list.buttons()).hasSize(2);
    pressed(bob, list.message(), list.buttons().getFirst());
    assertThat(commands(bob, "unban", "").words()).contains("carl").doesNotContain("ann");
  }

  @Test
  void aLaterBanTakesThePlaceOfAnEarlierOneWhoeverGivesIt() {
    scene.platform.governs(carl.member());
    commands(bob, "ban", "@ann_handle 1d");
    commands(carl, "ban", "@ann_handle 1h");
    assertThat(scene.count("ban")).isOne();
    assertThat(answer(asks(ann, "a cat"))).contains("for 60 minutes");

    FakePlatform.Post list = commands(bob, "unban", "");
    pressed(bob, list.message(), list.button("run"));
    assertThat(pressed(carl, list.message(), list.button("run")))
        .contains("They are not shut out any more.");
    assertThat(scene.count("audit_deed")).isEqualTo(3);
  }

  @Test
  void aMemberIsNamedByAMentionOrByReplyingToThem() {
    Sender unmet = Scene.person("dora");
    MessageRef mentioned =
        scene.by(bob).naming(new Mention.Person("@Dora D", unmet)).commands("ban", "@Dora D 1h");
    scene.settle();

    assertThat(answer(mentioned)).startsWith("dora is shut out for 60 minutes");
    assertThat(answer(asks(unmet, "a cat"))).startsWith("You are shut out");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "| Whom? Reply to them",
        "2h | Whom? Reply to them",
        "@nobody_here 2h | I have not met @nobody_here yet.",
        "@bob_handle | You cannot shut yourself out.",
        "@ann_handle 0h | I do not know the time 0h.",
        "@ann_handle -3d | I do not know the time -3d.",
        "@ann_handle 3 strikes | I do not know the time 3.",
        "@ann_handle 5parsecs | I do not know the time 5parsecs.",
        "@ann_handle 3651d | That is longer than",
        "@ann_handle 99999999999999999999h | That is longer than",
      })
  void whatCannotBeDoneIsToldInWords(String arguments, String told) {
    assertThat(commands(bob, "ban", arguments == null ? "" : arguments).words()).startsWith(told);
    assertThat(scene.count("ban")).isZero();
    assertThat(scene.count("audit_deed")).isZero();
  }

  @Test
  void aReasonOfTenThousandCharactersIsRefused() {
    assertThat(commands(bob, "ban", "@ann_handle 1d " + "x".repeat(10_000)).words())
        .startsWith("The reason has 10,000 characters, and 200 is the most.");
  }

  @Test
  void moderatorsAndRolesAndTheBotCannotBeShutOut() {
    scene.platform.governs(carl.member());
    asks(carl, "");
    Mention role = new Mention.Role("@Artists", new RoleRef(FakePlatform.ID, "artists"), "Artists");
    MessageRef asked = scene.by(bob).naming(role).commands("ban", "@Artists 1h");
    FakePlatform.Post ours = scene.answerTo(asks(ann, "a cat"));
    MessageRef atUs = scene.by(bob).replyingTo(ours).commands("ban", "1h");
    scene.settle();

    assertThat(commands(bob, "ban", "@carl_handle").words())
        .isEqualTo("carl runs this chat too and cannot be shut out.");
    assertThat(answer(asked)).startsWith("Artists is a role.");
    assertThat(answer(atUs)).startsWith("Whom?");
    assertThat(scene.count("ban")).isZero();
  }

  @Test
  void whoBecomesAModeratorIsNoLongerBound() {
    commands(bob, "ban", "@ann_handle");
    scene.platform.governs(ann.member());

    assertThat(isPicture(asks(ann, "a cat"))).isTrue();
  }

  @Test
  void thereIsNobodyToShutOutInADirectMessage() {
    MessageRef asked = scene.by(ann).in(scene.annsRoom).commands("ban", "@bob_handle");
    scene.settle();

    assertThat(answer(asked)).startsWith("There is nobody else here");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ban @ann_handle 1h", "unban @ann_handle", "unban "})
  void onlyModeratorsDecideAlsoByAForgedPress(String written) {
    String[] words = written.split(" ", 2);
    commands(bob, "ban", "@ann_handle");
    long deeds = scene.count("audit_deed");
    FakePlatform.Post post = scene.answerTo(asks(carl, "a cat"));

    assertThat(commands(carl, words[0], words[1]).words())
        .isEqualTo("Only those who run this chat can change that.");
    assertThat(pressed(carl, post.message(), "run:" + words[0] + ":" + words[1]))
        .contains("Only those who run this chat can change that.");
    long banned =
        scene
            .database()
            .read(reading ->
                reading
                    .first("select member_id from ban", row -> row.number("member_id"))
                    .orElseThrow());
    assertThat(pressed(carl, post.message(), "run:unban:member:" + banned))
        .contains("Only those who run this chat can change that.");
    assertThat(scene.count("ban")).isOne();
    assertThat(scene.count("audit_deed")).isEqualTo(deeds);
  }

  @Test
  void aForgedNumberLetsNobodyInOfAnotherCommunity() {
    Place other =
        new Place(
            new ChatRef(FakePlatform.ID, "other"),
            new CommunityRef(FakePlatform.ID, "server"),
            false);
    scene.by(bob).in(other).commands("ban", "@ann_handle");
    scene.settle();
    FakePlatform.Post post = scene.answerTo(asks(carl, "a cat"));

    for (int member = 1; member < 9; member++) {
      assertThat(pressed(bob, post.message(), "run:unban:member:" + member))
          .contains("They are not shut out any more.");
    }
    assertThat(scene.count("ban")).isOne();
  }

  @Test
  void aCommunityThatRemovesUsAndBringsUsBackKeepsItsBans() {
    commands(bob, "ban", "@ann_handle");
    scene.accept(new IncomingEvent.Left("left", scene.group));
    scene.accept(new IncomingEvent.Joined("joined", scene.group, bob, "@us", true));
    scene.settle();

    assertThat(answer(asks(ann, "a cat"))).startsWith("You are shut out");
  }
}
