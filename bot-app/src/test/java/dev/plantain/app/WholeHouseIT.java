package dev.plantain.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.image.gemini.AskedOfGemini;
import dev.plantain.telegram.LoopbackTelegram.Fault;
import dev.plantain.telegram.LoopbackTelegram.Manner;
import dev.plantain.telegram.LoopbackTelegram.Post;
import dev.plantain.telegram.LoopbackTelegram.Shown;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program that users start, between a Telegram and a Gemini of our own. */
@Timeout(180)
class WholeHouseIT {
  private static final String ASK = "@plantain_bot make it nighttime";
  private static final String SIGNATURE = "EvrlQgr25UIBEU0y+DwSb/iiG==";

  @TempDir private Path folder;
  private TelegramHouse house;

  @BeforeEach
  void open() throws Exception {
    house = new TelegramHouse(folder);
  }

  @AfterEach
  void close() {
    house.close();
  }

  @Test
  void aCaptionedPhotoInAGroupBecomesTheEditedPhotoAndAnotherMemberGoesOnFromIt() throws Exception {
    house.gemini.answer(house.nightAnswer(SIGNATURE));
    try (RunningJar jar = house.start()) {
      Post asked = house.telegram.photo(house.ann, house.group, house.photo, ASK);
      Shown result = house.awaitPictures(1).getFirst();

      assertThat(result.photo()).contains(house.night);
      assertThat(result.replyTo()).isEqualTo(asked.messageId());
      assertThat(result.text()).contains("Here it is.").contains("Nano Banana 2.1");

      house.telegram.say(
          house.bob, house.group, "now add stars", Manner.plain().replyingTo(result.post()));
      house.awaitPictures(2);

      AskedOfGemini second = house.gemini.asked().get(1);
      assertThat(second.contents())
          .extracting(AskedOfGemini.Said::role)
          .containsExactly("user", "model", "user");
      assertThat(second.contents().get(1).parts())
          .anySatisfy(part -> assertThat(part.signature()).contains(SIGNATURE));
      assertThat(second.words()).isEqualTo("now add stars");
      assertThat(house.telegram.violations()).isEmpty();
      assertThat(house.gemini.refused()).isZero();
      jar.stop();
    }
  }

  @Test
  void whatWasSaidToOthersLeavesNoTraceAtGemini() throws Exception {
    try (RunningJar jar = house.start()) {
      house.telegram.photo(house.ann, house.group, house.photo, "my holidays");
      house.telegram.say(house.bob, house.group, "how nice");
      house.telegram.photo(house.ann, house.group, house.photo, ASK);
      house.awaitPictures(1);
      assertThat(house.gemini.asked()).hasSize(1);
      assertThat(jar.output()).doesNotContain("holidays");
    }
  }

  @Test
  void aKillBeforeTheCardIsPostedCostsNothing() throws Exception {
    Fault.Hangs hangs = new Fault.Hangs();
    house.telegram.next("sendMessage", hangs);
    killWhen(hangs.arrived(), hangs.released());
    finish(1);
  }

  @Test
  void aKillBetweenThePostingOfTheCardAndItsAnswerLeavesOneCard() throws Exception {
    house.telegram.next("sendMessage", new Fault.DropsAfter());
    house.gemini.answer(house.nightAnswer(SIGNATURE));
    try (RunningJar jar = house.start()) {
      house.telegram.photo(house.ann, house.group, house.photo, ASK);
      house.telegram.awaitMessages(
          house.group, messages -> messages.stream().anyMatch(Shown::byBot));
      jar.kill();
    }
    finish(1);
  }

  @Test
  void aKillWhileThePhotoIsFetchedFetchesItAgain() throws Exception {
    Fault.Hangs hangs = new Fault.Hangs();
    house.telegram.next("getFile", hangs);
    killWhen(hangs.arrived(), hangs.released());
    finish(1);
  }

  @Test
  void aKillWhileTheModelWorksAsksItOnceMore() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    house.gemini.answer(house.nightAnswer(SIGNATURE).after(never));
    try (RunningJar jar = house.start()) {
      house.telegram.photo(house.ann, house.group, house.photo, ASK);
      awaitAsked(1);
      jar.kill();
    }
    finish(2);
    never.countDown();
  }

  @Test
  void aKillBeforeTheResultIsShownShowsItWithoutAskingTheModelAgain() throws Exception {
    Fault.Hangs hangs = new Fault.Hangs();
    house.telegram.next("editMessageMedia", hangs);
    house.gemini.answer(house.nightAnswer(SIGNATURE));
    killWhen(hangs.arrived(), hangs.released());
    finish(1);
  }

  @Test
  void aKillAfterTheResultWasShownShowsItOnce() throws Exception {
    house.telegram.next("editMessageMedia", new Fault.DropsAfter());
    house.gemini.answer(house.nightAnswer(SIGNATURE));
    try (RunningJar jar = house.start()) {
      house.telegram.photo(house.ann, house.group, house.photo, ASK);
      house.awaitPictures(1);
      jar.kill();
    }
    finish(1);
  }

  /** Sends the request, kills the program once the step has begun, and lets the step go nowhere. */
  private void killWhen(CountDownLatch arrived, CountDownLatch released) throws Exception {
    try (RunningJar jar = house.start()) {
      house.telegram.photo(house.ann, house.group, house.photo, ASK);
      arrived.await();
      jar.kill();
      released.countDown();
    }
  }

  private void awaitAsked(int count) {
    org.awaitility.Awaitility.await().until(() -> house.gemini.asked().size() == count);
  }

  /** Starts the program again: in the end there is one message with one picture. */
  private void finish(int calls) throws Exception {
    try (RunningJar jar = house.start()) {
      house.awaitPictures(1);
      house.telegram.say(house.bob, house.group, "/new@plantain_bot");
      house.telegram.awaitMessages(
          house.group, messages -> messages.stream().filter(Shown::byBot).count() >= 3);
      List<Shown> posts = house.telegram.botPosts(house.group);
      assertThat(posts.stream().filter(post -> post.photo().isPresent())).hasSize(1);
      // The greeting, the card and the answer to the command: no second card.
      assertThat(posts).hasSize(3);
      assertThat(house.gemini.asked()).hasSize(calls);
      assertThat(house.telegram.violations()).isEmpty();
      jar.kill();
    }
  }
}
