package dev.plantain.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The runner on threads of its own. */
class StartedRunnerTest {
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
  void whatIsAcceptedRunsAfterAWake() {
    ScriptedHandler draw = new ScriptedHandler("draw", 2);
    try (JobRunner runner = table.runner(draw)) {
      runner.start();
      for (int i = 0; i < 20; i++) {
        accept(runner, "job" + i, "draw", "lane" + i % 3);
      }
      await().until(() -> table.count("ended") == 20);
      assertThat(draw.payloads()).doesNotHaveDuplicates().hasSize(20);
    }
  }

  @Test
  void noMoreRunAtOnceThanTheirKindAllows() {
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch three = new CountDownLatch(3);
    ScriptedHandler draw =
        new ScriptedHandler("draw", 3)
            .does(job -> {
              most.accumulateAndGet(now.incrementAndGet(), Math::max);
              three.countDown();
              three.await();
              now.decrementAndGet();
              return Ending.done();
            });
    try (JobRunner runner = table.runner(draw)) {
      for (int i = 0; i < 30; i++) {
        table.accept("job" + i, "draw", "lane" + i, "ann");
      }
      runner.start();
      await().until(() -> table.count("ended") == 30);
      assertThat(most).hasValue(3);
    }
  }

  @Test
  void theJobsOfALaneNeverOverlap() {
    AtomicInteger now = new AtomicInteger();
    AtomicBoolean overlapped = new AtomicBoolean();
    ScriptedHandler draw =
        new ScriptedHandler("draw", 8)
            .does(job -> {
              if (now.incrementAndGet() > 1) {
                overlapped.set(true);
              }
              Thread.onSpinWait();
              now.decrementAndGet();
              return Ending.done();
            });
    try (JobRunner runner = table.runner(draw)) {
      runner.start();
      for (int i = 0; i < 30; i++) {
        accept(runner, "job" + i, "draw", "the lane");
      }
      await().until(() -> table.count("ended") == 30);
      assertThat(overlapped).isFalse();
      assertThat(draw.payloads()).isSortedAccordingTo((a, b) -> number(a) - number(b));
    }
  }

  @Test
  void aJobThatIsCancelledWhileItWaitsForTheWorldStopsWaiting() {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    ScriptedHandler draw =
        new ScriptedHandler("draw", 1)
            .does(job -> {
              begun.countDown();
              try {
                never.await();
              } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
              }
              return Ending.done();
            });
    ScriptedHandler cancel =
        new ScriptedHandler("cancel", 1)
            .does(job -> new Ending.Done(tx -> JobTable.note(tx, "cancelled")));
    try (JobRunner runner = table.runner(draw, cancel)) {
      runner.start();
      long id = accept(runner, "a", "draw", "lane");
      await().until(() -> begun.getCount() == 0);
      cancel(runner, id);
      await().until(() -> table.count("ended") == 1);
      await().until(() -> interrupted.getCount() == 0);
      assertThat(table.notes()).containsExactly("cancelled");
      assertThat(draw.begun).hasSize(1);
    }
  }

  @Test
  void cancellingAtAnyMomentNeitherLosesAJobNorEndsItTwice() {
    ScriptedHandler draw =
        new ScriptedHandler("draw", 4)
            .does(job -> new Ending.Done(tx -> JobTable.note(tx, job.key())));
    ScriptedHandler cancel =
        new ScriptedHandler("cancel", 4)
            .does(job -> new Ending.Done(tx -> JobTable.note(tx, job.key())));
    try (JobRunner runner = table.runner(draw, cancel)) {
      runner.start();
      for (int i = 0; i < 200; i++) {
        cancel(runner, accept(runner, "job" + i, "draw", "lane" + i));
      }
      await().until(() -> table.count("ended") == 200);
      assertThat(table.notes()).hasSize(200);
    }
  }

  @Test
  void closingInterruptsWhatRunsAndTheNextProcessTakesItUp() {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    AtomicBoolean interrupted = new AtomicBoolean();
    ScriptedHandler draw =
        new ScriptedHandler("draw", 1)
            .does(job -> {
              begun.countDown();
              try {
                never.await();
              } catch (InterruptedException e) {
                interrupted.set(true);
                throw e;
              }
              return Ending.done();
            });
    JobRunner runner = table.runner(draw);
    runner.start();
    long id = accept(runner, "a", "draw", "lane");
    accept(runner, "b", "draw", "another");
    await().until(() -> begun.getCount() == 0);
    runner.close();
    assertThat(interrupted).isTrue();
    assertThat(table.state(id)).isEqualTo("running");
    assertThat(draw.begun).hasSize(1);
    table.reopen();
    ScriptedHandler next = new ScriptedHandler("draw", 1);
    try (JobRunner nextRunner = table.runner(next)) {
      nextRunner.start();
      await().until(() -> table.count("ended") == 2);
      assertThat(next.begun).extracting(Job::key).containsExactlyInAnyOrder("a", "b");
      assertThat(next.begun)
          .filteredOn(job -> job.key().equals("a"))
          .extracting(Job::interruptions)
          .containsExactly(1);
    }
  }

  @Test
  void aStepMayCloseTheRunnerThatRunsIt() {
    ScriptedHandler draw = new ScriptedHandler("draw", 1);
    JobRunner runner = table.runner(draw);
    CountDownLatch closed = new CountDownLatch(1);
    draw.does(job -> {
      runner.close();
      closed.countDown();
      return Ending.done();
    });
    runner.start();
    accept(runner, "a", "draw", "lane");
    await().until(() -> closed.getCount() == 0);
  }

  @Test
  void theDispatcherOutlivesAnErrorAndHasItsRoomBack() {
    AtomicBoolean broken = new AtomicBoolean();
    ScriptedHandler draw =
        new ScriptedHandler("draw", 1) {
          @Override
          public String kind() {
            if (Thread.currentThread().getName().equals("jobs")
                && broken.compareAndSet(false, true)) {
              throw new StackOverflowError("once");
            }
            return super.kind();
          }
        };
    try (JobRunner runner = table.runner(draw)) {
      runner.start();
      accept(runner, "a", "draw", "lane");
      await().until(() -> table.count("ended") == 1);
      assertThat(broken).isTrue();
    }
  }

  private long accept(JobRunner runner, String key, String kind, String lane) {
    NewJob job = new NewJob(key, kind, lane, "ann", key, table.clock.instant());
    return table
        .database()
        .write(tx -> {
          tx.afterCommit(runner::wake);
          return table.store.accept(tx, job, table.clock.instant()).orElseThrow();
        });
  }

  private void cancel(JobRunner runner, long id) {
    table
        .database()
        .update(tx -> {
          tx.afterCommit(runner::wake);
          table.store.redirect(tx, id, "cancel", "redirected", table.clock.instant());
        });
    runner.interrupt(id);
  }

  private static int number(String key) {
    return Integer.parseInt(key.substring(3));
  }
}
