package dev.plantain.command;

import dev.plantain.storage.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What commands did that must not be done twice: the step that runs a command is run again when the
 * process ended before its answer was known to have arrived.
 */
final class Done {
  /** Longer than any job is tried. */
  private static final Duration KEPT = Duration.ofDays(7);

  private Done() {}

  /** Does it, unless it was done in answer to the same event; returns what was said of it. */
  static String once(Tx tx, CommandCall call, Instant now, Supplier<String> deed) {
    Optional<String> earlier =
        tx.first(
            "select said from done_command where key = ?", row -> row.text("said"), call.key());
    return earlier.orElseGet(() -> {
      String said = deed.get();
      tx.update("delete from done_command where done_at < ?", now.minus(KEPT));
      tx.update(
          "insert into done_command (key, said, done_at) values (?, ?, ?)", call.key(), said, now);
      return said;
    });
  }
}
