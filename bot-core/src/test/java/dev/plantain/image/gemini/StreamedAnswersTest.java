package dev.plantain.image.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.conversation.Part;
import dev.plantain.image.AnswerScene;
import dev.plantain.image.ImageModel;
import dev.plantain.image.ImageResult;
import dev.plantain.image.ImageResult.Cause;
import dev.plantain.image.ImageResult.Failed;
import dev.plantain.image.ImageResult.Made;
import dev.plantain.image.ImageResult.Problem;
import dev.plantain.image.ImageResult.Refused;
import dev.plantain.image.ImageResult.Spoke;
import java.io.IOException;
import java.util.Base64;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A stream of events though one whole answer was asked for. */
class StreamedAnswersTest extends AnswerScene {
  private static final byte[] PNG = Painted.picture("png", 3, 2, 1);
  private static final String STREAM =
      event("{\"text\":\"I\"}", "")
          + event("{\"text\":\" paint.\"}", "")
          + event(
              "{\"inlineData\":{\"data\":\"%s\"},\"thoughtSignature\":\"c2ln\"}"
                  .formatted(Base64.getEncoder().encodeToString(PNG)),
              "")
          + "data: {\"candidates\":[{\"content\":{\"role\":\"model\"},\"finishReason\":\"STOP\"}],\"usageMetadata\":{\"totalTokenCount\":9}}\r\n\r\n";

  private final LoopbackGemini gemini = new LoopbackGemini();

  @AfterEach
  void stop() {
    gemini.close();
  }

  @Override
  protected ImageModel model() {
    return LoopbackGemini.model(gemini.endpoint(), store);
  }

  @Override
  protected void answers(ScriptedAnswer answer) {
    gemini.answer(answer);
  }

  @Test
  void theEventsAreOneAnswer() throws Exception {
    Made made = (Made) answered(STREAM);
    assertShows(made);
    assertThat(made.usage().totalTokens()).isEqualTo(9);
    assertThat(made.parts().getLast().token()).isPresent();
  }

  @Test
  void whereverItIsCutItIsTheRightPictureOrGarbled() throws Exception {
    for (int end = 0; end < STREAM.length(); end++) {
      ImageResult result = answered(STREAM.substring(0, end));
      if (result instanceof Made made) {
        assertShows(made);
      } else {
        assertThat(((Failed) result).problem()).as("cut at %s", end).isEqualTo(Problem.GARBLED);
      }
    }
  }

  @Test
  void manyPiecesOfWordsLeaveRoomForThePicture() throws Exception {
    String words =
        IntStream.range(0, 1000)
            .mapToObj(_ -> event("{\"text\":\"word \"}", ""))
            .collect(Collectors.joining());
    Made made = (Made) answered(words + STREAM);
    assertThat(made.parts()).hasSize(2);
    assertThat(made.parts().getFirst()).isEqualTo(Part.Text.of("word ".repeat(1000) + "I paint."));
  }

  @Test
  void whatOthersRecordedIsUnderstood() throws Exception {
    Made made = (Made) answered(recorded("04_stream_native_text_then_image.sse"));
    assertThat(made.parts()).hasSize(2);
    assertThat(((Part.Text) made.parts().getFirst()).words()).startsWith("I will generate");
    assertThat(made.usage().imageTokens()).isEqualTo(1290);

    assertThat(((Refused) answered(recorded("14_stream_prompt_blocked_safety.sse"))).cause())
        .isEqualTo(Cause.REQUEST_BLOCKED);

    Failed failed = (Failed) answered(recorded("17_stream_error_json_mid_stream.sse"));
    assertThat(failed.problem()).isEqualTo(Problem.OVERLOADED);
    assertThat(failed.detail()).contains("The operation was cancelled.");
  }

  @Test
  void aHostedPictureInTheWordsIsFetchedAndKeepsTheSignature() throws Exception {
    gemini.file("/made/cat.png", PNG);
    Made made =
        (Made)
            answered(
                event(
                    "{\"text\":\"I paint.![image](%s/made/cat.png)\",\"thoughtSignature\":\"c2ln\"}"
                        .formatted(gemini.baseUrl()),
                    ",\"finishReason\":\"STOP\""));
    assertShows(made);
    assertThat(made.parts().getLast().token()).isPresent();
  }

  @Test
  void aPictureThatIsHostedElsewhereIsNotFetched() throws Exception {
    Failed failed =
        (Failed)
            answered(
                event(
                    "{\"text\":\"![image](http://elsewhere.example/a.png?k=1)\"}",
                    ",\"finishReason\":\"STOP\""));
    assertThat(failed.problem()).isEqualTo(Problem.GARBLED);
    assertThat(failed.detail()).contains("elsewhere.example").doesNotContain("k=1");
  }

  @Test
  void wordsAloneAreWords() throws Exception {
    Spoke spoke = (Spoke) answered(event("{\"text\":\"Which?\"}", ",\"finishReason\":\"STOP\""));
    assertThat(spoke.parts()).containsExactly(Part.Text.of("Which?"));
  }

  private void assertShows(Made made) throws IOException {
    assertThat(made.parts()).hasSize(2);
    assertThat(made.parts().getFirst()).isEqualTo(Part.Text.of("I paint."));
    assertThat(store.open(((Part.Image) made.parts().getLast()).blob().id()).readAllBytes())
        .isEqualTo(PNG);
  }

  private static String event(String part, String more) {
    return "data: {\"candidates\":[{\"content\":{\"parts\":[%s],\"role\":\"model\"}%s}]}\r\n\r\n"
        .formatted(part, more);
  }

  @Override
  protected ImageResult answered(String stream) throws InterruptedException {
    gemini.answer(ScriptedAnswer.body(200, "text/event-stream", stream));
    return asked();
  }
}
