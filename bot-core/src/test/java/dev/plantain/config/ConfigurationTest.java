package dev.plantain.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
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
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationTest {
  private static final String TOKEN = "123456:AAF-not-a-real-token";

  enum Transport {
    LONG_POLL,
    WEBHOOK
  }

  record Orchard(
      @About("Where everything is kept.") @Default("data") Path dataDir,
      @About("How long a pause ends a session.")
          @Default("60 min")
          @Between(least = "1 min", most = "30 d")
          Duration idleTime,
      @About("Pictures at once.") @Default("4") @Between(least = "1", most = "64") int workers,
      @About("The largest upload.") @Default("20 MB") ByteCount largestUpload,
      @About("Whether to be kind.") @Default("true") boolean kind,
      @About("How much of it.") @Default("0.5") double share,
      @About("A long number.") @Default("-5000000000") long offset,
      @About("Who may do everything.") @Default("") List<String> owners,
      @About("Numbers of chats.") @Default("-100, 7") List<Integer> chats,
      @About("Telegram.") Telegram telegram) {}

  record Telegram(
      @About("The token from BotFather.") Optional<Secret> token,
      @About("The address of the Bot API server.") @Default("https://api.telegram.org") URI apiUrl,
      @About("How updates come.") @Default("long-poll") Transport transport,
      @About("Least pause.") @Default("1 s") Duration leastPause,
      @About("Most pause.") @Default("30 s") Duration mostPause,
      @About("What it calls itself.") Optional<String> nickname) {
    public Telegram {
      if (leastPause.compareTo(mostPause) > 0) {
        throw new IllegalArgumentException("least-pause is longer than most-pause");
      }
      if (nickname.map(name -> name.equals("nobody")).orElse(false)) {
        throw new IllegalArgumentException("it has to have a name");
      }
    }
  }

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
                new Telegram(
                    Optional.empty(),
                    URI.create("https://api.telegram.org"),
                    Transport.LONG_POLL,
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(30),
                    Optional.empty())));
  }

  @Test
  void theFileSetsValuesOfEveryKind() throws IOException {
    Orchard orchard =
        load(
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
    assertThat(orchard.telegram().transport()).isEqualTo(Transport.WEBHOOK);
    assertThat(orchard.telegram().nickname()).contains("007");
  }

  @Test
  void theEnvironmentWinsOverTheFile() throws IOException {
    Orchard orchard =
        load(
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
    Orchard orchard = load("workers: 9\n", Map.of("WORKERS", "", "TELEGRAM_TOKEN", " "));

    assertThat(orchard.workers()).isEqualTo(9);
    assertThat(orchard.telegram().token()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {TOKEN, TOKEN + "\n", TOKEN + "\r\n", "\uFEFF" + TOKEN})
  void aSecretIsReadFromTheFileThatAVariableNames(String content) throws IOException {
    Path file = Files.writeString(folder.resolve("token"), content);

    Orchard orchard =
        Configuration.load(Orchard.class, Map.of("TELEGRAM_TOKEN_FILE", file.toString()));

    assertThat(orchard.telegram().token()).contains(new Secret(TOKEN));
  }

  @Test
  void aSecretIsReadFromTheFileThatTheSettingsName() throws IOException {
    Path file = Files.writeString(folder.resolve("token"), TOKEN);

    Orchard orchard = load("telegram: {token-file: " + file + "}\n");

    assertThat(orchard.telegram().token()).contains(new Secret(TOKEN));
  }

  @Test
  void aSecretThatIsGivenTwiceIsAFault() throws IOException {
    assertThat(
            faults(Orchard.class, Map.of("TELEGRAM_TOKEN", TOKEN, "TELEGRAM_TOKEN_FILE", "/token")))
        .singleElement()
        .satisfies(fault ->
            assertThat(fault.toString())
                .contains("TELEGRAM_TOKEN:", "TELEGRAM_TOKEN_FILE is set too")
                .doesNotContain(TOKEN));
    assertThat(faults("telegram:\n  token: x1234\n  token-file: /token\n"))
        .singleElement()
        .satisfies(fault -> {
          assertThat(fault.place()).endsWith("plantain.yaml, line 2");
          assertThat(fault.problem()).contains("telegram.token-file is set too");
        });
  }

  @Test
  void aSecretFileThatCannotBeReadIsAFaultThatNamesIt() throws IOException {
    Path empty = Files.writeString(folder.resolve("empty"), "\n");
    Path lines = Files.writeString(folder.resolve("lines"), TOKEN + "\nand more\n");

    assertThat(faultOfTokenFile("/no/such/file"))
        .contains("variable TELEGRAM_TOKEN_FILE: /no/such/file: There is no such file.");
    assertThat(faultOfTokenFile(folder.toString())).contains("It is a folder");
    assertThat(faultOfTokenFile(empty.toString())).contains("is empty");
    assertThat(faultOfTokenFile(lines.toString()))
        .contains("telegram.token cannot be what stands there", "one line")
        .doesNotContain("AAF");
  }

  private String faultOfTokenFile(String file) {
    List<Fault> faults = faults(Orchard.class, Map.of("TELEGRAM_TOKEN_FILE", file));
    assertThat(faults).hasSize(1);
    return faults.getFirst().toString();
  }

  @Test
  void allFaultsAreNamedAtOnceOneOnEachLine() throws IOException {
    ConfigurationException refused =
        refused(
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
    assertThat(faults(Shop.class, Map.of()))
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
    assertThat(faults("telegram:\n  least-pause: 2 min\n"))
        .extracting(Fault::toString)
        .singleElement()
        .asString()
        .contains(
            "line 2: telegram.least-pause is refused: least-pause is longer than most-pause.");
    assertThat(faults("telegram:\n  nickname: nobody\n"))
        .extracting(Fault::toString)
        .singleElement()
        .asString()
        .startsWith("telegram: telegram is refused: it has to have a name.")
        .contains("Change one of: token, api-url");
  }

  @Test
  void noFaultGivesASecretAway() throws IOException {
    ConfigurationException refused =
        refused(
            "telegram:\n  token: \"" + TOKEN + "\"\n  transport: \"x " + TOKEN + "\"\n", Map.of());

    assertThat(refused.getMessage()).doesNotContain(TOKEN).contains("x (secret)");
    assertThat(refused).hasNoCause();
    assertThat(faults("telegram:\n  token: \"" + TOKEN + "\n").toString()).doesNotContain("AAF");
    assertThat(faults("telegram: " + TOKEN + "\n").toString()).doesNotContain("AAF");
    assertThat(faults("telegram:\n  api-url: http://user:pa55@host\n").toString())
        .doesNotContain("pa55");
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
    assertThat(faults(yaml + "\n")).singleElement().asString().contains("not a setting", remedy);
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
    assertThat(faults(yaml + "\n")).singleElement().asString().contains(words);
  }

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

    assertThat(faults(text)).first().asString().contains(words);
  }

  @Test
  void aFileNestedWithoutEndIsAFault() throws IOException {
    assertThat(faults("owners: " + "[".repeat(100_000)))
        .singleElement()
        .asString()
        .contains("line 1");
  }

  @Test
  void aFileThatCannotBeReadIsAFault() throws IOException {
    Path latin = folder.resolve("latin.yaml");
    Files.write(latin, "data-dir: æble".getBytes(StandardCharsets.ISO_8859_1));
    Path large = Files.writeString(folder.resolve("large.yaml"), "#".repeat(1_100_000));

    assertThat(faults(latin)).singleElement().asString().contains("latin.yaml: It is not UTF-8");
    assertThat(faults(large))
        .singleElement()
        .asString()
        .contains("It is larger than 1048576 bytes");
    assertThat(faults(folder)).singleElement().asString().contains("It is a folder");
    assertThat(faults(folder.resolve("none.yaml"))).singleElement().asString().contains("no such");
  }

  @Test
  void commentsAndEmptySectionsLeaveTheDefaults() throws IOException {
    assertThat(load("# nothing\ntelegram:\nworkers:\n"))
        .isEqualTo(Configuration.load(Orchard.class, Map.of()));
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

  private Orchard load(String yaml) throws IOException {
    return load(yaml, Map.of());
  }

  private Orchard load(String yaml, Map<String, String> environment) throws IOException {
    Path file = Files.writeString(folder.resolve("plantain.yaml"), yaml);
    return Configuration.load(Orchard.class, file, environment);
  }

  private ConfigurationException refused(String yaml, Map<String, String> environment)
      throws IOException {
    Path file = Files.writeString(folder.resolve("plantain.yaml"), yaml);
    return catchThrowableOfType(
        ConfigurationException.class, () -> Configuration.load(Orchard.class, file, environment));
  }

  private List<Fault> faults(String yaml) throws IOException {
    return refused(yaml, Map.of()).faults();
  }

  private static List<Fault> faults(Path file) {
    return catchThrowableOfType(
            ConfigurationException.class, () -> Configuration.load(Orchard.class, file, Map.of()))
        .faults();
  }

  private static List<Fault> faults(
      Class<? extends Record> settings, Map<String, String> environment) {
    return catchThrowableOfType(
            ConfigurationException.class, () -> Configuration.load(settings, environment))
        .faults();
  }
}
