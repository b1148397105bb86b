package dev.plantain.quota;

import dev.plantain.storage.Reading;
import dev.plantain.storage.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What members may spend beyond their allowance: their own credits, and the pool of their
 * community. Credits hold in the community in which they were granted. No balance ever falls below
 * 0.
 */
public final class Credits {
  /** Stands for the pool where a member's id stands otherwise. */
  private static final long POOL = 0;

  private final Entries entries = new Entries();

  /** What came of giving credits away. */
  public sealed interface Transfer {
    /** They were moved; so much is left of this measure. */
    record Moved(long left) implements Transfer {}

    /** Nothing was moved, as there are only so many. */
    record TooFew(long has) implements Transfer {}

    /** Nothing was moved, as giver and receiver are the same. */
    record ToOneself() implements Transfer {}
  }

  /** A member's own. */
  public Cost own(Reading reading, long communityId, long memberId) {
    return balance(reading, communityId, memberId);
  }

  /** The community's pool. */
  public Cost pool(Reading reading, long communityId) {
    return balance(reading, communityId, POOL);
  }

  /**
   * Gives credits to a member, or takes them back where the amount is negative, as far as there are
   * any. Returns what was really given or taken. A second call does it again.
   *
   * @param amount pictures or micro-dollars, at most 10^15 either way
   */
  public long grant(
      Tx tx,
      long communityId,
      long memberId,
      Measure measure,
      long amount,
      long moderator,
      Instant now) {
    if (Math.absExact(amount) > Request.MOST) {
      throw new IllegalArgumentException("at most " + Request.MOST + " is granted at once");
    }
    long granted = Math.max(amount, -own(tx, communityId, memberId).of(measure));
    if (granted != 0) {
      Entry entry =
          entry(Entry.Kind.GRANTED, communityId, memberId, Purse.OWN, measure, granted, now);
      move(tx, entry.by(moderator));
    }
    return granted;
  }

  /**
   * Moves credits from one member to another. A second call does it again.
   *
   * @param amount above 0
   */
  public Transfer give(
      Tx tx, long communityId, long from, long to, Measure measure, long amount, Instant now) {
    long has = own(tx, communityId, from).of(measure);
    if (from == to) {
      return new Transfer.ToOneself();
    }
    if (has < positive(amount)) {
      return new Transfer.TooFew(has);
    }
    Entry given = entry(Entry.Kind.GIVEN, communityId, from, Purse.OWN, measure, -amount, now);
    Entry received = entry(Entry.Kind.RECEIVED, communityId, to, Purse.OWN, measure, amount, now);
    move(tx, given.other(to));
    move(tx, received.other(from));
    return new Transfer.Moved(has - amount);
  }

  /**
   * Moves credits from a member to the pool of the community. A second call does it again.
   *
   * @param amount above 0
   */
  public Transfer donate(
      Tx tx, long communityId, long from, Measure measure, long amount, Instant now) {
    long has = own(tx, communityId, from).of(measure);
    if (has < positive(amount)) {
      return new Transfer.TooFew(has);
    }
    move(tx, entry(Entry.Kind.DONATED, communityId, from, Purse.OWN, measure, -amount, now));
    Entry pooled = entry(Entry.Kind.POOLED, communityId, POOL, Purse.POOL, measure, amount, now);
    move(tx, pooled.other(from));
    return new Transfer.Moved(has - amount);
  }

  /** What is in the purses of a spender; nothing is in the allowance's. */
  Cost balance(Reading reading, Spender spender, Purse purse) {
    return switch (purse) {
      case ALLOWANCE -> Cost.NONE;
      case OWN -> own(reading, spender.communityId(), spender.memberId());
      case POOL -> pool(reading, spender.communityId());
    };
  }

  /** Takes what a request costs out of a purse, or puts it back where it is negative. */
  void draw(Tx tx, Spender spender, Purse purse, Cost cost) {
    switch (purse) {
      case ALLOWANCE -> {}
      case OWN -> add(tx, spender.communityId(), spender.memberId(), cost.negated());
      case POOL -> add(tx, spender.communityId(), POOL, cost.negated());
    }
  }

  private void move(Tx tx, Entry entry) {
    entries.append(tx, entry);
    add(tx, entry.communityId(), entry.memberId(), entry.cost());
  }

  private static void add(Tx tx, long communityId, long memberId, Cost change) {
    if (change.isNone()) {
      return;
    }
    // An update first: what an insert would write is checked before its conflict is seen, and a
    // balance cannot begin below 0.
    int updated =
        tx.update(
            """
            update credit set pictures = pictures + ?, micro_dollars = micro_dollars + ?
            where community_id = ? and member_id = ?
            """,
            change.pictures(),
            change.microDollars(),
            communityId,
            memberId);
    if (updated == 0) {
      tx.update(
          "insert into credit (community_id, member_id, pictures, micro_dollars) values (?, ?, ?, ?)",
          communityId,
          memberId,
          change.pictures(),
          change.microDollars());
    }
  }

  private static Cost balance(Reading reading, long communityId, long memberId) {
    return reading
        .first(
            "select pictures, micro_dollars from credit where community_id = ? and member_id = ?",
            row -> new Cost(row.number("pictures"), row.number("micro_dollars")),
            communityId,
            memberId)
        .orElse(Cost.NONE);
  }

  private static long positive(long amount) {
    if (amount <= 0) {
      throw new IllegalArgumentException("nothing or less cannot be given away: " + amount);
    }
    return amount;
  }

  private static Entry entry(
      Entry.Kind kind,
      long communityId,
      long memberId,
      Purse purse,
      Measure measure,
      long amount,
      Instant now) {
    return new Entry(
        Entries.NEW,
        now,
        now,
        kind,
        Optional.empty(),
        communityId,
        memberId,
        purse,
        Cost.of(measure, amount),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }
}
