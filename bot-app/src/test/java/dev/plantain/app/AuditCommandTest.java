package dev.plantain.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.quota.Caps;
import dev.plantain.quota.Ledger;
import dev.plantain.quota.Request;
import dev.plantain.quota.Spender;
import dev.plantain.storage.Database;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class AuditCommandTest {
  private static final Instant NOW = Instant.parse("2026-03-04T23:30:00Z");

  @TempDir Path folder;
  private final StringWriter told = new StringWriter();

  private int audit() throws IOException {
    Path settings = Files.writeString(folder.resolve("settings.yaml"), "data-dir: " + folder);
    CommandLine line = new CommandLine(new AuditCommand()).setOut(new PrintWriter(told));
    line.setExecutionExceptionHandler((failure, _, _) -> {
      told.append(failure.getMessage());
      return 2;
    });
    return line.execute("--config", settings.toString());
  }

  private static void spend(Database database) {
    Ledger ledger = new Ledger(Caps.NONE);
    Spender ann = new Spender(1, 1, 1, "test", Set.of());
    database.update(tx -> {
      ledger.reserve(tx, new Request(1, ann, 1, "nano", "1K", 1, 40_000), NOW);
      ledger.settle(tx, 1, 1, 39_000, NOW);
    });
  }

  @Test
  void aLedgerThatAgreesIsSaidToWhileTheBotRuns() throws IOException {
    try (Database database = Database.open(folder)) {
      spend(database);

      assertThat(audit()).isZero();
    }
    assertThat(told).hasToString("The ledger agrees with itself: 2 entries.\n");
  }

  @Test
  void aSumThatSomebodyChangedIsNamed() throws IOException {
    try (Database database = Database.open(folder)) {
      spend(database);
      database.update(tx ->
          tx.update("update spending set pictures = 7 where place = 'chat:1' and level = 60"));

      assertThat(audit()).isEqualTo(1);
    }
    assertThat(told.toString())
        .contains("limits may let too much or too little pass")
        .contains("  sum chat:1 1772665200000: 1 by the ledger, 7 found\n");
  }

  @Test
  void withoutADatabaseItSaysHowOneIsMade() throws IOException {
    assertThat(audit()).isEqualTo(2);
    assertThat(told.toString()).contains("plantain run");
  }
}
