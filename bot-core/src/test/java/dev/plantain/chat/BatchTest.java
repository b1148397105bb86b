package dev.plantain.chat;

import static dev.plantain.chat.Scene.photo;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.image.ImageRequest;
import dev.plantain.image.ImageResult;
import dev.plantain.image.ImageResult.Cause;
import dev.plantain.image.ImageResult.Problem;
import dev.plantain.image.Usage;
import dev.plantain.platform.ChatRef;
import dev.plantain.platform.CommunityRef;
import dev.plantain.platform.IncomingEvent;
import dev.plantain.platform.InteractionRef;
import dev.plantain.platform.MessageRef;
import dev.plantain.platform.Place;
import dev.plantain.quota.AuditResult;
import dev.plantain.quota.Cost;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many pictures that are asked for at once. */
class BatchTest {
  private static final long HALF = Scene.PRICE / 2;
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @TempDir Path folder;
  private Scene scene;

  @BeforeEach
  void begin() {
    scene = new Scene(folder);
  }

  @AfterEach
  void end() {
    assertThat(scene.audit()).isInstanceOf(AuditResult.Agrees.class);
    scene.close();
  }

  private MessageRef asks(String lines) {
    MessageRef asked = scene.by(scene.ann).commands("batch", lines);
    passes(MINUTE);
    return asked;
  }

  private void passes(Duration time) {
    for (Duration gone = Duration.ZERO; gone.compareTo(time) < 0; gone = gone.plusSeconds(5)) {
      scene.run(Duration.ofSeconds(5));
    }
  }

  private ImageResult paint(ImageRequest request) {
    return scene.model().paint(request);
  }

  private FakePlatform.Post status(MessageRef asked) {
    return scene.answersTo(asked).stream()
        .filter(post -> post.words().startsWith("📦"))
        .reduce((one, other) -> {
          throw new AssertionError("two messages tell of one batch");
        })
        .orElseThrow();
  }

  private List<FakePlatform.Post> results(MessageRef asked) {
    return scene.answersTo(asked).stream().filter(post -> !post.words().startsWith("📦")).toList();
  }

  @Test
  void eachLineIsAPictureThatIsSentAtOnceAndComesAtHalfPriceAsSoonAsItIsMade() {
    MessageRef asked = asks("a fox\na hare --ar 16:9\n\n  an owl --size 4K");

    assertThat(status(asked).words())
        .contains("3 pictures at half price")
        .contains("0 made · 0 without a picture · 3 to come");
    assertThat(scene.batches.parcels()).hasSize(1);
    assertThat(scene.batches.parcels().getFirst().values())
        .extracting(ConversationTest::words)
        .containsExactlyInAnyOrder(List.of("a fox"), List.of("a hare"), List.of("an owl"));
    assertThat(scene.spent()).isEqualTo(new Cost(3, HALF + HALF + 3 * HALF));
    assertThat(results(asked)).isEmpty();

    scene.batches.works(this::paint);
    passes(MINUTE);

    assertThat(results(asked)).hasSize(3).allMatch(post -> post.file().isPresent());
    assertThat(results(asked))
        .anyMatch(post -> post.words().contains("2 of 3 · a hare"))
        .anyMatch(post -> post.words().contains("4K"));
    assertThat(status(asked).words()).isEqualTo("📦 All 3 are here.");
    assertThat(status(asked).buttons()).isEmpty();
    assertThat(scene.model().requests()).isEmpty();
    assertThat(scene.spent()).isEqualTo(new Cost(3, HALF + HALF + 3 * HALF));
    assertThat(scene.count("paid_call where lost = 0 and micro_dollars > 0")).isEqualTo(3);
    assertThat(scene.count("reservation")).isZero();
    assertThat(scene.count("job where state <> 'ended'")).isZero();
  }

  @Test
  void whereNothingCanBeAnsweredHoursLaterNothingBegins() {
    scene.platform.answersSoonOnly();
    MessageRef asked = asks("a fox\na hare");

    assertThat(scene.answerTo(asked).words())
        .startsWith("Here I can answer for a quarter of an hour only");
    assertThat(scene.batches.parcels()).isEmpty();
    assertThat(scene.count("card")).isZero();
    assertThat(scene.count("reservation")).isZero();
  }

