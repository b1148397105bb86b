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
import dev.plantain.image.Usage;
import dev.plantain.media.MediaType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is made of each shape of an answer. */
class AnswerShapesTest extends AnswerScene {
  private static final String PNG =
      Base64.getEncoder().encodeToString(Painted.picture("png", 20, 10, 1));
  private static final String OTHER_PNG =
      Base64.getEncoder().encodeToString(Painted.picture("png", 30, 10, 2));

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
  void theOrderOfPartsAndFieldsDoesNotMatter() throws Exception {
    Made made =
        (Made)
            answered(
                """
                {"usageMetadata":{"totalTokenCount":12,"candidatesTokenCount":9,"promptTokenCount":3,"new":[{"a":{}}]},
                 "unheardOf":{"data":"%s","parts":[1,[2]]},
                 "candidates":[{"turnToken":"x","finishReason":"STOP","content":{"role":"model","parts":[
                  {"thoughtSignature":"c2ln","inlineData":{"data":"%s","mimeType":"image/webp"}},
                  {"text":"between"},
                  {"inline_data":{"mime_type":"image/png","data":"%s"},"thought_signature":"ZW5k","mediaResolution":{"level":"X"}},
                  {"text":"","thoughtSignature":"ZW1wdHk="}]}}]}\
                """
                    .formatted(PNG, PNG, OTHER_PNG));

    assertThat(made.parts()).hasSize(4);
    assertThat(made.parts().get(0)).isInstanceOf(Part.Image.class);
    assertThat(made.parts().get(1)).isEqualTo(Part.Text.of("between"));
    assertThat(((Part.Image) made.parts().get(0)).blob().type()).isEqualTo(MediaType.PNG);
    assertThat(((Part.Image) made.parts().get(2)).blob().width()).isEqualTo(30);
    assertThat(made.parts())
        .extracting(part -> part.token().map(Part.Token::characters).orElse(0L))
        .containsExactly(4L, 0L, 4L, 8L);
    assertThat(made.usage()).isEqualTo(new Usage(3, 9, 0, 12, Optional.empty()));
  }

  @Test
  void thoughtsAreDroppedAndLeaveNoFile() throws Exception {
    Made made =
        (Made)
            answered(
                candidate(
                    """
                    {"thought":true,"text":"hm"},
                    {"inlineData":{"data":"%s"},"thought":true,"thoughtSignature":"c2ln"},
                    {"inlineData":{"data":"%s"}}\
                    """
                        .formatted(OTHER_PNG, PNG),
                    "STOP"));
    assertThat(made.parts()).hasSize(1);
    assertThat(files("blobs")).hasSize(1);
  }

  @Test
  void aPictureThatAGatewayHidesInTheWordsIsOne() throws Exception {
    Made made =
        (Made)
            answered(
                candidate(
                    "{\"text\":\"Here: ![image](data:image/png;base64,%s)\"}".formatted(PNG),
                    "STOP"));
    assertThat(made.parts()).hasSize(2);
    assertThat(made.parts().getFirst()).isEqualTo(Part.Text.of("Here: "));
    assertThat(((Part.Image) made.parts().getLast()).blob().width()).isEqualTo(20);
  }

  @Test
  void aPictureThatTheWordsRepeatIsShownOnce() throws Exception {
    Made made =
        (Made)
            answered(
                candidate(
                    "{\"text\":\"%s\"},{\"inlineData\":{\"data\":\"%s\"}}"
                        .formatted(OTHER_PNG, PNG),
                    "STOP"));
    assertThat(made.parts()).hasSize(1);
    assertThat(((Part.Image) made.parts().getFirst()).blob().width()).isEqualTo(20);
  }

  @Test
  void anArrayOfAnswersIsOne() throws Exception {
    Made made =
        (Made)
            answered(
                "["
                    + candidate("{\"text\":\"a\"}", "")
                    + ","
                    + candidate("{\"inlineData\":{\"data\":\"" + PNG + "\"}}", "STOP")
                    + "]");
    assertThat(made.parts()).hasSize(2);
  }

  @Test
  void wordsAloneAreWords() throws Exception {
    Spoke spoke = (Spoke) answered(candidate("{\"text\":\"Which cat?\"}", "STOP"));
    assertThat(spoke.parts()).containsExactly(Part.Text.of("Which cat?"));
  }

  @ParameterizedTest
  @CsvSource({
    "IMAGE_SAFETY, UNSAFE",
    "SAFETY, UNSAFE",
    "IMAGE_PROHIBITED_CONTENT, PROHIBITED",
    "PROHIBITED_CONTENT, PROHIBITED",
    "BLOCKLIST, PROHIBITED",
    "SPII, PERSONAL_DATA",
    "IMAGE_RECITATION, COPYRIGHT",
    "RECITATION, COPYRIGHT",
    "LANGUAGE, LANGUAGE",
    "MAX_TOKENS, TOO_LONG",
    "FAKE_NEW_FINISH_REASON, UNKNOWN"
  })
  void everyRefusalHasItsCauseAndTheProvidersWords(String reason, Cause cause) throws Exception {
    Refused refused =
        (Refused)
            answered(
                """
                {"candidates":[{"content":{"parts":null},"finishReason":"%s","finishMessage":"No, as it were."}],
                 "usageMetadata":{"totalTokenCount":7}}\
                """
                    .formatted(reason));
    assertThat(refused)
        .isEqualTo(
            new Refused(
                cause, Optional.of("No, as it were."), new Usage(0, 0, 0, 7, Optional.empty())));
  }

