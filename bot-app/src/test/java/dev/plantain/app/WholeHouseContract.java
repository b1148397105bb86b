package dev.plantain.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.plantain.app.GroupHouse.Hanging;
import dev.plantain.app.GroupHouse.Seen;
import dev.plantain.app.GroupHouse.Step;
import dev.plantain.image.gemini.AskedOfGemini;
import dev.plantain.image.gemini.LoopbackFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The program as it is delivered, from the photo in a group to the edited photo, on any platform.
 */
abstract class WholeHouseContract {
  private static final String SIGNATURE = "EvrlQgr25UIBEU0y+DwSb/iiG==";
  private static final String ASK = "make it nighttime";

  @TempDir private Path folder = Path.of("");
  private @Nullable GroupHouse open;

  abstract GroupHouse newHouse(Path folder) throws Exception;

  @BeforeEach
  void open() throws Exception {
    open = newHouse(folder);
  }

  @AfterEach
  void close() {
    house().close();
  }

  GroupHouse house() {
    return Objects.requireNonNull(open);
  }

  @Test
  void aCaptionedPhotoInAGroupBecomesTheEditedPhotoAndAnotherMemberGoesOnFromIt() throws Exception {
    house().gemini().answer(house().nightAnswer(SIGNATURE));
    try (RunningJar jar = house().start()) {
      String asked = house().asks(ASK);
      Seen result = house().awaitPictures(1).getFirst();

      assertThat(result.picture().orElseThrow()).isEqualTo(house().night());
      assertThat(result.replyTo()).contains(asked);
      assertThat(result.words()).contains("Here it is.").contains("Nano Banana 2.1");

      house().replies(result, "now add stars");
      house().awaitPictures(2);

      AskedOfGemini second = house().gemini().asked().get(1);
      assertThat(second.contents())
          .extracting(AskedOfGemini.Said::role)
          .containsExactly("user", "model", "user");
      assertThat(second.contents().get(1).parts())
          .anySatisfy(part -> assertThat(part.signature()).contains(SIGNATURE));
      assertThat(second.words()).isEqualTo("now add stars");
      assertThat(house().violations()).isEmpty();
      assertThat(house().gemini().refused()).isZero();
      jar.stop();
    }
  }

  @Test
  void aPhotoThatIsUsedAgainIsUploadedOnceAndDeletedWhenItsMemberWantsIt() throws Exception {
    LoopbackFiles files = house().gemini().uploads();
    try (RunningJar jar = house().start()) {
      house().asks(ASK);
      Seen result = house().awaitPictures(1).getFirst();
      assertThat(files.made()).isZero();
      house().replies(result, "now add stars");
      house().awaitPictures(2);
      jar.kill();
      house().awaitGone();
    }
    try (RunningJar jar = house().start()) {
      house().replies(house().awaitPictures(2).getLast(), "brighter");
      house().awaitPictures(3);
      assertThat(files.made()).isEqualTo(1);
      assertThat(house().gemini().asked()).hasSize(3);
      assertThat(house().gemini().asked().getLast().contents().getFirst().parts())
          .anySatisfy(part -> assertThat(part.fileUri()).isPresent());

      house().forgets();
      await().until(() -> files.there().isEmpty());
      assertThat(files.deleted()).hasSize(1);
      assertThat(house().violations()).isEmpty();
      jar.stop();
    }
  }

  @Test
  void aLimitThatAModeratorSetsHoldsAlsoAfterAKill() throws Exception {
    try (RunningJar jar = house().start()) {
      house().limits("1/day");
      house().awaitWords("Each member: 1/day");
      house().asks(ASK);
      house().awaitPictures(1);
      jar.kill();
      house().awaitGone();
    }
    try (RunningJar jar = house().start()) {
      String asked = house().asks(ASK);
      Seen refusal = house().awaitWords("the limit is 1/day");

      assertThat(refusal.replyTo()).contains(asked);
      assertThat(house().gemini().asked()).hasSize(1);
      assertThat(house().violations()).isEmpty();
      jar.stop();
    }
  }

