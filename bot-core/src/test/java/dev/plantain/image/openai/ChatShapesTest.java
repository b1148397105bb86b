package dev.plantain.image.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.conversation.Part;
import dev.plantain.image.AnswerScene;
import dev.plantain.image.AspectRatio;
import dev.plantain.image.ImageModel;
import dev.plantain.image.ImageRequest;
import dev.plantain.image.ImageResult;
import dev.plantain.image.ImageResult.Cause;
import dev.plantain.image.ImageResult.Failed;
import dev.plantain.image.ImageResult.Made;
import dev.plantain.image.ImageResult.Problem;
import dev.plantain.image.ImageResult.Refused;
import dev.plantain.image.ImageResult.Spoke;
import dev.plantain.image.PlainRequest;
import dev.plantain.image.Usage;
import dev.plantain.image.endpoint.Authentication;
import dev.plantain.image.endpoint.Wire;
import dev.plantain.image.gemini.Painted;
import dev.plantain.image.gemini.ScriptedAnswer;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is made of each shape of an answer of a chat. */
class ChatShapesTest extends AnswerScene {
  private static final byte[] PNG = Painted.picture("png", 20, 10, 1);
  private static final String BASE64 = Base64.getEncoder().encodeToString(PNG);
  private static final String URI = "data:image/png;base64," + BASE64;
  private static final byte[] OTHER = Painted.picture("png", 30, 10, 2);

  private final LoopbackOpenAi server =
      new LoopbackOpenAi(
          new Wire.OpenRouterChat(false), Authentication.BEARER, "/api/v1/chat/completions");

  @AfterEach
  void stop() {
    server.close();
    assertThat(server.refused()).isEmpty();
  }

  @Override
  protected ImageModel model() {
    return LoopbackOpenAi.model(server.endpoint(), store);
  }

  @Override
  protected void answers(ScriptedAnswer answer) {
    server.answer(answer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"content\":\"![image](%s)\"",
        "\"content\":\"%s\"",
        "\"content\":[{\"type\":\"text\",\"text\":\"\"},{\"type\":\"image_url\",\"image_url\":{\"url\":\"%s\"}}]",
        "\"content\":[{\"type\":\"image_url\",\"image_url\":\"%s\"}]",
        "\"content\":[{\"type\":\"text\",\"text\":\"![](%s)\"}]",
        "\"content\":null,\"images\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"%s\",\"detail\":\"auto\"},\"index\":0}]",
        "\"content\":\"\",\"images\":[{\"image_url\":{\"url\":\"%s\"}}]",
        "\"images\":[{\"url\":\"%s\"}]",
        "\"images\":[\"%s\"]",
        "\"images\":[null,[],7, \"%s\" ]",
        "\"images\":\"%s\"",
        "\"content\":\"\",\"image\":\"%s\"",
        "\"content\":\"\",\"image\":{\"url\":\"%s\",\"detail\":\"auto\"}",
        "\"annotations\":[{\"url_citation\":{\"content\":\"no\",\"url\":\"https://x.example/a.png\"}}],\"content\":\"%s\""
      })
  void aPictureIsFoundWhereverItStands(String message) throws Exception {
    Made made = (Made) message(message.formatted(URI));
    assertThat(made.parts()).singleElement().isInstanceOf(Part.Image.class);
    assertThat(store.open(((Part.Image) made.parts().getFirst()).blob().id()).readAllBytes())
        .isEqualTo(PNG);
  }

  @Test
  void eventsThatNobodyAskedForAreReadAllTheSame() throws Exception {
    server.answer(ChatAnswers.streamed(PNG, 50));
    assertThat(((Made) asked()).parts()).hasSize(2);
    server.answer(ChatAnswers.imagesInEvents(PNG, "0.0387421"));
    Made made = (Made) asked();
    assertThat(made.parts().getFirst()).isEqualTo(Part.Text.of("Here."));
    assertThat(made.usage().toldMicroDollars()).contains(38_743L);
  }

  @Test
  void bareBase64IsAPicture() throws Exception {
    Made made = (Made) message("\"content\":\"" + BASE64 + "\"");
    assertThat(made.parts()).hasSize(1);
  }