  @Test
  void aBlockedRequestIsRefused() throws Exception {
    for (String candidates : new String[] {"", "\"candidates\":[],", "\"candidates\":null,"}) {
      Refused refused =
          (Refused) answered("{" + candidates + "\"promptFeedback\":{\"blockReason\":\"OTHER\"}}");
      assertThat(refused.cause()).isEqualTo(Cause.REQUEST_BLOCKED);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"candidates\":[{\"content\":{},\"finishReason\":\"IMAGE_OTHER\",\"finishMessage\":\"Unable\"}]}",
        "{\"candidates\":[{\"content\":{\"role\":\"model\"},\"finishReason\":\"NO_IMAGE\"}]}",
        "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"\"}]},\"finishReason\":\"STOP\"}]}",
        "{\"candidates\":[{\"content\":{\"parts\":[null,7,[],{}]},\"finishReason\":\"STOP\"}]}",
        "{\"candidates\":[null],\"usageMetadata\":null}",
        "{\"candidates\":[{\"content\":{\"parts\":[{\"inlineData\":{\"data\":null}}]}}]}"
      })
  void anEndWithoutAPictureOrReasonMayBeTriedAgain(String body) throws Exception {
    assertThat(((Failed) answered(body)).problem()).isEqualTo(Problem.NO_PICTURE);
  }

  @Test
  void whatAnEndWithoutAPictureTookIsKnownUnlessItIsSaidToBeFree() throws Exception {
    String body =
        """
        {"candidates":[{"content":{},"finishReason":"IMAGE_OTHER","finishMessage":"%s"}],
         "usageMetadata":{"promptTokenCount":3,"totalTokenCount":203}}\
        """;
    assertThat(((Failed) answered(body.formatted("Unable to show it."))).usage())
        .isEqualTo(new Usage(3, 0, 0, 203, Optional.empty()));
    assertThat(
            ((Failed) answered(body.formatted("Unable. You will not be charged for this request.")))
                .usage())
        .isEqualTo(Usage.NONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"candidates\":[{\"content\":{\"parts\":[{\"inlineData\":{\"data\":\"iVBO",
        "{\"candidates\":[{\"content\"",
        "[{\"candidates\":[]}",
        "{\"candidates\":[{\"content\":{\"parts\":[{\"inlineData\":{\"data\":\"QUJDRA==\"}}]}}]}",
        "{\"candidates\":[{\"content\":{\"parts\":[{\"inlineData\":{\"data\":\"\"}}]}}]}",
        "{\"candidates\":[{\"content\":{\"parts\":[{\"inlineData\":{\"d\\u0061ta\":\"9\"}}]}}]}"
      })
  void whatIsNoAnswerIsGarbled(String body) throws Exception {
    assertThat(((Failed) answered(body)).problem()).isEqualTo(Problem.GARBLED);
    assertThat(files("blobs")).isEmpty();
  }

  @Test
  void anErrorInsideOfAnAnswerCounts() throws Exception {
    Failed failed =
        (Failed)
            answered("{\"error\":{\"code\":503,\"message\":\"busy\",\"status\":\"UNAVAILABLE\"}}");
    assertThat(failed.problem()).isEqualTo(Problem.OVERLOADED);
  }

  @ParameterizedTest
  @CsvSource({
    "01_native_success_lite_signature.json, 200, MADE",
    "07_error_404_model_not_found.json, 404, MODEL_GONE",
    "08_error_400_api_key_invalid.json, 400, KEY_REJECTED",
    "09_error_429_paid_tier_tokens_per_minute_retryinfo.json, 429, RATE_LIMITED",
    "18_refusal_image_other_finish_message.json, 200, NO_PICTURE",
    "22_thought_image_then_final_image.json, 200, MADE"
  })
  void whatOthersRecordedIsUnderstood(String name, int status, String expected) throws Exception {
    gemini.answer(ScriptedAnswer.body(status, "application/json", recorded(name)));

    switch (asked()) {
      case Made made -> {
        assertThat(expected).isEqualTo("MADE");
        assertThat(made.parts()).singleElement().isInstanceOf(Part.Image.class);
        assertThat(((Part.Image) made.parts().getFirst()).blob().type()).isEqualTo(MediaType.JPEG);
      }
      case Failed failed -> assertThat(failed.problem()).hasToString(expected);
      case Refused refused -> throw new AssertionError(refused);
      case Spoke spoke -> throw new AssertionError(spoke);
      case ImageResult.Waits waits -> throw new AssertionError(waits);
    }
  }

  private List<Path> files(String kind) throws IOException {
    try (Stream<Path> all = Files.walk(folder.resolve(kind))) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  private static String candidate(String parts, String finishReason) {
    return """
    {"candidates":[{"content":{"parts":[%s],"role":"model"}%s}]}\
    """
        .formatted(
            parts, finishReason.isEmpty() ? "" : ",\"finishReason\":\"" + finishReason + "\"");
  }
}
