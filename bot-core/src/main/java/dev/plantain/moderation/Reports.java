package dev.plantain.moderation;

import dev.plantain.storage.Reading;
import dev.plantain.storage.Row;
import dev.plantain.storage.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Which results members reported, and which are hidden. */
public final class Reports {
  /** Reports of one member in {@link #FLOOD_TIME}; more are not taken. */
  public static final int MOST = 10;

  /** How many members a rule can ask for before it hides. */
  public static final int MOST_MEMBERS = 50;

  private static final Duration FLOOD_TIME = Duration.ofHours(1);

  /**
   * A result that was reported, or hidden without that.
   *
   * @param cardId the card that shows it
   * @param covered whether the chat shows that it is hidden
   * @param decidedBy the moderator who hid or kept it last; empty where nobody has yet
   * @param changes how often something happened to it
   */
  public record Reported(
      long cardId,
      long communityId,
      boolean hidden,
      boolean covered,
      Optional<Long> decidedBy,
      long changes) {}

  /** What one member said of a result. */
  public record Report(long memberId, String reason) {}

  /** What becomes of a report. */
  public enum Outcome {
    TAKEN,
    /** The member has reported this result before. */
    KNOWN,
    /** The member has reported too much in the last hour. */
    FLOOD
  }

  public Optional<Reported> find(Reading reading, long cardId) {
    return reading.first(
        """
        select card_id, community_id, hidden, covered, decided_by, changes from reported
        where card_id = ?
        """,
        Reports::reported,
        cardId);
  }

  public boolean isHidden(Reading reading, long cardId) {
    return find(reading, cardId).filter(Reported::hidden).isPresent();
  }

  /** Whether a model's turn is what a hidden result shows. */
  public boolean isTurnHidden(Reading reading, long turnId) {
    return reading.exists(
        """
        select 1 from card join reported on reported.card_id = card.id
        where card.result_turn_id = ? and reported.hidden = 1
        """,
        turnId);
  }

  /** Whether any of the pictures of a turn is kept from everybody, in whatever turn. */
  public boolean isAnyPictureHidden(Reading reading, long turnId) {
    return reading.exists(
        """
        select 1 from part
          join part same on same.blob_id = part.blob_id
          join card on card.result_turn_id = same.turn_id
          join reported on reported.card_id = card.id
        where part.turn_id = ? and reported.hidden = 1
        """,
        turnId);
  }

  /** Takes a report, unless the member has said enough. */
  public Outcome report(
      Tx tx, long communityId, long cardId, long memberId, String reason, Instant now) {
    if (reportOf(tx, cardId, memberId)) {
      return Outcome.KNOWN;
    }
    if (recent(tx, memberId, now) >= MOST) {
      return Outcome.FLOOD;
    }
    tx.update(
        "insert into report (card_id, member_id, reason, reported_at) values (?, ?, ?, ?)",
        cardId,
        memberId,
        reason,
        now);
    change(tx, communityId, cardId);
    return Outcome.TAKEN;
  }

  private static boolean reportOf(Reading reading, long cardId, long memberId) {
    return reading.exists(
        "select 1 from report where card_id = ? and member_id = ?", cardId, memberId);
  }

  private static long recent(Reading reading, long memberId, Instant now) {
    return reading
        .first(
            "select count(*) as reports from report where member_id = ? and reported_at > ?",
            row -> row.number("reports"),
            memberId,
            now.minus(FLOOD_TIME))
        .orElse(0L);
  }

  /** Whether a member who reports too much is to be told so: once in that time. */
  public boolean tellFlood(Tx tx, long memberId, Instant now) {
    return tx.update(
            """
            insert into told (member_id, topic, told_at) values (?, 'report flood', ?)
            on conflict (member_id, topic) do update set told_at = excluded.told_at
              where told.told_at <= ?
            """,
            memberId,
            now,
            now.minus(FLOOD_TIME))
        > 0;
  }

  /** The reports that count, oldest first: not those of members who are shut out now. */
  public List<Report> of(Reading reading, Reported reported, Instant now) {
    return reading.list(
        """
        select member_id, reason from report
        where card_id = ? and not exists
          (select 1 from ban where ban.community_id = ? and ban.member_id = report.member_id
            and (ban.until is null or ban.until > ?))
        order by reported_at, member_id
        """,
        row -> new Report(row.number("member_id"), row.text("reason")),
        reported.cardId(),
        reported.communityId(),
        now);
  }

  /** Hides a result, or shows it again. */
  public void hide(
      Tx tx, long communityId, long cardId, boolean hidden, Optional<Long> moderatorId) {
    change(tx, communityId, cardId);
    tx.update(
        "update reported set hidden = ?, decided_by = coalesce(?, decided_by) where card_id = ?",
        hidden ? 1 : 0,
        moderatorId,
        cardId);
  }

  private static void change(Tx tx, long communityId, long cardId) {
    tx.update(
        """
        insert into reported (card_id, community_id, changes) values (?, ?, 1)
        on conflict (card_id) do update set changes = reported.changes + 1
        """,
        cardId,
        communityId);
  }

  /** Notes whether the chat shows that a result is hidden. */
  public void covered(Tx tx, long cardId, boolean covered) {
    tx.update("update reported set covered = ? where card_id = ?", covered ? 1 : 0, cardId);
  }

  /** How many members' reports hide a result by themselves; empty where none do. */
  public Optional<Integer> rule(Reading reading, long communityId) {
    return reading.first(
        "select members from report_rule where community_id = ?",
        row -> row.integer("members"),
        communityId);
  }

  public void rule(Tx tx, long communityId, int members) {
    tx.update(
        """
        insert into report_rule (community_id, members) values (?, ?)
        on conflict (community_id) do update set members = excluded.members
        """,
        communityId,
        members);
  }

  public void noRule(Tx tx, long communityId) {
    tx.update("delete from report_rule where community_id = ?", communityId);
  }

  private static Reported reported(Row row) {
    return new Reported(
        row.number("card_id"),
        row.number("community_id"),
        row.flag("hidden"),
        row.flag("covered"),
        row.optionalNumber("decided_by"),
        row.number("changes"));
  }
}
