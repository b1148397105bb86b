package dev.plantain.moderation;

import dev.plantain.storage.Reading;
import dev.plantain.storage.Row;
import dev.plantain.storage.Tx;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * In which chat a community's moderators see to a duty. A chat of another community takes one over
 * by a code, as whoever governs here need not govern there.
 */
public final class DutyChats {
  /** How long a code is good. */
  public static final Duration CODE_LASTS = Duration.ofHours(1);

  private static final int CODE_LENGTH = 10;

  /** Without what looks alike. */
  private static final String LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

  private final SecureRandom random = new SecureRandom();

  /** What moderators see to in a chat of their own. */
  public enum Duty {
    /** Requests that wait for approval. */
    APPROVAL,
    /** Results that members reported. */
    REPORT,
    /** Reading what was done. */
    LOG;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A duty that another chat may take over.
   *
   * @param communityId whose duty it is
   * @param chatId the chat of that community in which the code was given out
   */
  public record Handover(long communityId, Duty duty, long chatId) {}

  /** The chat of the duty; empty where moderators have chosen none. */
  public Optional<Long> find(Reading reading, long communityId, Duty duty) {
    return reading.first(
        "select chat_id from duty_chat where community_id = ? and duty = ?",
        row -> row.number("chat_id"),
        communityId,
        duty.word());
  }

  public void set(Tx tx, long communityId, Duty duty, long chatId) {
    tx.update(
        """
        insert into duty_chat (community_id, duty, chat_id) values (?, ?, ?)
        on conflict (community_id, duty) do update set chat_id = excluded.chat_id
        """,
        communityId,
        duty.word(),
        chatId);
  }

  /** Whether there was one. */
  public boolean clear(Tx tx, long communityId, Duty duty) {
    return tx.update(
            "delete from duty_chat where community_id = ? and duty = ?", communityId, duty.word())
        > 0;
  }

  /** A new code for a handover, which takes the place of an earlier one for the same duty. */
  public String offer(Tx tx, Handover handover, Instant now) {
    tx.update(
        "delete from duty_code where expires_at <= ? or (community_id = ? and duty = ?)",
        now,
        handover.communityId(),
        handover.duty().word());
    String code = code();
    tx.update(
        "insert into duty_code (code, community_id, duty, chat_id, expires_at) values (?, ?, ?, ?, ?)",
        code,
        handover.communityId(),
        handover.duty().word(),
        handover.chatId(),
        now.plus(CODE_LASTS));
    return code;
  }

  /**
   * What a code is for; empty where it was taken, has expired or never was.
   *
   * @param written in any case
   */
  public Optional<Handover> offered(Reading reading, String written, Duty duty, Instant now) {
    return reading.first(
        """
        select community_id, duty, chat_id from duty_code
        where code = ? and duty = ? and expires_at > ?
        """,
        DutyChats::handover,
        written.strip().toUpperCase(Locale.ROOT),
        duty.word(),
        now);
  }

  /**
   * Uses the code up, and gives the duty to a chat.
   *
   * @return empty, having changed nothing, where the code is not good any more
   */
  public Optional<Handover> take(Tx tx, String written, Duty duty, long chatId, Instant now) {
    Optional<Handover> handover = offered(tx, written, duty, now);
    handover.ifPresent(of -> {
      tx.update("delete from duty_code where code = ?", written.strip().toUpperCase(Locale.ROOT));
      set(tx, of.communityId(), duty, chatId);
    });
    return handover;
  }

  private String code() {
    return random
        .ints(CODE_LENGTH, 0, LETTERS.length())
        .mapToObj(LETTERS::charAt)
        .map(String::valueOf)
        .collect(Collectors.joining());
  }

  private static Handover handover(Row row) {
    return new Handover(
        row.number("community_id"),
        Duty.valueOf(row.text("duty").toUpperCase(Locale.ROOT)),
        row.number("chat_id"));
  }
}
