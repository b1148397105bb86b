package dev.plantain.chat;

import dev.plantain.job.Ending;
import dev.plantain.job.Job;
import dev.plantain.job.JobHandler;
import dev.plantain.text.Message;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * The step in which a request of a batch waits: for the photos of its batch and then, at half
 * price, for its provider. Whoever has its answer takes the job out of it.
 */
final class BatchedRequest implements JobHandler {
  static final String KIND = "batched";

  /** Long after every provider has given up. */
  private static final Duration LONGEST = Duration.ofDays(14);

  private static final Duration LOOK = Duration.ofSeconds(2);

  private final Stores stores;
  private final BatchStore batches;
  private final PrecheckRequest precheck;
  private final Answers answers;
  private final InstantSource clock;

  BatchedRequest(
      Stores stores,
      BatchStore batches,
      PrecheckRequest precheck,
      Answers answers,
      InstantSource clock) {
    this.stores = stores;
    this.batches = batches;
    this.precheck = precheck;
    this.answers = answers;
    this.clock = clock;
  }

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
    CardEntry card =
        stores.database().read(reading -> stores.cards().ofJob(reading, job.id())).orElseThrow();
    BatchStore.Batch batch =
        stores.database().read(reading -> batches.ofCard(reading, card.id())).orElseThrow();
    if (!card.state().open()) {
      // The message of the whole batch tells of what was cancelled.
      return card.state() == JobState.CANCELLED ? Ending.done() : deliver(job);
    }
    if (batch.ready() && precheck.isDue(card)) {
      return new Ending.Next(PrecheckRequest.KIND, job.lane(), "", tx -> {});
    }
    if (batch.ready() && !batch.halfPrice()) {
      return new Ending.Next(RenderImage.KIND, job.lane(), "", tx -> {});
    }
    return clock.instant().isBefore(card.acceptedAt().plus(LONGEST))
        ? new Ending.Later(
            batch.ready() ? card.acceptedAt().plus(LONGEST) : clock.instant().plus(LOOK),
            "waits for its batch",
            tx -> {})
        : fail(job, card);
  }

  private static Ending deliver(Job job) {
    return new Ending.Next(DeliverResult.KIND, job.lane(), "", tx -> {});
  }

  private Ending fail(Job job, CardEntry card) {
    return new Ending.Next(
        DeliverResult.KIND,
        job.lane(),
        "",
        tx -> answers.fail(tx, card, new Message.SomethingBroke(), List.of()));
  }

  @Override
  public Optional<Duration> delayAfter(Exception failure, Job job) {
    return Failures.delay(failure, job, 8);
  }

  @Override
  public Ending giveUp(Job job, Exception failure) {
    CardEntry card =
        stores.database().read(reading -> stores.cards().ofJob(reading, job.id())).orElseThrow();
    return card.state().open() ? fail(job, card) : Ending.done();
  }
}
