package dev.plantain.image.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.conversation.Part;
import dev.plantain.image.AnswerScene;
import dev.plantain.image.ImageModel;
import dev.plantain.image.ImageResult;
import dev.plantain.image.ImageResult.Made;
import dev.plantain.image.ImageResult.Problem;
import dev.plantain.image.endpoint.Authentication;
import dev.plantain.image.endpoint.Wire;
import dev.plantain.image.gemini.Painted;
import dev.plantain.image.gemini.ScriptedAnswer;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is made of each shape of an answer of images. */
class ImagesShapesTest extends AnswerScene {
  private static final byte[] PNG = Painted.picture("png", 20, 10, 1);
  private static final String BASE64 = Base64.getEncoder().encodeToString(PNG);

  private final LoopbackOpenAi server =
      new LoopbackOpenAi(new Wire.OpenAiImages(), Authentication.BEARER, "/v1/images/generations");

  @AfterEach
  void stop() {
    server.close();
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
        "{\"b64_json\":\"@\"}",
        "{\"url\":\"data:image/png;base64,@\"}",
        "\"data:image/png;base64,@\"",
        "\"@\"",
        "null,{},\"\",{\"b64_json\":\"@\",\"revised_prompt\":\"no @\"}"
      })
  void aPictureIsFoundInWhateverShapeItStands(String image) throws Exception {
    Made made = (Made) listed(image.replace("@", BASE64));
    Part.Image picture = (Part.Image) made.parts().getLast();
    assertThat(store.open(picture.blob().id()).readAllBytes()).isEqualTo(PNG);
  }

  @Test
  void noPictureAtAllMayBeTriedAgain() throws Exception {
    assertThat(problem(listed(""))).isEqualTo(Problem.NO_PICTURE);
  }

  private ImageResult listed(String images) throws InterruptedException {
    return answered("{\"created\":1,\"data\":[" + images + "]}");
  }
}
