package dev.plantain.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The runner driven by hand. */
class JobRunnerTest {
  private static final Duration LEASE_AND_MORE = Duration.ofSeconds(90);

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
  void aJobGoesThroughItsStepsToItsEnd() {
    ScriptedHandler admit =
        new ScriptedHandler("admit", 1)
            .does(job ->
                new Ending.Next("draw", "branch", "drawing", tx -> JobTable.note(tx, "admitted")));
    ScriptedHandler draw =
        new ScriptedHandler("draw", 1)
            .does(job -> new Ending.Done(tx -> JobTable.note(tx, "drawn")));
    long id = table.accept("a", "admit", "chat", "ann");
    table.runner(admit, draw).runDue();
    assertThat(draw.payloads()).containsExactly("drawing");
    assertThat(table.notes()).containsExactly("admitted", "drawn");
    assertThat(table.state(id)).isEqualTo("ended");
  }

  @Test
  void aFailureIsTriedAgainAfterItsDelayAndNotBefore() {
    ScriptedHandler draw =
        new ScriptedHandler("draw", 1)
            .does(job -> {
              if (job.attempt() < 3) {
                throw new IOException("busy");
              }
              return Ending.done();
            })
            .triesAgainAfter(Duration.ofSeconds(10));
    long id = table.accept("a", "draw", "lane", "ann");
    JobRunner runner = table.runner(draw);
    runner.runDue();
    table.clock.advance(Duration.ofSeconds(9));
    runner.runDue();
    assertThat(draw.begun).hasSize(1);
    table.clock.advance(Duration.ofSeconds(1));
    runner.runDue();
    assertThat(draw.begun).hasSize(2);
    table.clock.advance(Duration.ofSeconds(10));
    runner.runDue();
    assertThat(draw.begun).extracting(Job::attempt).containsExactly(1, 2, 3);
    assertThat(table.state(id)).isEqualTo("ended");
    assertThat(draw.givenUp).isEmpty();
  }

  @Test
  void aFailureWithoutADelayIsGivenUpWithItsLastWord() {
    ScriptedHandler draw =
        new ScriptedHandler("draw", 1)
            .does(job -> {
              throw new IOException("refused");
            })
            .givesUpWith(new Ending.Done(tx -> JobTable.note(tx, "given up")));
    long id = table.accept("a", "draw", "lane", "ann");
    table.runner(draw).runDue();
    assertThat(draw.givenUp).hasSize(1);
    assertThat(table.notes()).containsExactly("given up");
    assertThat(table.state(id)).isEqualTo("ended");
  }

  @Test
  void anErrorOfTheMachineIsAFailureLikeAnyOther() {
    ScriptedHandler draw =
        new ScriptedHandler("draw", 1)
            .does(job -> {
              throw new OutOfMemoryError("Java heap space");
            })
            .givesUpWith(new Ending.Done(tx -> JobTable.note(tx, "given up")));
    long id = table.accept("a", "draw", "lane", "ann");
    table.runner(draw).runDue();
    assertThat(table.notes()).containsExactly("given up");
    assertThat(table.state(id)).isEqualTo("ended");
  }

  @Test
  void anEndingThatCannotBeWrittenLeavesNothingAndIsAFailure() {
    ScriptedHandler draw =
        new ScriptedHandler("draw", 1)
            .does(job ->
                new Ending.Done(tx -> {
                  JobTable.note(tx, "half");
                  throw new IllegalStateException("a mistake of ours");
                }))
            .givesUpWith(new Ending.Done(tx -> JobTable.note(tx, "given up")));
    table.accept("a", "draw", "lane", "ann");
    table.runner(draw).runDue();
    assertThat(table.notes()).containsExactly("given up");
  }

  @Test
  void aJobThatCannotEvenBeGivenUpIsTakenUpLaterAndLater() {
    ScriptedHandler draw =
        new ScriptedHandler("draw", 1)
            .does(job -> {
              throw new IOException("broken");
            })
            .givesUpWith(
                new Ending.Done(tx -> {
                  throw new IllegalStateException("broken as well");
                }));
    long id = table.accept("a", "draw", "lane", "ann");
    JobRunner runner = table.runner(draw);
    for (int attempt = 1; attempt <= 4; attempt++) {
      runner.runDue();
      assertThat(draw.begun).hasSize(attempt);
      table.clock.advance(Duration.ofMinutes(1L << (attempt - 1)).minusSeconds(1));
      runner.runDue();
      assertThat(draw.begun).hasSize(attempt);
      table.clock.advance(Duration.ofSeconds(1));
    }
    draw.givesUpWith(Ending.done());
    runner.runDue();
    assertThat(table.state(id)).isEqualTo("ended");
    assertThat(draw.begun).extracting(Job::interruptions).containsOnly(0);
  }

