package dev.plantain.chat;

import dev.plantain.job.Job;
import dev.plantain.words.TextAnswer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** How long and how often a text model is asked: less than for pictures, as somebody waits. */
final class PatienceWithWords {
  private static final int ATTEMPTS = 3;
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private final InstantSource clock;
  private final RandomGenerator random = RandomGenerator.getDefault();

  PatienceWithWords(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * When to ask again what failed; empty where that is of no use. As long as the provider says,
   * else at random up to a time that doubles, so that not all come back at once.
   */
  Optional<Instant> next(Job job, TextAnswer.Failed failed) {
    if (!failed.problem().passing() || job.attempt() >= ATTEMPTS) {
      return Optional.empty();
    }
    Duration pause =
        failed
            .retryAfter()
            .orElseGet(() -> Duration.ofMillis(random.nextLong(2_000L << job.attempt())));
    return pause.compareTo(LONGEST) > 0
        ? Optional.empty()
        : Optional.of(clock.instant().plus(pause));
  }
}