  @Test
  void aBatchOnAPhotoChangesItInEachWayAndFetchesItOnce() {
    MessageRef asked =
        scene.by(scene.ann).with(photo(1)).commands("batch", "make it night\nmake it winter");
    passes(MINUTE);
    scene.batches.works(this::paint);
    passes(MINUTE);

    assertThat(scene.platform.calls().stream().filter("fetch"::equals)).hasSize(1);
    Map<String, ImageRequest> parcel = scene.batches.parcels().getFirst();
    assertThat(parcel.values()).allMatch(request -> ConversationTest.images(request) == 1);
    assertThat(results(asked)).hasSize(2);
  }

  @Test
  void aBatchOnAResultGoesOnFromItAndItsPicturesCanBeGoneOnFrom() {
    MessageRef first = scene.by(scene.ann).commands("imagine", "a fox");
    passes(MINUTE);
    FakePlatform.Post fox = scene.answerTo(first);
    MessageRef asked =
        scene.by(scene.bob).replyingTo(fox).commands("batch", "at night | in winter");
    passes(MINUTE);
    scene.batches.works(this::paint);
    passes(MINUTE);

    assertThat(scene.batches.parcels().getFirst().values())
        .allMatch(request -> request.contents().size() == 3);
    scene.by(scene.ann).toUs().replyingTo(results(asked).getFirst()).says("with a hat");
    passes(MINUTE);
    assertThat(scene.model().requests().getLast().contents()).hasSize(5);
  }

  @Test
  void aPhotoThatIsNoneEndsAllOfItInOneMessage() {
    MessageRef asked =
        scene
            .by(scene.ann)
            .with("no picture".getBytes(StandardCharsets.UTF_8))
            .commands("batch", "night\nwinter\nrain");
    passes(MINUTE);

    assertThat(results(asked)).hasSize(1);
    assertThat(results(asked).getFirst().words()).contains("That file is not a picture");
    assertThat(status(asked).words()).contains("Of 3 nothing came");
    assertThat(scene.spent()).isEqualTo(new Cost(0, 0));
    assertThat(scene.count("job where state <> 'ended'")).isZero();
  }

  @Test
  void whereNobodyTakesBatchesEachIsMadeByItselfAtTheUsualPrice() {
    scene.batches.servesNothing();
    MessageRef asked = asks("a fox\na hare");

    assertThat(scene.model().requests()).hasSize(2);
    assertThat(results(asked)).hasSize(2);
    assertThat(status(asked).words()).isEqualTo("📦 All 2 are here.");
    assertThat(scene.spent()).isEqualTo(new Cost(2, 2 * Scene.PRICE));
  }

  @Test
  void whatIsRefusedIsToldWithItsWordsAndNotCharged() {
    MessageRef asked = asks("a fox\nsomething bad");
    scene.batches.works(request ->
        ConversationTest.words(request).getFirst().startsWith("something")
            ? new ImageResult.Refused(Cause.UNSAFE, Optional.empty(), Usage.NONE)
            : paint(request));
    passes(MINUTE);

    assertThat(results(asked))
        .anyMatch(post ->
            post.words().startsWith("2 of 2 · something bad")
                && post.words().contains("judged the picture unsafe")
                && !post.buttons().isEmpty());
    assertThat(status(asked).words()).startsWith("📦 1 are here. Of 1 nothing came");
    assertThat(scene.spent()).isEqualTo(new Cost(1, HALF));
  }

  @Test
  void whatTheProviderNeverMakesIsToldAndNotCharged() {
    MessageRef asked = asks("a fox\na hare");
    scene.batches.expires();
    passes(MINUTE);

    assertThat(results(asked)).hasSize(2);
    assertThat(scene.spent()).isEqualTo(new Cost(0, 0));
    assertThat(scene.count("job where state <> 'ended'")).isZero();
  }

  @Test
  void cancellingEndsAllOfItUnchargedAndTellsTheProvider() {
    MessageRef asked = asks("a fox\na hare");
    InteractionRef press = scene.press(scene.ann, scene.group, status(asked), "cancel-batch");
    passes(MINUTE);

    assertThat(scene.platform.answerTo(press)).contains("Cancelled");
    assertThat(status(asked).words())
        .isEqualTo("📦 Cancelled. 0 of 2 were made; nothing was charged for the others.");
    assertThat(results(asked)).isEmpty();
    assertThat(scene.batches.cancelled()).isEqualTo(1);
    assertThat(scene.spent()).isEqualTo(new Cost(0, 0));
    assertThat(scene.count("job where state <> 'ended'")).isZero();
  }

