package dev.plantain.storage;

import java.util.List;

/** Rows without a meaning, kept in a table that refers to no other. */
final class Notes {
  private Notes() {}

  static void write(Tx tx, String key) {
    write(tx, key, "raw");
  }

  static void write(Tx tx, String key, String raw) {
    tx.update(
        "insert into unreadable_event (key, platform, raw, received_at) values (?, 'test', ?, 0)",
        key,
        raw);
  }

  static List<String> keys(Database database) {
    return database.read(Notes::keys);
  }

  static List<String> keys(Reading reading) {
    return reading.list("select key from unreadable_event order by key", row -> row.text("key"));
  }
}
