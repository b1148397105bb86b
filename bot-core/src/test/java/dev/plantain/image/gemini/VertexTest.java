package dev.plantain.image.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.config.Secret;
import dev.plantain.image.ImageModel;
import dev.plantain.image.ImageModelContract;
import dev.plantain.image.ImageRequest;
import dev.plantain.image.ImageResult.Failed;
import dev.plantain.image.ImageResult.Made;
import dev.plantain.image.ImageResult.Problem;
import dev.plantain.image.ModelCatalogue;
import dev.plantain.image.ModelSpec;
import dev.plantain.image.endpoint.Authentication;
import dev.plantain.image.endpoint.Endpoint;
import dev.plantain.image.endpoint.Wire;
import dev.plantain.media.MediaStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Vertex AI by an account and by a key. */
class VertexTest extends ImageModelContract {
  private static final String PUBLISHED = "/publishers/google/models";

  private final LoopbackGemini vertex = new LoopbackGemini();
  private final LoopbackAccounts accounts = new LoopbackAccounts();

  @BeforeEach
  void begin() {
    vertex.standsAt("/v1/projects/garden/locations/europe-west4" + PUBLISHED);
    vertex.wants("Authorization", "Bearer " + accounts.token());
  }

  @AfterEach
  void stop() {
    vertex.close();
    accounts.close();
  }

  @Override
  protected ImageModel provider(MediaStore mediaStore) {
    try {
      return new GeminiModel(
          endpoint(Optional.of("garden"), List.of()),
          new GoogleAccount(accounts.keyFile(folder)),
          mediaStore);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  protected ModelSpec model() {
    return ModelCatalogue.packaged().standard();
  }

  // The contract asks a new provider each time, each of which gets a token of its own.
  @Override
  protected Made made(ImageRequest request) throws InterruptedException {
    vertex.wants("Authorization", "Bearer ya29.loopback-" + (accounts.tokens() + 1));
    return super.made(request);
  }

  @Test
  void aTokenServesUntilShortlyBeforeItsEnd() throws Exception {
    ImageModel model = provider(store);
    assertThat(model.generate(request("a cat"))).isInstanceOf(Made.class);
    assertThat(model.generate(request("a dog"))).isInstanceOf(Made.class);
    assertThat(accounts.tokens()).isEqualTo(1);
  }

  @Test
  void aTokenThatIsAboutToEndIsRenewedBeforeItIsUsed() throws Exception {
    accounts.tokensLive(30);
    ImageModel model = provider(store);
    assertThat(model.generate(request("a cat"))).isInstanceOf(Made.class);
    vertex.wants("Authorization", "Bearer ya29.loopback-2");
    assertThat(model.generate(request("a dog"))).isInstanceOf(Made.class);
    assertThat(accounts.tokens()).isEqualTo(2);
  }

  @Test
  void anAccountThatIsNotThereOrNotTakenFailsInWordsAndNothingIsSent() throws Exception {
    Path elsewhere;
    try (LoopbackAccounts others = new LoopbackAccounts()) {
      String file = Files.readString(others.keyFile(Files.createDirectory(folder.resolve("o"))));
      String ours = Files.readString(accounts.keyFile(folder));
      String tokenUri = ours.replaceAll("(?s).*\"token_uri\":\"([^\"]*)\".*", "$1");
      elsewhere =
          Files.writeString(
              folder.resolve("other.json"),
              file.replaceAll("\"token_uri\":\"[^\"]*\"", "\"token_uri\":\"" + tokenUri + "\""));
    }
    for (Path account : List.of(folder.resolve("absent.json"), elsewhere)) {
      Failed failed =
          (Failed)
              new GeminiModel(
                      endpoint(Optional.of("garden"), List.of()), new GoogleAccount(account), store)
                  .generate(request("a cat"));
      assertThat(failed.problem()).isEqualTo(Problem.KEY_REJECTED);
      assertThat(failed.detail()).contains("no token").doesNotContain("PRIVATE KEY");
    }
    assertThat(vertex.asked()).isEmpty();
  }

  @Test
  void expressModeTakesAKeyAndNoProject() throws Exception {
    vertex.standsAt("/v1" + PUBLISHED);
    vertex.wants("x-goog-api-key", "express-key");
    Endpoint endpoint = endpoint(Optional.empty(), List.of(new Secret("express-key")));
    assertThat(LoopbackGemini.model(endpoint, store).generate(request("a cat")))
        .isInstanceOf(Made.class);
  }

  @Test
  void eachLocationHasItsAddress() {
    assertThat(new Wire.Vertex(Optional.empty(), "global", Optional.empty()).usualAddress())
        .isEqualTo(URI.create("https://aiplatform.googleapis.com"));
    assertThat(new Wire.Vertex(Optional.empty(), "europe-west4", Optional.empty()).usualAddress())
        .isEqualTo(URI.create("https://europe-west4-aiplatform.googleapis.com"));
  }

  private Endpoint endpoint(Optional<String> project, List<Secret> keys) {
    return new Endpoint(
        "vertex",
        new Wire.Vertex(project, "europe-west4", Optional.empty()),
        vertex.baseUrl(),
        Authentication.GOOGLE_KEY,
        keys);
  }
}
