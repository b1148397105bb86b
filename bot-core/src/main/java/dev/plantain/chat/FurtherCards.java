package dev.plantain.chat;

import dev.plantain.conversation.Turn;
import dev.plantain.storage.Tx;
import java.time.InstantSource;
import java.util.Optional;

/** Adds cards for turns that are answered more than once. */
final class FurtherCards {
  private final Stores stores;
  private final InstantSource clock;

  FurtherCards(Stores stores, InstantSource clock) {
    this.stores = stores;
    this.clock = clock;
  }

  /**
   * A card like another, on the same turn, for a job and a member of its own. The words of the turn
   * are kept from models as they were; whoever lets the job run gives them back.
   */
  long add(Tx tx, CardEntry card, long jobId, long memberId, String language) {
    Optional<String> awaited = awaited(tx, card);
    return stores
        .cards()
        .add(
            tx,
            new CardStore.Request(
                jobId,
                card.chatId(),
                memberId,
                card.turnId(),
                awaited.orElse("again:" + jobId),
                awaited.isPresent(),
                card.requestMessage(),
                card.model(),
                card.ratio(),
                card.size(),
                1,
                language),
            clock.instant());
  }

  /** The lane of the job whose answer the turn continues from, if that is still to come. */
  private Optional<String> awaited(Tx tx, CardEntry card) {
    return Optional.of(card)
        .filter(CardEntry::follows)
        .flatMap(asked -> stores.conversations().find(tx, asked.turnId()))
        .flatMap(Turn::parent)
        .flatMap(parent -> stores.cards().ofTurn(tx, parent))
        .flatMap(parent -> stores.jobs().openLane(tx, parent.jobId()));
  }
}
