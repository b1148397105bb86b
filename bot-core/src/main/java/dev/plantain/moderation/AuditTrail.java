package dev.plantain.moderation;

import dev.plantain.storage.Reading;
import dev.plantain.storage.Row;
import dev.plantain.storage.Tx;
import java.time.Instant;
import java.util.List;

/** The record of what moderators did in their community; never changed, never shortened. */
public final class AuditTrail {
  /** Who did what a rule does by itself. */
  public static final long BY_ITSELF = 0;

  /**
   * Something that a moderator did.
   *
   * @param chatId where
   * @param memberId who, or {@link #BY_ITSELF}
   * @param command the name of the command, without the slash
   * @param words what they gave with it, so that the same words do the same again
   */
  public record Deed(
      long id, Instant at, long chatId, long memberId, String command, String words) {}

  /** Notes what was done, in the transaction that does it. */
  public void note(
      Tx tx,
      long communityId,
      long chatId,
      long memberId,
      String command,
      String words,
      Instant now) {
    tx.update(
        """
        insert into audit_deed (at, community_id, chat_id, member_id, command, words)
        values (?, ?, ?, ?, ?, ?)
        """,
        now,
        communityId,
        chatId,
        memberId,
        command,
        words);
  }

  /**
   * What was done in a community, newest first.
   *
   * @param before only what has a smaller id; the largest number for the newest
   * @param most how many at most
   */
  public List<Deed> of(Reading reading, long communityId, long before, int most) {
    return reading.list(
        """
        select id, at, chat_id, member_id, command, words from audit_deed
        where community_id = ? and id < ? order by id desc limit ?
        """,
        AuditTrail::deed,
        communityId,
        before,
        most);
  }

  /**
   * What was done next after a deed, newest first.
   *
   * @param after only what has a larger id
   * @param most how many at most
   */
  public List<Deed> after(Reading reading, long communityId, long after, int most) {
    return reading
        .list(
            """
            select id, at, chat_id, member_id, command, words from audit_deed
            where community_id = ? and id > ? order by id limit ?
            """,
            AuditTrail::deed,
            communityId,
            after,
            most)
        .reversed();
  }

  /** How many deeds are older than one. */
  public long countBefore(Reading reading, long communityId, long before) {
    return reading
        .first(
            "select count(*) as deeds from audit_deed where community_id = ? and id < ?",
            row -> row.number("deeds"),
            communityId,
            before)
        .orElseThrow();
  }

  private static Deed deed(Row row) {
    return new Deed(
        row.number("id"),
        row.instant("at"),
        row.number("chat_id"),
        row.number("member_id"),
        row.text("command"),
        row.text("words"));
  }
}
