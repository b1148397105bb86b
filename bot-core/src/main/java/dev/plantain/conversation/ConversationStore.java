package dev.plantain.conversation;

import dev.plantain.media.Blob;
import dev.plantain.media.BlobId;
import dev.plantain.media.MediaType;
import dev.plantain.storage.Reading;
import dev.plantain.storage.Row;
import dev.plantain.storage.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The tree of turns of every chat, and each chat's head. */
public final class ConversationStore {
  private static final String TURN =
      "select id, chat_id, parent_id, author, model, withdrawn, created_at from turn ";

  /**
   * Adds what a member said first. {@link #hangUnder} makes it the continuation of another turn.
   */
  public long addMemberTurn(Tx tx, long chatId, long memberId, List<Part> parts, Instant now) {
    long id =
        tx.insert(
            """
            insert into turn (chat_id, author, member_id, created_at)
            values (?, 'member', ?, ?) returning id
            """,
            chatId,
            memberId,
            now);
    addParts(tx, id, parts, now);
    return id;
  }

  /** Adds what a model answered to a turn. */
  public long addModelTurn(Tx tx, Turn answered, String model, List<Part> parts, Instant now) {
    long id =
        tx.insert(
            """
            insert into turn (chat_id, parent_id, author, model, created_at)
            values (?, ?, 'model', ?, ?) returning id
            """,
            answered.chatId(),
            answered.id(),
            model,
            now);
    addParts(tx, id, parts, now);
    return id;
  }

  /** Adds parts behind those that a turn has. */
  public void addParts(Tx tx, long turnId, List<Part> parts, Instant now) {
    int position =
        tx.first(
                "select coalesce(max(position) + 1, 0) as next from part where turn_id = ?",
                row -> row.integer("next"),
                turnId)
            .orElse(0);
    for (Part part : parts) {
      addPart(tx, turnId, position++, part, now);
    }
  }

  private static void addPart(Tx tx, long turnId, int position, Part part, Instant now) {
    Optional<String> words =
        part instanceof Part.Text text ? Optional.of(text.words()) : Optional.empty();
    Optional<String> blob =
        part instanceof Part.Image image
            ? Optional.of(know(tx, image.blob(), now))
            : Optional.empty();
    tx.update(
        """
        insert into part (turn_id, position, words, blob_id, token_blob_id, token_characters)
        values (?, ?, ?, ?, ?, ?)
        """,
        turnId,
        position,
        words,
        blob,
        part.token().map(token -> token.stored().sha256()),
        part.token().map(Part.Token::characters));
  }

  private static String know(Tx tx, Blob blob, Instant now) {
    tx.update(
        """
        insert into blob (id, media_type, bytes, width, height, created_at) values (?, ?, ?, ?, ?, ?)
        on conflict (id) do nothing
        """,
        blob.id().sha256(),
        blob.type().mime(),
        blob.bytes(),
        blob.width(),
        blob.height(),
        now);
    return blob.id().sha256();
  }

  /**
   * Puts other words in the place of all those of a member's turn, also where it had none. A token
   * of the old words goes with them.
   */
  public void replaceWords(Tx tx, long turnId, String words) {
    int position =
        tx.first(
                """
                select coalesce(min(case when words is not null then position end), max(position) + 1, 0)
                  as place from part where turn_id = ?
                """,
                row -> row.integer("place"),
                turnId)
            .orElse(0);
    tx.update("delete from part where turn_id = ? and words is not null", turnId);
    tx.update(
        "insert into part (turn_id, position, words) values (?, ?, ?)", turnId, position, words);
  }

  /** Keeps the words of a turn from being given to a model again. */
  public void withdraw(Tx tx, long turnId) {
    tx.update("update turn set withdrawn = 1 where id = ?", turnId);
  }

  /** Gives the words of a turn that was withdrawn to models again. */
  public void reinstate(Tx tx, long turnId) {
    tx.update("update turn set withdrawn = 0 where id = ?", turnId);
  }

