package dev.plantain.bench;

import dev.plantain.job.Ending;
import dev.plantain.job.Job;
import dev.plantain.job.JobHandler;
import dev.plantain.job.JobRunner;
import dev.plantain.job.JobStore;
import dev.plantain.job.NewJob;
import dev.plantain.storage.Database;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** From the acceptance of a job to its start, on an idle runner. */
final class JobStarts implements Bench.Measurement {
  private static final int WARM_UPS = 300;
  private static final int COUNTED = 1_000;

  @Override
  public void measure(Path samples, Path scratch) throws Exception {
    InstantSource clock = InstantSource.system();
    JobStore store = new JobStore();
    Noted noted = new Noted();
    double[] fromCommit = new double[COUNTED];
    double[] fromEnqueue = new double[COUNTED];
    try (Database database = Database.open(Files.createDirectories(scratch.resolve("data")));
        JobRunner runner = new JobRunner(database, store, clock, List.of(noted))) {
      runner.start();
      for (int i = -WARM_UPS; i < COUNTED; i++) {
        Instant now = clock.instant();
        NewJob job = new NewJob("key" + i, Noted.KIND, "lane" + i % 7, "tenant" + i % 5, "", now);
        long[] committed = new long[1];
        long enqueued = System.nanoTime();
        database.update(tx -> {
          tx.afterCommit(() -> {
            committed[0] = System.nanoTime();
            runner.wake();
          });
          store.accept(tx, job, now);
        });
        Long started = noted.starts.poll(10, TimeUnit.SECONDS);
        if (started == null) {
          throw new IllegalStateException("job " + i + " was not started");
        }
        if (i >= 0) {
          fromCommit[i] = (started - committed[0]) / 1e6;
          fromEnqueue[i] = (started - enqueued) / 1e6;
        }
        // The end of the job is written before the next one comes, as on an idle bot.
        TimeUnit.MILLISECONDS.sleep(2);
      }
    }
    Table table = new Table("Start of a job, " + COUNTED + " times", "ms", "p50", "p95", "p99");
    row(table, "commit to start", fromCommit);
    row(table, "enqueue (with its commit) to start", fromEnqueue);
    table.print();
  }

  private static void row(Table table, String name, double[] millis) {
    table.row(
        name,
        Meter.decimals(2, Meter.percentile(millis, 50)),
        Meter.decimals(2, Meter.percentile(millis, 95)),
        Meter.decimals(2, Meter.percentile(millis, 99)));
  }

  /** Notes when it was started. */
  private static final class Noted implements JobHandler {
    static final String KIND = "noted";
    private final BlockingQueue<Long> starts = new ArrayBlockingQueue<>(16);

    @Override
    public String kind() {
      return KIND;
    }

    @Override
    public int concurrency() {
      return 4;
    }

    @Override
    public Ending run(Job job) {
      starts.add(System.nanoTime());
      return Ending.done();
    }

    @Override
    public Optional<Duration> delayAfter(Exception failure, Job job) {
      return Optional.empty();
    }

    @Override
    public Ending giveUp(Job job, Exception failure) {
      return Ending.done();
    }
  }
}
