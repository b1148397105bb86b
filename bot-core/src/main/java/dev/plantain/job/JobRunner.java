package dev.plantain.job;

import dev.plantain.storage.Database;
import dev.plantain.storage.StorageException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the jobs of one process: takes what is due, hands it to its handler, and writes how it
 * ended.
 *
 * <p>Started, it does so on threads of its own, within milliseconds of {@link #wake}. Not started,
 * a test drives it by {@link #runDue}.
 */
public final class JobRunner implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(JobRunner.class);

  /** Looked at this often even when nobody wakes us: the backstop, not the way. */
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  /** How long a job stays ours without being renewed. */
  private static final Duration LEASE = Duration.ofMinutes(1);

  /** How long {@link #close} waits for what is running: no step should take longer to notice. */
  private static final Duration LAST_ORDERS = Duration.ofSeconds(5);

  private final Database database;
  private final JobStore store;
  private final InstantSource clock;
  private final String owner = UUID.randomUUID().toString();
  private final Map<String, JobHandler> handlers = new LinkedHashMap<>();
  private final Map<String, Semaphore> room = new LinkedHashMap<>();
  private final RunningSteps running = new RunningSteps();
  private final Semaphore wakes = new Semaphore(0);
  private final Set<String> unknownKinds = new HashSet<>();
  private final Thread dispatcher;
  private Instant leasesRenewed = Instant.MIN;
  private volatile boolean closing;

  public JobRunner(
      Database database, JobStore store, InstantSource clock, List<JobHandler> handlers) {
    this.database = database;
    this.store = store;
    this.clock = clock;
    for (JobHandler handler : handlers) {
      if (this.handlers.put(handler.kind(), handler) != null) {
        throw new IllegalArgumentException("two handlers for " + handler.kind());
      }
      room.put(handler.kind(), new Semaphore(handler.concurrency()));
    }
    this.dispatcher = Thread.ofPlatform().name("jobs").daemon().unstarted(this::dispatch);
  }

  /** Takes up again what an earlier process left, and runs from now on. */
  public void start() {
    reclaim();
    dispatcher.start();
  }

  /** Takes back the jobs that an earlier process of this data folder was running when it ended. */
  public void reclaim() {
    int interrupted = database.write(tx -> store.reclaim(tx, owner));
    if (interrupted > 0) {
      log.info("Taking up {} interrupted jobs", interrupted);
    }
  }

  /** Says that something may be due now. Never blocks. */
  public void wake() {
    if (wakes.availablePermits() == 0) {
      wakes.release();
    }
  }

  /**
   * Interrupts the step that the job is in, if this process is running it. Called after the commit
   * of {@link JobStore#redirect}: a step that still has its job then begins again at once.
   */
  public void interrupt(long jobId) {
    running.stop(jobId);
  }

  /** Runs on the caller's thread, one after the other, what is due, until nothing is. For tests. */
  public void runDue() {
    keepLeases(clock.instant());
    List<String> due = kindsDue();
    boolean ran = true;
    while (ran) {
      ran = false;
      for (JobHandler handler : handlers.values()) {
        if (due.contains(handler.kind())) {
          Optional<RunningStep> step = claim(handler.kind(), clock.instant());
          step.ifPresent(claimed -> run(handler, claimed));
          ran |= step.isPresent();
          due = kindsDue();
        }
      }
    }
  }

  private List<String> kindsDue() {
    Instant now = clock.instant();
    return database.read(reading -> store.kindsDue(reading, now));
  }

  private void dispatch() {
    while (!closing) {
      try {
        Instant now = clock.instant();
        keepLeases(now);
        if (!startDue(now)) {
          awaitWork(now);
        }
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException | Error e) {
        if (closing || isFatal(e) || !pauseAfter(e)) {
          return;
        }
      }
    }
  }

  private static boolean isFatal(Throwable failure) {
    return failure instanceof StorageException storage && storage.kind().fatal();
  }

  /** Without a pause a lasting failure would keep a processor and the log busy. */
  private static boolean pauseAfter(Throwable failure) {
    log.error("The jobs could not be looked at", failure);
    try {
      Thread.sleep(LOOK_AGAIN);
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }

  /** Starts at most one job of each kind. Returns whether any was started. */
  private boolean startDue(Instant now) {
    boolean started = false;
    for (String kind : kindsDue()) {
      JobHandler handler = handlers.get(kind);
      Semaphore free = room.get(kind);
      if (handler == null || free == null) {
        if (unknownKinds.add(kind)) {
          log.warn("Jobs of the kind {} wait: this version does not know it", kind);
        }
      } else if (!closing && free.tryAcquire()) {
        started |= startOrRelease(handler, free, now);
      }
    }
    return started;
  }

  private boolean startOrRelease(JobHandler handler, Semaphore free, Instant now) {
    boolean started = false;
    try {
      Optional<RunningStep> step = claim(handler.kind(), now);
      if (step.isPresent()) {
        start(handler, step.get(), free);
        started = true;
      }
    } finally {
      if (!started) {
        free.release();
      }
    }
    return started;
  }

  private void start(JobHandler handler, RunningStep step, Semaphore free) {
    try {
      Thread.ofVirtual()
          .name(step.job().kind() + "-" + step.job().id())
          .start(() -> {
            try {
              run(handler, step);
            } finally {
              free.release();
              wake();
            }
          });
    } catch (RuntimeException | Error e) {
      // Nobody renews its lease from now on, so that it is taken up again.
      running.remove(step);
      throw e;
    }
  }

  private void awaitWork(Instant now) throws InterruptedException {
    Duration wait =
        database
            .read(reading -> store.nextDue(reading, now))
            .map(due -> Duration.between(now, due))
            .filter(due -> due.compareTo(LOOK_AGAIN) < 0)
            .orElse(LOOK_AGAIN);
    if (wakes.tryAcquire(Math.max(1, wait.toMillis()), TimeUnit.MILLISECONDS)) {
      wakes.drainPermits();
    }
  }

  /**
   * Renews what is running and takes back what nobody renews, such as a job whose end could not be
   * written.
   */
  private void keepLeases(Instant now) {
    if (leasesRenewed.isBefore(now.minus(LEASE.dividedBy(3)))) {
      List<Job> ours = running.jobs();
      database.update(tx -> store.renew(tx, ours, now, now.plus(LEASE)));
      leasesRenewed = now;
    }
  }

  /** The step can be stopped from the moment that anybody can see it running. */
  private Optional<RunningStep> claim(String kind, Instant now) {
    return database.write(tx -> {
      Optional<RunningStep> step =
          store.claim(tx, kind, owner, now, now.plus(LEASE)).map(RunningStep::new);
      step.ifPresent(claimed -> tx.afterCommit(() -> running.add(claimed)));
      return step;
    });
  }

  private void run(JobHandler handler, RunningStep step) {
    try {
      perform(handler, step);
    } catch (RuntimeException e) {
      if (!closing) {
        log.error("Job {} is taken up later: its end could not be written", step.job().id(), e);
      }
    } finally {
      step.end();
      running.remove(step);
    }
  }

  private void perform(JobHandler handler, RunningStep step) {
    Job job = step.job();
    try {
      if (step.begin()) {
        end(job, handler.run(job));
      } else {
        giveBack(job);
      }
    } catch (InterruptedException e) {
      if (step.stopped()) {
        giveBack(job);
      } else {
        fail(handler, job, e);
      }
    } catch (Exception e) {
      fail(handler, job, e);
    } catch (Error e) {
      fail(handler, job, new IllegalStateException("the step broke: " + e, e));
    }
  }

  /**
   * A step was stopped. When it was cancelled, the job has changed hands and this does nothing; at
   * the end of the process the job stays as it is, and the next one sees that it was interrupted.
   */
  private void giveBack(Job job) {
    if (!closing) {
      end(job, new Ending.Again(clock.instant(), "interrupted", tx -> {}));
    }
  }

  private void fail(JobHandler handler, Job job, Exception failure) {
    if (closing || isFatal(failure)) {
      return;
    }
    if (!database.read(reading -> store.holds(reading, job))) {
      log.debug("Job {} had changed hands when {} failed", job.id(), job.kind(), failure);
      return;
    }
    try {
      end(job, afterFailure(handler, job, failure));
    } catch (RuntimeException e) {
      if (closing || isFatal(e)) {
        return;
      }
      log.error("Job {} could not be ended in {}; it is taken up later", job.id(), job.kind(), e);
      Duration pause = LEASE.multipliedBy(1L << Math.min(job.attempt() - 1, 6));
      end(job, new Ending.Again(clock.instant().plus(pause), String.valueOf(e), tx -> {}));
    }
  }

  private Ending afterFailure(JobHandler handler, Job job, Exception failure) {
    Optional<Duration> delay = handler.delayAfter(failure, job);
    if (delay.isEmpty()) {
      log.warn("Job {} was given up in {}", job.id(), job.kind(), failure);
      return handler.giveUp(job, failure);
    }
    log.info(
        "Job {} tries {} again in {} s: {}",
        job.id(),
        job.kind(),
        delay.get().toSeconds(),
        failure.getMessage());
    String reason = String.valueOf(failure.getMessage());
    return new Ending.Again(clock.instant().plus(delay.get()), reason, tx -> {});
  }

  private void end(Job job, Ending ending) {
    boolean ours =
        database.write(tx -> {
          tx.afterCommit(this::wake);
          return store.end(tx, job, ending);
        });
    if (!ours) {
      log.debug("Job {} had changed hands while in {}", job.id(), job.kind());
    }
  }

  /**
   * Starts nothing more and interrupts what is running, which is taken up again at the next start.
   * Waits until it has ended, but not for a step that does not heed the interruption.
   */
  @Override
  public synchronized void close() {
    if (closing) {
      return;
    }
    closing = true;
    dispatcher.interrupt();
    boolean waits = !running.isHere() && !Thread.currentThread().equals(dispatcher);
    try {
      if (waits) {
        dispatcher.join();
      }
      running.stopAll();
      if (waits) {
        awaitSteps();
      }
    } catch (InterruptedException e) {
      running.stopAll();
      Thread.currentThread().interrupt();
    }
  }

  private void awaitSteps() throws InterruptedException {
    for (JobHandler handler : handlers.values()) {
      Semaphore free = room.get(handler.kind());
      if (free != null
          && !free.tryAcquire(
              handler.concurrency(), LAST_ORDERS.toMillis(), TimeUnit.MILLISECONDS)) {
        log.warn("A step of the kind {} goes on in spite of its interruption", handler.kind());
      }
    }
  }
}
