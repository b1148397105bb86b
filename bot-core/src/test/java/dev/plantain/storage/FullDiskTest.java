package dev.plantain.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.plantain.storage.StorageException.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SQLite answers a limit of pages as it answers a full disk: with SQLITE_FULL. */
class FullDiskTest {
  @TempDir Path folder;
  private Database database;
  private final List<StorageException> told = new ArrayList<>();

  @BeforeEach
  void open() {
    database = Database.open(folder);
    database.onFatal(told::add);
    database.update(tx -> Notes.write(tx, "before"));
    limitPages(pages() + 3);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aFullDiskIsToldInWordsAndOnce() {
    StorageException failure = writeTooMuch();
    assertThat(failure.kind()).isEqualTo(Kind.FULL);
    assertThat(failure).hasMessageContaining("disk is full").hasMessageContaining("Make room");
    writeTooMuch();
    assertThat(told).containsExactly(failure);
  }

  @Test
  void whoListensLateHearsOfItTooAndOnce() {
    StorageException failure = writeTooMuch();
    List<StorageException> late = new ArrayList<>();
    database.onFatal(late::add);
    writeTooMuch();
    assertThat(late).containsExactly(failure);
  }

  @Test
  void nothingIsHalfWritten() {
    writeTooMuch();
    assertThat(Notes.keys(database)).containsExactly("before");
    assertThat(integrity()).isEqualTo("ok");
  }

  @Test
  void workThatPassesOverTheFailureStillWritesNothing() {
    assertThatExceptionOfType(StorageException.class)
        .isThrownBy(() ->
            database.update(tx -> {
              try {
                Notes.write(tx, "large", "x".repeat(100_000));
              } catch (StorageException passedOver) {
                Notes.write(tx, "small");
              }
            }));
    assertThat(Notes.keys(database)).containsExactly("before");
    assertThat(integrity()).isEqualTo("ok");
  }

  @Test
  void onceThereIsRoomTransactionsAreWholeAgain() {
    writeTooMuch();
    limitPages(1_000_000);
    assertThatIllegalStateException()
        .isThrownBy(() ->
            database.update(tx -> {
              Notes.write(tx, "rolled back");
              throw new IllegalStateException("no");
            }));
    database.update(tx -> Notes.write(tx, "after"));
    assertThat(Notes.keys(database)).containsExactly("after", "before");
  }

  private StorageException writeTooMuch() {
    return catchThrowableOfType(
        StorageException.class,
        () ->
            database.update(tx -> {
              for (int i = 0; i < 100; i++) {
                Notes.write(tx, "note" + i, "x".repeat(2000));
              }
            }));
  }

  private long pages() {
    return database.read(reading -> pragma(reading, "page_count"));
  }

  private void limitPages(long pages) {
    long limit = database.write(tx -> pragma(tx, "max_page_count = " + pages));
    assertThat(limit).isEqualTo(pages);
  }

  private static long pragma(Reading reading, String pragma) {
    String column = pragma.split(" ", 2)[0];
    return reading.first("pragma " + pragma, row -> row.number(column)).orElseThrow();
  }

  private String integrity() {
    return database
        .read(
            reading -> reading.first("pragma integrity_check", row -> row.text("integrity_check")))
        .orElseThrow();
  }
}
