package dev.plantain.telegram;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Waits that grow from half a second to half a minute, each shortened by chance by up to half. */
final class Backoff {
  private static final Duration FIRST = Duration.ofMillis(500);
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final RandomGenerator jitter;
  private Duration following = FIRST;

  Backoff(RandomGenerator jitter) {
    this.jitter = jitter;
  }

  Duration next() {
    long millis = following.toMillis();
    Duration doubled = following.multipliedBy(2);
    following = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
    return Duration.ofMillis(millis - jitter.nextLong(millis / 2));
  }

  void reset() {
    following = FIRST;
  }
}
