package dev.plantain.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaTest {
  private static final String HEAD =
      "-- The schema after all migrations. Made by: ./mvnw test -pl bot-core -am"
          + " -Dtest=SchemaTest -Dsurefire.failIfNoSpecifiedTests=false -Dgolden=write\n";

  @TempDir Path folder;

  @Test
  void docsShowTheSchemaAfterAllMigrations() throws Exception {
    Path golden = Path.of(System.getProperty("plantain.root"), "docs", "schema.sql");
    String schema = schema();
    if ("write".equals(System.getProperty("golden"))) {
      Files.createDirectories(golden.getParent());
      Files.writeString(golden, schema);
    }
    assertThat(golden).as("its first line says how to write it anew").hasContent(schema);
  }

  private String schema() {
    try (Database database = Database.open(folder)) {
      return database.read(reading ->
          HEAD
              + String.join(
                  "",
                  reading.list(
                      """
                      select sql from sqlite_master
                      where sql is not null and name not like 'sqlite%' and tbl_name not like 'flyway%'
                      order by tbl_name, type desc, name
                      """,
                      row -> "\n" + row.text("sql").strip() + ";\n")));
    }
  }
}