  @Test
  void whatWasMadeBeforeItWasCancelledIsTheOperatorsLoss() {
    MessageRef asked = asks("a fox\na hare");
    scene.batches.works(this::paint);
    scene.press(scene.ann, scene.group, status(asked), "cancel-batch");
    passes(MINUTE);

    assertThat(results(asked)).isEmpty();
    assertThat(scene.spent()).isEqualTo(new Cost(0, 0));
    assertThat(scene.count("paid_call where lost = 1 and micro_dollars = " + HALF)).isEqualTo(2);
  }

  @Test
  void onlyTheAskerOrAModeratorCanCancelIt() {
    MessageRef asked = asks("a fox\na hare");
    InteractionRef press = scene.press(scene.bob, scene.group, status(asked), "cancel-batch");
    passes(MINUTE);
    assertThat(scene.platform.answerTo(press).orElseThrow()).startsWith("Only the one who asked");

    scene.platform.governs(scene.bob.member());
    scene.press(scene.bob, scene.group, status(asked), "cancel-batch");
    passes(MINUTE);
    assertThat(status(asked).words()).startsWith("📦 Cancelled.");
  }

  @Test
  void aParcelOfWhichNobodyHeardIsNotSentTwice() {
    scene.batches.losesItsAnswer();
    MessageRef asked = asks("a fox\na hare");
    passes(MINUTE);
    scene.batches.works(this::paint);
    passes(MINUTE);

    assertThat(scene.batches.posts()).isEqualTo(1);
    assertThat(results(asked)).hasSize(2);
  }

  @Test
  void aProviderThatIsBusyIsAskedAgainAndOneThatRefusesIsNot() {
    scene.batches.refuses(Problem.OVERLOADED);
    MessageRef asked = asks("a fox");
    passes(MINUTE);
    assertThat(scene.batches.posts()).isEqualTo(1);
    scene.batches.works(this::paint);
    passes(MINUTE);
    assertThat(results(asked).getFirst().file()).isPresent();

    scene.batches.refuses(Problem.REQUEST_REJECTED);
    MessageRef other = asks("a hare");
    passes(MINUTE);
    assertThat(results(other).getFirst().words()).contains("did not understand the request");
    assertThat(scene.spent()).isEqualTo(new Cost(1, HALF));
  }

  @Test
  void answersThatBreakOffAreTakenUpWhereTheyWereAndPaidOnce() {
    MessageRef asked = asks("a fox\na hare\nan owl");
    scene.batches.works(this::paint);
    scene.batches.breaksOff();
    passes(MINUTE.multipliedBy(2));

    assertThat(results(asked)).hasSize(3);
    assertThat(scene.count("paid_call")).isEqualTo(3);
    assertThat(scene.spent()).isEqualTo(new Cost(3, 3 * HALF));
  }

  @Test
  void aBatchGoesOnHoursLaterInAnotherProcess() {
    MessageRef asked = asks("a fox\na hare");
    scene.restart(new Scene.Immortal());
    scene.run(Duration.ofHours(9));
    scene.batches.works(this::paint);
    passes(Duration.ofMinutes(6));

    assertThat(results(asked)).hasSize(2);
    assertThat(status(asked).words()).isEqualTo("📦 All 2 are here.");
    assertThat(scene.batches.posts()).isEqualTo(1);
  }

  @Test
  void noPictureIsMadeWhereNotAllFit() {
    scene.platform.governs(scene.bob.member());
    scene.by(scene.bob).commands("limit", "members 2/day");
    passes(MINUTE);
    MessageRef asked = asks("a fox\na hare\nan owl");

    assertThat(scene.answerTo(asked).words()).startsWith("Not all of these pictures fit: 2 would.");
    assertThat(scene.count("batch")).isZero();
    assertThat(scene.count("card")).isZero();
    assertThat(scene.spent()).isEqualTo(new Cost(0, 0));
  }

  @Test
  void whatMustBeApprovedCannotBeABatch() {
    scene.platform.governs(scene.bob.member());
    scene.by(scene.bob).commands("approve", "size 4K");
    passes(MINUTE);

    assertThat(scene.answerTo(asks("a fox --size 4K\na hare")).words())
        .startsWith("Moderators look at such requests");
    assertThat(scene.count("batch")).isZero();
  }

  @Test
  void thePriceRuleIsAboutAllOfABatchTogether() {
    scene.platform.governs(scene.bob.member());
    scene.by(scene.bob).commands("approve", "price 0.05 USD");
    passes(MINUTE);

    assertThat(scene.answerTo(asks("a fox\na hare\nan owl")).words())
        .startsWith("Moderators look at such requests");
    assertThat(scene.count("batch")).isZero();
  }

