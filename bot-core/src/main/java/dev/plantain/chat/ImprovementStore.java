package dev.plantain.chat;

import dev.plantain.command.RequestWords;
import dev.plantain.storage.Reading;
import dev.plantain.storage.Row;
import dev.plantain.storage.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The table of better words that members asked for. Its rows are forgotten after a week. */
final class ImprovementStore {
  private static final Duration KEPT = Duration.ofDays(7);

  /** In which each member's improvements are counted. */
  static final Duration WINDOW = Duration.ofHours(24);

  /** How far it has come. */
  enum State {
    ASKING,
    OFFERED,
    FAILED,
    REFUSED,
    TAKEN,
    DROPPED;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Whether the member has yet to choose. */
    boolean open() {
      return this != TAKEN && this != DROPPED;
    }
  }

  /**
   * A row.
   *
   * @param event what the member gave, as it was accepted
   * @param words theirs, without flags
   * @param flags as they were written
   * @param improved without flags
   * @param takenBy the job of the press that chose
   */
  record Entry(
      long id,
      long jobId,
      long chatId,
      long memberId,
      String event,
      String words,
      String flags,
      String language,
      Optional<String> improved,
      State state,
      Optional<Long> takenBy,
      Instant at) {

    /** After this nobody can choose any more. */
    Instant forgottenAt() {
      return at.plus(KEPT);
    }

    /** Under this key its card is posted, once. */
    String postingKey() {
      return "improve:" + id;
    }

    /** A request of these words, as the member could have written it. */
    String withFlags(String request) {
      String behind = (request + " " + flags).strip();
      // A name of a flag at the end of the words would take the first flag for its value.
      return RequestWords.parse(behind).words().equals(request) ? behind : flags + " " + request;
    }
  }

  long add(
      Tx tx, long jobId, Visitor visitor, String event, String words, String flags, Instant now) {
    return tx.insert(
        """
        insert into improvement (job_id, chat_id, member_id, event, words, flags, language, state, at)
        values (?, ?, ?, ?, ?, ?, ?, 'asking', ?) returning id
        """,
        jobId,
        visitor.chat().id(),
        visitor.member().id(),
        event,
        words,
        flags,
        visitor.language().code(),
        now);
  }

  private static final String SELECT =
      """
      select id, job_id, chat_id, member_id, event, words, flags, language, improved, state, taken_by, at
      from improvement
      """;

  Optional<Entry> find(Reading reading, long id) {
    return reading.first(SELECT + " where id = ?", ImprovementStore::entry, id);
  }

  Optional<Entry> ofJob(Reading reading, long jobId) {
    return reading.first(SELECT + " where job_id = ?", ImprovementStore::entry, jobId);
  }

  /**
   * When a member asked for improvements that count now, oldest first: those that were answered.
   */
  List<Instant> counted(Reading reading, long memberId, Instant now) {
    return reading.list(
        """
        select at from improvement where member_id = ? and at > ? and state <> 'failed'
        order by at
        """,
        row -> row.instant("at"),
        memberId,
        now.minus(WINDOW));
  }

  /** Says how the asking ended, unless the member has chosen in the meantime. */
  void asked(Tx tx, long id, State state, Optional<String> improved) {
    tx.update(
        "update improvement set state = ?, improved = ? where id = ? and state = 'asking'",
        state.word(),
        improved,
        id);
  }

  /**
   * The member chose, by the press of this job.
   *
   * @return false where they had chosen by another
   */
  boolean choose(Tx tx, long id, State choice, long jobId) {
    return tx.update(
            """
            update improvement set state = ?, taken_by = ?
            where id = ? and (taken_by is null or taken_by = ?)
            """,
            choice.word(),
            jobId,
            id,
            jobId)
        == 1;
  }

  /** Nothing came of what this press chose, if it chose anything: they can choose again. */
  void reopen(Tx tx, long jobId) {
    tx.update(
        """
        update improvement set taken_by = null,
          state = case when improved is null then 'refused' else 'offered' end
        where taken_by = ? and state = 'taken'
        """,
        jobId);
  }

  /** Nobody needs the words of it any more. */
  void empty(Tx tx, long id) {
    tx.update(
        "update improvement set event = '', words = '', flags = '', improved = null where id = ?",
        id);
  }

  void forget(Tx tx, long id) {
    tx.update("delete from improvement where id = ?", id);
  }

  private static Entry entry(Row row) {
    return new Entry(
        row.number("id"),
        row.number("job_id"),
        row.number("chat_id"),
        row.number("member_id"),
        row.text("event"),
        row.text("words"),
        row.text("flags"),
        row.text("language"),
        row.optionalText("improved"),
        State.valueOf(row.text("state").toUpperCase(Locale.ROOT)),
        row.optionalNumber("taken_by"),
        row.instant("at"));
  }
}
