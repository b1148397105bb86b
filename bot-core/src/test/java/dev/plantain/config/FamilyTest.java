package dev.plantain.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sections to which the operator gives names. */
class FamilyTest {
  record Garden(@About("The beds.") Map<String, Bed> beds) {}

  record Bed(
      @About("What grows there.") @Default("grass") String plant,
      @About("How many rows.") @Default("1") @Between(least = "1", most = "9") int rows,
      @About("What opens the gate.") List<Secret> keys) {}

  @TempDir private Path folder;

  @Test
  void withoutAnyThereAreNone() throws IOException {
    assertThat(Configuration.load(Garden.class, Map.of()).beds()).isEmpty();
    assertThat(load("beds:\n", Map.of()).beds()).isEmpty();
  }

  @Test
  void theFileNamesThemInItsOrder() throws IOException {
    Garden garden =
        load(
            """
            beds:
              south.1:
                plant: roses
                keys: [one-key, other-key]
              north:
            """,
            Map.of());
    assertThat(garden.beds().keySet()).containsExactly("south.1", "north");
    assertThat(garden.beds())
        .containsEntry(
            "south.1",
            new Bed("roses", 1, List.of(new Secret("one-key"), new Secret("other-key"))));
    assertThat(garden.beds().values()).last().isEqualTo(new Bed("grass", 1, List.of()));
  }

  @Test
  void theEnvironmentAddsAndOverrides() throws IOException {
    Garden garden =
        load(
            "beds:\n  south.1:\n    plant: roses\n",
            Map.of(
                "BEDS_SOUTH_1_ROWS", "3",
                "BEDS_BY_THE_POND_PLANT", "iris",
                "BEDS_A_ROWS", "2",
                "BEDS_UNKNOWN", "x"));
    assertThat(garden.beds().keySet()).containsExactly("south.1", "a", "by-the-pond");
    assertThat(garden.beds()).containsEntry("south.1", new Bed("roses", 3, List.of()));
    assertThat(garden.beds()).containsEntry("by-the-pond", new Bed("iris", 1, List.of()));
  }

  @Test
  void aFileOfSecretsHoldsOneOnEachLine() throws IOException {
    Path keys = Files.writeString(folder.resolve("keys"), "one-key\n\n  other-key \n");
    Garden garden = load("beds:\n", Map.of("BEDS_NORTH_KEYS_FILE", keys.toString()));
    assertThat(Optional.ofNullable(garden.beds().get("north")).orElseThrow().keys())
        .containsExactly(new Secret("one-key"), new Secret("other-key"));
  }

  @Test
  void whatIsWrongInOneIsNamedWithItsPlace() {
    ConfigurationException wrong =
        catchThrowableOfType(
            ConfigurationException.class,
            () ->
                load(
                    "beds:\n  north:\n    rows: 10\n    plants: x\n  'a b':\n    rows: 1\n",
                    Map.of()));
    assertThat(wrong.faults())
        .extracting(Fault::problem)
        .anySatisfy(problem -> assertThat(problem).contains("beds.north.rows cannot be"))
        .anySatisfy(
            problem -> assertThat(problem).contains("beds.north.plants").contains("not a setting"))
        .anySatisfy(problem -> assertThat(problem).contains("a b").contains("cannot be a name"));
  }

  @Test
  void theExampleShowsOneAndChangesNothing() throws IOException {
    String example = ExampleFile.of(Garden.class);
    assertThat(example).contains("#a-name-of-yours:").contains("[BEDS_A_NAME_OF_YOURS_ROWS]");
    assertThat(load(example, Map.of()).beds()).isEmpty();
  }

  private Garden load(String yaml, Map<String, String> environment) throws IOException {
    Path file = Files.writeString(folder.resolve("garden.yaml"), yaml);
    return Configuration.load(Garden.class, file, environment);
  }
}