  @Test
  void editingTheMessageChangesNothingOfWhatMayBeOnItsWay() {
    MessageRef asked = asks("a fox\na hare");
    scene.edits(scene.ann, scene.group, asked, "/batch a fox\na hare\nan owl");
    passes(MINUTE);
    scene.batches.works(this::paint);
    passes(MINUTE);

    assertThat(results(asked)).hasSize(2).noneMatch(post -> post.words().contains("owl"));
  }

  @Test
  void whatWaitsInAChatThatThrewUsOutIsCancelledAtTheProvider() {
    asks("a fox\na hare");
    scene.accept(new IncomingEvent.Left("left", scene.group));
    passes(MINUTE);

    assertThat(scene.batches.cancelled()).isEqualTo(1);
    assertThat(scene.spent()).isEqualTo(new Cost(0, 0));
    assertThat(scene.count("job where state <> 'ended'")).isZero();
  }

  @Test
  void whoIsThrownOutOfACommunityIsThrownOutOfAllItsChats() {
    CommunityRef server = new CommunityRef(FakePlatform.ID, "server");
    Place studio = new Place(new ChatRef(FakePlatform.ID, "studio"), server, false);
    scene.by(scene.ann).in(studio).commands("batch", "a fox\na hare");
    asks("an owl\na cat");
    scene.accept(
        new IncomingEvent.Left(
            "left", new Place(new ChatRef(FakePlatform.ID, "x"), server, false)));
    passes(MINUTE);

    assertThat(scene.batches.cancelled()).isEqualTo(1);
    assertThat(scene.count("card where state = 'accepted'")).isEqualTo(2);
  }

  @Test
  void aProviderThatNeverEndsIsWaitedForSixtyHours() {
    MessageRef asked = asks("a fox");
    scene.run(Duration.ofHours(60));
    passes(Duration.ofMinutes(6));

    assertThat(results(asked).getFirst().words()).contains("took too long");
    assertThat(scene.spent()).isEqualTo(new Cost(0, 0));
    assertThat(scene.count("paid_call where basis = 'perhaps' and lost = 1")).isEqualTo(1);
    assertThat(scene.count("job where state <> 'ended'")).isZero();
  }

  @Test
  void theEndIsShownAlsoWhereThePlatformIsBusyAtFirst() {
    MessageRef asked = asks("a fox");
    scene.batches.works(this::paint);
    scene.platform.fails("edit", false, FakePlatform.busy(Duration.ofSeconds(3)));
    scene.platform.fails("edit", false, FakePlatform.busy(Duration.ofSeconds(3)));
    passes(MINUTE.multipliedBy(2));

    assertThat(status(asked).words()).isEqualTo("📦 All 1 are here.");
  }

  @Test
  void howItIsDoneIsToldToWhoeverAsksForNothingOrTooMuch() {
    assertThat(scene.answerTo(asks(" \n ")).words())
        .startsWith("Write one picture on each line behind /batch, up to 6.");
    assertThat(scene.answerTo(asks("a\nb\nc\nd\ne --count 3")).words())
        .startsWith("That is 7 pictures, and I take up to 6 at once.");
    assertThat(scene.answerTo(asks("a fox\na hare --ar 3:17")).words()).contains("3:17");
    assertThat(scene.count("batch")).isZero();
  }

  @Test
  void somebodyWhoIsShutOutGetsNothingOfTheirBatch() {
    MessageRef asked = asks("a fox\na hare");
    scene.platform.governs(scene.bob.member());
    scene.by(scene.bob).naming(scene.ann).commands("ban", "@ann 1d");
    passes(MINUTE);
    assertThat(scene.batches.cancelled()).isEqualTo(1);
    scene.batches.works(this::paint);
    passes(MINUTE.multipliedBy(3));

    assertThat(results(asked)).isEmpty();
    assertThat(scene.spent()).isEqualTo(new Cost(0, 0));
    assertThat(scene.count("job where state <> 'ended'")).isZero();
  }

  @Test
  void linesAreApartByBreaksAndInOneLineByStrokes() {
    assertThat(AdmitBatch.lines("a | b\nc")).containsExactly("a | b", "c");
    assertThat(AdmitBatch.lines("a | b｜c")).containsExactly("a", "b", "c");
    assertThat(AdmitBatch.lines("a\r\n\r\nb\n")).containsExactly("a", "b");
    assertThat(AdmitBatch.lines("--ar 1:1 | ")).isEmpty();
  }
}
