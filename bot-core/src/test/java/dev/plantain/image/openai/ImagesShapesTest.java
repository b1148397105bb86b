package dev.plantain.image.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.conversation.Author;
import dev.plantain.conversation.Content;
import dev.plantain.conversation.Part;
import dev.plantain.image.ImageRequest;
import dev.plantain.image.ImageResult;
import dev.plantain.image.ImageResult.Failed;
import dev.plantain.image.ImageResult.Made;
import dev.plantain.image.ImageResult.Problem;
import dev.plantain.image.ModelCatalogue;
import dev.plantain.image.endpoint.Authentication;
import dev.plantain.image.endpoint.Wire;
import dev.plantain.image.gemini.Painted;
import dev.plantain.image.gemini.ScriptedAnswer;
import dev.plantain.media.MediaStore;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is made of each shape of an answer of images. */
class ImagesShapesTest {
  private static final byte[] PNG = Painted.picture("png", 20, 10, 1);
  private static final String BASE64 = Base64.getEncoder().encodeToString(PNG);

  @TempDir private Path folder;
  private final LoopbackOpenAi server =
      new LoopbackOpenAi(new Wire.OpenAiImages(), Authentication.BEARER, "/v1/images/generations");

  @AfterEach
  void stop() {
    server.close();
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
    Made made = (Made) answered(image.replace("@", BASE64));
    Part.Image picture = (Part.Image) made.parts().getLast();
    assertThat(new MediaStore(folder).open(picture.blob().id()).readAllBytes()).isEqualTo(PNG);
  }

  @Test
  void noPictureAtAllMayBeTriedAgain() throws Exception {
    assertThat(((Failed) answered("")).problem()).isEqualTo(Problem.NO_PICTURE);
  }

  private ImageResult answered(String images) throws Exception {
    server.answer(ScriptedAnswer.json("{\"created\":1,\"data\":[" + images + "]}"));
    return LoopbackOpenAi.model(server.endpoint(), new MediaStore(folder))
        .generate(
            new ImageRequest(
                ModelCatalogue.packaged().standard(),
                List.of(new Content(Author.MEMBER, List.of(Part.Text.of("a cat")))),
                Optional.empty(),
                Optional.empty()));
  }
}
