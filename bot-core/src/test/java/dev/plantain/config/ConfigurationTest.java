package dev.plantain.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationTest {
  private static final String TOKEN = "123456:AAF-not-a-real-token";

  record Shop(@About("The name over the door.") String name, @About("Its key.") Secret key) {}

  @TempDir Path folder;

  @Test
  void withoutFileAndEnvironmentEverythingHasItsDefault() {
    Orchard orchard = Configuration.load(Orchard.class, Map.of());

    assertThat(orchard)
        .isEqualTo(
            new Orchard(
                Path.of("data"),
                Duration.ofMinutes(60),
                4,
                new ByteCount(20_000_000),
                true,
                0.5,
                -5_000_000_000L,
                List.of(),
                List.of(-100, 7),
                new Orchard.Telegram(
                    Optional.empty(),
                    URI.create("https://api.telegram.org"),
                    Orchard.Transport.LONG_POLL,
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(30),
                    Optional.empty())));
  }

  @Test
  void theFileSetsValuesOfEveryKind() throws IOException {
    Orchard orchard =
        new Orchard.Folder(folder)
            .load(
                """
                data-dir: /srv/plantain
                idle-time: 1 h 30 min
                workers: 08
                largest-upload: 512 KiB
                kind: off
                share: 1e-1
                owners: [ann, "b, c"]
                chats:
                  - 1
                  - -2
                telegram:
                  token: "123456:AAF-not-a-real-token"
                  api-url: HTTP://Bot_API:8081/
                  transport: WEBHOOK
                  nickname: 007
                """);

    assertThat(orchard.dataDir()).isEqualTo(Path.of("/srv/plantain"));
    assertThat(orchard.idleTime()).isEqualTo(Duration.ofMinutes(90));
    assertThat(orchard.workers()).isEqualTo(8);
    assertThat(orchard.largestUpload()).isEqualTo(new ByteCount(524_288));
    assertThat(orchard.kind()).isFalse();
    assertThat(orchard.share()).isEqualTo(0.1);
    assertThat(orchard.owners()).containsExactly("ann", "b, c");
    assertThat(orchard.chats()).containsExactly(1, -2);
    assertThat(orchard.telegram().token()).contains(new Secret(TOKEN));
    assertThat(orchard.telegram().apiUrl()).isEqualTo(URI.create("http://bot_api:8081"));
    assertThat(orchard.telegram().transport()).isEqualTo(Orchard.Transport.WEBHOOK);
    assertThat(orchard.telegram().nickname()).contains("007");
  }

  @Test
  void theEnvironmentWinsOverTheFile() throws IOException {
    Orchard orchard =
        new Orchard.Folder(folder)
            .load(
                """
                data-dir: from-file
                workers: 9
                telegram:
                  api-url: http://from.file
                  token-file: /nowhere
                """,
                Map.of(
                    "DATA_DIR", "from-environment",
                    "TELEGRAM_API_URL", "http://from.environment/base/",
                    "TELEGRAM_TOKEN", TOKEN,
                    "OWNERS", " ann, bob ,"));

    assertThat(orchard.dataDir()).isEqualTo(Path.of("from-environment"));
    assertThat(orchard.telegram().apiUrl()).isEqualTo(URI.create("http://from.environment/base"));
    assertThat(orchard.telegram().token()).contains(new Secret(TOKEN));
    assertThat(orchard.owners()).containsExactly("ann", "bob");
    assertThat(orchard.workers()).isEqualTo(9);
  }

  @Test
  void anEmptyVariableIsNotSet() throws IOException {
    Orchard orchard =
        new Orchard.Folder(folder)
            .load("workers: 9\n", Map.of("WORKERS", "", "TELEGRAM_TOKEN", " "));

    assertThat(orchard.workers()).isEqualTo(9);
    assertThat(orchard.telegram().token()).isEmpty();
  }

  @Test
  void allFaultsAreNamedAtOnceOneOnEachLine() throws IOException {
    ConfigurationException refused =
        new Orchard.Folder(folder)
            .refused(
                """
                data-dri: x
                workers: 65
                telegram:
                  token: "bad\\u0007token"
                  apiUrl: http://x
                  transport: pigeon
                """,
                Map.of("IDLE_TIME", "5 parsecs", "SHARE", "NaN"));

    assertThat(String.valueOf(refused.getMessage()).lines().toList())
        .hasSize(7)
        .anySatisfy(line -> assertThat(line).contains("line 1: \"data-dri\" is not", "data-dir?"))
        .anySatisfy(line ->
            assertThat(line)
                .contains("line 2: workers cannot be \"65\"", "whole number, from 1 to 64"))
        .anySatisfy(line -> assertThat(line).contains("line 4: telegram.token"))
        .anySatisfy(line -> assertThat(line).contains("line 5", "Did you mean telegram.api-url?"))
        .anySatisfy(line -> assertThat(line).contains("line 6", "one of: long-poll, webhook"))
        .anySatisfy(line ->
            assertThat(line)
                .contains("variable IDLE_TIME: idle-time", "a duration", "from 1 min to 30 d"))
        .anySatisfy(line -> assertThat(line).contains("SHARE", "a number"));
    assertThat(refused.getMessage()).doesNotContain("bad", "0007");
    assertThat(refused.faults()).hasSize(7);
  }

  @Test
  void whatIsMissingIsNamedWithItsVariable() {
    assertThat(Orchard.faults(Shop.class, Map.of()))
        .extracting(Fault::place, Fault::remedy)
        .containsExactly(
            tuple("name", "Set it in the file or as NAME."),
            tuple("key", "Set it in the file or as KEY."));
  }

  @Test
  void aBrokenFileHidesNoFaultOfTheEnvironmentAndInventsNone() throws IOException {
    Path file = Files.writeString(folder.resolve("plantain.yaml"), "name: [\n");

    ConfigurationException refused =
        catchThrowableOfType(
            ConfigurationException.class,
            () -> Configuration.load(Shop.class, file, Map.of("KEY", "a\nb")));

    assertThat(refused.faults()).hasSize(2);
    assertThat(refused.getMessage()).contains("YAML", "variable KEY").doesNotContain("not set");
  }

  @Test
  void aRecordThatRefusesItsValuesNamesTheSettingWhereItWasSet() throws IOException {
    assertThat(new Orchard.Folder(folder).faults("telegram:\n  least-pause: 2 min\n"))
        .extracting(Fault::toString)
        .singleElement()
        .asString()
        .contains(
            "line 2: telegram.least-pause is refused: least-pause is longer than most-pause.");
    assertThat(new Orchard.Folder(folder).faults("telegram:\n  nickname: nobody\n"))
        .extracting(Fault::toString)
        .singleElement()
        .asString()
        .startsWith("telegram: telegram is refused: it has to have a name.")
        .contains("Change one of: token, api-url");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          telegram: {tokn: x}            | Did you mean telegram.token?
          token: x                       | Did you mean telegram.token?
          API_URL: x                     | Did you mean telegram.api-url?
          telegram.api-url: http://x     | Write api-url: below telegram:, indented.
          wrokers: 3                     | Did you mean workers?
          colour: blue                   | Known here: data-dir, idle-time
          telegram: {zzzzzzzz: 1}        | Known here: token, api-url
          """)
  void anUnknownKeyIsAFaultWithTheNearestKnownOne(String yaml, String remedy) throws IOException {
    assertThat(new Orchard.Folder(folder).faults(yaml + "\n"))
        .singleElement()
        .asString()
        .contains("not a setting", remedy);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          workers: [1]              | line 1: workers has a list, and takes one value
          workers: {a: 1}           | line 1: workers has settings below it
          telegram: [1]             | line 1: telegram is a section
          owners: [[a]]             | has an item that is not one value
          workers: 99999999999      | workers cannot be "99999999999"
          workers: 1.5              | a whole number
          idle-time: 60             | a duration such as
          idle-time: -5 min         | a duration such as
          idle-time: P1Y            | a duration such as
          largest-upload: 20 pixels | such as 512 KiB or 20 MB
          largest-upload: 0.3 B     | such as 512 KiB or 20 MB
          data-dir: ~/plantain      | ~ and variables are not expanded
          data-dir: ""              | data-dir cannot be ""
          kind: perhaps             | true or false
          telegram: {api-url: ftp://x}             | an http or https address
          telegram: {api-url: api.telegram.org}    | an http or https address
          telegram: {api-url: "http://h:99999"}    | an http or https address
          telegram: {api-url: "https://h/?key=1"}  | an http or https address
          """)
  void aWrongValueIsAFaultThatSaysWhatIsExpected(String yaml, String words) throws IOException {
    assertThat(new Orchard.Folder(folder).faults(yaml + "\n"))
        .singleElement()
        .asString()
        .contains(words);
  }

  @Test
  void aMistakenRecordIsNoFaultOfTheOperator() {
    record Undocumented(@Default("1") int number) {}
    record Nonsense(@About("A number.") @Default("one") int number) {}
    record Collision(@About("A key.") Optional<Secret> a, @About("A file.") Optional<Path> aFile) {}
    record Taken(@About("The language.") Optional<String> lang) {}

    for (Class<? extends Record> mistaken :
        List.of(Undocumented.class, Nonsense.class, Collision.class, Taken.class)) {
      assertThatThrownBy(() -> Configuration.load(mistaken, Map.of()))
          .as(mistaken.getSimpleName())
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void aVariableThatLooksLikeASlipIsNamedWithoutItsValue() {
    List<Fault> slips =
        Configuration.likelySlips(
            Orchard.class,
            Map.of(
                "TELEGRAM_TOKN", TOKEN,
                "TELEGRAM_APIURL", "http://x",
                "data_dir", "x",
                "TELEGRAM_TOKEN_FILE", "/x",
                "WORKER", "3",
                "TELEGRAM_PORT", "tcp://10.0.0.1:80"));

    assertThat(slips)
        .extracting(Fault::toString)
        .containsExactly(
            "environment variable TELEGRAM_APIURL: It is not a setting."
                + " Did you mean TELEGRAM_API_URL?",
            "environment variable TELEGRAM_TOKN: It is not a setting. Did you mean TELEGRAM_TOKEN?",
            "environment variable data_dir: It is not a setting. Did you mean DATA_DIR?");
  }
}
