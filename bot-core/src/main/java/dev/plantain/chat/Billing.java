package dev.plantain.chat;

import dev.plantain.command.Spenders;
import dev.plantain.conversation.Roster;
import dev.plantain.image.Attempt;
import dev.plantain.image.BatchModel;
import dev.plantain.image.ImageSize;
import dev.plantain.image.Offer;
import dev.plantain.quota.Allowances;
import dev.plantain.quota.CapWarning;
import dev.plantain.quota.Ledger;
import dev.plantain.quota.PaidCall;
import dev.plantain.quota.QuotaDecision;
import dev.plantain.quota.Request;
import dev.plantain.quota.Spender;
import dev.plantain.storage.Reading;
import dev.plantain.storage.Tx;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the path of a request has to do with money: each picture is reserved when it is accepted,
 * settled when it is made and released when it is not, in the transaction that says so.
 */
final class Billing {
  private static final Logger log = LoggerFactory.getLogger(Billing.class);

  /** Stands for a turn that is not written as its request was refused. */
  private static final long NO_TURN = 0;

  private final Ledger ledger;
  private final Roster roster;
  private final Offer offer;
  private final InstantSource clock;

  Billing(Ledger ledger, Roster roster, Offer offer, InstantSource clock) {
    this.ledger = ledger;
    this.roster = roster;
    this.offer = offer;
    this.clock = clock;
  }

  /**
   * Who asks for what, where.
   *
   * @param batched for half the price
   */
  record Wish(
      long jobId,
      long memberId,
      Roster.Chat chat,
      String model,
      Optional<String> size,
      boolean batched) {

    /** At the usual price. */
    Wish(long jobId, long memberId, Roster.Chat chat, String model, Optional<String> size) {
      this(jobId, memberId, chat, model, size, false);
    }
  }

  /** Why so many pictures may not be made now; empty where they may. Reserves nothing. */
  Optional<QuotaDecision.Refused> refusal(Tx tx, Wish wish, int pictures) {
    Request all = request(tx, wish, NO_TURN, pictures);
    return switch (ledger.decide(tx, all, clock.instant())) {
      case QuotaDecision.Allowed allowed -> Optional.empty();
      case QuotaDecision.Refused refused -> {
        // The operator hears of a cap that is reached when somebody is turned away by it.
        tell(ledger.reserve(tx, all, clock.instant()));
        yield Optional.of(refused);
      }
    };
  }

  /** As {@link #refusal}, once a moderator has let it pass. */
  Optional<QuotaDecision.Refused> refusalOfApproved(Reading reading, Wish wish, int pictures) {
    Request all = request(reading, wish, NO_TURN, pictures);
    return refused(ledger.decideApproved(reading, all, clock.instant()));
  }

  /** Writes one picture down that a moderator let pass, unless the operator's caps refuse it. */
  Optional<QuotaDecision.Refused> approve(Tx tx, Wish wish, long turnId, long moderator) {
    QuotaDecision decision =
        ledger.approve(tx, request(tx, wish, turnId, 1), moderator, clock.instant());
    tell(decision);
    return refused(decision);
  }

  /** Writes one picture down, unless it may not be made now: then says why. */
  Optional<QuotaDecision.Refused> reserve(Tx tx, Wish wish, long turnId) {
    QuotaDecision decision = ledger.reserve(tx, request(tx, wish, turnId, 1), clock.instant());
    tell(decision);
    return refused(decision);
  }

  private static Optional<QuotaDecision.Refused> refused(QuotaDecision decision) {
    return switch (decision) {
      case QuotaDecision.Allowed allowed -> Optional.empty();
      case QuotaDecision.Refused refused -> Optional.of(refused);
    };
  }

  private Request request(Reading reading, Wish wish, long turnId, int pictures) {
    Spender spender = Spenders.of(reading, roster, wish.chat(), wish.memberId());
    long price = pictures * price(wish);
    return new Request(
        wish.jobId(), spender, turnId, wish.model(), wish.size().orElse(""), pictures, price);
  }

  /** As {@link #price(String, Optional)}, of one picture. */
  long price(Wish wish) {
    long usual = price(wish.model(), wish.size());
    return wish.batched() ? BatchModel.price(usual) : usual;
  }

