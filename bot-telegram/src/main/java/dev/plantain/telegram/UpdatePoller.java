package dev.plantain.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plantain.platform.PlatformException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks Telegram for updates, for ever, and loses none: Telegram is told to forget a batch only by
 * the request after the one that the handler has taken it from.
 *
 * <p>The offset follows the server. Update ids start again at a random number after a quiet week
 * (Bot API, Update.update_id), so the highest id ever seen means nothing.
 */
final class UpdatePoller implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(UpdatePoller.class);

  /** What we want to hear of; Telegram remembers the list. */
  static final List<String> ALLOWED_UPDATES =
      List.of("message", "edited_message", "callback_query", "my_chat_member");

  /** What Telegram gives at most in one batch (Bot API, getUpdates). */
  private static final int BATCH = 100;

  private static final Duration CONFLICT_PAUSE = Duration.ofSeconds(5);

  private final BotApi api;
  private final UpdateHandler handler;
  private final Pauses pauses;
  private final Consumer<TokenRejected> onFatal;
  private final Backoff backoff;
  private final Thread thread = Thread.ofVirtual().name("telegram-poller").unstarted(this::run);

  private final ReentrantLock state = new ReentrantLock();
  private boolean closed;
  private boolean pausing;
  private Wire.@Nullable Held held;

  private OptionalLong offset = OptionalLong.empty();
  private boolean conflictTold;

  /**
   * @param onFatal called on the poller's thread, which then ends, when the token is not accepted
   */
  UpdatePoller(
      BotApi api,
      UpdateHandler handler,
      Pauses pauses,
      RandomGenerator jitter,
      Consumer<TokenRejected> onFatal) {
    this.api = api;
    this.handler = handler;
    this.pauses = pauses;
    this.onFatal = onFatal;
    this.backoff = new Backoff(jitter);
  }

  void start() {
    thread.start();
  }

  private void run() {
    try {
      boolean withoutWebhook = false;
      while (!isClosed()) {
        try {
          if (withoutWebhook) {
            poll();
          } else {
            api.callRaw("deleteWebhook", JsonNodeFactory.instance.objectNode());
            withoutWebhook = true;
          }
        } catch (PlatformException.Unavailable unavailable) {
          if (!isClosed()) {
            Duration wait = unavailable.retryAfter().orElseGet(backoff::next);
            LOG.warn("{} Asking again in {}.", unavailable.getMessage(), wait);
            pause(wait);
          }
        } catch (PlatformException.Rejected rejected) {
          Duration wait = backoff.next();
          LOG.error("{} Asking again in {}.", rejected.getMessage(), wait);
          pause(wait);
        }
      }
    } catch (TokenRejected fatal) {
      LOG.error("No updates are received any more. {}", fatal.getMessage());
      onFatal.accept(fatal);
    }
  }

  private void poll() {
    Answer answer = ask();
    if (isClosed()) {
      return;
    }
    switch (answer) {
      case Answer.Done done -> {
        backoff.reset();
        conflictTold = false;
        take(batch(done.result()));
      }
      case Answer.Refused refused when refused.code() == 409 -> {
        if (!conflictTold) {
          LOG.warn(
              "Another program receives the updates of this bot, or a webhook is set: {}."
                  + " Stop the other one; each update reaches only one of them.",
              refused.description());
          conflictTold = true;
        }
        pause(CONFLICT_PAUSE);
      }
      case Answer.Refused refused -> throw Refusals.of("getUpdates", refused);
      case Answer.Foreign foreign -> throw BotApi.foreign("getUpdates", foreign.status());
    }
  }

  private Answer ask() {
    ObjectNode parameters = JsonNodeFactory.instance.objectNode();
    offset.ifPresent(id -> parameters.put("offset", id));
    parameters.put("limit", BATCH).put("timeout", api.config().pollTimeout().toSeconds());
    ArrayNode allowed = parameters.putArray("allowed_updates");
    ALLOWED_UPDATES.forEach(allowed::add);
    Wire.Held request = api.prepareUpdates(parameters);
    state.lock();
    try {
      held = request;
      if (closed) {
        request.cancel();
      }
    } finally {
      state.unlock();
    }
    return api.await(request);
  }

  /** Each update is read on its own, so that none that cannot be read takes others with it. */
  private static List<RawUpdate> batch(JsonNode result) {
    List<RawUpdate> batch = new ArrayList<>();
    for (JsonNode update : result) {
      batch.add(
          new RawUpdate(
              update.path("update_id").asLong(), update.toString(), TolerantReader.update(update)));
    }
    return batch;
  }

  private void take(List<RawUpdate> batch) {
    if (batch.isEmpty()) {
      return;
    }
    while (!isClosed()) {
      try {
        handler.handle(List.copyOf(batch));
        offset = OptionalLong.of(batch.getLast().id() + 1);
        backoff.reset();
        return;
      } catch (RuntimeException | Error failure) {
        Duration wait = backoff.next();
        LOG.error(
            "{} updates could not be stored. They are kept and tried again in {}.",
            batch.size(),
            wait,
            failure);
        pause(wait);
      }
    }
  }

  private void pause(Duration duration) {
    state.lock();
    try {
      if (closed) {
        return;
      }
      pausing = true;
    } finally {
      state.unlock();
    }
    try {
      pauses.pause(duration);
    } catch (InterruptedException closing) {
      LOG.debug("woken by close");
    } finally {
      state.lock();
      try {
        pausing = false;
        // An interrupt that came as the pause ended must not reach the handler.
        Thread.interrupted();
      } finally {
        state.unlock();
      }
    }
  }

  private boolean isClosed() {
    state.lock();
    try {
      return closed;
    } finally {
      state.unlock();
    }
  }

  /**
   * Ends the held request or the pause at once, and waits for the handler if it is at work. No
   * update is handed out afterwards.
   */
  @Override
  public void close() {
    state.lock();
    try {
      closed = true;
      if (pausing) {
        thread.interrupt();
      }
      if (held != null) {
        held.cancel();
      }
    } finally {
      state.unlock();
    }
    if (!Thread.currentThread().equals(thread)) {
      joinUninterruptibly();
    }
  }

  private void joinUninterruptibly() {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException again) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
