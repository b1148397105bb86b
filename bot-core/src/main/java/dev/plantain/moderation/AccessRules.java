package dev.plantain.moderation;

import dev.plantain.moderation.Access.Effect;
import dev.plantain.moderation.Access.Kind;
import dev.plantain.moderation.Access.Rule;
import dev.plantain.storage.Reading;
import dev.plantain.storage.Row;
import dev.plantain.storage.Tx;
import java.util.List;
import java.util.Optional;

/**
 * The table of what is closed in chats and communities; what it means is said in {@link Access}.
 */
public final class AccessRules {
  /** Stands for all chats of a community: numbers begin at one. */
  public static final long EVERYWHERE = 0;

  /** More would make a decision slow, and nobody could read them. */
  public static final int MOST = 200;

  private static final String SELECT =
      "select id, chat_id, effect, kind, value, name from access_rule";

  /** What is open in a chat of the community. */
  public Access of(Reading reading, long communityId, long chatId) {
    return new Access(
        reading.list(
            SELECT + " where community_id = ? and chat_id in (?, ?)",
            AccessRules::rule,
            communityId,
            EVERYWHERE,
            chatId));
  }

  /** What is open in a chat whose community we may not know, where nothing is closed. */
  public Access of(Reading reading, long chatId) {
    return reading
        .first(
            "select community_id from chat where id = ?",
            row -> row.optionalNumber("community_id"),
            chatId)
        .flatMap(community -> community)
        .map(community -> of(reading, community, chatId))
        .orElseGet(() -> new Access(List.of()));
  }

  /** All rules of a community, in the order in which they were made. */
  public List<Rule> all(Reading reading, long communityId) {
    return reading.list(
        SELECT + " where community_id = ? order by id", AccessRules::rule, communityId);
  }

  public Optional<Rule> find(Reading reading, long communityId, long id) {
    return reading.first(
        SELECT + " where community_id = ? and id = ?", AccessRules::rule, communityId, id);
  }

  /**
   * Closes something, or puts it on the list of the only open things; that which is so already
   * stays so.
   *
   * @param rule its id does not matter
   * @return whether anything changed; nothing does where there are {@link #MOST} rules
   */
  public boolean add(Tx tx, long communityId, Rule rule) {
    return tx.update(
            """
            insert into access_rule (community_id, chat_id, effect, kind, value, name)
            select ?, ?, ?, ?, ?, ?
            where (select count(*) from access_rule where community_id = ?) < ?
            on conflict (community_id, chat_id, kind, value, effect) do nothing
            """,
            communityId,
            rule.chatId(),
            rule.effect().word(),
            rule.kind().word(),
            rule.value(),
            rule.name(),
            communityId,
            MOST)
        > 0;
  }

  /** Whether there was such a rule. */
  public boolean remove(Tx tx, long communityId, Rule rule) {
    return tx.update(
            """
            delete from access_rule
            where community_id = ? and chat_id = ? and effect = ? and kind = ? and value = ?
            """,
            communityId,
            rule.chatId(),
            rule.effect().word(),
            rule.kind().word(),
            rule.value())
        > 0;
  }

  /** Ends the list of the only open things of a kind. Whether there was one. */
  public boolean removeOnly(Tx tx, long communityId, long chatId, Kind kind) {
    return tx.update(
            """
            delete from access_rule
            where community_id = ? and chat_id = ? and effect = 'only' and kind = ?
            """,
            communityId,
            chatId,
            kind.word())
        > 0;
  }

  private static Rule rule(Row row) {
    return new Rule(
        row.number("id"),
        row.number("chat_id"),
        Effect.valueOf(row.text("effect").toUpperCase(java.util.Locale.ROOT)),
        Kind.find(row.text("kind")).orElseThrow(),
        row.text("value"),
        row.text("name"));
  }
}
