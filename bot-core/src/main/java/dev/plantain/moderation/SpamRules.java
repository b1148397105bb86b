package dev.plantain.moderation;

import dev.plantain.moderation.SpamRule.Kind;
import dev.plantain.storage.Reading;
import dev.plantain.storage.Row;
import dev.plantain.storage.Tx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What communities take for spam, and the requests of the last day that it is counted by; nothing
 * is counted where nobody has made a rule.
 */
public final class SpamRules {
  /** By kind. */
  public List<SpamRule> of(Reading reading, long communityId) {
    return reading.list(
        "select kind, most, window_ms, pause_ms from spam_rule where community_id = ? order by kind",
        SpamRules::rule,
        communityId);
  }

  /** A later rule of the same kind takes the place of an earlier one. */
  public void set(Tx tx, long communityId, SpamRule rule) {
    tx.update(
        """
        insert into spam_rule (community_id, kind, most, window_ms, pause_ms) values (?, ?, ?, ?, ?)
        on conflict (community_id, kind) do update
          set most = excluded.most, window_ms = excluded.window_ms, pause_ms = excluded.pause_ms
        """,
        communityId,
        rule.kind().word(),
        rule.most(),
        rule.window().toMillis(),
        rule.pause().toMillis());
  }

  /** Returns false where there was none. */
  public boolean remove(Tx tx, long communityId, Kind kind) {
    return tx.update(
            "delete from spam_rule where community_id = ? and kind = ?", communityId, kind.word())
        > 0;
  }

  /**
   * Somebody wants a picture.
   *
   * @param words of the member
   * @param about what the picture is to be made from, so that the same words about another picture
   *     are another request
   */
  public record Asking(long communityId, long memberId, String words, String about) {
    /** Equal for requests that nobody could tell apart; the words cannot be read from it. */
    private String likeness() {
      String all = about + ' ' + Folding.fold(words);
      return UUID.nameUUIDFromBytes(all.getBytes(StandardCharsets.UTF_8)).toString();
    }
  }

  /** The first rule by which a request is one too many. */
  public Optional<SpamRule> against(Reading reading, Asking asking, Instant now) {
    return of(reading, asking.communityId()).stream()
        .filter(rule -> counted(reading, rule, asking, now) >= rule.most())
        .findFirst();
  }

  private static long counted(Reading reading, SpamRule rule, Asking asking, Instant now) {
    long community = asking.communityId();
    long member = asking.memberId();
    Instant since = now.minus(rule.window());
    return switch (rule.kind()) {
      case FLOODS -> count(reading, "", community, member, since);
      case REPEATS ->
          count(reading, " and likeness = ?", community, member, since, asking.likeness());
      case REFUSALS -> count(reading, " and refused = 1", community, member, since);
      case NEWCOMERS -> newcomersBefore(reading, community, member, since);
    };
  }

  private static long count(Reading reading, String more, Object... arguments) {
    return reading
        .first(
            "select count(*) as n from asking where community_id = ? and member_id = ? and at > ?"
                + more,
            row -> row.number("n"),
            arguments)
        .orElseThrow();
  }

  /** How many came in the window before a member who came in it as well; 0 for all others. */
  private static long newcomersBefore(Reading reading, long community, long member, Instant since) {
    return reading
        .first(
            """
            select count(*) as n
            from first_seen them join first_seen me on me.community_id = them.community_id
            where me.community_id = ? and me.member_id = ? and me.at > ? and them.at > ?
              and (them.at < me.at or (them.at = me.at and them.member_id < me.member_id))
            """,
            row -> row.number("n"),
            community,
            member,
            since,
            since)
        .orElseThrow();
  }

  /**
   * Counts a request that was let in, or one that a limit refused.
   *
   * @param refused whether a limit did
   */
  public void note(Tx tx, Asking asking, boolean refused, Instant now) {
    tx.update("delete from asking where at <= ?", now.minus(SpamRule.LONGEST_WINDOW));
    if (!of(tx, asking.communityId()).isEmpty()) {
      tx.update(
          """
          insert into asking (community_id, member_id, at, likeness, refused)
          values (?, ?, ?, ?, ?)
          """,
          asking.communityId(),
          asking.memberId(),
          now,
          asking.likeness(),
          refused);
    }
  }

  /** A request that was counted as let in was refused later. */
  public void refuse(Tx tx, long communityId, long memberId, Instant askedAt) {
    tx.update(
        """
        update asking set refused = 1 where id = (
          select max(id) from asking
          where community_id = ? and member_id = ? and at <= ? and refused = 0)
        """,
        communityId,
        memberId,
        askedAt);
  }

  /** Forgets what was counted of somebody, who begins anew once their time is over. */
  public void forget(Tx tx, long communityId, long memberId) {
    tx.update("delete from asking where community_id = ? and member_id = ?", communityId, memberId);
  }

  private static SpamRule rule(Row row) {
    return new SpamRule(
        Kind.of(row.text("kind")).orElseThrow(),
        Math.toIntExact(row.number("most")),
        Duration.ofMillis(row.number("window_ms")),
        Duration.ofMillis(row.number("pause_ms")));
  }
}
