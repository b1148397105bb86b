package dev.plantain.settings;

import dev.plantain.storage.Reading;
import dev.plantain.storage.Tx;
import java.util.Locale;
import java.util.Optional;

/**
 * What members, chats and communities have set. A member's own word counts more than the chat's,
 * and the chat's more than its community's.
 */
public final class SettingsStore {

  /** For whom a setting holds. */
  public enum Scope {
    MEMBER,
    CHAT,
    COMMUNITY
  }

  public Optional<String> get(Reading reading, Scope scope, long id, Setting setting) {
    return reading.first(
        "select value from setting where scope = ? and scope_id = ? and name = ?",
        row -> row.text("value"),
        word(scope),
        id,
        setting.word());
  }

  /** What holds for a member in a chat, where anybody has set it. */
  public Optional<String> resolve(Reading reading, long memberId, long chatId, Setting setting) {
    return get(reading, Scope.MEMBER, memberId, setting).or(() -> ofChat(reading, chatId, setting));
  }

  /** What holds in a chat, where it or its community has set it. */
  public Optional<String> ofChat(Reading reading, long chatId, Setting setting) {
    return get(reading, Scope.CHAT, chatId, setting)
        .or(() ->
            reading.first(
                """
                select setting.value from setting
                join chat on chat.community_id = setting.scope_id
                where chat.id = ? and setting.scope = 'community' and setting.name = ?
                """,
                row -> row.text("value"),
                chatId,
                setting.word()));
  }

  /** Whether a setting that can be {@code on} is so in a chat. */
  public boolean isOn(Reading reading, long chatId, Setting setting) {
    return ofChat(reading, chatId, setting).filter("on"::equals).isPresent();
  }

  public void set(Tx tx, Scope scope, long id, Setting setting, String value) {
    tx.update(
        """
        insert into setting (scope, scope_id, name, value) values (?, ?, ?, ?)
        on conflict (scope, scope_id, name) do update set value = excluded.value
        """,
        word(scope),
        id,
        setting.word(),
        value);
  }

  public void clear(Tx tx, Scope scope, long id, Setting setting) {
    tx.update(
        "delete from setting where scope = ? and scope_id = ? and name = ?",
        word(scope),
        id,
        setting.word());
  }

  private static String word(Scope scope) {
    return scope.name().toLowerCase(Locale.ROOT);
  }
}
