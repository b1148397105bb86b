package dev.plantain.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.image.ImageResult;
import dev.plantain.image.Usage;
import dev.plantain.platform.InteractionRef;
import dev.plantain.platform.MessageRef;
import dev.plantain.platform.Place;
import dev.plantain.platform.RoleRef;
import dev.plantain.platform.Sender;
import dev.plantain.quota.Allowance;
import dev.plantain.quota.Allowances;
import dev.plantain.quota.AuditResult;
import dev.plantain.quota.Caps;
import dev.plantain.quota.Cost;
import dev.plantain.quota.RuleNotation;
import dev.plantain.quota.Scope;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What requests cost, and the limits that they meet. */
class BillingTest {
  private static final Cost ONE = new Cost(1, Scene.PRICE);

  @TempDir Path folder;
  private Scene scene;

  @BeforeEach
  void begin() {
    scene = new Scene(folder);
  }

  @AfterEach
  void end() {
    assertThat(scene.audit()).isInstanceOf(AuditResult.Agrees.class);
    assertThat(scene.count("reservation")).isZero();
    scene.close();
  }

  private MessageRef asks(Sender member, String words) {
    MessageRef asked = scene.by(member).toUs().says(words);
    scene.settle();
    return asked;
  }

  private String answer(MessageRef asked) {
    return scene.answerTo(asked).words();
  }

  private boolean isPicture(MessageRef asked) {
    return scene.answerTo(asked).file().isPresent();
  }

  private String refund(Sender by, FakePlatform.Post post) {
    MessageRef asked = scene.by(by).replyingTo(post).commands("refund", "");
    scene.settle();
    return answer(asked);
  }

  @Test
  void aModeratorGivesBackOnceWhatAPictureCost() {
    scene.platform.governs(scene.bob.member());
    limit("1/day", Scope.Members::new);
    FakePlatform.Post made = scene.answerTo(asks(scene.ann, "a lighthouse"));
    assertThat(isPicture(asks(scene.ann, "another"))).isFalse();
    assertThat(refund(scene.ann, made)).startsWith("Only those who run");

    assertThat(refund(scene.bob, made)).startsWith("Given back");

    assertThat(refund(scene.bob, made)).startsWith("This picture was not charged");
    assertThat(isPicture(asks(scene.ann, "another"))).isTrue();
    assertThat(isPicture(asks(scene.ann, "a third"))).isFalse();
    MessageRef audit = scene.by(scene.bob).commands("audit", "");
    scene.settle();
    assertThat(answer(audit)).contains("bob: /refund #1 (@ann)");
  }

  @Test
  void onlyAPictureCanBeGivenBack() {
    scene.platform.governs(scene.bob.member());
    MessageRef asked = scene.by(scene.bob).commands("refund", "");
    scene.settle();
    assertThat(answer(asked)).startsWith("Reply to one of my pictures");
    assertThat(refund(scene.bob, scene.answerTo(asked))).startsWith("Reply to one of my pictures");
  }

  /** A rule of the group, which is met by then. */
  private void limit(String words, Function<Long, Scope> scope) {
    asks(scene.bob, "");
    long community =
        scene
            .database()
            .read(reading ->
                reading
                    .first("select id from community where ref = 'group'", row -> row.number("id"))
                    .orElseThrow());
    List<Allowance> allowances = ((RuleNotation.Result.Read) RuleNotation.read(words)).allowances();
    scene
        .database()
        .update(tx ->
            allowances.forEach(allowance ->
                new Allowances()
                    .set(
                        tx,
                        scope.apply(community),
                        allowance,
                        Allowances.OPERATOR,
                        scene.clock.instant())));
  }

  @Test
  void aPictureCostsWhatItsModelAndSizeCost() {
    asks(scene.ann, "a lighthouse");
    assertThat(scene.spent()).isEqualTo(ONE);

    asks(scene.ann, "at dawn --size 4K");
    assertThat(scene.spent()).isEqualTo(new Cost(2, 4 * Scene.PRICE));
  }

  @Test
  void wordsOfTheModelAndItsRefusalsAndFailuresCostNothing() {
    scene
        .model()
        .answers(new ImageResult.Refused(ImageResult.Cause.UNSAFE, Optional.empty(), Usage.NONE));
    asks(scene.ann, "a lighthouse");
    scene
        .model()
        .answers(new ImageResult.Failed(ImageResult.Problem.TIMED_OUT, Optional.empty(), "slow"));
    asks(scene.ann, "a lighthouse");
    asks(scene.ann, "");

    assertThat(scene.spent()).isEqualTo(Cost.NONE);
    assertThat(scene.count("ledger_entry where kind = 'released'")).isEqualTo(2);
  }

  @Test
  void whatIsCancelledCostsNothing() {
    scene
        .model()
        .plays(request -> {
          scene.press(scene.ann, scene.group, scene.lastPost(scene.group), "cancel");
          scene.run();
          return scene.model().paint(request);
        });
    asks(scene.ann, "a lighthouse");

    assertThat(scene.spent()).isEqualTo(Cost.NONE);
  }

  @Test
  void aPhotoThatWaitsForItsWordsCostsNothing() {
    scene.by(scene.ann).toUs().with(Scene.photo(1)).says("");
    scene.settle();

    assertThat(scene.spent()).isEqualTo(Cost.NONE);
  }

