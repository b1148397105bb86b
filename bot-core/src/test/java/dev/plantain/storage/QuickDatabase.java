package dev.plantain.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * A database as the program has it, for tests in which the power never fails: nothing has to reach
 * the disk, and it is migrated once for all of them.
 */
public final class QuickDatabase {
  private static final Supplier<byte[]> EMPTY = once(QuickDatabase::migrated);

  private QuickDatabase() {}

  /** Opens or makes the database of a folder. */
  public static Database open(Path folder) {
    return open(folder, QuickDatabase::connect);
  }

  /** How a connection is made. */
  interface Connecting {
    Connection connect(Path file, boolean readOnly) throws SQLException;
  }

  static Database open(Path folder, Connecting connecting) {
    Path file = folder.resolve("plantain.db");
    try {
      Files.createDirectories(folder);
      if (!Files.exists(file)) {
        Files.write(file, EMPTY.get());
      }
      return new Database(
          FileChannel.open(
              folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE),
          new ConnectionThreads("writer", 1, () -> connecting.connect(file, false)),
          new ConnectionThreads("reader", 2, () -> connecting.connect(file, true)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Connection connect(Path file, boolean readOnly) throws SQLException {
    Connection connection = Database.connect(file, readOnly);
    connection.setAutoCommit(true);
    try (Statement statement = connection.createStatement()) {
      statement.execute("pragma synchronous = off");
    }
    connection.setAutoCommit(false);
    return connection;
  }

  private static byte[] migrated() {
    try {
      Path folder = Files.createTempDirectory("plantain");
      Database.open(folder).close();
      Path file = folder.resolve("plantain.db");
      byte[] bytes = Files.readAllBytes(file);
      Files.delete(file);
      Files.deleteIfExists(folder.resolve("plantain.lock"));
      Files.delete(folder);
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Supplier<byte[]> once(Supplier<byte[]> making) {
    List<byte[]> made = new ArrayList<>();
    return () -> {
      synchronized (made) {
        if (made.isEmpty()) {
          made.add(making.get());
        }
        return made.getFirst();
      }
    };
  }
}
