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
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A gateway that passes Google's wire on below a path, and wants its key as a bearer. */
class BearerGatewayTest extends ImageModelContract {
  private final LoopbackGemini gateway = new LoopbackGemini();

  @BeforeEach
  void begin() {
    gateway.standsAt("/gemini/v1beta/models");
    gateway.wants("Authorization", "Bearer sk-loopback");
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
            gateway.baseUrl().resolve("/gemini"),
            Authentication.BEARER,
            List.of(new Secret("sk-loopback"))),
        mediaStore);
  }

  @Override
  protected ModelSpec model() {
    return ModelCatalogue.packaged().standard();
  }
}
