package dev.plantain.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobStoreTest {
  @TempDir Path folder;
  private JobTable table;

  @BeforeEach
  void open() {
    table = new JobTable(folder);
  }

  @AfterEach
  void close() {
    table.close();
  }

  @Test
  void aKeyIsAcceptedOnceEvenAfterItsJobHasEnded() {
    assertThat(table.accept("a", "draw", "lane", "ann", Duration.ZERO)).isPresent();
    assertThat(table.accept("a", "other", "other", "bob", Duration.ZERO)).isEmpty();
    table.end(table.claim("draw", "us").orElseThrow(), Ending.done());
    assertThat(table.accept("a", "draw", "lane", "ann", Duration.ZERO)).isEmpty();
    assertThat(table.claim("draw", "us")).isEmpty();
    assertThat(table.claim("other", "us")).isEmpty();
  }

  @Test
  void aLaneKeepsItsOrderEvenWhileItsFirstJobWaitsForAnotherTry() {
    table.accept("first", "draw", "lane", "ann");
    table.accept("second", "draw", "lane", "bob");
    Job first = table.claim("draw", "us").orElseThrow();
    assertThat(table.claim("draw", "us")).isEmpty();
    table.end(first, again(Duration.ofMinutes(1)));
    assertThat(table.claim("draw", "us")).isEmpty();
    table.clock.advance(Duration.ofMinutes(1));
    Job retried = table.claim("draw", "us").orElseThrow();
    assertThat(retried.key()).isEqualTo("first");
    assertThat(retried.attempt()).isEqualTo(2);
    table.end(retried, Ending.done());
    assertThat(table.claim("draw", "us").map(Job::key)).contains("second");
  }

  @Test
  void lanesRunSideBySide() {
    table.accept("a", "draw", "one", "ann");
    table.accept("b", "draw", "two", "ann");
    assertThat(table.claim("draw", "us").map(Job::key)).contains("a");
    assertThat(table.claim("draw", "us").map(Job::key)).contains("b");
  }

  @Test
  void anEarlierJobThatComesIntoALaneWaitsForWhatRunsThere() {
    table.accept("early", "admit", "chat", "ann");
    table.accept("late", "draw", "branch", "bob");
    Job early = table.claim("admit", "us").orElseThrow();
    Job late = table.claim("draw", "us").orElseThrow();
    table.end(early, new Ending.Next("draw", "branch", "payload", tx -> {}));
    assertThat(table.claim("draw", "us")).isEmpty();
    table.end(late, Ending.done());
    assertThat(table.claim("draw", "us").map(Job::key)).contains("early");
  }

  @Test
  void aJobIsNotTakenBeforeItsTime() {
    table.accept("a", "draw", "lane", "ann", Duration.ofSeconds(5));
    assertThat(table.claim("draw", "us")).isEmpty();
    table.clock.advance(Duration.ofSeconds(5));
    assertThat(table.claim("draw", "us")).isPresent();
  }

  @Test
  void aJobCanBePostponedUntilItIsBegun() {
    table.accept("a", "draw", "lane", "ann", Duration.ofSeconds(1));
    postpone("a", Duration.ofSeconds(3));
    table.clock.advance(Duration.ofSeconds(2));
    assertThat(table.claim("draw", "us")).isEmpty();
    table.clock.advance(Duration.ofSeconds(1));
    Job begun = table.claim("draw", "us").orElseThrow();
    postpone("a", Duration.ofHours(1));
    assertThat(table.end(begun, again(Duration.ZERO))).isTrue();
    assertThat(table.claim("draw", "us")).isPresent();
  }

  @Test
  void theRowsOfAnEndingAreWrittenWithIt() {
    table.accept("a", "draw", "lane", "ann");
    Job job = table.claim("draw", "us").orElseThrow();
    table.end(job, new Ending.Done(tx -> JobTable.note(tx, "drawn")));
    assertThat(table.notes()).containsExactly("drawn");
    assertThat(table.state(job.id())).isEqualTo("ended");
  }

  @Test
  void whoHoldsAnOldFenceWritesNothing() {
    long id = table.accept("a", "draw", "lane", "ann");
    Job old = table.claim("draw", "us").orElseThrow();
    assertThat(table.redirect(id, "cancel")).isTrue();
    Job current = table.claim("cancel", "us").orElseThrow();
    for (Ending ending :
        List.<Ending>of(
            new Ending.Done(tx -> JobTable.note(tx, "stale")),
            new Ending.Next("other", "lane", "", tx -> JobTable.note(tx, "stale")),
            new Ending.Again(table.clock.instant(), "", tx -> JobTable.note(tx, "stale")))) {
      assertThat(table.end(old, ending)).isFalse();
    }
    assertThat(table.notes()).isEmpty();
    assertThat(holds(old)).isFalse();
    assertThat(holds(current)).isTrue();
    assertThat(table.state(id)).isEqualTo("running");
  }

  @Test
  void anEndedJobCannotBeRedirected() {
    long id = table.accept("a", "draw", "lane", "ann");
    table.end(table.claim("draw", "us").orElseThrow(), Ending.done());
    assertThat(table.redirect(id, "cancel")).isFalse();
    assertThat(table.claim("cancel", "us")).isEmpty();
  }

  @Test
  void aRedirectedJobBeginsItsNewStepAfresh() {
    long id = table.accept("a", "draw", "lane", "ann");
    table.claim("draw", "us");
    table.redirect(id, "cancel");
    Job cancelled = table.claim("cancel", "us").orElseThrow();
    assertThat(cancelled.attempt()).isEqualTo(1);
    assertThat(cancelled.interruptions()).isZero();
    assertThat(cancelled.payload()).isEqualTo("a");
  }

  @Test
  void aRedirectedJobTakesItsTurnAmongThoseOfItsNewKind() {
    for (int i = 0; i < 20; i++) {
      table.accept("hog" + i, "draw", "hog" + i, "hog");
    }
    long last = table.accept("last", "draw", "last", "hog");
    table.redirect(last, "cancel");
    table.accept("later", "cancel", "later", "hog");
    assertThat(table.claim("cancel", "us").map(Job::key)).contains("last");
  }

  @Test
  void whatAnotherProcessLeftIsTakenBackAndCounted() {
    table.accept("a", "draw", "lane", "ann");
    Job left = table.claim("draw", "gone").orElseThrow();
    assertThat(table.database().<Integer>write(tx -> table.store.reclaim(tx, "gone"))).isZero();
    assertThat(table.database().<Integer>write(tx -> table.store.reclaim(tx, "us"))).isEqualTo(1);
    Job taken = table.claim("draw", "us").orElseThrow();
    assertThat(taken.interruptions()).isEqualTo(1);
    assertThat(taken.attempt()).isEqualTo(2);
    assertThat(table.end(left, Ending.done())).isFalse();
    assertThat(table.end(taken, Ending.done())).isTrue();
  }

  @Test
  void theNextStepCountsItsAttemptsFromOne() {
    table.accept("a", "admit", "chat", "ann");
    Job first = table.claim("admit", "us").orElseThrow();
    table.end(first, again(Duration.ZERO));
    Job second = table.claim("admit", "us").orElseThrow();
    table.end(second, new Ending.Next("draw", "branch", "drawing", tx -> {}));
    Job next = table.claim("draw", "us").orElseThrow();
    assertThat(next.attempt()).isEqualTo(1);
    assertThat(next.payload()).isEqualTo("drawing");
    assertThat(next.lane()).isEqualTo("branch");
    assertThat(next.acceptedAt()).isEqualTo(table.clock.instant());
  }

  @Test
  void thePlaceInTheQueueIsToldInTheOrderOfClaims() {
    long running = table.accept("a", "draw", "a", "ann");
    long second = table.accept("b", "draw", "b", "ann");
    long newcomer = table.accept("c", "draw", "c", "bob");
    table.claim("draw", "us");
    assertThat(ahead(running)).isEmpty();
    assertThat(ahead(newcomer)).contains(0);
    assertThat(ahead(second)).contains(1);
    assertThat(table.claim("draw", "us").map(Job::key)).contains("c");
  }

  private Optional<Integer> ahead(long id) {
    return table.database().read(reading -> table.store.ahead(reading, id));
  }

  private boolean holds(Job job) {
    return table.database().read(reading -> table.store.holds(reading, job));
  }

  private void postpone(String key, Duration delay) {
    table
        .database()
        .update(tx -> table.store.postpone(tx, key, "draw", table.clock.instant().plus(delay)));
  }

  private Ending again(Duration delay) {
    return new Ending.Again(table.clock.instant().plus(delay), "again", tx -> {});
  }
}
