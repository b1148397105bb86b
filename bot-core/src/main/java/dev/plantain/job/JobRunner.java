package dev.plantain.job;

import dev.plantain.storage.Database;
import dev.plantain.storage.StorageException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
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

  private final Database database;
  private final JobStore store;
  private final InstantSource clock;
  private final String owner = UUID.randomUUID().toString();
  private final Map<String, JobHandler> handlers = new LinkedHashMap<>();
  private final Map<Long, Thread> running = new ConcurrentHashMap<>();
  private final Map<String, Semaphore> room = new LinkedHashMap<>();
  private final Semaphore wakes = new Semaphore(0);
  private final Thread dispatcher;
  private Instant leasesRenewed = Instant.MIN;
  private volatile boolean closing;

  public JobRunner(
      Database database, JobStore store, InstantSource clock, List<JobHandler> handlers) {
    this.database = database;
    this.store = store;
    this.clock = clock;
    for (JobHandler handler : handlers) {
      this.handlers.put(handler.kind(), handler);
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
    wakes.release();
  }

  /** Interrupts the step that the job is in, if this process is running it. */
  public void interrupt(long jobId) {
    Thread thread = running.get(jobId);
    if (thread != null) {
      thread.interrupt();
    }
  }

  /** Runs on the caller's thread, one after the other, what is due, until nothing is. For tests. */
  public void runDue() {
    boolean ran = true;
    while (ran) {
      ran = false;
      for (JobHandler handler : handlers.values()) {
        Optional<Job> job = claim(handler.kind());
        if (job.isPresent()) {
          run(handler, job.get());
          ran = true;
        }
      }
    }
  }

  private void dispatch() {
    while (!closing) {
      try {
        keepLeases();
        if (!startDue()) {
          awaitWork();
        }
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        if (e instanceof StorageException storage && storage.kind().fatal()) {
          return;
        }
        log.error("The jobs could not be looked at", e);
      }
    }
  }

  /** Starts at most one job of each kind. Returns whether any was started. */
  private boolean startDue() {
    Instant now = clock.instant();
    boolean started = false;
    for (String kind : database.read(reading -> store.kindsDue(reading, now))) {
      JobHandler handler = handlers.get(kind);
      Semaphore free = room.get(kind);
      if (handler != null && free != null && free.tryAcquire()) {
        Optional<Job> job = claim(kind);
        if (job.isPresent()) {
          start(handler, job.get(), free);
          started = true;
        } else {
          free.release();
        }
      }
    }
    return started;
  }

  private void start(JobHandler handler, Job job, Semaphore room) {
    Thread.ofVirtual()
        .name(job.kind() + "-" + job.id())
        .start(() -> {
          try {
            run(handler, job);
          } finally {
            room.release();
            wake();
          }
        });
  }

  private void awaitWork() throws InterruptedException {
    Instant now = clock.instant();
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
  private void keepLeases() {
    Instant now = clock.instant();
    if (leasesRenewed.isBefore(now.minus(LEASE.dividedBy(3)))) {
      leasesRenewed = now;
      List<Long> ours = List.copyOf(running.keySet());
      database.update(tx -> store.renew(tx, owner, ours, now, now.plus(LEASE)));
    }
  }

  private Optional<Job> claim(String kind) {
    Instant now = clock.instant();
    return database.write(tx -> store.claim(tx, kind, owner, now, now.plus(LEASE)));
  }

  private void run(JobHandler handler, Job job) {
    running.put(job.id(), Thread.currentThread());
    try {
      end(job, handler.run(job));
    } catch (InterruptedException e) {
      // Cancelled, which has written its own ending, or the process is ending and the next one
      // takes over.
      log.debug("Job {} was interrupted while in {}", job.id(), job.kind());
    } catch (Exception e) {
      fail(handler, job, e);
    } finally {
      running.remove(job.id());
      Thread.interrupted();
    }
  }

  private void fail(JobHandler handler, Job job, Exception failure) {
    if (closing || (failure instanceof StorageException storage && storage.kind().fatal())) {
      return;
    }
    try {
      end(job, afterFailure(handler, job, failure));
    } catch (RuntimeException e) {
      log.error("Job {} could not be ended in {}; it is taken up later", job.id(), job.kind(), e);
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

  /** Interrupts what is running: it is taken up again at the next start. */
  @Override
  public void close() {
    closing = true;
    wake();
    running.values().forEach(Thread::interrupt);
  }
}
