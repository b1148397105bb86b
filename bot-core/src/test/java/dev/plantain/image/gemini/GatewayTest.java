package dev.plantain.image.gemini;

import dev.plantain.config.Secret;
import dev.plantain.image.ImageModel;
import dev.plantain.image.ImageModelContract;
import dev.plantain.image.ModelCatalogue;
import dev.plantain.image.ModelSpec;
import dev.plantain.image.endpoint.Authentication;
import dev.plantain.image.endpoint.Endpoint;
import dev.plantain.image.endpoint.Wire;
import dev.plantain.media.MediaStore;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

/** Gateways that pass Google's wire on, each with its own idea of a key. */
class GatewayTest {

  /** Below a path, with a key as a bearer. */
  @Nested
  class OneThatWantsABearer extends Contract {
    OneThatWantsABearer() {
      super(Authentication.BEARER, "/gemini", "Bearer sk-loopback");
    }
  }

  /** With a key and no word before it. */
  @Nested
  class OneThatWantsTheKeyAlone extends Contract {
    OneThatWantsTheKeyAlone() {
      super(Authentication.RAW, "", "sk-loopback");
    }
  }

  abstract static class Contract extends ImageModelContract {
    private final LoopbackGemini gateway = new LoopbackGemini();
    private final Authentication authentication;
    private final String path;

    Contract(Authentication authentication, String path, String proof) {
      this.authentication = authentication;
      this.path = path;
      gateway.standsAt(path + "/v1beta/models");
      gateway.wants("Authorization", proof);
    }

    @AfterEach
    void stop() {
      gateway.close();
    }

    @Override
    protected ImageModel provider(MediaStore mediaStore) {
      return LoopbackGemini.model(
          new Endpoint(
              "gateway",
              new Wire.Gemini(),
              URI.create(gateway.baseUrl() + path),
              authentication,
              List.of(new Secret("sk-loopback"))),
          mediaStore);
    }

    @Override
    protected ModelSpec model() {
      return ModelCatalogue.packaged().standard();
    }
  }
}
