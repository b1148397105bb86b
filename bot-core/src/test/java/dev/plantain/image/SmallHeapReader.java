package dev.plantain.image;

import dev.plantain.config.Secret;
import dev.plantain.conversation.Author;
import dev.plantain.conversation.Content;
import dev.plantain.conversation.Part;
import dev.plantain.image.endpoint.Authentication;
import dev.plantain.image.endpoint.Endpoint;
import dev.plantain.image.endpoint.Wire;
import dev.plantain.image.gemini.GeminiModel;
import dev.plantain.image.imagen.ImagenModel;
import dev.plantain.image.openai.OpenAiChatModel;
import dev.plantain.image.openai.OpenAiImagesModel;
import dev.plantain.image.wire.Credential;
import dev.plantain.media.Blob;
import dev.plantain.media.MediaStore;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A program that takes a picture over every wire, one after the other, and sends it on. */
public final class SmallHeapReader {
  /** Those that take words only come first, so that there is a picture for those that edit. */
  static final List<Wire> WIRES =
      List.of(
          new Wire.Imagen(),
          new Wire.OpenAiImages(),
          new Wire.Gemini(),
          new Wire.Vertex(Optional.empty(), "global", Optional.empty()),
          new Wire.OpenAiChat(false),
          new Wire.OpenAiChat(true),
          new Wire.OpenRouterChat(false),
          new Wire.OpenRouterChat(true),
          new Wire.OpenRouterImages());

  private static final int FROM_WORDS_ONLY = 2;

  private SmallHeapReader() {}

  /** Told where the server is and where pictures go; prints the name of each picture. */
  public static void main(String[] arguments) throws Exception {
    MediaStore store = new MediaStore(Path.of(arguments[1]));
    List<Part> parts = new ArrayList<>(List.of(Part.Text.of("a cat")));
    for (int index = 0; index < WIRES.size(); index++) {
      ImageModel model =
          model(WIRES.get(index), URI.create(arguments[0] + "/" + index + "/v1"), store);
      ImageResult result =
          model.generate(
              new ImageRequest(
                  ModelCatalogue.packaged().standard(),
                  List.of(new Content(Author.MEMBER, parts)),
                  Optional.empty(),
                  Optional.empty()));
      if (!(result instanceof ImageResult.Made made)) {
        throw new IllegalStateException(WIRES.get(index) + ": " + result);
      }
      Blob blob = ((Part.Image) made.parts().getLast()).blob();
      System.out.println(blob.id() + " " + blob.bytes());
      if (index == FROM_WORDS_ONLY - 1) {
        parts.add(Part.Image.of(blob));
      }
    }
    // The clients leave threads behind.
    Runtime.getRuntime().halt(0);
  }

  private static ImageModel model(Wire wire, URI baseUrl, MediaStore store) {
    Secret key = new Secret("key");
    Endpoint endpoint = new Endpoint("small", wire, baseUrl, Authentication.BEARER, List.of(key));
    Credential credential = new Credential.Key(Authentication.BEARER, key);
    return switch (wire) {
      case Wire.Gemini _, Wire.Vertex _ -> new GeminiModel(endpoint, credential, store);
      case Wire.OpenAiChat _, Wire.OpenRouterChat _ ->
          new OpenAiChatModel(endpoint, credential, store);
      case Wire.OpenAiImages _, Wire.OpenRouterImages _ ->
          new OpenAiImagesModel(endpoint, credential, store);
      case Wire.Imagen _ -> new ImagenModel(endpoint, credential, store);
    };
  }
}
