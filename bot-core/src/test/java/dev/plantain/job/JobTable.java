package dev.plantain.job;

import dev.plantain.storage.Database;
import dev.plantain.storage.QuickDatabase;
import dev.plantain.storage.Tx;
import dev.plantain.time.DrivenClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A database with jobs and a clock, as the tests of jobs need it. */
final class JobTable implements AutoCloseable {
  final JobStore store = new JobStore();
  final DrivenClock clock = new DrivenClock();
  private final Path folder;
  private Database database;

  JobTable(Path folder) {
    this.folder = folder;
    this.database = QuickDatabase.open(folder);
  }

  Database database() {
    return database;
  }

  JobRunner runner(JobHandler... handlers) {
    return new JobRunner(database, store, clock, List.of(handlers));
  }

  /** As after a crash: whoever was running something is forgotten. */
  void reopen() {
    database.close();
    database = QuickDatabase.open(folder);
  }

  /** Accepts a job whose payload is its key. */
  long accept(String key, String kind, String lane, String tenant) {
    return accept(key, kind, lane, tenant, Duration.ZERO).orElseThrow();
  }

  Optional<Long> accept(String key, String kind, String lane, String tenant, Duration delay) {
    Instant now = clock.instant();
    NewJob job = new NewJob(key, kind, lane, tenant, key, now.plus(delay));
    return database.write(tx -> store.accept(tx, job, now));
  }

  boolean redirect(long id, String kind) {
    return database.write(tx -> store.redirect(tx, id, kind, "redirected", clock.instant()));
  }

  Optional<Job> claim(String kind, String owner) {
    Instant now = clock.instant();
    return database.write(tx -> store.claim(tx, kind, owner, now, now.plusSeconds(60)));
  }

  boolean end(Job job, Ending ending) {
    return database.write(tx -> store.end(tx, job, ending));
  }

  String state(long id) {
    return database
        .read(reading ->
            reading.first("select state from job where id = ?", row -> row.text("state"), id))
        .orElseThrow();
  }

  int count(String state) {
    return database
        .read(reading ->
            reading.first(
                "select count(*) as jobs from job where state = ?",
                row -> row.integer("jobs"),
                state))
        .orElseThrow();
  }

  /** Notes in the database that something happened; twice the same is an error. */
  static void note(Tx tx, String what) {
    tx.update(
        "insert into unreadable_event (key, platform, raw, received_at) values (?, 'test', '', 0)",
        what);
  }

  List<String> notes() {
    return database.read(reading ->
        reading.list("select key from unreadable_event order by key", row -> row.text("key")));
  }

  @Override
  public void close() {
    database.close();
  }
}