  /** In micro-dollars; nothing where nobody tells. */
  long price(String model, Optional<String> size) {
    return offer.price(model, size.map(ImageSize::new));
  }

  /**
   * Ends what was reserved for a card at what its provider takes for the answer; what was paid on
   * the way for nothing is the operator's.
   *
   * @param attempts the last is the one that answered
   * @param images how many the model made: drafts are billed too, and the member pays for one
   */
  void settle(Tx tx, CardEntry card, List<Attempt> attempts, int images) {
    long microDollars = attempts.isEmpty() ? 0 : attempts.getLast().microDollars();
    for (int i = 0; i < attempts.size(); i++) {
      write(tx, card.jobId(), attempts.get(i), i < attempts.size() - 1);
    }
    ledger.settle(tx, card.jobId(), Math.min(1, images), microDollars, clock.instant());
  }

  /** Writes down what was paid for nothing. */
  void lose(Tx tx, CardEntry card, List<Attempt> attempts) {
    lose(tx, card.jobId(), attempts);
  }

  /** Writes down what was paid for no picture: the operator bears it. */
  void lose(Tx tx, long jobId, List<Attempt> attempts) {
    attempts.forEach(attempt -> write(tx, jobId, attempt, true));
  }

  /**
   * Writes down what a call will be owed if nobody learns how it ends.
   *
   * @return a number for {@link #learn}; empty where nobody tells the price
   */
  Optional<Long> owe(Tx tx, long jobId, Attempt perhaps) {
    return write(tx, jobId, perhaps, true);
  }

  /** Puts what calls did cost in the place of what was written down before them. */
  void learn(Tx tx, long jobId, Optional<Long> owed, List<Attempt> attempts) {
    owed.ifPresent(call -> ledger.notPaid(tx, call));
    lose(tx, jobId, attempts);
  }

  /** A call for a card of which nobody knows how it ended. */
  Attempt perhaps(CardEntry card) {
    return new Attempt(
        "?",
        card.model(),
        card.size().orElse(""),
        0,
        price(card.model(), card.size()),
        Attempt.Basis.PERHAPS);
  }

  private Optional<Long> write(Tx tx, long jobId, Attempt attempt, boolean lost) {
    // What is free, such as the filters, is owed to nobody.
    return attempt.microDollars() == 0
        ? Optional.empty()
        : Optional.of(
            ledger.paid(
                tx,
                new PaidCall(
                    jobId,
                    attempt.endpoint(),
                    attempt.model(),
                    attempt.size(),
                    attempt.pictures(),
                    attempt.microDollars(),
                    attempt.basis().name().toLowerCase(Locale.ROOT),
                    lost),
                clock.instant()));
  }

  /** Nothing came of it. */
  void release(Tx tx, CardEntry card) {
    ledger.release(tx, card.jobId(), clock.instant());
  }

  /** It was made, and could not be shown. */
  void refund(Tx tx, CardEntry card) {
    refund(tx, card, Allowances.OPERATOR);
  }

  /** Returns false where it was not charged, or is given back already. */
  boolean refund(Tx tx, CardEntry card, long moderatorId) {
    return ledger.refund(tx, card.jobId(), moderatorId, clock.instant());
  }

  /**
   * Releases what no card is waiting for any more. Reservations end with their cards, so that there
   * is none unless somebody has restored a part of the data.
   */
  void releaseAbandoned(Tx tx) {
    for (long request : ledger.open(tx)) {
      boolean awaited =
          tx.exists(
              "select 1 from card where job_id = ? and state in ('accepted', 'rendering')",
              request);
      if (!awaited && ledger.release(tx, request, clock.instant())) {
        log.warn("The reservation of job {} had no card that waits for it; released", request);
      }
    }
  }

  private static void tell(QuotaDecision decision) {
    for (CapWarning warning : decision.warnings()) {
      log.warn(
          "{} % of what this bot may spend in a {} is used: {} of {} US dollars",
          warning.percent(),
          warning.period().name().toLowerCase(Locale.ROOT),
          dollars(warning.usedMicroDollars()),
          dollars(warning.capMicroDollars()));
    }
  }

  private static String dollars(long microDollars) {
    return BigDecimal.valueOf(microDollars, 6).setScale(2, RoundingMode.HALF_UP).toPlainString();
  }
}
