package dev.plantain.job;

import java.time.Duration;
import java.util.Optional;

/** Runs one kind of step. */
public interface JobHandler {

  String kind();

  /** How many steps of this kind may run at once. */
  int concurrency();

  /**
   * Runs the step, on a thread that may block. A step can run again after a crash, so that whatever
   * it does outside the rows it returns must bear repetition. When the thread is interrupted, the
   * step has to end soon.
   *
   * @throws Exception any failure; {@link #delayAfter} says whether the step is tried again
   */
  Ending run(Job job) throws Exception;

  /** How long to wait before the step is tried again; empty to give it up. */
  Optional<Duration> delayAfter(Exception failure, Job job);

  /** What is to happen now that the step was given up. Must not fail. */
  Ending giveUp(Job job, Exception failure);
}
