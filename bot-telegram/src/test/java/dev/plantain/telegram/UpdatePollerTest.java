package dev.plantain.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class UpdatePollerTest {
  private final LoopbackTelegram telegram = new LoopbackTelegram();
  private final BotApi api = new BotApi(telegram.config(), InstantSource.system());
  private final LoopbackTelegram.User ada = telegram.user("Ada");
  private final LoopbackTelegram.Chat chat = telegram.privateChat(ada);
  private final BlockingQueue<RawUpdate> received = new LinkedBlockingQueue<>();
  private final List<Duration> pauses = new CopyOnWriteArrayList<>();
  private final List<TokenRejected> fatal = new CopyOnWriteArrayList<>();
  private final List<UpdatePoller> pollers = new ArrayList<>();

  @AfterEach
  void end() {
    pollers.forEach(UpdatePoller::close);
    api.close();
    telegram.close();
    assertThat(telegram.violations()).isEmpty();
  }

  private UpdatePoller started(UpdateHandler handler) {
    return started(handler, pauses::add);
  }

  private UpdatePoller started(UpdateHandler handler, Pauses waiting) {
    UpdatePoller poller = new UpdatePoller(api, handler, waiting, new Random(7), fatal::add);
    pollers.add(poller);
    poller.start();
    return poller;
  }

  private RawUpdate next() throws InterruptedException {
    RawUpdate update = received.poll(20, TimeUnit.SECONDS);
    return Optional.ofNullable(update).orElseThrow(() -> new AssertionError("no update came"));
  }

  private static String text(RawUpdate update) {
    return update.parsed().orElseThrow().getMessage().getText();
  }

  @Test
  void whatIsSaidIsReceivedInOrderAndForgottenByTelegram() throws InterruptedException {
    started(received::addAll);
    telegram.say(ada, chat, "one");
    telegram.say(ada, chat, "two");

    assertThat(text(next())).isEqualTo("one");
    assertThat(text(next())).isEqualTo("two");
    await().until(() -> telegram.updatesWaiting() == 0);
    assertThat(telegram.calls("deleteWebhook")).isEqualTo(1);
    JsonNode poll = telegram.requests("getUpdates").getFirst();
    assertThat(poll.has("offset")).isFalse();
    assertThat(poll.path("allowed_updates").toString())
        .isEqualTo("[\"message\",\"edited_message\",\"callback_query\",\"my_chat_member\"]");
  }

  @Test
  void whatTheHandlerDidNotTakeComesAgainAfterAPause() throws InterruptedException {
    AtomicInteger failures = new AtomicInteger();
    started(batch -> {
      if (failures.incrementAndGet() <= 3) {
        throw new IllegalStateException("the disk is full");
      }
      received.addAll(batch);
    });
    telegram.say(ada, chat, "one");

    assertThat(text(next())).isEqualTo("one");
    assertThat(pauses).hasSize(3);
    telegram.say(ada, chat, "two");
    assertThat(text(next())).isEqualTo("two");
  }

  @Test
  void anErrorInTheHandlerDoesNotEndThePolling() throws InterruptedException {
    AtomicBoolean failed = new AtomicBoolean();
    started(batch -> {
      if (!failed.getAndSet(true)) {
        throw new StackOverflowError();
      }
      received.addAll(batch);
    });
    telegram.say(ada, chat, "one");

    assertThat(text(next())).isEqualTo("one");
  }

  @Test
  void whatWasHandledWhenTheProcessDiedComesToTheNextOne() throws InterruptedException {
    CountDownLatch inHandler = new CountDownLatch(1);
    CountDownLatch died = new CountDownLatch(1);
    UpdatePoller first =
        started(batch -> {
          inHandler.countDown();
          awaitQuietly(died);
        });
    telegram.say(ada, chat, "one");
    inHandler.await();
    Thread closing = Thread.startVirtualThread(first::close);
    await().until(() -> closing.getState() == Thread.State.WAITING);
    died.countDown();
    closing.join();

    started(received::addAll);

    assertThat(text(next())).isEqualTo("one");
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      throw new AssertionError("the handler was interrupted", interrupted);
    }
  }

  @Test
  void closingEndsTheHeldRequestAtOnceAndNothingIsHandedOutAfterwards()
      throws InterruptedException {
    UpdatePoller poller = started(received::addAll);
    telegram.awaitPoll();

    poller.close();
    telegram.say(ada, chat, "one");

    assertThat(received).isEmpty();
    assertThat(telegram.updatesWaiting()).isEqualTo(1);
  }

  @Test
  void closingEndsAPauseAtOnce() {
    CountDownLatch pausing = new CountDownLatch(1);
    telegram.next("getUpdates", new LoopbackTelegram.Fault.TooMany(3600));
    UpdatePoller poller =
        started(
            received::addAll,
            duration -> {
              pausing.countDown();
              Thread.sleep(duration);
            });
    awaitQuietly(pausing);

    poller.close();

    assertThat(telegram.calls("getUpdates")).isEqualTo(1);
  }

  @Test
  void idsThatStartAgainLowerOrHigherAreFollowed() throws InterruptedException {
    started(received::addAll);
    for (long id : new long[] {900_000_000, 5, 700_000}) {
      telegram.say(ada, chat, "before " + id);
      assertThat(text(next())).isEqualTo("before " + id);
      await().until(() -> telegram.updatesWaiting() == 0);
      telegram.restartUpdateIds(id);
      telegram.say(ada, chat, "after " + id);
      RawUpdate after = next();
      assertThat(after.id()).isEqualTo(id);
      await().until(() -> telegram.lastOffset() == id + 1);
    }
    assertThat(received).isEmpty();
  }

  @Test
  void telegramSaysHowLongToWait() throws InterruptedException {
    telegram.next("getUpdates", new LoopbackTelegram.Fault.TooMany(17));
    started(received::addAll);
    telegram.say(ada, chat, "one");

    assertThat(text(next())).isEqualTo("one");
    assertThat(pauses).containsExactly(Duration.ofSeconds(17));
  }

  @Test
  void anotherProgramWithOurTokenIsWaitedFor() throws InterruptedException {
    LoopbackTelegram.Fault conflict =
        new LoopbackTelegram.Fault.Refuses(409, "Conflict: terminated by other getUpdates request");
    telegram.next("getUpdates", conflict);
    telegram.next("getUpdates", conflict);
    started(received::addAll);
    telegram.say(ada, chat, "one");

    assertThat(text(next())).isEqualTo("one");
    assertThat(pauses).containsExactly(Duration.ofSeconds(5), Duration.ofSeconds(5));
  }

  @Test
  void foreignPagesServerErrorsAndLostConnectionsAreWaitedOutLongerAndLonger()
      throws InterruptedException {
    for (int status : new int[] {502, 200, 404, 500, 503, 502, 502, 502}) {
      telegram.next("getUpdates", new LoopbackTelegram.Fault.Html(status));
    }
    telegram.next("getUpdates", new LoopbackTelegram.Fault.DropsBefore());
    telegram.next("getUpdates", new LoopbackTelegram.Fault.Refuses(500, "Internal Server Error"));
    started(received::addAll);
    telegram.say(ada, chat, "one");

    assertThat(text(next())).isEqualTo("one");
    assertThat(pauses).hasSize(10);
    assertThat(pauses.getFirst()).isBetween(Duration.ofMillis(250), Duration.ofMillis(500));
    assertThat(pauses.getLast()).isBetween(Duration.ofSeconds(15), Duration.ofSeconds(30));
    assertThat(fatal).isEmpty();
  }

  @Test
  void aTokenThatIsNotAcceptedEndsThePollingLoudly() {
    telegram.revokeToken();
    started(received::addAll);

    await().until(() -> fatal.size() == 1);
    assertThat(telegram.calls("getUpdates")).isZero();
  }

  @Test
  void aBatchThatIsAnsweredButLostComesAgain() throws InterruptedException {
    telegram.say(ada, chat, "one");
    telegram.next("getUpdates", new LoopbackTelegram.Fault.DropsAfter());
    started(received::addAll);

    assertThat(text(next())).isEqualTo("one");
  }

  /** Every kind of update that the API describes, with a message between each two of them. */
  @Test
  void noUpdateTakesOthersWithIt() throws Exception {
    Path file =
        Path.of(System.getProperty("plantain.root", ".."))
            .resolve("../shared/specs/telegram-updates-10.3.json");
    assumeThat(file).isReadable();
    List<String> labels = new ArrayList<>();
    for (JsonNode each : new ObjectMapper().readTree(Files.readAllBytes(file))) {
      telegram.update(each.path("update"));
      telegram.say(ada, chat, each.path("label").asText());
      labels.add(each.path("label").asText());
    }

    started(received::addAll);

    Set<String> unread = new HashSet<>();
    for (String label : labels) {
      RawUpdate update = next();
      if (update.parsed().isEmpty()) {
        unread.add(label);
        assertThat(update.json()).startsWith("{").contains("\"update_id\":" + update.id());
      }
      assertThat(text(next())).isEqualTo(label);
    }
    assertThat(labels).hasSize(2962);
    assertThat(unread).isEmpty();
  }

  @Test
  void aReplyToAPostThatTheLibraryCannotReadIsServed() throws Exception {
    ObjectNode poison =
        (ObjectNode)
            new ObjectMapper()
                .readTree(
                    """
                    {"message": {"message_id": 9, "date": 1795000000,
                      "chat": {"id": -1001, "type": "supergroup", "title": "Group"},
                      "from": {"id": 5, "is_bot": false, "first_name": "Ada"},
                      "text": "@plantain_bot make it blue",
                      "entities": [{"type": "mention", "offset": 0, "length": 13}],
                      "reply_to_message": {"message_id": 8, "date": 1795000000,
                        "chat": {"id": -1001, "type": "supergroup", "title": "Group"},
                        "from": {"id": 6, "is_bot": true, "first_name": "Other"},
                        "photo": [{"file_id": "F", "file_unique_id": "U", "width": 1, "height": 1}],
                        "reply_markup": {"inline_keyboard": [[{"text": "Share",
                          "switch_inline_query_chosen_chat": {"query": "x"}}]]}}}}
                    """);
    telegram.update(poison);
    started(received::addAll);

    RawUpdate update = next();
    var message = update.parsed().orElseThrow().getMessage();
    assertThat(message.getText()).isEqualTo("@plantain_bot make it blue");
    assertThat(message.getReplyToMessage().getPhoto()).hasSize(1);
    assertThat(update.json()).contains("switch_inline_query_chosen_chat");
  }
}
