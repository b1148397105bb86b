package dev.plantain.chat;

import dev.plantain.moderation.ApprovalRules;
import dev.plantain.moderation.ApprovalRules.Reason;
import dev.plantain.quota.QuotaDecision;
import dev.plantain.quota.QuotaDecision.Obstacle;
import dev.plantain.storage.Tx;
import dev.plantain.text.Message;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Decides whether a request is made at once, waits for a moderator, or is refused. */
final class Holding {
  private final ApprovalRules rules;
  private final HeldRequests held;
  private final Billing billing;
  private final InstantSource clock;

  Holding(ApprovalRules rules, HeldRequests held, Billing billing, InstantSource clock) {
    this.rules = rules;
    this.held = held;
    this.billing = billing;
    this.clock = clock;
  }

  /** What is known of the one who asks. Nothing of a moderator waits. */
  enum Asker {
    /** Their platform was not asked. */
    UNKNOWN,
    MEMBER,
    MODERATOR
  }

  /** What is to become of a request. */
  sealed interface Fate {
    record Passes() implements Fate {}

    record Refused(QuotaDecision.Refused why) implements Fate {}

    /** It waits; {@link Asker#UNKNOWN} may be a moderator. */
    record Waits(Set<Reason> reasons) implements Fate {}

    /** It would wait, and too many do already. */
    record TooMany(Message why) implements Fate {}
  }

  /**
   * Decides, and writes nothing.
   *
   * @param words without which only the limits count: nothing is made before there are some
   */
  Fate of(Tx tx, Billing.Wish wish, int copies, String words, Asker asker) {
    Optional<QuotaDecision.Refused> refused = billing.refusal(tx, wish, copies);
    Set<Reason> reasons =
        asker == Asker.MODERATOR ? Set.of() : reasons(tx, wish, copies, words, refused);
    if (refused.isPresent() && !reasons.contains(Reason.OVER_QUOTA)) {
      return new Fate.Refused(refused.get());
    }
    if (reasons.isEmpty()) {
      return new Fate.Passes();
    }
    return asker == Asker.UNKNOWN
        ? new Fate.Waits(reasons)
        : tooMany(tx, wish).<Fate>map(Fate.TooMany::new).orElseGet(() -> new Fate.Waits(reasons));
  }

  private Set<Reason> reasons(
      Tx tx, Billing.Wish wish, int copies, String words, Optional<QuotaDecision.Refused> refused) {
    Set<Reason> reasons =
        new HashSet<>(words.isEmpty() ? Set.of() : reasons(tx, wish, copies, words));
    if (refused.isPresent() && isOverQuota(tx, wish, copies, refused.get())) {
      reasons.add(Reason.OVER_QUOTA);
    }
    return reasons;
  }

  /** Why other words or another size would wait, limits apart. */
  Set<Reason> reasons(Tx tx, Billing.Wish wish, int copies, String words) {
    ApprovalRules.Wish asked =
        new ApprovalRules.Wish(words, wish.size(), copies * billing.price(wish));
    return rules.reasons(tx, community(wish), wish.memberId(), asked, clock.instant());
  }

  /**
   * Only where moderators could lift what refuses it: not the operator's caps, nor in the night.
   */
  private boolean isOverQuota(Tx tx, Billing.Wish wish, int copies, QuotaDecision.Refused refused) {
    return refused.obstacle() instanceof Obstacle.NoRoom
        && rules.terms(tx, community(wish)).overQuota()
        && !rules.isTrusted(tx, community(wish), wish.memberId())
        && billing.refusalOfApproved(tx, wish, copies).isEmpty();
  }

  private Optional<Message> tooMany(Tx tx, Billing.Wish wish) {
    if (held.countWaiting(tx, community(wish), wish.memberId()) >= HeldRequests.MOST_OF_MEMBER) {
      return Optional.of(new Message.HeldTooMany(HeldRequests.MOST_OF_MEMBER));
    }
    return held.countWaiting(tx, community(wish)) >= HeldRequests.MOST_OF_COMMUNITY
        ? Optional.of(new Message.HeldTooManyHere(HeldRequests.MOST_OF_COMMUNITY))
        : Optional.empty();
  }

  /** Writes a picture down that {@link #of} lets pass, in the same transaction. */
  void reserve(Tx tx, Billing.Wish wish, long turnId) {
    Optional<QuotaDecision.Refused> refused = billing.reserve(tx, wish, turnId);
    if (refused.isPresent()) {
      throw new IllegalStateException("there was room a moment ago: " + refused.get());
    }
  }

  /** Lets the request of a card wait from now on. */
  void hold(Tx tx, CardEntry card, Billing.Wish wish, Set<Reason> reasons) {
    long community = community(wish);
    held.add(
        tx, card.id(), community, reasons, clock.instant().plus(rules.terms(tx, community).time()));
  }

  private static long community(Billing.Wish wish) {
    return wish.chat().communityId().orElseThrow();
  }
}