  @Test
  void whatWaitsForAModeratorIsMadeOnceItIsApprovedAlsoAfterAKill() throws Exception {
    house().gemini().answer(house().nightAnswer(SIGNATURE));
    String asked;
    Seen card;
    try (RunningJar jar = house().start()) {
      house().holds("nighttime");
      house().awaitWords("hold this word or phrase");
      asked = house().bobAsks(ASK);
      house().awaitWords("with a flagged word");
      card = house().awaitPictures(1).getFirst();
      jar.kill();
      house().awaitGone();
    }
    assertThat(card.words()).contains(ASK);
    assertThat(card.picture()).isPresent();
    try (RunningJar jar = house().start()) {
      house().presses(card, "✅ Approve");
      List<Seen> pictures = house().awaitPictures(2);

      assertThat(pictures)
          .filteredOn(seen -> seen.replyTo().equals(Optional.of(asked)))
          .singleElement()
          .satisfies(seen -> assertThat(seen.picture()).contains(house().night()));
      assertThat(house().awaitWords("Approved by Ann").message()).isEqualTo(card.message());
      assertThat(house().gemini().asked()).hasSize(1);
      assertThat(house().violations()).isEmpty();
      jar.stop();
    }
  }

  @Test
  void whatWasSaidToOthersLeavesNoTraceAtGemini() throws Exception {
    try (RunningJar jar = house().start()) {
      house().chats("my holidays", "how nice");
      house().asks(ASK);
      house().awaitPictures(1);
      assertThat(house().gemini().asked()).hasSize(1);
      assertThat(jar.output()).doesNotContain("holidays");
    }
  }

  @Test
  void aKillBeforeTheCardIsPostedCostsNothing() throws Exception {
    killAt(Step.POST_CARD);
    finish(1);
  }

  @Test
  void aKillBetweenThePostingOfTheCardAndItsAnswerLeavesOneCard() throws Exception {
    house().losesTheAnswer(Step.POST_CARD);
    house().gemini().answer(house().nightAnswer(SIGNATURE));
    try (RunningJar jar = house().start()) {
      house().asks(ASK);
      house().awaitPost();
      jar.kill();
    }
    finish(1);
  }

  @Test
  void aKillWhileThePhotoIsFetchedFetchesItAgain() throws Exception {
    killAt(Step.FETCH_PHOTO);
    finish(1);
  }

  @Test
  void aKillWhileTheModelWorksAsksItOnceMore() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    house().gemini().answer(house().nightAnswer(SIGNATURE).after(never));
    try (RunningJar jar = house().start()) {
      house().asks(ASK);
      await().until(() -> house().gemini().asked().size() == 1);
      jar.kill();
    }
    finish(2);
    never.countDown();
  }

  @Test
  void aKillBeforeTheResultIsShownShowsItWithoutAskingTheModelAgain() throws Exception {
    house().gemini().answer(house().nightAnswer(SIGNATURE));
    killAt(Step.SHOW_RESULT);
    finish(1);
  }

  @Test
  void aKillAfterTheResultWasShownShowsItOnce() throws Exception {
    house().losesTheAnswer(Step.SHOW_RESULT);
    house().gemini().answer(house().nightAnswer(SIGNATURE));
    try (RunningJar jar = house().start()) {
      house().asks(ASK);
      house().awaitPictures(1);
      jar.kill();
    }
    finish(1);
  }

  /** Sends the request, kills the program once the step has begun, and lets the step go nowhere. */
  private void killAt(Step step) throws Exception {
    Hanging hanging = house().hangs(step);
    try (RunningJar jar = house().start()) {
      house().asks(ASK);
      hanging.arrived().await();
      jar.kill();
      hanging.released().countDown();
    }
  }

  /** Starts the program again: in the end there is one message with one picture. */
  private void finish(int calls) throws Exception {
    house().awaitGone();
    try (RunningJar jar = house().start()) {
      house().awaitPictures(1);
      house().startsOver();
      // The card and the answer to the command: no second card.
      List<Seen> posts = house().awaitPosts(2);
      assertThat(posts.stream().filter(post -> post.picture().isPresent())).hasSize(1);
      assertThat(house().gemini().asked()).hasSize(calls);
      assertThat(house().violations()).isEmpty();
      jar.kill();
    }
  }
}