  @Test
  void aPictureThatTheWordsRepeatIsShownOnceAndTheWordsStay() throws Exception {
    Made made =
        (Made)
            message(
                "\"content\":\"Here: ![image](%s)\",\"images\":[{\"image_url\":{\"url\":\"%s\"}}]"
                    .formatted(ChatAnswers.dataUri(OTHER), URI));
    assertThat(made.parts().getFirst()).isEqualTo(Part.Text.of("Here: "));
    assertThat(made.parts()).hasSize(2);
    assertThat(((Part.Image) made.parts().getLast()).blob().width()).isEqualTo(20);
  }

  @Test
  void whatTheModelThinksIsNeverShown() throws Exception {
    Spoke spoke =
        (Spoke)
            message(
                """
                "reasoning":"secret %s","reasoning_content":"secret","thinking":"secret",\
                "reasoning_details":[{"type":"reasoning.text","text":"secret","signature":"c2ln"},\
                {"type":"reasoning.encrypted","data":"%s"}],"content":"Which cat?"\
                """
                    .formatted(URI, "QUJD".repeat(500_000)));
    assertThat(spoke.parts()).containsExactly(Part.Text.of("Which cat?"));
  }

  @Test
  void usageAndPriceAreTaken() throws Exception {
    server.answer(ChatAnswers.images(PNG, "0.0387421"));
    assertThat(((Made) asked()).usage())
        .isEqualTo(new Usage(12, 1290, 1120, 1302, Optional.of(38_743L)));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "0.039, 39000",
    "1e-7, 1",
    "3.9E-2, 39000",
    "12, 12000000",
    "'\"0.05\"', 50000",
    "null,",
    "-1,",
    "1e999999999,",
    "'\"free\"',"
  })
  void aPriceIsRoundedUpToWholeMicroDollars(String cost, Long microDollars) throws Exception {
    server.answer(ChatAnswers.images(PNG, cost));
    assertThat(((Made) asked()).usage().toldMicroDollars())
        .isEqualTo(Optional.ofNullable(microDollars));
  }

  @Test
  void whoBringsAKeyOfTheirOwnPaysTheProviderBesides() throws Exception {
    server.answer(
        ChatAnswers.images(
            PNG,
            "0.002,\"is_byok\":true,\"cost_details\":{\"upstream_inference_cost\":0.0387421}"));
    assertThat(((Made) asked()).usage().toldMicroDollars()).contains(40_743L);
  }

  @ParameterizedTest
  @CsvSource({
    "content_filter, null, UNSAFE",
    "content_filter, '\"PROHIBITED_CONTENT\"', PROHIBITED",
    "content_filter, '\"IMAGE_RECITATION\"', COPYRIGHT",
    "length, null, TOO_LONG",
    "IMAGE_SAFETY, null, UNSAFE",
    "never_heard_of, null, UNKNOWN"
  })
  void everyRefusalHasItsCause(String reason, String nativeReason, Cause cause) throws Exception {
    Refused refused =
        (Refused)
            completion(
                "\"content\":\"No, as it were.\"",
                ",\"finish_reason\":\"%s\",\"native_finish_reason\":%s"
                    .formatted(reason, nativeReason));
    assertThat(refused.cause()).isEqualTo(cause);
    assertThat(refused.explanation()).contains("No, as it were.");
    assertThat(refused.usage().totalTokens()).isEqualTo(1302);
  }

  @Test
  void aRefusalInAFieldOfItsOwnIsOne() throws Exception {
    Refused refused = (Refused) message("\"content\":null,\"refusal\":\"I cannot do that.\"");
    assertThat(refused.cause()).isEqualTo(Cause.PROHIBITED);
    assertThat(refused.explanation()).contains("I cannot do that.");
  }

  @Test
  void aPictureThatIsLongEnoughToReachALimitIsShown() throws Exception {
    assertThat(completion("\"content\":\"" + URI + "\"", ",\"finish_reason\":\"length\""))
        .isInstanceOf(Made.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"choices\":[]}",
        "{\"choices\":null}",
        "{\"choices\":[{\"message\":{\"content\":\"\"},\"finish_reason\":\"stop\"}]}",
        "{\"choices\":[{\"message\":{\"content\":null,\"images\":null}}],\"usage\":null,\"error\":null}",
        "{\"choices\":[{\"message\":{\"content\":\" \\n\"},\"finish_reason\":\"error\"}]}",
        "{\"choices\":[{\"message\":{\"content\":[],\"images\":[7,null,{}]}}]}"
      })
  void anEndWithoutAPictureOrReasonMayBeTriedAgain(String body) throws Exception {
    assertThat(((Failed) answered(body)).problem()).isEqualTo(Problem.NO_PICTURE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"choices\":[{\"message\":{\"content\":\"data:image/png;base64,QUJD\"}}]}",
        "{\"choices\":[{\"message\":{\"content\":\"data:image/png;base64,QUJD",
        "{\"choices\":[{\"message\":{\"images\":[{\"image_url\":{\"url\":\"data:image/png;base64,****\"}}]}}]}",
        "{\"choices\":[{\"message\":{\"images\":[{\"b64_json\":\"QUJD\"}]}}]}",
        "{\"choices\":[{\"message\":{\"c\\u006fntent\":\"9\"}}]}",
        "data: [DONE]\n\n",
        ": nothing\n\n",
        "data: {\"choices\":[{\"delta\":{\"content\":\"Hi\"},\"finish_reason\":null}]}\n\n",
        "data: ping\n\n"
      })
  void whatIsNoAnswerIsGarbled(String body) throws Exception {
    assertThat(((Failed) answered(body)).problem()).isEqualTo(Problem.GARBLED);
  }

  @Test
  void errorsInsideOfAnAnswerCount() throws Exception {
    assertThat(
            ((Failed) answered("{\"error\":{\"code\":502,\"message\":\"down\"},\"choices\":[]}"))
                .problem())
        .isEqualTo(Problem.OVERLOADED);
    assertThat(
            ((Failed)
                    answered(
                        "{\"choices\":[{\"error\":{\"code\":429,\"message\":\"slow\"},\"message\":{\"content\":\"\"},\"finish_reason\":\"error\"}]}"))
                .problem())
        .isEqualTo(Problem.RATE_LIMITED);
    assertThat(
            answered(
                "{\"error\":{\"code\":\"content_policy_violation\",\"message\":\"Not that.\"}}"))
        .isEqualTo(new Refused(Cause.REQUEST_BLOCKED, Optional.of("Not that."), Usage.NONE));
  }

  @Test
  void whatAnErrorInsideOfAnAnswerTookIsKnown() throws Exception {
    Failed failed =
        (Failed)
            answered(
                """
                {"choices":[{"error":{"code":502,"message":"down"},"message":{"content":""}}],
                 "usage":{"cost":0.003}}
                """);
    assertThat(failed.usage().toldMicroDollars()).contains(3_000L);
  }

  @Test
  void aShapeThatTheModelTakesNotIsLeftOut() throws Exception {
    server.answer(ChatAnswers.error(400, "invalid_request_error", "image_config is not supported"));
    assertThat(asked()).isInstanceOf(Made.class);
    assertThat(server.asked())
        .extracting(request -> request.body().has("image_config"))
        .containsExactly(true, false);
  }

  @Test
  void whatOthersDerivedIsUnderstood() throws Exception {
    Made made = (Made) answered(recorded("24_newapi_chat_markdown_data_uri.json"));
    assertThat(made.parts()).singleElement().isInstanceOf(Part.Image.class);
    assertThat(made.usage().totalTokens()).isEqualTo(1302);
  }

  private ImageResult message(String message) throws InterruptedException {
    return completion(message, ",\"finish_reason\":\"stop\"");
  }

  private ImageResult completion(String message, String more) throws InterruptedException {
    return answered(ChatAnswers.completion(message, more));
  }

  @Override
  protected ImageResult asked() throws InterruptedException {
    ImageRequest plain = PlainRequest.of("a cat");
    return model()
        .generate(
            new ImageRequest(
                plain.model(), plain.contents(), AspectRatio.parse("1:1"), plain.size()));
  }
}
