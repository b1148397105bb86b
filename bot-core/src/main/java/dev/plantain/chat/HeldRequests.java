package dev.plantain.chat;

import dev.plantain.job.JobStore;
import dev.plantain.job.NewJob;
import dev.plantain.moderation.ApprovalRules.Reason;
import dev.plantain.storage.Reading;
import dev.plantain.storage.Row;
import dev.plantain.storage.Tx;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The table of requests that wait, or waited, for a moderator. Whatever becomes of one is decided
 * here once, and shown on the moderators' card by a job of its own.
 */
final class HeldRequests {
  /** Of one member in one community. */
  static final int MOST_OF_MEMBER = 20;

  static final int MOST_OF_COMMUNITY = 200;

  private static final String SELECT =
      """
      select card_id, community_id, reasons, until, edition, chat_id, outcome, by_member_id
      from held_request
      """;

  private final JobStore jobs;
  private final InstantSource clock;

  HeldRequests(JobStore jobs, InstantSource clock) {
    this.jobs = jobs;
    this.clock = clock;
  }

  /** What became of a request that waited. */
  enum Outcome {
    APPROVED,
    /** Approved, and its member is trusted from now on. */
    TRUSTED,
    DENIED,
    EXPIRED,
    /** By its member, or as they were shut out. */
    CANCELLED,
    /** It could not be made any more. */
    ENDED;

    private String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    boolean lets() {
      return this == APPROVED || this == TRUSTED;
    }
  }

  /**
   * A request that waits, or waited.
   *
   * @param communityId whose moderators decide
   * @param until when nobody's answer ends it
   * @param edition grows with each change of what is asked for
   * @param chatId where the moderators' card stands, once it was posted
   * @param outcome empty as long as it waits
   * @param by who decided it
   */
  record Held(
      long cardId,
      long communityId,
      Set<Reason> reasons,
      Instant until,
      int edition,
      Optional<Long> chatId,
      Optional<Outcome> outcome,
      Optional<Long> by) {
    Held {
      reasons = Set.copyOf(reasons);
    }

    /** Under this key the moderators' card is posted in a chat. */
    String postingKey(long chat) {
      return "held:" + cardId + ":" + chat;
    }
  }

  void add(Tx tx, long cardId, long communityId, Set<Reason> reasons, Instant until) {
    tx.update(
        "insert into held_request (card_id, community_id, reasons, until) values (?, ?, ?, ?)",
        cardId,
        communityId,
        written(reasons),
        until);
  }

  Optional<Held> find(Reading reading, long cardId) {
    return reading.first(SELECT + " where card_id = ?", HeldRequests::held, cardId);
  }

  /** Those of a community that wait. */
  List<Held> waiting(Reading reading, long communityId) {
    return reading.list(
        SELECT + " where community_id = ? and outcome is null order by card_id",
        HeldRequests::held,
        communityId);
  }

  /** Those that wait and were asked in a chat. */
  List<Held> waitingIn(Reading reading, long chatId) {
    return reading.list(
        SELECT
            + " where outcome is null and exists"
            + " (select 1 from card where card.id = card_id and card.chat_id = ?) order by card_id",
        HeldRequests::held,
        chatId);
  }

  int countWaiting(Reading reading, long communityId) {
    return reading
        .first(
            """
            select count(*) as waiting from held_request
            where community_id = ? and outcome is null
            """,
            row -> row.integer("waiting"),
            communityId)
        .orElseThrow();
  }

  int countWaiting(Reading reading, long communityId, long memberId) {
    return reading
        .first(
            """
            select count(*) as waiting from held_request join card on card.id = held_request.card_id
            where held_request.community_id = ? and held_request.outcome is null and card.member_id = ?
            """,
            row -> row.integer("waiting"),
            communityId,
            memberId)
        .orElseThrow();
  }

  /** Those that ask for another answer to the same turn. */
  List<Held> waitingOnTurn(Reading reading, long turnId) {
    return reading.list(
        SELECT
            + " where outcome is null and card_id in (select id from card where turn_id = ?)"
            + " order by card_id",
        HeldRequests::held,
        turnId);
  }

  /** Whether a moderator let the words of a turn pass as they are. */
  boolean wasApproved(Reading reading, long turnId) {
    return reading.exists(
        """
        select 1 from held_request join card on card.id = held_request.card_id
        where card.turn_id = ? and held_request.outcome in ('approved', 'trusted')
        """,
        turnId);
  }

  /** Who let the request of a card pass. */
  Optional<Long> approver(Reading reading, long cardId) {
    return find(reading, cardId)
        .filter(held -> held.outcome().filter(Outcome::lets).isPresent())
        .flatMap(Held::by);
  }

  /** The request on which moderators decide on a message. */
  Optional<Long> ofMessage(Reading reading, long chatId, String message) {
    return reading
        .first(
            "select key from posting where chat_id = ? and message = ? and key like 'held:%'",
            row -> row.text("key"), chatId, message)
        .map(key -> Long.parseLong(key.split(":", 3)[1]));
  }

  /** Asks the moderators, now that all of it is there that they are to see. */
  void ask(Tx tx, long cardId) {
    show(tx, cardId, "0");
  }

  /**
   * Something else is asked for: what was not seen yet cannot be approved.
   *
   * @param reasons why it waits now, limits apart; empty where only what it was still holds it
   */
  void change(Tx tx, Held held, Set<Reason> reasons) {
    Set<Reason> all = EnumSet.copyOf(reasons.isEmpty() ? held.reasons() : reasons);
    if (held.reasons().contains(Reason.OVER_QUOTA)) {
      all.add(Reason.OVER_QUOTA);
    }
    tx.update(
        "update held_request set edition = edition + 1, reasons = ? where card_id = ?",
        written(all),
        held.cardId());
    show(tx, held.cardId(), String.valueOf(held.edition() + 1));
  }

  /**
   * Decides what becomes of a request.
   *
   * @param by the moderator whose decision it is
   * @return false where it did not wait
   */
  boolean decide(Tx tx, long cardId, Outcome outcome, Optional<Long> by) {
    boolean waited =
        tx.update(
                """
                update held_request set outcome = ?, by_member_id = ?
                where card_id = ? and outcome is null
                """,
                outcome.word(),
                by,
                cardId)
            > 0;
    if (waited) {
      show(tx, cardId, "end");
    }
    return waited;
  }

  /** Notes where the moderators' card stands. */
  void stands(Tx tx, long cardId, long chatId) {
    tx.update("update held_request set chat_id = ? where card_id = ?", chatId, cardId);
  }

  private void show(Tx tx, long cardId, String what) {
    Instant now = clock.instant();
    String lane = "show-held:" + cardId;
    jobs.accept(
        tx,
        new NewJob(lane + ":" + what, ShowHeld.KIND, lane, ShowHeld.KIND, "" + cardId, now),
        now);
  }

  private static String written(Set<Reason> reasons) {
    return reasons.stream().sorted().map(Reason::name).collect(Collectors.joining(","));
  }

  private static Held held(Row row) {
    return new Held(
        row.number("card_id"),
        row.number("community_id"),
        Arrays.stream(row.text("reasons").split(",", -1))
            .map(Reason::valueOf)
            .collect(Collectors.toSet()),
        row.instant("until"),
        row.integer("edition"),
        row.optionalNumber("chat_id"),
        row.optionalText("outcome").map(word -> Outcome.valueOf(word.toUpperCase(Locale.ROOT))),
        row.optionalNumber("by_member_id"));
  }
}
