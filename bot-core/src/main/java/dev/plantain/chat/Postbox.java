package dev.plantain.chat;

import dev.plantain.conversation.Roster.Chat;
import dev.plantain.platform.Card;
import dev.plantain.platform.ChatRef;
import dev.plantain.platform.MessageRef;
import dev.plantain.platform.OutgoingMessage;
import dev.plantain.platform.PlatformException;
import dev.plantain.platform.PlatformException.Reason;
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
   * What is to be posted.
   *
   * @param key the same for every attempt to post the same message
   * @param replyTo the message replied to
   * @param asksForReply the platform should open its reply field for the member replied to
   * @param forAskerAlone nobody else is to see it, where the platform has a way
   */
  record Letter(
      String key,
      Chat chat,
      Optional<String> replyTo,
      Card card,
      boolean asksForReply,
      boolean forAskerAlone) {

    Letter(String key, Chat chat, Optional<String> replyTo, Card card, boolean asksForReply) {
      this(key, chat, replyTo, card, asksForReply, false);
    }

    Letter(String key, Chat chat, Card card) {
      this(key, chat, Optional.empty(), card, false);
    }

    Letter(String key, Chat chat, String replyTo, Card card) {
      this(key, chat, Optional.of(replyTo), card, false);
    }

    /** Says something to whoever wrote a message, and to nobody else where that is possible. */
    static Letter toAskerAlone(String key, Chat chat, String replyTo, Card card) {
      return new Letter(key, chat, Optional.of(replyTo), card, false, true);
    }
  }

  /**
   * Posts the letter, or returns the message that was posted earlier under its key, whatever that
   * shows. Blocks on the network.
   *
   * @throws PlatformException as the platform does
   */
  MessageRef post(Letter letter) {
    Note note = database.write(tx -> note(tx, letter));
    return note.posted().isPresent()
        ? new MessageRef(letter.chat().ref(), note.posted().get())
        : send(letter, note.mayHaveArrived());
  }

  /**
   * Makes the message of the letter's key show its card, or posts it where there is none, as
   * somebody may have removed it. Blocks on the network.
   *
   * @throws PlatformException as the platform does
   */
  MessageRef show(Letter letter) {
    Note note = database.write(tx -> note(tx, letter));
    if (!note.mayHaveArrived()) {
      return send(letter, false);
    }
    try {
      MessageRef message =
          note.posted()
              .map(posted -> new MessageRef(letter.chat().ref(), posted))
              .orElseGet(() -> send(letter, true));
      // What arrived may be an earlier card.
      platforms.of(letter.chat().ref()).edit(message, letter.card());
      return message;
    } catch (PlatformException.Rejected e) {
      if (e.reason() != Reason.MESSAGE_GONE) {
        throw e;
      }
      forget(letter.key());
      return show(letter);
    }
  }

  private MessageRef send(Letter letter, boolean mayHaveArrived) {
    ChatRef chat = letter.chat().ref();
    OutgoingMessage outgoing =
        new OutgoingMessage(
            letter.key(),
            chat,
            letter.replyTo().map(value -> new MessageRef(chat, value)),
            letter.card(),
            letter.asksForReply(),
            letter.forAskerAlone(),
            mayHaveArrived,
            candidate -> database.read(reading -> known(reading, letter.chat(), candidate)));
    MessageRef message = send(outgoing);
    database.update(tx ->
        tx.update("update posting set message = ? where key = ?", message.value(), letter.key()));
    return message;
  }

  private MessageRef send(OutgoingMessage message) {
    try {
      return platforms.of(message.chat()).post(message);
    } catch (PlatformException.Unavailable e) {
      if (!e.mayHaveHappened() && !message.mayHaveArrived()) {
        forget(message.key());
      }
      throw e;
    } catch (PlatformException.Rejected e) {
      forget(message.key());
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
  private void forget(String key) {
    database.update(tx -> tx.update("delete from posting where key = ?", key));
  }

  /** Whether a message was begun under the key, which may or may not have arrived. */
  private record Note(Optional<String> posted, boolean mayHaveArrived) {}

  private Note note(Tx tx, Letter letter) {
    Optional<Note> earlier =
        tx.first(
            "select message from posting where key = ?",
            row -> new Note(row.optionalText("message"), true),
            letter.key());
    if (earlier.isEmpty()) {
      tx.update(
          "insert into posting (key, chat_id, created_at) values (?, ?, ?)",
          letter.key(),
          letter.chat().id(),
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
