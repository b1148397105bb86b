package dev.plantain.image.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.image.ImageResult.Problem;
import dev.plantain.image.ModelCatalogue;
import dev.plantain.image.ModelSpec;
import dev.plantain.image.endpoint.Endpoint;
import dev.plantain.image.gemini.GeminiModels.Listing;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GeminiModelsTest {
  private final LoopbackGemini gemini = new LoopbackGemini();

  @AfterEach
  void stop() {
    gemini.close();
  }

  @Test
  void allPagesAreRead() {
    gemini.switchOff("imagen-4.0-generate-001");

    Listing.Listed listed = (Listing.Listed) models(gemini.endpoint()).list();

    assertThat(listed.ids())
        .doesNotContain("imagen-4.0-generate-001")
        .hasSize(ModelCatalogue.packaged().models().size() - 1)
        .containsAll(
            ModelCatalogue.packaged().models().stream()
                .map(ModelSpec::id)
                .filter(id -> !id.equals("imagen-4.0-generate-001"))
                .toList());
  }

  @Test
  void aKeyThatIsNotValidIsSaidToBeWithoutShowingIt() {
    Endpoint config = LoopbackGemini.endpoint(gemini.baseUrl(), "AIza-wrong");

    Listing.Unlisted unlisted = (Listing.Unlisted) models(config).list();

    assertThat(unlisted.failure().problem()).isEqualTo(Problem.KEY_REJECTED);
    assertThat(unlisted.failure().detail()).doesNotContain("AIza-wrong");
  }

  @Test
  void whereNobodyListensThereIsNoList() {
    gemini.close();

    Listing.Unlisted unlisted = (Listing.Unlisted) models(gemini.endpoint()).list();

    assertThat(unlisted.failure().problem()).isEqualTo(Problem.UNREACHABLE);
  }

  private static GeminiModels models(Endpoint endpoint) {
    return new GeminiModels(endpoint, LoopbackGemini.credential(endpoint));
  }
}
