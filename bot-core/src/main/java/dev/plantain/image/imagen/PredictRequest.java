package dev.plantain.image.imagen;

import dev.plantain.image.AspectRatio;
import dev.plantain.image.ImageRequest;
import dev.plantain.image.ImageSize;
import dev.plantain.image.wire.CondensedPrompt;
import dev.plantain.image.wire.RequestJson;
import dev.plantain.image.wire.RequestPiece;
import java.util.List;
import java.util.Optional;

/** Says what is to be sent to {@code :predict}, without sending it: gemini.md, section 6. */
final class PredictRequest {
  private PredictRequest() {}

  static List<RequestPiece> map(ImageRequest request, boolean withImageConfig) {
    RequestJson json = new RequestJson().raw("{\"instances\":[{");
    json.field("prompt", CondensedPrompt.words(request));
    json.raw("}],\"parameters\":{\"sampleCount\":1");
    if (withImageConfig) {
      Optional<AspectRatio> ratio = request.ratio().filter(request.model().ratios()::contains);
      Optional<ImageSize> size = request.size().filter(request.model().sizes()::contains);
      ratio.ifPresent(asked -> json.raw(",").field("aspectRatio", asked.toString()));
      size.ifPresent(asked -> json.raw(",").field("imageSize", asked.label()));
    }
    return json.raw("}}").pieces();
  }
}
