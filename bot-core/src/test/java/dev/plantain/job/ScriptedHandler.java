package dev.plantain.job;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A handler that does what its test says, and remembers what it was given. */
class ScriptedHandler implements JobHandler {

  interface Work {
    Ending on(Job job) throws Exception;
  }

  final List<Job> begun = new CopyOnWriteArrayList<>();
  final List<Job> givenUp = new CopyOnWriteArrayList<>();
  private final String kind;
  private final int concurrency;
  private volatile Work work = job -> Ending.done();
  private volatile Optional<Duration> delay = Optional.empty();
  private volatile Ending lastWord = Ending.done();

  ScriptedHandler(String kind, int concurrency) {
    this.kind = kind;
    this.concurrency = concurrency;
  }

  ScriptedHandler does(Work newWork) {
    work = newWork;
    return this;
  }

  ScriptedHandler triesAgainAfter(Duration newDelay) {
    delay = Optional.of(newDelay);
    return this;
  }

  ScriptedHandler givesUpWith(Ending ending) {
    lastWord = ending;
    return this;
  }

  /** The payloads of what was begun, in order. */
  List<String> payloads() {
    return begun.stream().map(Job::payload).toList();
  }

  @Override
  public String kind() {
    return kind;
  }

  @Override
  public int concurrency() {
    return concurrency;
  }

  @Override
  public Ending run(Job job) throws Exception {
    begun.add(job);
    return work.on(job);
  }

  @Override
  public Optional<Duration> delayAfter(Exception failure, Job job) {
    return delay;
  }

  @Override
  public Ending giveUp(Job job, Exception failure) {
    givenUp.add(job);
    return lastWord;
  }
}
