package dev.plantain.conversation;

import dev.plantain.platform.ChatRef;
import dev.plantain.platform.CommunityRef;
import dev.plantain.storage.Tx;

/** Chats and communities that get another reference from their platform and stay what they are. */
public final class Moves {
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
                mergeModeration(tx, early, community);
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
        new String[] {"turn", "turn_message", "card", "posting", "chat_move", "gathered_picture"}) {
      tx.update("update " + table + " set chat_id = ? where chat_id = ?", chat, early);
    }
    mergeHead(tx, early, chat);
    mergeSettings(tx, "chat", early, chat);
    mergeAccess(tx, early, chat);
    for (String table : new String[] {"duty_chat", "duty_code", "held_request"}) {
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

  /** What holds in either holds; of two bans of one member the later one does. */
  private static void mergeModeration(Tx tx, long early, long kept) {
    tx.update(
        """
        delete from ban where community_id = ? and member_id in
          (select member_id from ban later where later.community_id = ?)
        """,
        kept,
        early);
    tx.update(
        """
        delete from access_rule where community_id = ? and exists
          (select 1 from access_rule other where other.community_id = ?
            and other.chat_id = access_rule.chat_id and other.effect = access_rule.effect
            and other.kind = access_rule.kind and other.value = access_rule.value)
        """,
        early,
        kept);
    tx.update(
        """
        delete from word_rule where community_id = ? and word in
          (select word from word_rule other where other.community_id = ?)
        """,
        early,
        kept);
    mergeDuties(tx, early, kept);
    for (String table : new String[] {"report_rule", "log_state"}) {
      tx.update(
          "delete from %s where community_id = ? and exists (select 1 from %s later where later.community_id = ?)"
              .formatted(table, table),
          kept,
          early);
      tx.update("update " + table + " set community_id = ? where community_id = ?", kept, early);
    }
    tx.update("update reported set community_id = ? where community_id = ?", kept, early);
    mergeApproval(tx, early, kept);
    mergeSpam(tx, early, kept);
    for (String table : new String[] {"ban", "access_rule", "word_rule"}) {
      tx.update("update " + table + " set community_id = ? where community_id = ?", kept, early);
    }
  }

  /** Of two chats for one duty the later one does it. */
  private static void mergeDuties(Tx tx, long early, long kept) {
    tx.update(
        """
        delete from duty_chat where community_id = ? and duty in
          (select duty from duty_chat later where later.community_id = ?)
        """,
        kept,
        early);
    for (String table : new String[] {"duty_chat", "duty_code"}) {
      tx.update("update " + table + " set community_id = ? where community_id = ?", kept, early);
    }
  }

  /** The later terms hold; who is trusted in either is, and who was met in either was met. */
  private static void mergeApproval(Tx tx, long early, long kept) {
    tx.update(
        """
        delete from approval_rule where community_id = ? and kind in
          (select kind from approval_rule later where later.community_id = ?)
        """,
        kept,
        early);
    tx.update(
        """
        delete from held_word where community_id = ? and word in
          (select word from held_word other where other.community_id = ?)
        """,
        early,
        kept);
    for (String table : new String[] {"trusted_member", "first_seen"}) {
      tx.update(
          "delete from %1$s where community_id = ? and member_id in (select member_id from %1$s other where other.community_id = ?)"
              .formatted(table),
          early,
          kept);
    }
    for (String table :
        new String[] {
          "approval_rule", "held_word", "trusted_member", "first_seen", "held_request"
        }) {
      tx.update("update " + table + " set community_id = ? where community_id = ?", kept, early);
    }
  }

  private static void mergeSpam(Tx tx, long early, long kept) {
    tx.update(
        """
        delete from spam_rule where community_id = ? and kind in
          (select kind from spam_rule later where later.community_id = ?)
        """,
        kept,
        early);
    for (String table : new String[] {"spam_rule", "asking"}) {
      tx.update("update " + table + " set community_id = ? where community_id = ?", kept, early);
    }
  }

  private static void forgetMessages(Tx tx, long chat) {
    tx.update("delete from turn_message where chat_id = ?", chat);
    tx.update("delete from posting where chat_id = ?", chat);
    tx.update("update card set request_message = null where chat_id = ?", chat);
  }
}