  /**
   * Hangs a turn, and all that hangs under it, somewhere else.
   *
   * @throws IllegalArgumentException the new parent hangs under the turn itself
   */
  public void hangUnder(Tx tx, long turnId, long parent) {
    if (branch(tx, parent).stream().anyMatch(turn -> turn.id() == turnId)) {
      throw new IllegalArgumentException("turn " + turnId + " cannot hang under itself");
    }
    tx.update("update turn set parent_id = ? where id = ?", parent, turnId);
  }

  public Optional<Turn> find(Reading reading, long id) {
    return reading.first(TURN + "where id = ?", row -> turn(reading, row), id);
  }

  /** The path from the root to the turn, the root first. */
  public List<Turn> branch(Reading reading, long turnId) {
    List<Turn> branch = new ArrayList<>();
    Optional<Turn> turn = find(reading, turnId);
    while (turn.isPresent()) {
      branch.addFirst(turn.get());
      turn = turn.get().parent().flatMap(parent -> find(reading, parent));
    }
    return branch;
  }

  /** The latest answer that a model gave to a turn. */
  public Optional<Long> answerTo(Reading reading, long turnId) {
    return reading.first(
        "select id from turn where parent_id = ? and author = 'model' order by id desc",
        row -> row.number("id"),
        turnId);
  }

  /**
   * The turn that a message without a reply continues from; none after a pause longer than {@code
   * idle}.
   */
  public Optional<Long> head(Reading reading, long chatId, Instant now, Duration idle) {
    return reading
        .first(
            "select head_turn_id from chat where id = ? and last_turn_at >= ?",
            row -> row.optionalNumber("head_turn_id"),
            chatId,
            now.minus(idle))
        .flatMap(head -> head);
  }

  public void setHead(Tx tx, long chatId, long turnId, Instant now) {
    tx.update(
        "update chat set head_turn_id = ?, last_turn_at = ? where id = ?", turnId, now, chatId);
  }

  public void dropHead(Tx tx, long chatId) {
    tx.update("update chat set head_turn_id = null where id = ?", chatId);
  }

  /** Remembers which turn a message of the chat belongs to. */
  public void link(Tx tx, long chatId, String message, long turnId) {
    tx.update(
        """
        insert into turn_message (chat_id, message, turn_id) values (?, ?, ?)
        on conflict (chat_id, message) do update set turn_id = excluded.turn_id
        """,
        chatId,
        message,
        turnId);
  }

  public Optional<Long> turnOf(Reading reading, long chatId, String message) {
    return reading.first(
        "select turn_id from turn_message where chat_id = ? and message = ?",
        row -> row.number("turn_id"),
        chatId,
        message);
  }

  private static Turn turn(Reading reading, Row row) {
    long id = row.number("id");
    return new Turn(
        id,
        row.number("chat_id"),
        row.optionalNumber("parent_id"),
        row.text("author").equals("member") ? Author.MEMBER : Author.MODEL,
        row.optionalText("model"),
        row.flag("withdrawn"),
        parts(reading, id),
        row.instant("created_at"));
  }

  private static List<Part> parts(Reading reading, long turnId) {
    return reading.list(
        """
        select part.words, part.token_blob_id, part.token_characters,
          blob.id, blob.media_type, blob.bytes, blob.width, blob.height
        from part left join blob on blob.id = part.blob_id
        where part.turn_id = ? order by part.position
        """,
        ConversationStore::part,
        turnId);
  }

  private static Part part(Row row) {
    Optional<Part.Token> token =
        row.optionalText("token_blob_id")
            .map(id -> new Part.Token(new BlobId(id), row.number("token_characters")));
    Optional<String> words = row.optionalText("words");
    return words.isPresent() ? new Part.Text(words.get(), token) : new Part.Image(blob(row), token);
  }

  private static Blob blob(Row row) {
    return new Blob(
        new BlobId(row.text("id")),
        MediaType.ofMime(row.text("media_type")).orElseThrow(),
        row.number("bytes"),
        row.integer("width"),
        row.integer("height"));
  }
}
