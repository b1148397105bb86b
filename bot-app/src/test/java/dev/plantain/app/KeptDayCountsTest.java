package dev.plantain.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.storage.Database;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptDayCountsTest {
  private static final LocalDate DAY = LocalDate.of(2026, 3, 4);

  @TempDir private Path folder;

  @Test
  void whatWasSentIsKnownToTheNextProcess() {
    try (Database database = Database.open(folder)) {
      KeptDayCounts counts = new KeptDayCounts(database);
      counts.add("google/1", DAY, 2);
      counts.add("google/1", DAY, 2);
      counts.add("google/2", DAY, 1);
      assertThat(counts.add("google/2", DAY, 1)).isFalse();
    }
    try (Database database = Database.open(folder)) {
      KeptDayCounts counts = new KeptDayCounts(database);
      assertThat(counts.of("google/1", DAY)).isEqualTo(2);
      assertThat(counts.of("google/2", DAY)).isEqualTo(1);
      assertThat(counts.of("google/1", DAY.plusDays(1))).isZero();
    }
  }
}
