package dev.plantain.discord;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.config.Secret;
import dev.plantain.platform.EventSink;
import dev.plantain.platform.IncomingEvent;
import dev.plantain.text.Messages;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A sink that keeps what it was told for the test to look at. */
final class HeardEvents implements EventSink {
  private static final Messages MESSAGES = Messages.load();
  private static final long PATIENCE_SECONDS = 20;

  private final LinkedBlockingQueue<IncomingEvent> events = new LinkedBlockingQueue<>();

  static DiscordPlatform platform(LoopbackDiscord discord) {
    return platform(new DiscordConfig(new Secret(LoopbackDiscord.TOKEN), discord.apiUrl()));
  }

  static DiscordPlatform platform(DiscordConfig config) {
    return new DiscordPlatform(config, InstantSource.system(), MESSAGES, refused -> {});
  }

  @Override
  public void accept(List<IncomingEvent> batch) {
    events.addAll(batch);
  }

  /** Waits for the next event, which must be of this kind. */
  <T extends IncomingEvent> T next(Class<T> kind) {
    try {
      IncomingEvent event = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(event).isInstanceOf(kind);
      return kind.cast(Objects.requireNonNull(event));
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", stop);
    }
  }

  boolean isEmpty() {
    return events.isEmpty();
  }
}
