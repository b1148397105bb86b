package dev.plantain.storage;

import dev.plantain.storage.StorageException.Kind;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.sqlite.SQLiteDataSource;

/** Brings the schema of a database to the version of this program. */
final class Migrations {
  private Migrations() {}

  static void migrate(Path file) {
    // Fails here, in our words, where the file is no database; Flyway would wrap it in its own.
    try (Connection connection = Database.connect(file, false)) {
      connection.prepareStatement("select count(*) from sqlite_master").executeQuery().close();
    } catch (SQLException e) {
      throw Failures.translate(e);
    }
    try {
      Flyway flyway = flyway(file);
      refuseNewer(flyway);
      flyway.migrate();
    } catch (FlywayException e) {
      if (e.getCause() instanceof SQLException cause) {
        throw Failures.translate(cause);
      }
      throw new StorageException(
          Kind.DAMAGED,
          "The database could not be brought to this version; it was left as it was: "
              + e.getMessage(),
          e);
    }
  }

  private static void refuseNewer(Flyway flyway) {
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
  }

  private static Flyway flyway(Path file) {
    SQLiteDataSource source = new SQLiteDataSource();
    source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
    return Flyway.configure(Migrations.class.getClassLoader())
        .dataSource(source)
        .locations("classpath:dev/plantain/storage/migration")
        .placeholders(Map.of("identity", "integer primary key autoincrement"))
        .failOnMissingLocations(true)
        .loggers("slf4j")
        .load();
  }
}
