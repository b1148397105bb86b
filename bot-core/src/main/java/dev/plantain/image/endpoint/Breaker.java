package dev.plantain.image.endpoint;

import dev.plantain.image.ImageResult.Failed;
import dev.plantain.image.ImageResult.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Keeps requests from a key that fails again and again, and lets one through now and then to see
 * whether it works again. Used by many threads.
 */
final class Breaker {
  private static final int FAILURES_IN_A_ROW = 5;
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(30);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

  private int failures;
  private Optional<Failed> broken = Optional.empty();
  private Duration pause = FIRST_PAUSE;
  private Instant probeAt = Instant.MIN;

  /** Whether a request may go. */
  sealed interface Answer {
    /** It may. */
    record Go() implements Answer {}

    /** Not before that instant, for this reason. */
    record Broken(Failed failure, Instant probeAt) implements Answer {}
  }

  /** What became of the state of a key. */
  enum Change {
    NONE,
    BROKE,
    MENDED
  }

  synchronized Answer ask(Instant now) {
    if (broken.isEmpty()) {
      return new Answer.Go();
    }
    if (now.isBefore(probeAt)) {
      return new Answer.Broken(broken.get(), probeAt);
    }
    // Whoever comes first is the probe; others wait for what comes of it.
    probeAt = now.plus(pause);
    return new Answer.Go();
  }

  /** An answer came, whatever it says. */
  synchronized Change works() {
    Change change = broken.isPresent() ? Change.MENDED : Change.NONE;
    failures = 0;
    broken = Optional.empty();
    pause = FIRST_PAUSE;
    return change;
  }

  /** No answer came that could be used. */
  synchronized Change failed(Failed failure, Instant now) {
    failures++;
    boolean wasBroken = broken.isPresent();
    if (!wasBroken && failures < FAILURES_IN_A_ROW && !atOnce(failure.problem())) {
      return Change.NONE;
    }
    if (wasBroken) {
      Duration longer = pause.multipliedBy(2);
      pause = longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
    }
    broken = Optional.of(failure);
    probeAt = now.plus(pause);
    return wasBroken ? Change.NONE : Change.BROKE;
  }

  /** What somebody has to put right does not pass by itself. */
  private static boolean atOnce(Problem problem) {
    return switch (problem) {
      case KEY_REJECTED, NOT_INCLUDED, LOCATION_REJECTED -> true;
      case OVERLOADED,
          RATE_LIMITED,
          DAY_EXHAUSTED,
          MODEL_GONE,
          PICTURE_REJECTED,
          REQUEST_REJECTED,
          TIMED_OUT,
          UNREACHABLE,
          GARBLED,
          NO_PICTURE ->
          false;
    };
  }
}
