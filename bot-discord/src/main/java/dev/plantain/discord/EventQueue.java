package dev.plantain.discord;

import dev.plantain.platform.EventSink;
import dev.plantain.platform.IncomingEvent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands messages on in the order in which Discord told of them, off the thread of the gateway.
 *
 * <p>Discord tells of a message once. When it cannot be stored it is tried again for some minutes,
 * and what comes after it waits.
 */
final class EventQueue implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EventQueue.class);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final int ATTEMPTS = 10;

  private final EventSink sink;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("discord-messages").factory());

  EventQueue(EventSink sink) {
    this.sink = sink;
  }

  /** Does not block; the event is read later, on the thread of the queue. */
  void add(Supplier<Optional<IncomingEvent>> event) {
    try {
      thread.execute(() -> hand(event));
    } catch (RejectedExecutionException closing) {
      LOG.debug("A message came after the end.");
    }
  }

  private void hand(Supplier<Optional<IncomingEvent>> reading) {
    Optional<IncomingEvent> event;
    try {
      event = reading.get();
    } catch (RuntimeException unforeseen) {
      LOG.error("A message could not be read and is passed over. Please report this.", unforeseen);
      return;
    }
    event.ifPresent(this::handPatiently);
  }

  private void handPatiently(IncomingEvent event) {
    Duration pause = FIRST_PAUSE;
    for (int attempt = 1; !isClosed(Duration.ZERO); attempt++) {
      try {
        sink.accept(List.of(event));
        return;
      } catch (RuntimeException failure) {
        if (attempt == ATTEMPTS) {
          LOG.error("{} could not be stored and is given up.", event.key(), failure);
          return;
        }
        LOG.error("{} could not be stored. It is tried again in {}.", event.key(), pause, failure);
        if (isClosed(pause)) {
          return;
        }
        pause = pause.multipliedBy(2);
      }
    }
  }

  private boolean isClosed(Duration within) {
    try {
      return closed.await(within.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** Waits for an {@code accept} under way; nothing is handed on afterwards. */
  @Override
  public void close() {
    closed.countDown();
    thread.close();
  }
}
