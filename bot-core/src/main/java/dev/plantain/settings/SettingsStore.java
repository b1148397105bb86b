package dev.plantain.settings;

import dev.plantain.storage.Reading;
import dev.plantain.storage.Tx;
import java.util.Locale;
import java.util.Optional;

/** What members and chats have set. A member's own word counts more than the chat's. */
public final class SettingsStore {

  /** For whom a setting holds. */
  public enum Scope {
    MEMBER,
    CHAT
  }

  public Optional<String> get(Reading reading, Scope scope, long id, Setting setting) {
    return reading.first(
        "select value from setting where scope = ? and scope_id = ? and name = ?",
        row -> row.text("value"),
        word(scope),
        id,
        setting.word());
  }

  /** What holds for a member in a chat, where either has set it. */
  public Optional<String> resolve(Reading reading, long memberId, long chatId, Setting setting) {
    return get(reading, Scope.MEMBER, memberId, setting)
        .or(() -> get(reading, Scope.CHAT, chatId, setting));
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
