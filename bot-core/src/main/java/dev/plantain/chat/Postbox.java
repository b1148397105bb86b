package dev.plantain.chat;

import dev.plantain.conversation.Roster.Chat;
import dev.plantain.platform.Card;
import dev.plantain.platform.MessageRef;
import dev.plantain.platform.OutgoingMessage;
import dev.plantain.platform.PlatformException;
import dev.plantain.storage.Database;
import dev.plantain.storage.Reading;
import dev.plantain.storage.Tx;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Posts each message once, whatever happens: what is about to be sent is noted first, so that after
 * a crash we know that it may have arrived and look for it before we post it again.
 */
final class Postbox {
  private final Database database;
  private final Platforms platforms;
  private final InstantSource clock;

  Postbox(Database database, Platforms platforms, InstantSource clock) {
    this.database = database;
    this.platforms = platforms;
    this.clock = clock;
  }

  /**
   * Posts the message of this key, or returns the one that was posted earlier under it. Blocks on
   * the network.
   *
   * @throws PlatformException as the platform does
   */
  MessageRef post(
      String key, Chat chat, Optional<String> replyTo, Card card, boolean asksForReply) {
    Note note = database.write(tx -> note(tx, key, chat));
    if (note.posted().isPresent()) {
      return new MessageRef(chat.ref(), note.posted().get());
    }
    MessageRef message = send(key, chat, replyTo, card, asksForReply, note.mayHaveArrived());
    database.update(tx ->
        tx.update(
            "update posting set message = ?, sending = 0 where key = ?", message.value(), key));
    return message;
  }

  private MessageRef send(
      String key,
      Chat chat,
      Optional<String> replyTo,
      Card card,
      boolean asksForReply,
      boolean mayHaveArrived) {
    OutgoingMessage message =
        new OutgoingMessage(
            key,
            chat.ref(),
            replyTo.map(value -> new MessageRef(chat.ref(), value)),
            card,
            asksForReply,
            mayHaveArrived,
            candidate -> database.read(reading -> known(reading, chat, candidate)));
    try {
      return platforms.of(chat.ref()).post(message);
    } catch (PlatformException.Unavailable e) {
      if (!e.mayHaveHappened() && !mayHaveArrived) {
        forget(key);
      }
      throw e;
    } catch (PlatformException.Rejected e) {
      forget(key);
      throw e;
    }
  }

  /** The message that was posted under a key. */
  Optional<String> posted(Reading reading, String key) {
    return reading
        .first("select message from posting where key = ?", row -> row.optionalText("message"), key)
        .flatMap(message -> message);
  }

  /** Lets the key be posted anew, as its message is gone or was never sent. */
  void forget(String key) {
    database.update(tx -> tx.update("delete from posting where key = ?", key));
  }

  /** Whether a message was begun under the key, which may or may not have arrived. */
  private record Note(Optional<String> posted, boolean mayHaveArrived) {}

  private Note note(Tx tx, String key, Chat chat) {
    Optional<Note> earlier =
        tx.first(
            "select message from posting where key = ?",
            row -> new Note(row.optionalText("message"), true),
            key);
    if (earlier.isEmpty()) {
      tx.update(
          "insert into posting (key, chat_id, sending, created_at) values (?, ?, 1, ?)",
          key,
          chat.id(),
          clock.instant());
    }
    return earlier.orElse(new Note(Optional.empty(), false));
  }

  private static boolean known(Reading reading, Chat chat, MessageRef candidate) {
    return reading.exists(
        """
        select 1 from posting where chat_id = ? and message = ?
        union all select 1 from turn_message where chat_id = ? and message = ?
        """,
        chat.id(),
        candidate.value(),
        chat.id(),
        candidate.value());
  }
}
