package dev.plantain.conversation;

import dev.plantain.platform.ChatRef;
import dev.plantain.platform.MemberRef;
import dev.plantain.platform.PlatformId;
import dev.plantain.platform.Sender;
import dev.plantain.storage.Reading;
import dev.plantain.storage.Row;
import dev.plantain.storage.Tx;
import java.util.Optional;

/** The chats and members that we have met. */
public final class Roster {

  /** A chat, under the number that stays the same when its platform gives it another reference. */
  public record Chat(long id, ChatRef ref, Optional<String> language) {}

  /** A member as last seen. */
  public record Member(long id, MemberRef ref, String name, Optional<String> language) {}

  /** The chat, given its number now if it is new. */
  public Chat meet(Tx tx, ChatRef ref) {
    if (chat(tx, ref).isEmpty()) {
      tx.update(
          "insert into chat (platform, ref) values (?, ?)", ref.platform().value(), ref.value());
    }
    return chat(tx, ref).orElseThrow();
  }

  /** As {@link #meet(Tx, ChatRef)}; the first language that is heard in a chat stays its own. */
  public Chat meet(Tx tx, ChatRef ref, String language) {
    long id = meet(tx, ref).id();
    tx.update("update chat set language = ? where id = ? and language is null", language, id);
    return chat(tx, id);
  }

  /** The chat that has, or once had, this reference. */
  public Optional<Chat> chat(Reading reading, ChatRef ref) {
    return named(reading, ref).or(() -> movedFrom(reading, ref));
  }

  private static Optional<Chat> named(Reading reading, ChatRef ref) {
    return reading.first(
        "select id, platform, ref, language from chat where platform = ? and ref = ?",
        Roster::chat,
        ref.platform().value(),
        ref.value());
  }

  private static Optional<Chat> movedFrom(Reading reading, ChatRef ref) {
    return reading.first(
        """
        select chat.id, chat.platform, chat.ref, chat.language
        from chat_move join chat on chat.id = chat_move.chat_id
        where chat_move.platform = ? and chat_move.ref = ?
        """,
        Roster::chat,
        ref.platform().value(),
        ref.value());
  }

  public Chat chat(Reading reading, long id) {
    return reading
        .first("select id, platform, ref, language from chat where id = ?", Roster::chat, id)
        .orElseThrow(() -> new IllegalArgumentException("no chat " + id));
  }

  /**
   * The member's number, given to them now if they are new; keeps their latest name and language.
   */
  public Member meet(Tx tx, Sender sender) {
    MemberRef ref = sender.member();
    tx.update(
        """
        insert into member (platform, ref, name, language) values (?, ?, ?, ?)
        on conflict (platform, ref) do update
          set name = excluded.name, language = coalesce(excluded.language, member.language)
        """,
        ref.platform().value(),
        ref.value(),
        sender.name(),
        sender.language());
    return tx.first(
            "select id, platform, ref, name, language from member where platform = ? and ref = ?",
            Roster::member,
            ref.platform().value(),
            ref.value())
        .orElseThrow();
  }

  /** Somebody who was met before. */
  public Optional<Member> find(Reading reading, MemberRef ref) {
    return reading.first(
        "select id, platform, ref, name, language from member where platform = ? and ref = ?",
        Roster::member,
        ref.platform().value(),
        ref.value());
  }

  public Member member(Reading reading, long id) {
    return reading
        .first(
            "select id, platform, ref, name, language from member where id = ?", Roster::member, id)
        .orElseThrow(() -> new IllegalArgumentException("no member " + id));
  }

  /**
   * Gives a chat its new reference; what still comes under the old one is of the same chat. Its
   * history stays, but the messages in it have new names now, so that no old one may be taken for a
   * new one. Being told twice changes nothing.
   */
  public void move(Tx tx, ChatRef from, ChatRef to) {
    chat(tx, from)
        .filter(chat -> !chat.ref().equals(to))
        .ifPresent(chat -> {
          forgetMessages(tx, chat.id());
          named(tx, to).ifPresent(early -> merge(tx, early.id(), chat.id()));
          tx.update("update chat set ref = ? where id = ?", to.value(), chat.id());
          rememberMove(tx, chat.ref(), to, chat.id());
        });
  }

  private static void rememberMove(Tx tx, ChatRef from, ChatRef to, long chat) {
    tx.update(
        "delete from chat_move where platform = ? and ref = ?", to.platform().value(), to.value());
    tx.update(
        "insert into chat_move (platform, ref, chat_id) values (?, ?, ?)",
        from.platform().value(),
        from.value(),
        chat);
  }

  /** What arrived under the new reference before we heard of the move goes to the old chat. */
  private static void merge(Tx tx, long early, long chat) {
    for (String table :
        new String[] {"turn", "turn_message", "card", "posting", "chat_move", "gathered_picture"}) {
      tx.update("update " + table + " set chat_id = ? where chat_id = ?", chat, early);
    }
    mergeHead(tx, early, chat);
    mergeSettings(tx, early, chat);
    tx.update("delete from chat where id = ?", early);
  }

  /** The conversation goes on where it was last. */
  private static void mergeHead(Tx tx, long early, long chat) {
    tx.update(
        """
        update chat set
          head_turn_id = (select head_turn_id from chat early where early.id = ?),
          last_turn_at = (select last_turn_at from chat early where early.id = ?)
        where id = ? and (last_turn_at is null
          or last_turn_at < (select last_turn_at from chat early where early.id = ?))
        """,
        early,
        early,
        chat,
        early);
  }

  /** The later choice holds. */
  private static void mergeSettings(Tx tx, long early, long chat) {
    tx.update(
        """
        delete from setting where scope = 'chat' and scope_id = ? and name in
          (select name from setting later where later.scope = 'chat' and later.scope_id = ?)
        """,
        chat,
        early);
    tx.update("update setting set scope_id = ? where scope = 'chat' and scope_id = ?", chat, early);
  }

  private static void forgetMessages(Tx tx, long chat) {
    tx.update("delete from turn_message where chat_id = ?", chat);
    tx.update("delete from posting where chat_id = ?", chat);
    tx.update("update card set request_message = null where chat_id = ?", chat);
  }

  private static Chat chat(Row row) {
    ChatRef ref = new ChatRef(new PlatformId(row.text("platform")), row.text("ref"));
    return new Chat(row.number("id"), ref, row.optionalText("language"));
  }

  private static Member member(Row row) {
    MemberRef ref = new MemberRef(new PlatformId(row.text("platform")), row.text("ref"));
    return new Member(row.number("id"), ref, row.text("name"), row.optionalText("language"));
  }
}
