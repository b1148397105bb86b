package dev.plantain.storage;

import dev.plantain.storage.StorageException.Kind;
import java.sql.SQLException;
import org.sqlite.SQLiteException;

/** Puts what SQLite reports into words for an operator. */
final class Failures {
  private Failures() {}

  static StorageException translate(SQLException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLiteException sqlite) {
        // The low byte is the primary code: https://sqlite.org/rescode.html
        return translate(sqlite.getResultCode().code & 0xff, e);
      }
    }
    return new StorageException(Kind.STATEMENT, "The database refused: " + e.getMessage(), e);
  }

  private static StorageException translate(int primaryCode, SQLException e) {
    return switch (primaryCode) {
      case 5, 6 ->
          new StorageException(
              Kind.LOCKED,
              "The database is locked by another program. Close what else has it open, then start"
                  + " again.",
              e);
      case 8, 14, 23 ->
          new StorageException(
              Kind.INACCESSIBLE,
              "The database cannot be opened for writing. Check the owner and permissions of the"
                  + " data folder.",
              e);
      case 10 ->
          new StorageException(
              Kind.INACCESSIBLE,
              "Reading or writing the database failed. Check the disk (full, failing, unmounted),"
                  + " then start again; nothing was half written.",
              e);
      case 11, 26 -> damaged(e);
      case 13 ->
          new StorageException(
              Kind.FULL,
              "The disk is full. Make room, then start again; nothing was half written.",
              e);
      default -> new StorageException(Kind.STATEMENT, "The database refused: " + e.getMessage(), e);
    };
  }

  static StorageException damaged(SQLException e) {
    return new StorageException(
        Kind.DAMAGED,
        "The database is damaged or is not one of Plantain's. Restore a backup, or move the"
            + " file away to begin with an empty one.",
        e);
  }
}
