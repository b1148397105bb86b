package dev.plantain.chat;

import dev.plantain.job.Job;
import dev.plantain.media.MediaStoreFullException;
import dev.plantain.platform.PlatformException;
import dev.plantain.storage.Database;
import dev.plantain.storage.StorageException;
import java.time.Duration;
import java.util.Optional;

/** When a step that failed is tried again: the one place that decides it. */
final class Failures {
  /** Who tells us to wait again and again does not mean to let us in. */
  private static final int MOST_WAITS = 100;

  private static final Duration LONGEST = Duration.ofMinutes(5);

  private Failures() {}

  /**
   * For a disk without room: as with a full database, the process stops, so that an operator makes
   * room, and the next one takes up the step again.
   */
  static StorageException stopping(Database database, MediaStoreFullException full) {
    StorageException fatal =
        new StorageException(StorageException.Kind.FULL, String.valueOf(full.getMessage()), full);
    database.fail(fatal);
    return fatal;
  }

  /**
   * As long as the platform says; else doubling from one second; empty when no retry helps or
   * {@code attempts} are over.
   */
  static Optional<Duration> delay(Exception failure, Job job, int attempts) {
    if (failure instanceof PlatformException.Unavailable unavailable
        && unavailable.retryAfter().isPresent()
        && job.attempt() < MOST_WAITS) {
      return unavailable.retryAfter();
    }
    if (failure instanceof PlatformException.Rejected || job.attempt() >= attempts) {
      return Optional.empty();
    }
    Duration doubling = Duration.ofSeconds(1L << Math.min(job.attempt() - 1, 10));
    return Optional.of(doubling.compareTo(LONGEST) < 0 ? doubling : LONGEST);
  }
}
