package dev.plantain.conversation;

import dev.plantain.platform.ChatRef;
import dev.plantain.platform.CommunityRef;
import dev.plantain.storage.Tx;
import java.util.List;
import java.util.stream.Collectors;

/** Chats and communities that get another reference from their platform and stay what they are. */
public final class Moves {
  /** Which of two holds that two communities have of the same, before they turn out to be one. */
  private enum Holds {
    OLD,
    NEW,
    BOTH
  }

  /** What a community has, and of what keys each of it has only one. */
  private record Kept(String table, Holds holds, List<String> keys) {

    /** Where both communities say something, the later does. */
    static Kept later(String table, String... keys) {
      return new Kept(table, Holds.NEW, List.of(keys));
    }

    static Kept both(String table) {
      return new Kept(table, Holds.BOTH, List.of());
    }

    void join(Tx tx, long early, long old) {
      switch (holds) {
        case OLD -> forget(tx, early, old);
        case NEW -> forget(tx, old, early);
        case BOTH -> {}
      }
      tx.update("update " + table + " set community_id = ? where community_id = ?", old, early);
    }

    private void forget(Tx tx, long community, long other) {
      String same =
          keys.stream()
              .map(key -> " and other.%2$s = %1$s.%2$s".formatted(table, key))
              .collect(Collectors.joining());
      tx.update(
          """
          delete from %1$s where community_id = ? and exists
            (select 1 from %1$s other where other.community_id = ?%2$s)
          """
              .formatted(table, same),
          community,
          other);
    }
  }

  private static final List<Kept> KEPT =
      List.of(
          Kept.later("ban", "member_id"),
          Kept.later("access_rule", "chat_id", "effect", "kind", "value"),
          Kept.later("word_rule", "word"),
          Kept.later("duty_chat", "duty"),
          Kept.later("report_rule"),
          Kept.later("log_state"),
          Kept.later("approval_rule", "kind"),
          Kept.later("held_word", "word"),
          Kept.later("trusted_member", "member_id"),
          Kept.later("spam_rule", "kind"),
          new Kept("first_seen", Holds.OLD, List.of("member_id")),
          Kept.both("duty_code"),
          Kept.both("reported"),
          Kept.both("held_request"),
          Kept.both("asking"),
          Kept.both("audit_deed"),
          new Kept("made_before", Holds.OLD, List.of("asked")));

  private final Roster roster;

  public Moves(Roster roster) {
    this.roster = roster;
  }

  /**
   * Gives a chat its new reference; what still comes under the old one is of the same chat. Its
   * history stays, but the messages in it have new names now, so that no old one may be taken for a
   * new one. Being told twice changes nothing.
   */
  public void move(Tx tx, ChatRef from, ChatRef to) {
    roster
        .chat(tx, from)
        .filter(chat -> !chat.ref().equals(to))
        .ifPresent(chat -> {
          forgetMessages(tx, chat.id());
          Roster.named(tx, to).ifPresent(early -> merge(tx, early.id(), chat.id()));
          tx.update("update chat set ref = ? where id = ?", to.value(), chat.id());
          rememberMove(tx, chat.ref(), to, chat.id());
        });
  }

  /**
   * Gives a community its new reference. What arrived under it before we heard of the move goes to
   * the old community.
   */
  public void move(Tx tx, CommunityRef from, CommunityRef to) {
    Roster.community(tx, from)
        .filter(community -> !from.equals(to))
        .ifPresent(community -> {
          Roster.community(tx, to)
              .filter(early -> !early.equals(community))
              .ifPresent(early -> {
                tx.update(
                    "update chat set community_id = ? where community_id = ?", community, early);
                mergeSettings(tx, "community", early, community);
                KEPT.forEach(kept -> kept.join(tx, early, community));
                tx.update("delete from member_role where community_id = ?", early);
                tx.update("delete from role_name where community_id = ?", early);
                tx.update("delete from community where id = ?", early);
              });
          tx.update("update community set ref = ? where id = ?", to.value(), community);
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
        new String[] {
          "turn", "turn_message", "card", "posting", "chat_move", "gathered_picture", "improvement"
        }) {
      tx.update("update " + table + " set chat_id = ? where chat_id = ?", chat, early);
    }
    mergeHead(tx, early, chat);
    mergeSettings(tx, "chat", early, chat);
    mergeAccess(tx, early, chat);
    for (String table :
        new String[] {"duty_chat", "duty_code", "held_request", "audit_deed", "batch"}) {
      tx.update("update " + table + " set chat_id = ? where chat_id = ?", chat, early);
    }
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
  private static void mergeSettings(Tx tx, String scope, long early, long kept) {
    tx.update(
        """
        delete from setting where scope = ? and scope_id = ? and name in
          (select name from setting later where later.scope = ? and later.scope_id = ?)
        """,
        scope,
        kept,
        scope,
        early);
    tx.update(
        "update setting set scope_id = ? where scope = ? and scope_id = ?", kept, scope, early);
  }

  private static void mergeAccess(Tx tx, long early, long chat) {
    tx.update(
        """
        delete from access_rule where chat_id = ? and exists
          (select 1 from access_rule other where other.chat_id = ?
            and other.community_id = access_rule.community_id and other.effect = access_rule.effect
            and other.kind = access_rule.kind and other.value = access_rule.value)
        """,
        early,
        chat);
    tx.update("update access_rule set chat_id = ? where chat_id = ?", chat, early);
    tx.update(
        """
        delete from access_rule where kind = 'chat' and value = ? and exists
          (select 1 from access_rule other where other.kind = 'chat' and other.value = ?
            and other.community_id = access_rule.community_id and other.effect = access_rule.effect)
        """,
        Long.toString(early),
        Long.toString(chat));
    tx.update(
        "update access_rule set value = ? where kind = 'chat' and value = ?",
        Long.toString(chat),
        Long.toString(early));
  }

  private static void forgetMessages(Tx tx, long chat) {
    tx.update("delete from turn_message where chat_id = ?", chat);
    tx.update("delete from posting where chat_id = ?", chat);
    tx.update("update card set request_message = null where chat_id = ?", chat);
    tx.update("update batch set request_message = null where chat_id = ?", chat);
    tx.update("delete from improvement where chat_id = ?", chat);
  }
}
