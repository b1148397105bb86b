package dev.plantain.chat;

import dev.plantain.chat.Postbox.Letter;
import dev.plantain.command.RequestWords;
import dev.plantain.image.Offer;
import dev.plantain.job.Ending;
import dev.plantain.job.Job;
import dev.plantain.moderation.Screening;
import dev.plantain.moderation.Verdict;
import dev.plantain.platform.Card;
import dev.plantain.platform.IncomingEvent;
import dev.plantain.platform.Said;
import dev.plantain.quota.QuotaDecision;
import dev.plantain.storage.Tx;
import dev.plantain.text.Message;
import dev.plantain.text.Messages;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Admits the wish for better words: decides whether it may be asked for, and posts its card. */
final class AdmitImprovement {
  /** Characters: they stand on the card beside the words. */
  private static final int MOST_FLAGS = 500;

  private final Stores stores;
  private final ImprovementStore improvements;
  private final Gate gate;
  private final Billing billing;
  private final Offer offer;
  private final Refusal refusals;
  private final Postbox postbox;
  private final ImprovementCards cards;
  private final Messages messages;
  private final InstantSource clock;
  private final Rules rules;
  private final EventCodec codec = new EventCodec();

  /**
   * What an operator allows.
   *
   * @param maxWords characters of a request
   * @param perDay how often a member may have words improved in 24 hours
   */
  record Rules(int maxWords, int perDay) {}

  AdmitImprovement(
      Stores stores,
      ImprovementStore improvements,
      Gate gate,
      Billing billing,
      Offer offer,
      Postbox postbox,
      ImprovementCards cards,
      Messages messages,
      InstantSource clock,
      Rules rules) {
    this.stores = stores;
    this.improvements = improvements;
    this.gate = gate;
    this.billing = billing;
    this.offer = offer;
    this.refusals = new Refusal(messages);
    this.postbox = postbox;
    this.cards = cards;
    this.messages = messages;
    this.clock = clock;
    this.rules = rules;
  }

  /** What the transaction decided. */
  private sealed interface Decision {
    record Admitted(ImprovementStore.Entry entry) implements Decision {}

    record Declined(String why) implements Decision {}
  }

  /**
   * Called by the reception; blocks on the network for the card.
   *
   * @param said with the words to be improved
   */
  Ending admit(Job job, IncomingEvent.Command event, Visitor visitor, Said said) {
    String words = RequestWords.parse(said.words()).words();
    Verdict verdict = verdict(visitor, words, false);
    if (verdict instanceof Verdict.Closed closed
        && gate.spares(closed, event.place(), event.sender())) {
      verdict = verdict(visitor, words, true);
    }
    if (verdict instanceof Verdict.Closed closed) {
      Gate.Reply reply = gate.reply(visitor, closed, said.awaited());
      reply.card().ifPresent(card -> answer(job, visitor, said, card));
      return new Ending.Done(reply.rows());
    }
    return switch (stores.database().write(tx -> decide(tx, job, event, visitor, said))) {
      case Decision.Declined(String why) -> {
        answer(job, visitor, said, Card.of(why));
        yield Ending.done();
      }
      case Decision.Admitted(ImprovementStore.Entry entry) -> {
        postbox.post(
            new Letter(
                entry.postingKey(), visitor.chat(), said.message().value(), cards.open(entry)));
        yield new Ending.Next(
            ImproveWords.KIND, entry.postingKey(), String.valueOf(entry.id()), tx -> {});
      }
    };
  }

  private Verdict verdict(Visitor visitor, String words, boolean governs) {
    Screening.Wish wish = new Screening.Wish.Picture(words, Optional.empty(), Optional.empty());
    return stores.database().read(reading -> gate.picture(reading, visitor, wish, governs));
  }

  private void answer(Job job, Visitor visitor, Said said, Card card) {
    postbox.post(
        Letter.toAskerAlone("answer:" + job.id(), visitor.chat(), said.message().value(), card));
  }

  private Decision decide(Tx tx, Job job, IncomingEvent.Command event, Visitor visitor, Said said) {
    Optional<ImprovementStore.Entry> earlier = improvements.ofJob(tx, job.id());
    if (earlier.isPresent()) {
      return new Decision.Admitted(earlier.get());
    }
    String words = RequestWords.parse(said.words()).words();
    if (words.length() > rules.maxWords()) {
      return declined(visitor, new Message.WordsTooLong(words.length(), rules.maxWords()));
    }
    int flags = RequestWords.flags(said.words()).length();
    if (flags > MOST_FLAGS) {
      return declined(visitor, new Message.WordsTooLong(flags, MOST_FLAGS));
    }
    Instant now = clock.instant();
    List<Instant> counted = improvements.counted(tx, visitor.member().id(), now);
    if (counted.size() >= rules.perDay()) {
      Instant room = counted.get(counted.size() - rules.perDay()).plus(ImprovementStore.WINDOW);
      return declined(
          visitor, new Message.ImproveTooOften(rules.perDay(), Duration.between(now, room)));
    }
    // It counts against the operator's caps alone; where these are reached, it would exceed them.
    Billing.Wish picture =
        new Billing.Wish(
            job.id(),
            visitor.member().id(),
            visitor.chat(),
            offer.standard().id(),
            Optional.empty());
    Optional<QuotaDecision.Refused> refused = billing.refusalOfApproved(tx, picture, 1);
    if (refused.isPresent()) {
      return new Decision.Declined(refusals.text(refused.get(), now, visitor.language()));
    }
    IncomingEvent.Command given =
        new IncomingEvent.Command(
            event.key(), event.place(), event.sender(), said, event.name(), event.explicit());
    long id =
        improvements.add(
            tx,
            job.id(),
            visitor,
            codec.write(given),
            words,
            RequestWords.flags(said.words()),
            now);
    return new Decision.Admitted(improvements.find(tx, id).orElseThrow());
  }

  /** A press was given up: if it chose words, they can be chosen again. */
  void giveUp(Tx tx, Job press) {
    improvements.reopen(tx, press.id());
  }

  private Decision declined(Visitor visitor, Message why) {
    return new Decision.Declined(messages.text(why, visitor.language()));
  }
}
