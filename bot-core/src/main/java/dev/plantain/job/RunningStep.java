package dev.plantain.job;

import org.jspecify.annotations.Nullable;

/** A step that this process has claimed, from the commit of the claim until its end. */
final class RunningStep {
  private final Job job;
  private @Nullable Thread thread;
  private boolean stopped;

  RunningStep(Job job) {
    this.job = job;
  }

  Job job() {
    return job;
  }

  /** Makes the caller the thread that {@link #stop} interrupts; false when it came first. */
  synchronized boolean begin() {
    if (!stopped) {
      thread = Thread.currentThread();
    }
    return !stopped;
  }

  synchronized void stop() {
    stopped = true;
    if (thread != null) {
      thread.interrupt();
    }
  }

  synchronized boolean stopped() {
    return stopped;
  }

  synchronized boolean isHere() {
    return Thread.currentThread().equals(thread);
  }

  /** After this nothing interrupts the thread any more, and an interruption that came is over. */
  synchronized void end() {
    if (thread != null) {
      thread = null;
      Thread.interrupted();
    }
  }
}
