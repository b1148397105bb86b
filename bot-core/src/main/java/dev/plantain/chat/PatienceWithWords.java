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
  private final Duration patience;
  private final RandomGenerator random = RandomGenerator.getDefault();

  /**
   * @param patience how long all the waiting for one answer may take
   */
  PatienceWithWords(InstantSource clock, Duration patience) {
    this.clock = clock;
    this.patience = patience;
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
    return soon(clock.instant().plus(pause));
  }

  /** When it is over for who begins to wait now. */
  Instant end() {
    return endFrom(clock.instant());
  }

  /** When it is over for who began to wait then. */
  Instant endFrom(Instant begin) {
    return begin.plus(patience);
  }

  /**
   * When there will be room, which is no attempt; empty where that is too late.
   *
   * @param end of the waiting
   */
  Optional<Instant> next(TextAnswer.Waits waits, Instant end) {
    return soon(waits.until()).filter(next -> !next.isAfter(end));
  }

  private Optional<Instant> soon(Instant next) {
    return Optional.of(next).filter(at -> !at.isAfter(clock.instant().plus(LONGEST)));
  }
}
