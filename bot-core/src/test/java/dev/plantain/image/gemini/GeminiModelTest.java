package dev.plantain.image.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.image.ImageModel;
import dev.plantain.image.ImageModelContract;
import dev.plantain.image.ModelCatalogue;
import dev.plantain.image.ModelSpec;
import dev.plantain.media.MediaStore;
import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GeminiModelTest extends ImageModelContract {
  private final LoopbackGemini gemini = new LoopbackGemini();
  private final ModelCatalogue catalogue = ModelCatalogue.packaged();

  @AfterEach
  void stop() {
    gemini.close();
  }

  @Override
  protected ImageModel provider(MediaStore mediaStore) {
    return new GeminiModel(gemini.config(), catalogue, mediaStore);
  }

  @Override
  protected ModelSpec model() {
    return catalogue.standard();
  }

  @Test
  void thePictureIsKeptByteForByteAndItsSignatureCharacterByCharacter() throws Exception {
    byte[] picture = Painted.picture("png", 300, 200, 7);
    String signature = Painted.signature(8, 200_000);
    gemini.answer(ScriptedAnswer.picture("There.", picture, "image/png", signature));

    var made = made(request("a cat"));

    assertThat(store.open(last(made).blob().id()).readAllBytes()).isEqualTo(picture);
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    PackedText.unpack(store.open(last(made).token().orElseThrow().stored()), text);
    assertThat(text).hasToString(signature);
  }
}
