package dev.plantain.image.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.image.Guidance;
import dev.plantain.image.ImageModel;
import dev.plantain.image.ImageModelContract;
import dev.plantain.image.ImageRequest;
import dev.plantain.image.ModelCatalogue;
import dev.plantain.image.ModelSpec;
import dev.plantain.image.Safety;
import dev.plantain.image.endpoint.Authentication;
import dev.plantain.image.endpoint.Wire;
import dev.plantain.media.MediaStore;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What holds for every provider, on each wire of this family. */
class EveryWireContractTest {

  @Nested
  class AChat extends Contract {
    AChat() {
      super(new Wire.OpenAiChat(false), "/v1/chat/completions");
    }
  }

  @Nested
  class AStreamedChat extends Contract {
    AStreamedChat() {
      super(new Wire.OpenAiChat(true), "/v1/chat/completions");
    }
  }

  @Nested
  class AChatOfOpenRouter extends Contract {
    AChatOfOpenRouter() {
      super(new Wire.OpenRouterChat(false), "/api/v1/chat/completions");
    }
  }

  @Nested
  class AStreamedChatOfOpenRouter extends Contract {
    AStreamedChatOfOpenRouter() {
      super(new Wire.OpenRouterChat(true), "/api/v1/chat/completions");
    }
  }

  @Nested
  class ImagesOfOpenRouter extends Contract {
    ImagesOfOpenRouter() {
      super(new Wire.OpenRouterImages(), "/api/v1/images");
    }
  }

  @Nested
  class ImagesFromWords extends Contract {
    ImagesFromWords() {
      super(new Wire.OpenAiImages(), "/v1/images/generations");
    }

    @Override
    protected boolean edits() {
      return false;
    }
  }

  abstract static class Contract extends ImageModelContract {
    private final LoopbackOpenAi server;

    Contract(Wire wire, String path) {
      server = new LoopbackOpenAi(wire, Authentication.BEARER, path);
    }

    @AfterEach
    void stop() {
      server.close();
      assertThat(server.refused()).isEmpty();
    }

    @Test
    void theOperatorsInstructionIsTaken() throws Exception {
      ImageRequest plain = request("a cat");
      made(
          new ImageRequest(
              plain.model(),
              plain.contents(),
              plain.ratio(),
              plain.size(),
              Safety.USUAL,
              new Guidance(Optional.of("In our style."), Optional.empty(), false),
              Optional.of("(a picture)")));
      assertThat(server.asked().getLast().body().toString()).contains("In our style.");
    }

    @Override
    protected ImageModel provider(MediaStore mediaStore) {
      return LoopbackOpenAi.model(server.endpoint(), mediaStore);
    }

    @Override
    protected ModelSpec model() {
      return ModelCatalogue.packaged().standard();
    }
  }
}
