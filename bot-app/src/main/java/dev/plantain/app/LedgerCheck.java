package dev.plantain.app;

import dev.plantain.quota.AuditResult;
import dev.plantain.quota.AuditResult.Difference;
import dev.plantain.quota.Caps;
import dev.plantain.quota.Ledger;
import dev.plantain.storage.Database;
import dev.plantain.storage.StorageException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether what limits are decided by is what the ledger comes to, in words for the operator. */
final class LedgerCheck {
  private static final Logger log = LoggerFactory.getLogger(LedgerCheck.class);

  private LedgerCheck() {}

  /** Reads the whole ledger on a connection of its own; empty where there is no database yet. */
  static Optional<AuditResult> of(Path dataDir) {
    return Database.look(dataDir, reading -> new Ledger(Caps.NONE).audit(reading));
  }

  /**
   * Checks in the background, as a long ledger takes seconds, and says in the log what is wrong.
   */
  static void begin(Path dataDir) {
    // The driver's native calls would pin the carrier of a virtual thread (docs/adr/0002).
    Thread.ofPlatform()
        .name("ledger-check")
        .daemon()
        .start(() -> {
          try {
            of(dataDir)
                .filter(AuditResult.Differs.class::isInstance)
                .ifPresent(differs -> lines(differs).forEach(log::error));
          } catch (StorageException failure) {
            log.warn("The ledger could not be checked: {}", failure.getMessage());
          }
        });
  }

  static List<String> lines(AuditResult result) {
    return switch (result) {
      case AuditResult.Agrees(long entries) ->
          List.of("The ledger agrees with itself: " + entries + " entries.");
      case AuditResult.Differs(List<Difference> differences) -> {
        List<String> lines = new ArrayList<>();
        lines.add(
            "The ledger and what limits are decided by differ. The ledger itself is never changed,"
                + " so that nothing is lost; limits may let too much or too little pass."
                + " Please report this with the lines below.");
        for (Difference difference : differences) {
          lines.add(
              "  %s %s: %d by the ledger, %d found"
                  .formatted(
                      difference.kind().name().toLowerCase(Locale.ROOT),
                      difference.where(),
                      difference.ledger(),
                      difference.found()));
        }
        yield lines;
      }
    };
  }
}
