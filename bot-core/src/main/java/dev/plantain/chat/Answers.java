package dev.plantain.chat;

import dev.plantain.conversation.ConversationStore;
import dev.plantain.conversation.Part;
import dev.plantain.conversation.Turn;
import dev.plantain.image.Attempt;
import dev.plantain.image.ImageResult;
import dev.plantain.image.ImageResult.Trouble;
import dev.plantain.image.ModelSpec;
import dev.plantain.image.Offer;
import dev.plantain.image.Rendering;
import dev.plantain.storage.Tx;
import dev.plantain.text.Message;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Writes down what became of a card once the model was asked: its turn, its money and its state, in
 * the transaction of whoever asked.
 */
final class Answers {
  private final ConversationStore conversations;
  private final CardStore cards;
  private final Billing billing;
  private final Offer offer;
  private final Replies replies;
  private final InstantSource clock;

  Answers(Stores stores, Billing billing, Offer offer, Replies replies, InstantSource clock) {
    this.conversations = stores.conversations();
    this.cards = stores.cards();
    this.billing = billing;
    this.offer = offer;
    this.replies = replies;
    this.clock = clock;
  }

  /** The model answered, with a picture or in words. Returns its turn. */
  long keep(
      Tx tx, CardEntry card, Turn asked, List<Part> parts, String answeredBy, Rendering rendering) {
    Optional<String> note = noteOfOther(tx, card, rendering.replaced(), answeredBy);
    long turn = add(tx, card, asked, parts, answeredBy);
    billing.settle(tx, card, rendering.attempts(), images(parts));
    note.ifPresent(words -> cards.note(tx, card.id(), words));
    return turn;
  }

  /** It is answered by what was made before: nobody was asked, and nothing is charged. */
  void repeat(Tx tx, CardEntry card, Turn asked, Turn earlier) {
    add(tx, card, asked, earlier.parts(), earlier.model().orElse(card.model()));
    billing.settle(tx, card, List.of(), 0);
    cards.note(tx, card.id(), replies.text(card, new Message.MadeBefore()));
  }

  private long add(Tx tx, CardEntry card, Turn asked, List<Part> parts, String answeredBy) {
    Instant now = clock.instant();
    long before = conversations.answerTo(tx, asked.id()).orElse(asked.id());
    long turn = conversations.addModelTurn(tx, asked, answeredBy, parts, now);
    cards.rendered(tx, card.id(), turn);
    moveHead(tx, card, before, turn, now);
    return turn;
  }

  private static int images(List<Part> parts) {
    return (int) parts.stream().filter(Part.Image.class::isInstance).count();
  }

  /** The answer becomes the head, unless the chat has gone elsewhere in the meantime. */
  private static void moveHead(Tx tx, CardEntry card, long before, long turn, Instant now) {
    tx.update(
        "update chat set head_turn_id = ?, last_turn_at = ? where id = ? and head_turn_id in (?, ?)",
        turn,
        now,
        card.chatId(),
        card.turnId(),
        before);
  }

  /**
   * Members hear that another model made their picture: once where theirs is gone, each time where
   * it had no room.
   */
  private Optional<String> noteOfOther(Tx tx, CardEntry card, boolean replaced, String answeredBy) {
    ModelSpec spec = offer.find(card.model()).orElse(offer.standard());
    if (answeredBy.equals(spec.id())) {
      return Optional.empty();
    }
    String other = offer.find(answeredBy).map(ModelSpec::name).orElse(answeredBy);
    if (!replaced) {
      return Optional.of(replies.text(card, new Message.ModelStoodIn(spec.name(), other)));
    }
    int first =
        tx.update(
            """
            insert into told (member_id, topic, told_at) values (?, ?, ?)
            on conflict (member_id, topic) do nothing
            """,
            card.memberId(),
            "successor:" + spec.id(),
            clock.instant());
    return first == 0
        ? Optional.empty()
        : Optional.of(replies.text(card, new Message.ModelReplaced(spec.name(), other)));
  }

  /** The provider refused. */
  void refuse(Tx tx, CardEntry card, ImageResult.Refused refused, List<Attempt> attempts) {
    if (cards.standsAlone(tx, card)) {
      conversations.withdraw(tx, card.turnId());
    }
    end(tx, card, JobState.REFUSED, refused.cause(), attempts);
  }

  /** The provider or the way to it failed, and is not asked any more. */
  void fail(Tx tx, CardEntry card, Trouble trouble, List<Attempt> attempts) {
    end(tx, card, JobState.FAILED, trouble, attempts);
  }

  private void end(Tx tx, CardEntry card, JobState state, Trouble trouble, List<Attempt> attempts) {
    billing.lose(tx, card, attempts);
    String words = replies.text(card, Outcomes.of(trouble).words());
    cards.end(tx, card, state, words, clock.instant());
    cards.note(tx, card.id(), trouble);
  }

  /** Something of ours failed. */
  void fail(Tx tx, CardEntry card, Message why, List<Attempt> attempts) {
    billing.lose(tx, card, attempts);
    cards.end(tx, card, JobState.FAILED, replies.text(card, why), clock.instant());
  }
}
