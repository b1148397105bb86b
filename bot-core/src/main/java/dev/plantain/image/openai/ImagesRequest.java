package dev.plantain.image.openai;

import dev.plantain.image.AspectRatio;
import dev.plantain.image.ImageRequest;
import dev.plantain.image.ImageSize;
import dev.plantain.image.ModelSpec;
import dev.plantain.image.wire.CondensedPrompt;
import dev.plantain.image.wire.RequestJson;
import dev.plantain.image.wire.RequestPiece;
import dev.plantain.media.Blob;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says what is to be sent where pictures are made of a prompt, without sending it. */
final class ImagesRequest {
  private ImagesRequest() {}

  /**
   * The body for {@code /images/generations}: ai.google.dev/gemini-api/docs/openai. It knows no
   * ratio, only pixels.
   *
   * @param model what the endpoint calls it
   */
  static List<RequestPiece> ofOpenAi(ImageRequest request, String model, boolean withImageConfig) {
    RequestJson json = new RequestJson().raw("{").field("model", model).raw(",");
    json.field("prompt", CondensedPrompt.words(request)).raw(",\"n\":1");
    if (withImageConfig) {
      pixels(request).ifPresent(size -> json.raw(",").field("size", size));
    }
    return json.raw(",").field("response_format", "b64_json").raw("}").pieces();
  }

  /**
   * The body for OpenRouter's {@code /images}: openrouter.ai/docs, Image Generation.
   *
   * @param model what the endpoint calls it
   */
  static List<RequestPiece> ofOpenRouter(
      ImageRequest request, String model, boolean withImageConfig) {
    RequestJson json = new RequestJson().raw("{").field("model", model).raw(",");
    json.field("prompt", CondensedPrompt.words(request)).raw(",\"n\":1");
    if (withImageConfig) {
      ratio(request).ifPresent(asked -> json.raw(",").field("aspect_ratio", asked.toString()));
      size(request).ifPresent(asked -> json.raw(",").field("resolution", asked.label()));
    }
    List<Blob> pictures = CondensedPrompt.pictures(request.contents());
    for (int index = 0; index < pictures.size(); index++) {
      json.raw(index == 0 ? ",\"input_references\":[" : ",")
          .raw("{\"type\":\"image_url\",\"image_url\":{\"url\":")
          .dataUri(pictures.get(index))
          .raw("}}");
    }
    return json.raw(pictures.isEmpty() ? "}" : "]}").pieces();
  }

  private static Optional<AspectRatio> ratio(ImageRequest request) {
    return request.ratio().filter(request.model().ratios()::contains);
  }

  private static Optional<ImageSize> size(ImageRequest request) {
    return request.size().filter(request.model().sizes()::contains);
  }

  private static Optional<String> pixels(ImageRequest request) {
    Map<String, Map<String, String>> tables = request.model().pixels();
    String size = size(request).map(ImageSize::label).orElseGet(() -> usual(request.model()));
    return ratio(request)
        .or(() -> size(request).map(_ -> new AspectRatio(1, 1)))
        .flatMap(asked ->
            Optional.ofNullable(tables.getOrDefault(size, Map.of()).get(asked.toString())));
  }

  private static String usual(ModelSpec model) {
    boolean sized = model.sizes().contains(new ImageSize("1K"));
    return sized ? "1K" : ModelSpec.DEFAULT;
  }
}