  @Test
  void aJobWhoseProcessCrashedIsTakenUpByTheNextAndCounted() {
    table.accept("a", "draw", "lane", "ann");
    table.claim("draw", "a process that is gone");
    table.reopen();
    ScriptedHandler draw = new ScriptedHandler("draw", 1);
    JobRunner runner = table.runner(draw);
    runner.runDue();
    assertThat(draw.begun).isEmpty();
    runner.reclaim();
    runner.runDue();
    assertThat(draw.begun).extracting(Job::interruptions).containsExactly(1);
  }

  @Test
  void aJobThatNobodyRenewsIsTakenBackWhenItsLeaseIsOver() {
    table.accept("a", "draw", "lane", "ann");
    table.claim("draw", "somebody");
    ScriptedHandler draw = new ScriptedHandler("draw", 1);
    JobRunner runner = table.runner(draw);
    table.clock.advance(Duration.ofSeconds(59));
    runner.runDue();
    assertThat(draw.begun).isEmpty();
    table.clock.advance(LEASE_AND_MORE);
    runner.runDue();
    assertThat(draw.begun).hasSize(1);
  }

  @Test
  void aJobThatWasCancelledWhileItRanEndsByItsNewStepOnly() {
    AtomicBoolean interrupted = new AtomicBoolean();
    ScriptedHandler cancel =
        new ScriptedHandler("cancel", 1)
            .does(job -> new Ending.Done(tx -> JobTable.note(tx, "cancelled")));
    ScriptedHandler draw = new ScriptedHandler("draw", 1);
    JobRunner runner = table.runner(draw, cancel);
    draw.does(job -> {
      table.redirect(job.id(), "cancel");
      runner.interrupt(job.id());
      interrupted.set(Thread.currentThread().isInterrupted());
      return new Ending.Done(tx -> JobTable.note(tx, "drawn"));
    });
    long id = table.accept("a", "draw", "lane", "ann");
    runner.runDue();
    assertThat(interrupted).isTrue();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    assertThat(table.notes()).containsExactly("cancelled");
    assertThat(table.state(id)).isEqualTo("ended");
  }

  @Test
  void aCancelledStepThatFailsIsNeitherTriedAgainNorGivenUp() {
    ScriptedHandler cancel = new ScriptedHandler("cancel", 1);
    ScriptedHandler draw = new ScriptedHandler("draw", 1);
    JobRunner runner = table.runner(draw, cancel);
    draw.does(job -> {
      table.redirect(job.id(), "cancel");
      runner.interrupt(job.id());
      throw new IOException("the call was cut off");
    });
    long id = table.accept("a", "draw", "lane", "ann");
    runner.runDue();
    assertThat(draw.begun).hasSize(1);
    assertThat(draw.givenUp).isEmpty();
    assertThat(cancel.begun).hasSize(1);
    assertThat(table.state(id)).isEqualTo("ended");
  }

  @Test
  void anInterruptionThatHitsAStepWhichStillHasItsJobOnlyRepeatsIt() {
    ScriptedHandler draw = new ScriptedHandler("draw", 1);
    JobRunner runner = table.runner(draw);
    draw.does(job -> {
      if (job.attempt() == 1) {
        runner.interrupt(job.id());
        throw new InterruptedException();
      }
      return new Ending.Done(tx -> JobTable.note(tx, "drawn"));
    });
    table.accept("a", "draw", "lane", "ann");
    runner.runDue();
    assertThat(table.notes()).containsExactly("drawn");
  }

  @Test
  void aStepThatInterruptsItselfHasFailed() {
    ScriptedHandler draw =
        new ScriptedHandler("draw", 1)
            .does(job -> {
              throw new InterruptedException("of its own making");
            });
    table.accept("a", "draw", "lane", "ann");
    table.runner(draw).runDue();
    assertThat(draw.givenUp).hasSize(1);
  }
}
