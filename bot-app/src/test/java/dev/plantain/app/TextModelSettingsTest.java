package dev.plantain.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plantain.config.Configuration;
import dev.plantain.image.endpoint.Endpoint;
import dev.plantain.image.endpoint.Route;
import dev.plantain.image.gemini.LoopbackGemini;
import dev.plantain.words.Precheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What operators say of a text model, and of styles of their own. */
class TextModelSettingsTest {
  private static final String GATEWAYS =
      """
      endpoints:
        chat: {wire: openai-chat, base-url: "https://chat.test", keys: [k], models: [a-writer=theirs]}
        pictures: {wire: openai-images, base-url: "https://pictures.test", keys: [k]}
        other: {wire: openai-chat, base-url: "https://other.test", keys: [k], models: [nothing]}
      """;

  @TempDir private Path folder;

  private OperatorSettings settings(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("plantain.yaml"), yaml);
    return Configuration.load(OperatorSettings.class, file, Map.of("GEMINI_API_KEY", "AIza-test"));
  }

  private Optional<Route> route(String yaml) throws IOException {
    return new Ways(settings(yaml)).toWords();
  }

  private static List<String> names(Route route) {
    return route.endpoints().stream().map(Endpoint::name).toList();
  }

  @Test
  void byItselfThereIsNoTextModelAndNothingIsLookedAt() throws IOException {
    assertThat(route(GATEWAYS)).isEmpty();
    assertThat(House.precheck(settings(GATEWAYS)).isOn()).isFalse();
    assertThat(new WordsExamination(settings(GATEWAYS)).findings())
        .singleElement()
        .asString()
        .contains("TEXT_MODEL");
  }

  @Test
  void itIsAskedWhereItIsServedUnlessTheOperatorSaysWhere() throws IOException {
    Route usual = route(GATEWAYS + "text: {model: a-writer, time-limit: 5 s}\n").orElseThrow();
    assertThat(names(usual)).containsExactlyInAnyOrder("gemini", "chat");
    assertThat(usual.model().timeLimit(Optional.empty())).isEqualTo(Duration.ofSeconds(5));
    assertThat(usual.endpoints().getLast().theirName("a-writer")).isEqualTo("theirs");

    Route named =
        route(GATEWAYS + "text: {model: a-writer, endpoints: [other, gemini]}\n").orElseThrow();
    assertThat(names(named)).containsExactly("other", "gemini");
  }

  @Test
  void itsPricesAreOfAMillionTokens() throws IOException {
    Route route =
        route("text: {model: a-writer, input-price: '0.10', output-price: '0.40'}\n").orElseThrow();
    assertThat(route.model().prices().orElseThrow().tokens().orElseThrow().input())
        .isEqualTo(100_000);
    assertThat(route.model().prices().orElseThrow().tokens().orElseThrow().output())
        .isEqualTo(400_000);
  }

  @Test
  void whatContradictsItselfKeepsTheBotFromStartingAndTheDoctorFindsIt() throws IOException {
    assertRefused("precheck: {looks-at: words}\n", "Name one in TEXT_MODEL");
    assertRefused(
        "text: {model: a-writer, endpoints: [nowhere]}\n", "there is no endpoint nowhere");
    assertRefused(
        GATEWAYS + "text: {model: a-writer, endpoints: [pictures]}\n", "makes pictures only");
    assertRefused("text: {model: a-writer, input-price: cheap}\n", "TEXT_INPUT_PRICE");
  }

  private void assertRefused(String yaml, String words) throws IOException {
    OperatorSettings settings = settings(yaml);
    assertThatThrownBy(() -> House.open(settings, folder, Duration.ofHours(1), List::of))
        .isInstanceOf(OperatorException.class)
        .hasMessageContaining(words);
    assertThat(new WordsExamination(settings).findings())
        .singleElement()
        .isInstanceOf(Finding.Fault.class)
        .asString()
        .contains(words);
  }

  @Test
  void theLookIsAsTheOperatorSays() throws IOException {
    Precheck precheck =
        House.precheck(
            settings(
                """
                text: {model: a-writer}
                precheck: {looks-at: words-and-pictures, in-doubt: refuse, rules: No cats.}
                """));
    assertThat(precheck)
        .isEqualTo(
            new Precheck(Precheck.Sight.WORDS_AND_PICTURES, Precheck.Doubt.REFUSE, "No cats."));
    assertThat(House.precheck(settings("text: {model: a-writer}\n")).rules())
        .contains("Sexual content");
  }

  @Test
  void aModelWithoutAPriceIsNoticed() throws IOException {
    assertThat(new WordsExamination(settings("text: {model: a-writer}\n")).findings())
        .hasSize(2)
        .last()
        .isInstanceOf(Finding.Notice.class);
    assertThat(
            new WordsExamination(settings("text: {model: a-writer, output-price: '1'}\n"))
                .findings())
        .hasSize(1);
  }

  @Test
  void aFileOfStylesThatIsNoneKeepsTheBotFromStarting() throws IOException {
    Path own = Files.writeString(folder.resolve("own.yaml"), "styles: 5");
    OperatorSettings settings = settings("styles: " + own + "\n");

    assertThatThrownBy(() -> House.open(settings, folder, Duration.ofHours(1), List::of))
        .isInstanceOf(OperatorException.class)
        .hasMessageStartingWith("STYLES: " + own);
  }

  @Test
  void everyExampleOfTheGuideWorks() throws IOException {
    String guide =
        Files.readString(Path.of(System.getProperty("plantain.root", ".."), "docs", "words.md"));
    List<String> examples =
        Pattern.compile("(?s)```yaml\n(.*?)```")
            .matcher(guide)
            .results()
            .map(found -> found.group(1))
            .toList();
    assertThat(examples).hasSize(5);
    Path own = Files.writeString(folder.resolve("own.yaml"), examples.getLast());
    for (String example : examples.subList(0, 4)) {
      OperatorSettings settings =
          settings(example.replace("/etc/plantain/styles.yaml", own.toString()));
      assertThat(House.precheck(settings).isOn()).isEqualTo(example.contains("precheck"));
      assertThat(new Ways(settings).toWords().isPresent()).isEqualTo(example.contains("text:"));
      assertThat(House.styles(settings).find("mascot").isPresent())
          .isEqualTo(example.contains("styles:"));
    }
  }

  @Test
  void aLiveLookAsksForOneWordAndNamesAnIdThatIsNone() throws IOException {
    try (LoopbackGemini gemini = new LoopbackGemini()) {
      gemini.hasWriter("a-writer");
      assertThat(live(gemini, "a-writer"))
          .anyMatch(found ->
              found instanceof Finding.Fine && found.toString().contains("live text gemini (1)"));
      assertThat(live(gemini, "nobody"))
          .anyMatch(
              found -> found instanceof Finding.Fault && found.toString().contains("MODEL_GONE"));
    }
  }

  private List<Finding> live(LoopbackGemini gemini, String model) throws IOException {
    Path file =
        Files.writeString(folder.resolve("live.yaml"), "text: {model: %s}\n".formatted(model));
    return new LiveExamination(
            Configuration.load(
                OperatorSettings.class,
                file,
                Map.of(
                    "GEMINI_API_KEY",
                    LoopbackGemini.KEY,
                    "GEMINI_BASE_URL",
                    gemini.baseUrl().toString())))
        .findings();
  }
}
