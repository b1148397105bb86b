package dev.plantain.storage;

import dev.plantain.storage.StorageException.Kind;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.output.ValidateResult;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** Brings the schema of a database to the version of this program. */
final class Migrations {
  /**
   * In bytes: https://sqlite.org/fileformat2.html section 1.3.2. SQLite reads what is missing of a
   * page as zeros.
   */
  private static final int PAGES_ARE_MULTIPLES_OF = 512;

  private Migrations() {}

  static void migrate(Path file) {
    if (Files.exists(file) && upToDate(file)) {
      return;
    }
    // Sets the journal mode, which cannot be done within a migration's transaction.
    try (Connection connection = Database.connect(file, false)) {
      connection.rollback();
    } catch (SQLException e) {
      throw Failures.translate(e);
    }
    explaining(() -> flyway(file, false).migrate());
  }

  /**
   * Looks without changing a byte.
   *
   * @throws StorageException it cannot be used by this program
   */
  private static boolean upToDate(Path file) {
    if (isEmpty(file)) {
      return false;
    }
    return explaining(() -> {
      Flyway flyway = flyway(file, true);
      refuseUnusable(flyway);
      return flyway.info().pending().length == 0;
    });
  }

  static Inspection inspect(Path file) {
    try {
      if (!Files.exists(file) || isEmpty(file)) {
        return new Inspection.Absent();
      }
      check(file);
      return explaining(() -> {
        Flyway flyway = flyway(file, true);
        refuseUnusable(flyway);
        MigrationInfo current = flyway.info().current();
        String version = current == null ? "0" : String.valueOf(current.getVersion());
        return new Inspection.Sound(version, file.toFile().length());
      });
    } catch (StorageException e) {
      return new Inspection.Unusable(e.kind(), String.valueOf(e.getMessage()));
    }
  }

  /** Nothing but SQLite itself opens the file: closing it otherwise would drop SQLite's locks. */
  private static boolean isEmpty(Path file) {
    long bytes = file.toFile().length();
    if (bytes % PAGES_ARE_MULTIPLES_OF != 0 && logOf(file).length() == 0) {
      throw Failures.damaged(new SQLException("cut off after " + bytes + " bytes"));
    }
    try (Connection connection = Database.connect(file, true);
        Statement statement = connection.createStatement();
        ResultSet tables = statement.executeQuery("select count(*) from sqlite_master")) {
      return tables.getLong(1) == 0;
    } catch (SQLException e) {
      throw Failures.translate(e);
    }
  }

  /** Out of it SQLite makes a page whole that was being written when the power failed. */
  private static File logOf(Path file) {
    return new File(file + "-wal");
  }

  private static void check(Path file) {
    try (Connection connection = Database.connect(file, true);
        Statement statement = connection.createStatement();
        ResultSet findings = statement.executeQuery("pragma quick_check(1)")) {
      String finding = findings.getString(1);
      if (!"ok".equals(finding)) {
        throw Failures.damaged(new SQLException(finding));
      }
    } catch (SQLException e) {
      throw Failures.translate(e);
    }
  }

  private static void refuseUnusable(Flyway flyway) {
    boolean newer =
        Arrays.stream(flyway.info().all())
            .map(MigrationInfo::getState)
            .anyMatch(state ->
                state == MigrationState.FUTURE_SUCCESS || state == MigrationState.FUTURE_FAILED);
    if (newer) {
      throw new StorageException(
          Kind.NEWER,
          "The database was written by a newer version of Plantain. Run that version, or restore a"
              + " backup from before the update.");
    }
    boolean ours = Arrays.stream(flyway.info().applied()).findAny().isPresent();
    ValidateResult result = flyway.validateWithResult();
    if (!ours || !result.validationSuccessful) {
      throw Failures.damaged(new SQLException(result.getAllErrorMessages()));
    }
  }

  private static <T> T explaining(java.util.function.Supplier<T> work) {
    try {
      return work.get();
    } catch (FlywayException e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof SQLException sql) {
          throw Failures.translate(sql);
        }
      }
      throw new StorageException(
          Kind.DAMAGED,
          "The database could not be brought to this version; it was left as it was: "
              + e.getMessage(),
          e);
    }
  }

  private static Flyway flyway(Path file, boolean readOnly) {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(readOnly);
    config.setBusyTimeout(Database.BUSY_MILLISECONDS);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
    return Flyway.configure(Migrations.class.getClassLoader())
        .dataSource(source)
        .locations("classpath:dev/plantain/storage/migration")
        .placeholders(
            Map.of("identity", "integer primary key autoincrement", "clustered", "without rowid"))
        .ignoreMigrationPatterns("*:pending")
        .failOnMissingLocations(true)
        .loggers("slf4j")
        .load();
  }
}
