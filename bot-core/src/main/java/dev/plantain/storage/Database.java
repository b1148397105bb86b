package dev.plantain.storage;

import dev.plantain.storage.StorageException.Kind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;

/**
 * The SQLite database of one data folder: one writer and several readers, each on a thread of its
 * own.
 *
 * <p>The threads are platform threads, as the driver's native calls would pin the carriers of
 * virtual threads (docs/adr/0002). A commit is on the disk when {@link #write} returns ({@code
 * synchronous=FULL}).
 */
public final class Database implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Database.class);
  private static final int READERS = 2;

  /** How long a statement waits for another program that has the database locked. */
  static final int BUSY_MILLISECONDS = 5_000;

  private final FileChannel lockFile;
  private final ConnectionThreads writer;
  private final ConnectionThreads readers;
  private final FatalFailure fatal = new FatalFailure();

  Database(FileChannel lockFile, ConnectionThreads writer, ConnectionThreads readers) {
    this.lockFile = lockFile;
    this.writer = writer;
    this.readers = readers;
  }

  /**
   * Opens the database of a data folder, making or migrating it where needed, and keeps others from
   * using the folder.
   *
   * @throws StorageException in words for the operator; nothing was changed
   */
  public static Database open(Path folder) {
    FileChannel lockFile = lock(folder);
    Path file = file(folder);
    try {
      Migrations.migrate(file);
      ConnectionThreads writer =
          new ConnectionThreads("database-writer", 1, () -> connect(file, false));
      return new Database(lockFile, writer, readers(file, writer));
    } catch (RuntimeException e) {
      release(lockFile);
      throw e;
    }
  }

  /**
   * Begins to load the driver, which takes longer than the rest of an opening (it unpacks a native
   * library, and learns about dates), and returns at once. Whoever knows that a database will be
   * opened may call it early; what fails here fails again, and is explained, in {@link #open}.
   */
  public static void loadDriver() {
    Thread.ofPlatform()
        .name("database-driver")
        .daemon()
        .start(() -> {
          try (Connection connection =
              new SQLiteConfig().createConnection("jdbc:sqlite::memory:")) {
            log.debug("The driver is loaded: {}", connection.isValid(0));
          } catch (SQLException e) {
            log.debug("The driver will be loaded by the first connection", e);
          }
        });
  }

  private static ConnectionThreads readers(Path file, ConnectionThreads writer) {
    try {
      return new ConnectionThreads("database-reader", READERS, () -> connect(file, true));
    } catch (RuntimeException e) {
      writer.close();
      throw e;
    }
  }

  /**
   * Looks at the database of a data folder, also while a bot is using it, and changes nothing in
   * it. Takes longer the larger it is, as all of it is read.
   */
  public static Inspection inspect(Path folder) {
    return Migrations.inspect(file(folder));
  }

  /**
   * Runs the work on one consistent view of the database of a data folder, also while a bot is
   * using it; nothing is written. Empty where there is none yet.
   *
   * @throws StorageException in words for the operator
   */
  public static <T> Optional<T> look(Path folder, Function<Reading, T> work) {
    return switch (inspect(folder)) {
      case Inspection.Absent() -> Optional.empty();
      case Inspection.Unusable(Kind kind, String message) ->
          throw new StorageException(kind, message);
      case Inspection.Sound sound -> {
        try (KeptConnection connection = new KeptConnection(connect(file(folder), true))) {
          yield Optional.of(view(connection, work));
        } catch (SQLException e) {
          throw Failures.translate(e);
        }
      }
    };
  }

  private static Path file(Path folder) {
    return folder.resolve("plantain.db");
  }

  /**
   * Tells once, of the first failure after which the process had better stop; at once if that has
   * happened already. On the thread that met the failure, which must not wait for the database.
   */
  public void onFatal(Consumer<StorageException> listener) {
    fatal.tell(listener);
  }

  /** Tells of a fatal failure that was met beside the database, in the same data folder. */
  public void fail(StorageException failure) {
    fatal.happened(failure);
  }

  /**
   * Runs the work in a transaction of its own and commits it; rolls back when it throws. Blocks
   * until the commit is on the disk, also when the thread is interrupted, so that nobody is left in
   * doubt.
   *
   * @throws StorageException nothing of it was written
   * @throws IllegalStateException called within a transaction, or after {@link #close}
   */
  public <T> T write(Function<Tx, T> work) {
    refuseNesting();
    return reporting(() -> writer.run(connection -> commit(connection, work)));
  }

  /** As {@link #write}, for work without a result. */
  public void update(Consumer<Tx> work) {
    write(tx -> {
      work.accept(tx);
      return true;
    });
  }

  /** Runs the work on one consistent view of what is committed. */
  public <T> T read(Function<Reading, T> work) {
    refuseNesting();
    return reporting(() -> readers.run(connection -> view(connection, work)));
  }

  private void refuseNesting() {
    if (writer.isHere() || readers.isHere()) {
      throw new IllegalStateException("a transaction cannot be opened inside another");
    }
  }

  private static <T> T view(KeptConnection connection, Function<Reading, T> work)
      throws SQLException {
    T result;
    try {
      result = work.apply(new Reading(connection));
    } catch (RuntimeException | Error e) {
      connection.rollBack(e);
      throw e;
    }
    connection.connection().rollback();
    return result;
  }

  private static <T> T commit(KeptConnection connection, Function<Tx, T> work) throws SQLException {
    Tx tx = new Tx(connection);
    T result;
    try {
      result = work.apply(tx);
      if (tx.failure().isPresent()) {
        throw tx.failure().get();
      }
      connection.connection().commit();
    } catch (SQLException | RuntimeException | Error e) {
      connection.rollBack(e);
      throw e;
    }
    tx.committed();
    return result;
  }

  private <T> T reporting(Supplier<T> work) {
    try {
      return work.get();
    } catch (StorageException e) {
      if (e.kind().fatal()) {
        fatal.happened(e);
      }
      throw e;
    }
  }

  static Connection connect(Path file, boolean readOnly) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(readOnly);
    config.enforceForeignKeys(true);
    config.setBusyTimeout(BUSY_MILLISECONDS);
    if (!readOnly) {
      config.setJournalMode(JournalMode.WAL);
      config.setSynchronous(SynchronousMode.FULL);
      config.setTransactionMode(TransactionMode.IMMEDIATE);
      // What was deleted, such as the pieces of an album that was not meant for us, is gone.
      config.setPragma(SQLiteConfig.Pragma.SECURE_DELETE, "true");
    }
    Connection connection = config.createConnection("jdbc:sqlite:" + file.toAbsolutePath());
    connection.setAutoCommit(false);
    return connection;
  }

  private static FileChannel lock(Path folder) {
    try {
      Files.createDirectories(folder);
      FileChannel channel =
          FileChannel.open(
              folder.resolve("plantain.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = tryLock(channel);
      if (lock == null) {
        channel.close();
        throw new StorageException(
            Kind.LOCKED,
            "Another Plantain is using the data folder "
                + folder
                + ". Stop it first, or give this one a folder of its own (DATA_DIR).");
      }
      return channel;
    } catch (IOException e) {
      throw new StorageException(
          Kind.INACCESSIBLE,
          "The data folder "
              + folder
              + " cannot be written ("
              + e.getMessage()
              + "). Check its owner and permissions and the room on the disk.",
          e);
    }
  }

  private static @org.jspecify.annotations.Nullable FileLock tryLock(FileChannel channel)
      throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException heldByThisProcess) {
      return null;
    }
  }

  private static void release(FileChannel lockFile) {
    try {
      lockFile.close();
    } catch (IOException e) {
      log.warn("The lock of the data folder could not be released: {}", e.getMessage());
    }
  }

  /** Waits for the work under way. */
  @Override
  public void close() {
    readers.close();
    writer.close();
    release(lockFile);
  }
}