  @Test
  void whatIsMadeAndCannotBeShownIsGivenBack() {
    scene
        .model()
        .plays(request -> {
          scene.platform.close(scene.group.chat());
          return scene.model().paint(request);
        });
    asks(scene.ann, "a lighthouse");

    assertThat(scene.spent()).isEqualTo(Cost.NONE);
    assertThat(scene.count("ledger_entry where kind = 'refunded'")).isOne();
  }

  @Test
  void whoHasUsedUpTheirLimitIsToldWhichItIsWhenTheyCanAskAgainAndWhoCanHelp() {
    limit("1/24h", Scope.Members::new);
    assertThat(isPicture(asks(scene.ann, "a lighthouse"))).isTrue();

    assertThat(answer(asks(scene.ann, "one more")))
        .isEqualTo(
            "That would be more than each member may make here: the limit is 1/24h. Nothing was"
                + " charged. You can ask again in 24 hours. Those who run this chat can change the"
                + " limit with /limit, or give you more with /grant.");
    assertThat(isPicture(asks(scene.bob, "a cat"))).isTrue();
    scene.run(Duration.ofDays(1));
    assertThat(isPicture(asks(scene.ann, "one more"))).isTrue();
  }

  @Test
  void whatIsRefusedLeavesNoTurnBehind() {
    limit("0/day", Scope.Members::new);
    asks(scene.ann, "a lighthouse");

    assertThat(scene.count("turn")).isZero();
    assertThat(scene.count("ledger_entry")).isZero();
  }

  @Test
  void severalPicturesAreRefusedTogetherWhereThereIsNoRoomForAll() {
    limit("3/day", Scope.Community::new);

    assertThat(answer(asks(scene.ann, "a cat --count 4"))).contains("this community may make");
    assertThat(scene.count("ledger_entry")).isZero();
    assertThat(scene.answersTo(asks(scene.ann, "a cat --count 3"))).hasSize(3);
    assertThat(scene.spent()).isEqualTo(new Cost(3, 3 * Scene.PRICE));
  }

  @Test
  void anotherPictureOfTheSameCountsForWhoeverWantsItAndIsRefusedToThemAlone() {
    limit("1/day", Scope.Members::new);
    FakePlatform.Post picture = scene.answerTo(asks(scene.ann, "a lighthouse"));
    int posts = scene.posts(scene.group).size();

    InteractionRef refused = scene.press(scene.ann, scene.group, picture, "again");
    scene.settle();
    assertThat(scene.platform.answerTo(refused).orElseThrow()).contains("the limit is 1/day");
    assertThat(scene.posts(scene.group)).hasSize(posts);
    scene.press(scene.bob, scene.group, picture, "again");
    scene.settle();
    assertThat(scene.posts(scene.group)).hasSize(posts + 1);
  }

  @Test
  void moneyIsLimitedToo() {
    limit("0.10 USD/day", Scope.Members::new);

    assertThat(isPicture(asks(scene.ann, "a lighthouse"))).isTrue();
    assertThat(answer(asks(scene.ann, "in 4K --size 4K"))).contains("0.10 USD/day");
    assertThat(isPicture(asks(scene.ann, "small"))).isTrue();
    assertThat(answer(asks(scene.ann, "small"))).contains("0.10 USD/day");
  }

  @Test
  void theRolesThatAMemberHasCount() {
    limit("0/day", Scope.Members::new);
    limit("5/day", community -> new Scope.Role(community, "artist"));
    Sender artist =
        new Sender(
            scene.ann.member(),
            "Ann",
            Optional.empty(),
            Optional.empty(),
            Set.of(new RoleRef(FakePlatform.ID, "artist")));

    assertThat(isPicture(asks(artist, "a lighthouse"))).isTrue();
    assertThat(scene.answersTo(asks(artist, "a cat --count 2"))).hasSize(2);
    assertThat(answer(asks(scene.ann, "a lighthouse"))).contains("each member");
  }

  @Test
  void whatHoldsInOneCommunityHoldsInNoOther() {
    limit("0/day", Scope.Members::new);
    Place room = scene.annsRoom;
    MessageRef asked = scene.by(scene.ann).in(room).says("a lighthouse");
    scene.settle();

    assertThat(isPicture(asked)).isTrue();
  }

  @Test
  void theOperatorsCapStandsAboveEverything() {
    scene.close();
    scene = new Scene(folder, new Caps(Optional.empty(), Optional.of(2 * Scene.PRICE)));
    asks(scene.ann, "a lighthouse");
    asks(scene.bob, "a lighthouse");

    assertThat(answer(asks(scene.ann, "one more")))
        .startsWith("This bot has spent what its operator lets it spend in a day.")
        .doesNotContain("/limit");
    assertThat(scene.spent()).isEqualTo(new Cost(2, 2 * Scene.PRICE));
  }

  @Test
  void aReservationThatNobodyWaitsForIsReleasedAtTheStart() {
    asks(scene.ann, "a lighthouse");
    scene
        .database()
        .update(tx -> {
          tx.update("insert into reservation (request) values (1)");
          tx.update("delete from ledger_entry where kind = 'settled'");
        });
    scene.plantain().resume();

    assertThat(scene.count("reservation")).isZero();
    assertThat(scene.spent()).isEqualTo(Cost.NONE);
  }
}
