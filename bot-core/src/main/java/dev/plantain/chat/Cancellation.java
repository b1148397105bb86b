package dev.plantain.chat;

import dev.plantain.command.WaitingRequests;
import dev.plantain.conversation.Turn;
import dev.plantain.moderation.Verdict;
import dev.plantain.storage.Reading;
import dev.plantain.storage.Tx;
import dev.plantain.text.Message;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Ends requests that nobody wants any more, uncharged. */
final class Cancellation implements WaitingRequests {
  private final Stores stores;
  private final HeldRequests held;
  private final BatchStore batches;
  private final Gate gate;
  private final Replies replies;
  private final InstantSource clock;

  Cancellation(
      Stores stores,
      HeldRequests held,
      BatchStore batches,
      Gate gate,
      Replies replies,
      InstantSource clock) {
    this.stores = stores;
    this.held = held;
    this.batches = batches;
    this.gate = gate;
    this.replies = replies;
    this.clock = clock;
  }

  /**
   * Whoever runs the job's step is not told, and can end nothing any more.
   *
   * @param words what the card is to say
   * @return false when the request had ended
   */
  boolean cancel(Tx tx, CardEntry card, Message words) {
    boolean open = stores.cards().find(tx, card.id()).filter(now -> now.state().open()).isPresent();
    String lane = "cancelled:" + card.id();
    Optional<BatchStore.Batch> batch = batches.ofCard(tx, card.id());
    String next = batch.isPresent() ? BatchedRequest.KIND : DeliverResult.KIND;
    if (open && stores.jobs().redirect(tx, card.jobId(), next, lane, clock.instant())) {
      String ending = replies.text(card, words);
      stores.cards().end(tx, card, JobState.CANCELLED, ending, clock.instant());
      if (stores.cards().standsAlone(tx, card)) {
        stores.conversations().withdraw(tx, card.turnId());
      }
      // Its message says so at once, and its provider hears of it.
      batch.ifPresent(of -> stores.jobs().hasten(tx, of.jobId(), clock.instant()));
      return true;
    }
    return false;
  }

  /** Ends what is still open of a batch. Returns the jobs that were ended. */
  List<Long> cancel(Tx tx, BatchStore.Batch batch, Message words) {
    List<Long> ended = new ArrayList<>();
    for (BatchStore.Item item : batches.items(tx, batch.id())) {
      CardEntry card = stores.cards().find(tx, item.cardId()).orElseThrow();
      if (cancel(tx, card, words)) {
        ended.add(card.jobId());
      }
    }
    if (!ended.isEmpty()) {
      batches.cancel(tx, batch.id());
    }
    return ended;
  }

  @Override
  public void screen(Tx tx, long communityId) {
    for (HeldRequests.Held waiting : held.waiting(tx, communityId)) {
      CardEntry card = stores.cards().find(tx, waiting.cardId()).orElseThrow();
      String words = stores.conversations().find(tx, card.turnId()).map(Turn::words).orElse("");
      if (gate.of(tx, card, words) instanceof Verdict.Closed closed) {
        refuse(tx, card, gate.words(closed, replies.language(card)));
      }
    }
  }

  /** Ends what waits for a moderator, or in a batch, in a chat that we are not in any more. */
  void leave(Tx tx, long chatId) {
    for (HeldRequests.Held waiting : held.waitingIn(tx, chatId)) {
      CardEntry card = stores.cards().find(tx, waiting.cardId()).orElseThrow();
      refuse(tx, card, replies.text(card, new Message.HeldLeft()));
    }
    batches.openIn(tx, chatId).forEach(batch -> cancel(tx, batch, new Message.HeldLeft()));
  }

  @Override
  public int count(Reading reading, long communityId) {
    return held.countWaiting(reading, communityId);
  }

  /** Ends a request that waits for a moderator, by what holds now. */
  void refuse(Tx tx, CardEntry card, String words) {
    Instant now = clock.instant();
    stores.jobs().redirect(tx, card.jobId(), DeliverResult.KIND, card.waitingLane(), now);
    stores.cards().end(tx, card, JobState.REFUSED, words, now);
    if (stores.cards().standsAlone(tx, card)) {
      stores.conversations().withdraw(tx, card.turnId());
    }
  }

  @Override
  public void cancel(Tx tx, long communityId, long memberId, String by) {
    stores
        .cards()
        .waitingOf(tx, communityId, memberId)
        .forEach(card -> cancel(tx, card, new Message.CardCancelledBy(by)));
  }
}
