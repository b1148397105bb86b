package dev.plantain.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsFileTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                           | It is empty
          ' \\n'                       | It is empty
          just words                   | not a file of settings
          - a                          | not a file of settings
          workers: 1\\n\\tkind: true   | line 2: This line is indented with a tab
          a: b: c                      | line 1: This cannot be read as YAML
          'workers: 1\\nworkers: 2'    | line 2: "workers" was set on line 1 already
          'workers: 1\\n---\\nkind: no'| A second document begins here
          'owners: &a [x]'             | Anchors
          'data-dir: &a x\\nkind: *a'  | Anchors
          '{"a'                        | YAML
          '\\0\\0'                     | control characters
          """)
  void aFileThatIsNotSettingsIsAFault(String yaml, String words) throws IOException {
    String text = yaml.replace("\\n", "\n").replace("\\t", "\t").replace("\\0", "\0");

    assertThat(new Orchard.Folder(folder).faults(text)).first().asString().contains(words);
  }

  @Test
  void aFileNestedWithoutEndIsAFault() throws IOException {
    assertThat(new Orchard.Folder(folder).faults("owners: " + "[".repeat(100_000)))
        .singleElement()
        .asString()
        .contains("line 1");
  }

  @Test
  void aFileThatCannotBeReadIsAFault() throws IOException {
    Path latin = folder.resolve("latin.yaml");
    Files.write(latin, "data-dir: æble".getBytes(StandardCharsets.ISO_8859_1));
    Path large = Files.writeString(folder.resolve("large.yaml"), "#".repeat(1_100_000));

    assertThat(Orchard.faults(latin))
        .singleElement()
        .asString()
        .contains("latin.yaml: It is not UTF-8");
    assertThat(Orchard.faults(large))
        .singleElement()
        .asString()
        .contains("It is larger than 1048576 bytes");
    assertThat(Orchard.faults(folder)).singleElement().asString().contains("It is a folder");
    assertThat(Orchard.faults(folder.resolve("none.yaml")))
        .singleElement()
        .asString()
        .contains("no such");
  }

  @Test
  void commentsAndEmptySectionsLeaveTheDefaults() throws IOException {
    assertThat(new Orchard.Folder(folder).load("# nothing\ntelegram:\nworkers:\n"))
        .isEqualTo(Configuration.load(Orchard.class, Map.of()));
  }

  @Test
  void whateverTheFileHoldsTheAnswerIsSettingsOrFaults() {
    String example = ExampleFile.of(Orchard.class).replaceAll("(?m)^( *)#(?! )", "$1");
    String pieces = "\t\n\r\0\u0007 :-#&*!|>'\"%@`{}[],?~0x_.e\u2028\uD83D\uDE00\uFEFFa";
    Random random = new Random(20_261_121);
    for (int round = 0; round < 3_000; round++) {
      StringBuilder text = new StringBuilder(example);
      for (int change = random.nextInt(1, 6); change > 0; change--) {
        int at = random.nextInt(text.length());
        int end = Math.min(text.length(), at + random.nextInt(4));
        char piece = pieces.charAt(random.nextInt(pieces.length()));
        text.replace(at, end, random.nextInt(4) == 0 ? "" : String.valueOf(piece));
      }
      List<Fault> faults = new ArrayList<>();
      Optional<YamlNode.Mapping> read = YamlFile.read("fuzzed.yaml", text.toString(), faults);
      assertThat(read.isPresent() || !faults.isEmpty()).as("%s", text).isTrue();
      read.ifPresent(mapping ->
          new Binding(
                  Schema.of(Orchard.class),
                  "fuzzed.yaml",
                  new Values("fuzzed.yaml", Map.of(), true),
                  faults)
              .bind(Schema.of(Orchard.class), mapping));
    }
  }
}
