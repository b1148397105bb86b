package dev.plantain.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {
  @TempDir Path folder;
  private Database database;

  @BeforeEach
  void open() {
    database = Database.open(folder);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void whatIsWrittenIsThereAfterReopening() {
    database.update(tx -> Notes.write(tx, "a"));
    database.close();
    database = Database.open(folder);
    assertThat(Notes.keys(database)).containsExactly("a");
  }

  @Test
  void workThatThrowsWritesNothing() {
    assertThatIllegalStateException()
        .isThrownBy(() ->
            database.update(tx -> {
              Notes.write(tx, "a");
              throw new IllegalStateException("changed my mind");
            }))
        .withMessage("changed my mind");
    assertThat(Notes.keys(database)).isEmpty();
    database.update(tx -> Notes.write(tx, "b"));
    assertThat(Notes.keys(database)).containsExactly("b");
  }

  @Test
  void aStatementThatFailedDoomsTheTransactionEvenWhenItsExceptionIsCaught() {
    database.update(tx -> Notes.write(tx, "a"));
    assertThatExceptionOfType(StorageException.class)
        .isThrownBy(() ->
            database.update(tx -> {
              Notes.write(tx, "b");
              try {
                Notes.write(tx, "a");
              } catch (StorageException passedOver) {
                Notes.write(tx, "c");
              }
            }))
        .satisfies(
            failure -> assertThat(failure.kind()).isEqualTo(StorageException.Kind.STATEMENT));
    assertThat(Notes.keys(database)).containsExactly("a");
  }

  @Test
  void afterCommitRunsOnceTheRowsAreVisibleToOthers() {
    List<String> log = new ArrayList<>();
    database.update(tx -> {
      tx.afterCommit(() -> log.add("after"));
      Notes.write(tx, "a");
      log.add("work");
    });
    assertThat(log).containsExactly("work", "after");
  }

  @Test
  void afterCommitDoesNotRunWhenTheTransactionIsRolledBack() {
    List<String> log = new ArrayList<>();
    assertThatIllegalStateException()
        .isThrownBy(() ->
            database.update(tx -> {
              tx.afterCommit(() -> log.add("after"));
              throw new IllegalStateException("no");
            }));
    assertThat(log).isEmpty();
  }

  @Test
  void aFailureAfterTheCommitNeitherHidesTheResultNorKeepsOthersFromHearing() {
    List<String> log = new ArrayList<>();
    String result =
        database.write(tx -> {
          Notes.write(tx, "a");
          tx.afterCommit(() -> {
            throw new IllegalStateException("listener");
          });
          tx.afterCommit(() -> log.add("second"));
          return "committed";
        });
    assertThat(result).isEqualTo("committed");
    assertThat(log).containsExactly("second");
    assertThat(Notes.keys(database)).containsExactly("a");
  }

  @Test
  void aTransactionWithinAnotherIsRefused() {
    assertThatIllegalStateException()
        .isThrownBy(() -> database.write(tx -> database.write(inner -> 1)));
    assertThatIllegalStateException()
        .isThrownBy(() -> database.write(tx -> database.read(inner -> 1)));
    assertThatIllegalStateException()
        .isThrownBy(() -> database.read(reading -> database.write(inner -> 1)));
    assertThatIllegalStateException()
        .isThrownBy(() -> database.read(reading -> database.read(inner -> 1)));
  }

  @Test
  void anInterruptedCallerGetsItsResultAndStaysInterrupted() {
    Thread.currentThread().interrupt();
    int result =
        database.write(tx -> {
          Notes.write(tx, "a");
          return 7;
        });
    assertThat(Thread.interrupted()).isTrue();
    assertThat(result).isEqualTo(7);
    assertThat(Notes.keys(database)).containsExactly("a");
  }

  @Test
  void workThatInterruptsItsThreadLeavesTheDatabaseUsable() {
    database.update(tx -> Thread.currentThread().interrupt());
    database.update(tx -> Notes.write(tx, "a"));
    assertThat(Notes.keys(database)).containsExactly("a");
  }

  @Test
  void aReadSeesOneViewHoweverMuchIsCommittedMeanwhile() throws Exception {
    database.update(tx -> Notes.write(tx, "a"));
    CountDownLatch looked = new CountDownLatch(1);
    CountDownLatch written = new CountDownLatch(1);
    AtomicReference<List<List<String>>> seen = new AtomicReference<>(List.of());
    Thread reader =
        Thread.ofVirtual()
            .start(() ->
                seen.set(
                    database.read(reading -> {
                      List<String> before = Notes.keys(reading);
                      looked.countDown();
                      await(written);
                      return List.of(before, Notes.keys(reading));
                    })));
    looked.await();
    database.update(tx -> Notes.write(tx, "b"));
    written.countDown();
    reader.join();
    assertThat(seen.get()).containsExactly(List.of("a"), List.of("a"));
    assertThat(Notes.keys(database)).containsExactly("a", "b");
  }

  @Test
  void aReadCannotWrite() {
    assertThatExceptionOfType(StorageException.class)
        .isThrownBy(() ->
            database.read(
                reading -> reading.list("delete from unreadable_event returning key", row -> 1)));
  }

  @Test
  void twoHundredThreadsWriteWithoutLosingAnUpdate() throws Exception {
    database.update(tx -> Notes.write(tx, "counter", "0"));
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      threads.add(Thread.ofVirtual().start(() -> database.update(DatabaseTest::countUp)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(database.read(DatabaseTest::counter)).isEqualTo(200);
  }

  @Test
  void aClosedDatabaseRefusesInsteadOfKeepingItsCallersWaiting() {
    database.close();
    assertThatIllegalStateException().isThrownBy(() -> database.write(tx -> 1));
    assertThatIllegalStateException().isThrownBy(() -> database.read(reading -> 1));
  }

  @Test
  void argumentsComeBackAsTheyWere() {
    Instant instant = Instant.ofEpochMilli(1_760_000_000_123L);
    database.read(reading ->
        reading.first(
            "select ? as words, ? as count, ? as flag, ? as moment, ? as absent, ? as present",
            row -> {
              assertThat(row.text("words")).isEqualTo("日本 🖼 \u202e'; drop table job");
              assertThat(row.number("count")).isEqualTo(Long.MAX_VALUE);
              assertThat(row.flag("flag")).isTrue();
              assertThat(row.instant("moment")).isEqualTo(instant);
              assertThat(row.optionalText("absent")).isEmpty();
              assertThat(row.optionalNumber("absent")).isEmpty();
              assertThat(row.optionalNumber("present")).contains(5L);
              assertThatIllegalStateException().isThrownBy(() -> row.text("absent"));
              return true;
            },
            "日本 🖼 \u202e'; drop table job",
            Long.MAX_VALUE,
            true,
            instant,
            Optional.empty(),
            Optional.of(5)));
  }

  private static void countUp(Tx tx) {
    String next = String.valueOf(counter(tx) + 1);
    tx.update("update unreadable_event set raw = ? where key = 'counter'", next);
  }

  private static int counter(Reading reading) {
    return reading
        .first(
            "select raw from unreadable_event where key = 'counter'",
            row -> Integer.parseInt(row.text("raw")))
        .orElseThrow();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
