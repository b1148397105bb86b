package dev.plantain.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.plantain.storage.StorageException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnusableDatabaseTest {
  @TempDir Path folder;

  @Test
  void aFolderInUseIsRefusedAndItsUserGoesOn() {
    try (Database database = Database.open(folder)) {
      StorageException failure = refused();
      assertThat(failure.kind()).isEqualTo(Kind.LOCKED);
      assertThat(failure).hasMessageContaining(folder.toString()).hasMessageContaining("Stop it");
      database.update(tx -> Notes.write(tx, "a"));
    }
    Database.open(folder).close();
  }

  @Test
  void aFolderInUseByAnotherProcessIsRefused() throws Exception {
    Process holder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                FolderHolder.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      String line;
      do {
        line = holder.inputReader().readLine();
      } while (line != null && !line.equals("open"));
      assertThat(line).isEqualTo("open");
      assertThat(refused().kind()).isEqualTo(Kind.LOCKED);
      assertThat(Database.inspect(folder)).isInstanceOf(Inspection.Sound.class);
    } finally {
      holder.destroyForcibly().waitFor();
    }
    Database.open(folder).close();
  }

  @Test
  void aDatabaseOfANewerVersionIsLeftByteForByte() throws Exception {
    Database.open(folder).close();
    execute(
        """
        insert into flyway_schema_history (installed_rank, version, description, type, script,
          checksum, installed_by, execution_time, success)
        values (99, '9999', 'of the future', 'SQL', 'V9999__of_the_future.sql', 1, '', 0, 1)
        """);
    byte[] before = Files.readAllBytes(file());
    StorageException failure = refused();
    assertThat(failure.kind()).isEqualTo(Kind.NEWER);
    assertThat(failure).hasMessageContaining("newer version").hasMessageContaining("backup");
    assertThat(Files.readAllBytes(file())).isEqualTo(before);
    assertInspectedAs(Kind.NEWER);
  }

  @Test
  void garbageIsDamagedAndLeftByteForByte() throws Exception {
    Files.writeString(file(), "this was a shopping list\n".repeat(500));
    assertDamagedAndUntouched();
  }

  @Test
  void aTruncatedDatabaseIsDamagedAndLeftByteForByte() throws Exception {
    Database.open(folder).close();
    byte[] whole = Files.readAllBytes(file());
    for (int length : new int[] {50, 1000, whole.length / 2, whole.length - 1}) {
      Files.write(file(), Arrays.copyOf(whole, length));
      assertDamagedAndUntouched();
    }
  }

  @Test
  void theDatabaseOfAnotherProgramIsNotOursAndLeftByteForByte() throws Exception {
    execute("create table recipe (name text)");
    assertDamagedAndUntouched();
  }

  @Test
  void theDatabaseOfAnotherProgramWithTheSameMigrationsToolIsNotOursEither() throws Exception {
    Database.open(folder).close();
    execute("update flyway_schema_history set checksum = 5, description = 'recipes'");
    assertDamagedAndUntouched();
  }

  @Test
  void aBrokenPageInTheMiddleIsFoundByAnInspection() throws Exception {
    try (Database database = Database.open(folder)) {
      database.update(tx -> {
        for (int i = 0; i < 500; i++) {
          Notes.write(tx, "key" + i, "x".repeat(200));
        }
      });
    }
    byte[] content = Files.readAllBytes(file());
    Arrays.fill(content, content.length - 4096, content.length - 2048, (byte) 0x55);
    Files.write(file(), content, StandardOpenOption.TRUNCATE_EXISTING);
    assertInspectedAs(Kind.DAMAGED);
  }

  @Test
  void aFolderThatCannotBeMadeIsInaccessible() throws Exception {
    Path inTheWay = Files.writeString(folder.resolve("file"), "not a folder");
    StorageException failure =
        catchThrowableOfType(
            StorageException.class, () -> Database.open(inTheWay.resolve("data")).close());
    assertThat(failure.kind()).isEqualTo(Kind.INACCESSIBLE);
    assertThat(failure).hasMessageContaining(inTheWay.toString()).hasMessageContaining("owner");
  }

  @Test
  void aDatabaseThatIsAFolderIsInaccessible() throws Exception {
    Files.createDirectory(file());
    assertThat(refused().kind()).isEqualTo(Kind.INACCESSIBLE);
    assertInspectedAs(Kind.INACCESSIBLE);
  }

  @Test
  void aReadOnlyFolderIsInaccessible() throws Exception {
    folder.toFile().setWritable(false);
    try {
      assumeFalse(Files.isWritable(folder), "this user may write everywhere");
      assertThat(refused().kind()).isEqualTo(Kind.INACCESSIBLE);
    } finally {
      folder.toFile().setWritable(true);
    }
  }

  @Test
  void afterARefusalTheFolderIsFree() throws Exception {
    Files.writeString(file(), "garbage".repeat(1000));
    refused();
    Files.delete(file());
    Database.open(folder).close();
  }

  @Test
  void anEmptyFileBecomesADatabase() throws Exception {
    Files.createFile(file());
    assertThat(Database.inspect(folder)).isEqualTo(new Inspection.Absent());
    Database.open(folder).close();
    assertThat(Database.inspect(folder)).isInstanceOf(Inspection.Sound.class);
  }

  @Test
  void anInspectionOfNothingMakesNothing() throws Exception {
    assertThat(Database.inspect(folder.resolve("data"))).isEqualTo(new Inspection.Absent());
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void anInspectionWorksWhileTheDatabaseIsInUseAndTellsItsSize() throws Exception {
    try (Database database = Database.open(folder)) {
      database.update(tx -> Notes.write(tx, "a"));
      assertThat(Database.inspect(folder))
          .isInstanceOfSatisfying(
              Inspection.Sound.class,
              sound -> {
                assertThat(sound.version()).matches("[1-9][0-9]*");
                assertThat(file()).hasSize(sound.bytes());
              });
      database.update(tx -> Notes.write(tx, "b"));
      assertThat(Notes.keys(database)).containsExactly("a", "b");
    }
  }

  private void assertDamagedAndUntouched() throws IOException {
    byte[] before = Files.readAllBytes(file());
    StorageException failure = refused();
    assertThat(failure).isNotNull().hasMessageContaining("Restore a backup");
    assertThat(failure.kind()).isEqualTo(Kind.DAMAGED);
    assertInspectedAs(Kind.DAMAGED);
    assertThat(Files.readAllBytes(file())).isEqualTo(before);
  }

  private void assertInspectedAs(Kind kind) {
    assertThat(Database.inspect(folder))
        .isInstanceOfSatisfying(
            Inspection.Unusable.class, found -> assertThat(found.kind()).isEqualTo(kind));
  }

  private StorageException refused() {
    return catchThrowableOfType(StorageException.class, () -> Database.open(folder).close());
  }

  private Path file() {
    return folder.resolve("plantain.db");
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }
}
