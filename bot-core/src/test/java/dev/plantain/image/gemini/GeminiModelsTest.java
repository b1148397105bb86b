package dev.plantain.image.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.config.Secret;
import dev.plantain.image.ImageResult.Problem;
import dev.plantain.image.ModelCatalogue;
import dev.plantain.image.ModelSpec;
import dev.plantain.image.gemini.GeminiModels.Listing;
import java.time.Duration;
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

    Listing.Listed listed = (Listing.Listed) new GeminiModels(gemini.config()).list();

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
    GeminiConfig config =
        new GeminiConfig(gemini.baseUrl(), new Secret("AIza-wrong"), Duration.ofSeconds(5));

    Listing.Unlisted unlisted = (Listing.Unlisted) new GeminiModels(config).list();

    assertThat(unlisted.failure().problem()).isEqualTo(Problem.KEY_REJECTED);
    assertThat(unlisted.failure().detail()).doesNotContain("AIza-wrong");
  }

  @Test
  void whereNobodyListensThereIsNoList() {
    gemini.close();

    Listing.Unlisted unlisted = (Listing.Unlisted) new GeminiModels(gemini.config()).list();

    assertThat(unlisted.failure().problem()).isEqualTo(Problem.UNREACHABLE);
  }
}
