package dev.plantain.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExampleFileTest {
  private static final String EXAMPLE = ExampleFile.of(Orchard.class);

  @TempDir Path folder;

  @Test
  void everySettingStandsWithItsLineItsKindItsVariableAndItsDefault() {
    assertThat(EXAMPLE)
        .contains(
            """

            # How long a pause ends a session.
            # A duration such as 500 ms, 30 s, 60 min, 2 h or 1 d, from 1 min to 30 d [IDLE_TIME]
            #idle-time: 60 min
            """)
        .contains(
            """

            # Telegram.
            telegram:

              # The token from BotFather.
              # One line of text, kept secret [TELEGRAM_TOKEN]
              #token:
            """)
        .contains("\n  #api-url: https://api.telegram.org\n")
        .contains("\n#chats: [\"-100\", 7]\n", "\n#owners: []\n");
    assertThat(ExampleFile.of(ConfigurationTest.Shop.class))
        .contains("# Text; has to be set [NAME]\n#name:\n");
  }

  @Test
  void theFileIsValidAsItIs() throws IOException {
    assertThat(load(EXAMPLE)).isEqualTo(Configuration.load(Orchard.class, Map.of()));
  }

  @Test
  void everyLineMayBeTakenInAndMeansTheDefault() throws IOException {
    String takenIn = EXAMPLE.replaceAll("(?m)^( *)#(?! )", "$1");

    assertThat(takenIn).contains("\ndata-dir: data\n", "\n  transport: long-poll\n");
    assertThat(load(takenIn)).isEqualTo(Configuration.load(Orchard.class, Map.of()));
  }

  @Test
  void aDefaultThatYamlWouldTakeForSomethingElseIsQuoted() throws IOException {
    record Odd(
        @About("One.") @Default("a: b # c") String one,
        @About("Two.") @Default("\"\\") String two,
        @About("Three.") @Default("null") String three,
        @About("Four.") @Default("*star") String four) {}
    String takenIn = ExampleFile.of(Odd.class).replaceAll("(?m)^#(?! )", "");
    Path file = Files.writeString(folder.resolve("odd.yaml"), takenIn);

    assertThat(Configuration.load(Odd.class, file, Map.of()))
        .isEqualTo(new Odd("a: b # c", "\"\\", "null", "*star"));
  }

  private Orchard load(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("plantain.yaml"), text);
    return Configuration.load(Orchard.class, file, Map.of());
  }
}
