package dev.plantain.bench;

import dev.plantain.config.Secret;
import dev.plantain.conversation.Author;
import dev.plantain.conversation.Content;
import dev.plantain.conversation.Part;
import dev.plantain.image.ImageModel;
import dev.plantain.image.ImageRequest;
import dev.plantain.image.ImageResult;
import dev.plantain.image.ModelCatalogue;
import dev.plantain.image.endpoint.Authentication;
import dev.plantain.image.endpoint.Endpoint;
import dev.plantain.image.endpoint.Wire;
import dev.plantain.image.gemini.GeminiModel;
import dev.plantain.image.imagen.ImagenModel;
import dev.plantain.image.openai.OpenAiChatModel;
import dev.plantain.image.openai.OpenAiImagesModel;
import dev.plantain.image.wire.Credential;
import dev.plantain.media.Blob;
import dev.plantain.media.BlobDraft;
import dev.plantain.media.ImageInspector;
import dev.plantain.media.MediaStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Our way to the model. */
final class Ours {
  private final Path folder;
  private final MediaStore store;
  private final ModelCatalogue catalogue = ModelCatalogue.packaged();
  private final ImageModel model;
  private final List<Part> asked = new ArrayList<>();

  /**
   * @param photos are sent with every request
   */
  Ours(URI baseUrl, Path folder, List<Path> photos) throws IOException {
    this(new Wire.Gemini(), baseUrl, folder, photos);
  }

  /**
   * @param photos are sent with every request
   */
  Ours(Wire wire, URI baseUrl, Path folder, List<Path> photos) throws IOException {
    this.folder = folder;
    this.store = new MediaStore(folder);
    this.model = model(wire, baseUrl, store);
    asked.add(Part.Text.of("make it nighttime"));
    for (Path photo : photos) {
      asked.add(Part.Image.of(kept(photo)));
    }
  }

  private static ImageModel model(Wire wire, URI baseUrl, MediaStore store) {
    Secret key = new Secret("key");
    Endpoint endpoint =
        new Endpoint("loopback", wire, baseUrl, Authentication.GOOGLE_KEY, List.of(key));
    Credential credential = new Credential.Key(Authentication.GOOGLE_KEY, key);
    return switch (wire) {
      case Wire.Gemini(), Wire.Vertex _ -> new GeminiModel(endpoint, credential, store);
      case Wire.OpenAiChat _, Wire.OpenRouterChat _ ->
          new OpenAiChatModel(endpoint, credential, store);
      case Wire.OpenAiImages(), Wire.OpenRouterImages() ->
          new OpenAiImagesModel(endpoint, credential, store);
      case Wire.Imagen() -> new ImagenModel(endpoint, credential, store);
    };
  }

  private Blob kept(Path photo) throws IOException {
    ImageInspector.Description seen = ImageInspector.inspect(photo).orElseThrow();
    try (BlobDraft draft = store.begin()) {
      Files.copy(photo, draft);
      return new Blob(draft.keep(), seen.type(), draft.bytes(), seen.width(), seen.height());
    }
  }

  void generate() throws InterruptedException {
    ImageResult result =
        model.generate(
            new ImageRequest(
                catalogue.standard(),
                List.of(new Content(Author.MEMBER, asked)),
                Optional.empty(),
                Optional.empty()));
    if (!(result instanceof ImageResult.Made)) {
      throw new IllegalStateException(result.toString());
    }
  }

  /** So that every answer is stored anew. */
  void forgetAnswers() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("blobs"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.delete(file);
      }
    }
  }
}
