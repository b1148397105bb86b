package dev.plantain.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random work, and processes that end at random points of it. */
class CrashTest {
  private static final List<String> KINDS = List.of("admit", "draw", "deliver");

  @TempDir Path folder;

  static LongStream seeds() {
    return LongStream.rangeClosed(1, Integer.getInteger("crash.seeds", 3));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whateverCrashesEveryStepOfEveryJobIsWrittenOnceAndLanesKeepTheirOrder(long seed) {
    Random random = new Random(seed);
    try (JobTable table = new JobTable(folder)) {
      List<Job> lost = new ArrayList<>();
      String process = "process 0";
      int accepted = 0;
      for (int step = 0; step < 400; step++) {
        switch (random.nextInt(8)) {
          case 0, 1 -> {
            if (accepted < 60) {
              String lane = "lane" + random.nextInt(7);
              table.accept("job" + accepted++, "admit", lane, "tenant" + random.nextInt(4));
            }
          }
          case 2 -> {
            table.reopen();
            process = "process " + step;
            String owner = process;
            table.database().write(tx -> table.store.reclaim(tx, owner));
          }
          case 3 -> table.claim(KINDS.get(random.nextInt(3)), process).ifPresent(lost::add);
          case 4 -> table.clock.advance(Duration.ofSeconds(random.nextInt(5)));
          default ->
              table
                  .claim(KINDS.get(random.nextInt(3)), process)
                  .ifPresent(
                      job -> assertThat(table.end(job, ending(table, random, job))).isTrue());
        }
      }
      table.reopen();
      table.database().write(tx -> table.store.reclaim(tx, "the last process"));
      for (Job job : lost) {
        assertThat(table.end(job, new Ending.Done(tx -> JobTable.note(tx, "stale")))).isFalse();
      }
      finish(table, random);
      assertThat(table.count("ended")).isEqualTo(accepted);
      assertThat(table.notes()).hasSize(3 * accepted).doesNotContain("stale");
      assertOrder(table);
    }
  }

  private static void finish(JobTable table, Random random) {
    List<JobHandler> handlers = new ArrayList<>();
    for (String kind : KINDS) {
      handlers.add(
          new ScriptedHandler(kind, 1)
              .does(job -> {
                if (random.nextInt(4) == 0) {
                  throw new IOException("a bad moment");
                }
                return ending(table, random, job);
              })
              .triesAgainAfter(Duration.ofSeconds(1)));
    }
    JobRunner runner = table.runner(handlers.toArray(JobHandler[]::new));
    for (int i = 0; i < 1000 && table.count("ended") < all(table); i++) {
      runner.runDue();
      table.clock.advance(Duration.ofSeconds(10));
    }
  }

  private static int all(JobTable table) {
    return table.count("ended") + table.count("waiting") + table.count("running");
  }

  /** Notes the step under a name that can be used once; some are put off first. */
  private static Ending ending(JobTable table, Random random, Job job) {
    if (random.nextInt(5) == 0) {
      return new Ending.Again(
          table.clock.instant().plusSeconds(random.nextInt(10)), "later", tx -> {});
    }
    int next = KINDS.indexOf(job.kind()) + 1;
    long order = job.id();
    if (next == KINDS.size()) {
      return new Ending.Done(tx -> {
        JobTable.note(tx, job.key() + " " + job.kind());
        finishedOrder(tx, job, order);
      });
    }
    return new Ending.Next(
        KINDS.get(next),
        job.lane(),
        job.payload(),
        tx -> JobTable.note(tx, job.key() + " " + job.kind()));
  }

  private static void finishedOrder(dev.plantain.storage.Tx tx, Job job, long order) {
    tx.update(
        "update unreadable_event set raw = ?, platform = ?, received_at ="
            + " (select max(received_at) + 1 from unreadable_event) where key = ?",
        String.valueOf(order),
        job.lane(),
        job.key() + " " + job.kind());
  }

  private static void assertOrder(JobTable table) {
    Map<String, List<Long>> byLane = new HashMap<>();
    table
        .database()
        .read(reading ->
            reading.list(
                "select platform, raw from unreadable_event where raw <> '' order by received_at",
                row ->
                    byLane
                        .computeIfAbsent(row.text("platform"), lane -> new ArrayList<>())
                        .add(Long.parseLong(row.text("raw")))));
    assertThat(byLane).isNotEmpty();
    byLane.forEach((lane, order) -> assertThat(order).as(lane).isSorted());
  }
}
