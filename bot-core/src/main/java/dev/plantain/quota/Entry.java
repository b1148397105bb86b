package dev.plantain.quota;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A line of the ledger, never changed and never removed.
 *
 * @param at when it was written
 * @param acceptedAt to when it counts: when its request was accepted
 * @param memberId whose it is; 0 where it is the pool's
 * @param request where and for what, with neither roles nor the price thought likely; empty where
 *     credits are moved
 * @param purse what pays, or is paid into
 * @param cost what a request takes, negative what it gets back: the entries of a request add up to
 *     what it costs. Of moved credits: what comes into the purse, negative what leaves it
 * @param rules the ids of those that let it pass; not empty in {@link Kind#RESERVED} only
 * @param by the moderator who did it; of what was reserved, who let it pass
 * @param other the member whom credits went to or came from
 */
public record Entry(
    long id,
    Instant at,
    Instant acceptedAt,
    Kind kind,
    Optional<Request> request,
    long communityId,
    long memberId,
    Purse purse,
    Cost cost,
    List<Long> rules,
    Optional<Long> by,
    Optional<Long> other) {
  public Entry {
    rules = List.copyOf(rules);
  }

  /** The same, done by that moderator. */
  Entry by(long moderator) {
    return new Entry(
        id,
        at,
        acceptedAt,
        kind,
        request,
        communityId,
        memberId,
        purse,
        cost,
        rules,
        Optional.of(moderator),
        other);
  }

  /** The same, with that member at the other end. */
  Entry other(long member) {
    return new Entry(
        id,
        at,
        acceptedAt,
        kind,
        request,
        communityId,
        memberId,
        purse,
        cost,
        rules,
        by,
        Optional.of(member));
  }

  /** What happened. */
  public enum Kind {
    /** A request was accepted at the price thought likely. */
    RESERVED,
    /** It was done: what it cost more or less than was thought. */
    SETTLED,
    /** It failed or was cancelled: what was reserved came back. */
    RELEASED,
    /** A moderator gave back what it had cost. */
    REFUNDED,
    /** A moderator gave credits, or took them back. */
    GRANTED,
    /** A member gave credits to another. */
    GIVEN,
    /** A member was given credits by another. */
    RECEIVED,
    /** A member gave credits to the pool. */
    DONATED,
    /** The pool was given credits by a member. */
    POOLED;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Kind of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }
  }
}
