package dev.plantain.job;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The steps that this process has in hand. */
final class RunningSteps {
  private final Set<RunningStep> steps = ConcurrentHashMap.newKeySet();

  void add(RunningStep step) {
    steps.add(step);
  }

  void remove(RunningStep step) {
    steps.remove(step);
  }

  /**
   * Stops the step that has had the job for the longest: when the job changed hands and its next
   * step has begun already, that one goes on.
   */
  void stop(long jobId) {
    steps.stream()
        .filter(step -> step.job().id() == jobId)
        .min(Comparator.comparingLong(step -> step.job().fence()))
        .ifPresent(RunningStep::stop);
  }

  void stopAll() {
    steps.forEach(RunningStep::stop);
  }

  /** Whether the caller is running one of them. */
  boolean isHere() {
    return steps.stream().anyMatch(RunningStep::isHere);
  }

  List<Job> jobs() {
    return steps.stream().map(RunningStep::job).toList();
  }
}
