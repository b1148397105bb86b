package dev.plantain.chat;

import dev.plantain.conversation.Roster;
import dev.plantain.job.Ending;
import dev.plantain.job.Job;
import dev.plantain.job.JobHandler;
import dev.plantain.job.JobStore;
import dev.plantain.job.NewJob;
import dev.plantain.storage.Tx;
import dev.plantain.text.Message;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** The first step of each further picture where a request asks for several: gives it its card. */
final class RepeatRequest implements JobHandler {
  static final String KIND = "repeat";

  private final Stores stores;
  private final Gate gate;
  private final Billing billing;
  private final CardPoster poster;
  private final FurtherCards further;
  private final HeldRequests held;
  private final PrecheckRequest precheck;
  private final Replies replies;
  private final InstantSource clock;

  RepeatRequest(
      Stores stores,
      Gate gate,
      Billing billing,
      CardPoster poster,
      HeldRequests held,
      PrecheckRequest precheck,
      Replies replies,
      InstantSource clock) {
    this.stores = stores;
    this.gate = gate;
    this.billing = billing;
    this.poster = poster;
    this.held = held;
    this.precheck = precheck;
    this.further = new FurtherCards(stores, clock);
    this.replies = replies;
    this.clock = clock;
  }

  /** Promises the other pictures that a card asks for, now that its photos are there. */
  static void promise(Tx tx, JobStore jobs, Job job, CardEntry card, Instant now) {
    for (int copy = 2; copy <= card.copies(); copy++) {
      String key = job.key() + "#" + copy;
      jobs.accept(
          tx, new NewJob(key, KIND, "repeat:" + key, job.tenant(), "" + card.id(), now), now);
    }
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public int concurrency() {
    return 4;
  }

  /** Its card, and the chat in which it stands. */
  private record Posted(Roster.Chat chat, CardEntry card) {}

  @Override
  public Ending run(Job job) throws InterruptedException {
    Optional<Posted> card = stores.database().write(tx -> card(tx, job));
    if (card.isEmpty()) {
      return Ending.done();
    }
    Posted posted = card.get();
    if (posted.card().state() == JobState.REFUSED) {
      return new Ending.Next(DeliverResult.KIND, job.lane(), "", tx -> {});
    }
    poster.post(posted.chat(), posted.card());
    return precheck.before(job, posted.card(), tx -> {});
  }

  /** Nothing for somebody who was shut out in the meantime: their first card says that it ended. */
  private Optional<Posted> card(Tx tx, Job job) {
    CardEntry first = stores.cards().find(tx, Long.parseLong(job.payload())).orElseThrow();
    Roster.Chat chat = stores.roster().chat(tx, first.chatId());
    Optional<CardEntry> ours = stores.cards().ofJob(tx, job.id());
    if (ours.isEmpty() && gate.shutsOut(tx, chat, first.memberId())) {
      return Optional.empty();
    }
    return Optional.of(new Posted(chat, ours.orElseGet(() -> add(tx, job, first, chat))));
  }

  private CardEntry add(Tx tx, Job job, CardEntry first, Roster.Chat chat) {
    long id = further.add(tx, first, job.id(), first.memberId(), first.language());
    CardEntry card = stores.cards().find(tx, id).orElseThrow();
    Billing.Wish wish =
        new Billing.Wish(job.id(), card.memberId(), chat, card.model(), card.size());
    stores.conversations().reinstate(tx, card.turnId());
    // There was room for all of them when they were asked for; somebody may have been quicker. Who
    // let the first one pass let all of them.
    held.approver(tx, first.id())
        .map(moderator -> billing.approve(tx, wish, card.turnId(), moderator))
        .orElseGet(() -> billing.reserve(tx, wish, card.turnId()))
        .ifPresent(refused ->
            stores
                .cards()
                .end(tx, card, JobState.REFUSED, replies.text(card, refused), clock.instant()));
    return stores.cards().find(tx, id).orElseThrow();
  }

  @Override
  public Optional<Duration> delayAfter(Exception failure, Job job) {
    return Failures.delay(failure, job, 8);
  }

  @Override
  public Ending giveUp(Job job, Exception failure) {
    Optional<CardEntry> card =
        stores.database().read(reading -> stores.cards().ofJob(reading, job.id()));
    if (card.isEmpty()) {
      return Ending.done();
    }
    String ending = replies.text(card.get(), new Message.SomethingBroke());
    return new Ending.Next(
        DeliverResult.KIND,
        job.lane(),
        "",
        tx -> stores.cards().end(tx, card.get(), JobState.FAILED, ending, clock.instant()));
  }
}
