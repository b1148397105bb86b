package dev.plantain.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.config.Configuration;
import dev.plantain.image.endpoint.Authentication;
import dev.plantain.image.endpoint.Wire;
import dev.plantain.image.gemini.LoopbackGemini;
import dev.plantain.image.gemini.ScriptedAnswer;
import dev.plantain.image.openai.LoopbackOpenAi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveExaminationTest {
  private static final String CHEAPEST = "gemini-3.1-flash-lite-image";

  @TempDir private Path folder;
  private final LoopbackGemini gemini = new LoopbackGemini();
  private final LoopbackOpenAi router =
      new LoopbackOpenAi(
          new Wire.OpenRouterChat(false), Authentication.BEARER, "/api/v1/chat/completions");

  @AfterEach
  void stop() {
    gemini.close();
    router.close();
  }

  @Test
  void oneCheapestPictureIsBoughtAndWhatCameOfItIsTold() throws IOException {
    assertThat(findings("keys: [%s]".formatted(LoopbackGemini.KEY)))
        .singleElement()
        .asString()
        .matches(
            "ok    live there \\(1\\): "
                + CHEAPEST
                + ", \\d+×\\d+ (jpg|png), \\d+ kB, \\d+\\.\\d{3} s, 0\\.\\d{6} US dollars by .*");
    assertThat(gemini.asked()).hasSize(1);
    assertThat(gemini.asked().getFirst().model()).isEqualTo(CHEAPEST);
  }

  @Test
  void eachKeyIsTriedAndOneThatIsRejectedIsAFaultThatDoesNotShowIt() throws IOException {
    List<Finding> findings = findings("keys: [AIza-wrong, %s]".formatted(LoopbackGemini.KEY));
    assertThat(findings).hasSize(2);
    assertThat(findings.getFirst()).isInstanceOf(Finding.Fault.class);
    assertThat(findings.getFirst().toString())
        .contains("KEY_REJECTED", "nothing to pay", "Correct the endpoint's key")
        .doesNotContain("AIza");
    assertThat(findings.getLast()).isInstanceOf(Finding.Fine.class);
  }

  @Test
  void thePriceThatAnAnswerTellsIsTheOneThatIsShown() throws IOException {
    String there =
        "wire: openrouter, base-url: %s, keys: [%s]"
            .formatted(router.baseUrl(), LoopbackOpenAi.KEY);
    assertThat(examined(there).getFirst().toString())
        .startsWith("ok    live there (1)")
        .endsWith("0.038743 US dollars as it says");
  }

  @Test
  void anAnswerWithoutAPictureIsAFaultInWordsAndCostsWhatItCosts() throws IOException {
    String usage = "\"usageMetadata\":{\"promptTokenCount\":10,\"totalTokenCount\":1010}";
    gemini.answer(
        ScriptedAnswer.json(
            "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"Which?\"}]},\"finishReason\":\"STOP\"}],%s}"
                .formatted(usage)));
    gemini.answer(
        ScriptedAnswer.json(
            "{\"candidates\":[{\"finishReason\":\"IMAGE_SAFETY\",\"finishMessage\":\"No.\"}],%s}"
                .formatted(usage)));
    List<Finding> findings =
        findings("keys: [%s, %s]".formatted(LoopbackGemini.KEY, LoopbackGemini.KEY));
    assertThat(findings).hasSize(2).allMatch(Finding.Fault.class::isInstance);
    assertThat(findings.getFirst().toString())
        .contains("answered in words only", "US dollars by its tokens");
    assertThat(findings.getLast().toString())
        .contains("refused a banana: UNSAFE", "US dollars by its tokens", "No.");
  }

  @Test
  void anEndpointToWhichNoRouteLeadsIsNotAsked() throws IOException {
    Finding finding =
        examined("base-url: %s, keys: [k], models: [nobodys-model]".formatted(gemini.baseUrl()))
            .getFirst();
    assertThat(finding).isInstanceOf(Finding.Notice.class);
    assertThat(finding.toString()).contains("No route leads there");
    assertThat(gemini.asked()).isEmpty();
  }

  private List<Finding> findings(String keys) throws IOException {
    return examined(
        "base-url: %s, models: [gemini-3-pro-image, %s], %s"
            .formatted(gemini.baseUrl(), CHEAPEST, keys));
  }

  private List<Finding> examined(String there) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("plantain.yaml"), "endpoints:\n  there: {" + there + "}\n");
    return new LiveExamination(Configuration.load(OperatorSettings.class, file, Map.of()))
        .findings();
  }
}
