package dev.plantain.quota;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.storage.Database;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SentRequestsTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 3, 1);

  @TempDir private Path folder;
  private final SentRequests sent = new SentRequests();

  @Test
  void whatWasSentInADayIsKnownAfterARestartForEachKeyAlone() {
    try (Database database = Database.open(folder)) {
      add(database, "google/1", TODAY);
      add(database, "google/1", TODAY);
      add(database, "google/2", TODAY);
    }
    try (Database database = Database.open(folder)) {
      assertThat(of(database, "google/1", TODAY)).isEqualTo(2);
      assertThat(of(database, "google/2", TODAY)).isEqualTo(1);
      assertThat(of(database, "gateway/1", TODAY)).isZero();
    }
  }

  @Test
  void aNewDayBeginsAtNothingAndTheOldOneIsForgotten() {
    try (Database database = Database.open(folder)) {
      add(database, "google/1", TODAY);
      assertThat(of(database, "google/1", TODAY.plusDays(1))).isZero();
      add(database, "google/1", TODAY.plusDays(1));
      assertThat(of(database, "google/1", TODAY.plusDays(1))).isEqualTo(1);
      assertThat(of(database, "google/1", TODAY)).isZero();
    }
  }

  @Test
  void whatIsOneTooManyIsNotCounted() {
    try (Database database = Database.open(folder)) {
      assertThat(database.<Boolean>write(tx -> sent.add(tx, "google/1", TODAY, 2))).isTrue();
      assertThat(database.<Boolean>write(tx -> sent.add(tx, "google/1", TODAY, 2))).isTrue();
      assertThat(database.<Boolean>write(tx -> sent.add(tx, "google/1", TODAY, 2))).isFalse();
      assertThat(of(database, "google/1", TODAY)).isEqualTo(2);
    }
  }

  private void add(Database database, String line, LocalDate day) {
    database.update(tx -> sent.add(tx, line, day, Integer.MAX_VALUE));
  }

  private int of(Database database, String line, LocalDate day) {
    return database.read(reading -> sent.of(reading, line, day));
  }
}
