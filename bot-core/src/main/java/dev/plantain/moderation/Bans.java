package dev.plantain.moderation;

import dev.plantain.storage.Reading;
import dev.plantain.storage.Row;
import dev.plantain.storage.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Who is shut out of which community, until when and why. A ban that runs out needs nobody. */
public final class Bans {
  private static final Duration TOLD_AGAIN_AFTER = Duration.ofHours(1);
  private static final String SELECT = "select member_id, until, reason from ban";

  /**
   * A member is shut out.
   *
   * @param until empty where it is for good
   * @param reason empty where nobody gave one
   */
  public record Ban(long memberId, Optional<Instant> until, String reason) {}

  /** A later ban of the same member takes the place of an earlier one. */
  public void ban(Tx tx, long communityId, Ban ban) {
    tx.update(
        """
        insert into ban (community_id, member_id, until, reason) values (?, ?, ?, ?)
        on conflict (community_id, member_id) do update
          set until = excluded.until, reason = excluded.reason, told_at = null
        """,
        communityId,
        ban.memberId(),
        ban.until(),
        ban.reason());
  }

  /** Returns false where they were not shut out, or are no longer. */
  public boolean lift(Tx tx, long communityId, long memberId, Instant now) {
    boolean held = find(tx, communityId, memberId, now).isPresent();
    tx.update("delete from ban where community_id = ? and member_id = ?", communityId, memberId);
    return held;
  }

  public Optional<Ban> find(Reading reading, long communityId, long memberId, Instant now) {
    return reading.first(
        SELECT + " where community_id = ? and member_id = ? and (until is null or until > ?)",
        Bans::ban,
        communityId,
        memberId,
        now);
  }

  /** Those that hold now; the ones that end first come first, those for good last. */
  public List<Ban> all(Reading reading, long communityId, Instant now) {
    return reading.list(
        SELECT
            + " where community_id = ? and (until is null or until > ?)"
            + " order by until is null, until, member_id",
        Bans::ban,
        communityId,
        now);
  }

  /** Whether the member has not heard of their ban in the last hour. */
  public boolean isToBeTold(Reading reading, long communityId, long memberId, Instant now) {
    return reading.exists(
        """
        select 1 from ban
        where community_id = ? and member_id = ? and (told_at is null or told_at <= ?)
        """,
        communityId,
        memberId,
        now.minus(TOLD_AGAIN_AFTER));
  }

  /** Notes that the member heard of their ban. */
  public void told(Tx tx, long communityId, long memberId, Instant now) {
    tx.update(
        "update ban set told_at = ? where community_id = ? and member_id = ?",
        now,
        communityId,
        memberId);
  }

  private static Ban ban(Row row) {
    return new Ban(
        row.number("member_id"),
        row.optionalNumber("until").map(Instant::ofEpochMilli),
        row.text("reason"));
  }
}
