package dev.plantain.telegram;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The chats in which Telegram told us to be quiet for a while. */
final class ChatPauses {
  private final InstantSource clock;
  private final Map<String, Instant> quietUntil = new ConcurrentHashMap<>();

  ChatPauses(InstantSource clock) {
    this.clock = clock;
  }

  void pause(String chat, Duration duration) {
    quietUntil.merge(
        chat, clock.instant().plus(duration), (one, other) -> one.isAfter(other) ? one : other);
  }

  /** How long the chat stays quiet; empty when we may write. */
  Optional<Duration> remaining(String chat) {
    Instant until = quietUntil.get(chat);
    if (until == null) {
      return Optional.empty();
    }
    Duration left = Duration.between(clock.instant(), until);
    if (left.isPositive()) {
      return Optional.of(left);
    }
    quietUntil.remove(chat, until);
    return Optional.empty();
  }
}
