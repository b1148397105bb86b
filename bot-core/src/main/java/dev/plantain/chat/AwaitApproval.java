package dev.plantain.chat;

import dev.plantain.chat.HeldRequests.Outcome;
import dev.plantain.job.Ending;
import dev.plantain.job.Job;
import dev.plantain.job.JobHandler;
import dev.plantain.text.Message;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The step in which a request waits for a moderator. Whoever decides takes the job out of it; it
 * ends the request by itself when its time is over.
 */
final class AwaitApproval implements JobHandler {
  static final String KIND = "held";

  private final Stores stores;
  private final HeldRequests held;
  private final Replies replies;
  private final InstantSource clock;

  AwaitApproval(Stores stores, HeldRequests held, Replies replies, InstantSource clock) {
    this.stores = stores;
    this.held = held;
    this.replies = replies;
    this.clock = clock;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public int concurrency() {
    return 2;
  }

  @Override
  public Ending run(Job job) {
    CardEntry card =
        stores.database().read(reading -> stores.cards().ofJob(reading, job.id())).orElseThrow();
    Optional<Instant> until = card.heldUntil();
    if (until.isEmpty()) {
      // What was decided has taken the job elsewhere: what this returns is not written.
      return new Ending.Next(DeliverResult.KIND, job.lane(), "", tx -> {});
    }
    return clock.instant().isBefore(until.get())
        ? new Ending.Again(until.get(), "waits for approval", tx -> {})
        : expire(job, card);
  }

  private Ending expire(Job job, CardEntry card) {
    Duration waited = Duration.between(card.acceptedAt(), card.heldUntil().orElseThrow());
    String words = replies.text(card, new Message.HeldExpired(waited));
    return new Ending.Next(
        DeliverResult.KIND,
        job.lane(),
        "",
        tx -> {
          held.decide(tx, card.id(), Outcome.EXPIRED, Optional.empty());
          stores.cards().end(tx, card, JobState.REFUSED, words, clock.instant());
          if (stores.cards().standsAlone(tx, card)) {
            stores.conversations().withdraw(tx, card.turnId());
          }
        });
  }

  @Override
  public Optional<Duration> delayAfter(Exception failure, Job job) {
    return Optional.of(Duration.ofMinutes(1));
  }

  @Override
  public Ending giveUp(Job job, Exception failure) {
    return new Ending.Again(clock.instant().plus(Duration.ofMinutes(1)), "" + failure, tx -> {});
  }
}
