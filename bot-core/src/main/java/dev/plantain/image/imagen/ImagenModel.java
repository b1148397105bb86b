package dev.plantain.image.imagen;

import dev.plantain.image.ImageModel;
import dev.plantain.image.ImageRequest;
import dev.plantain.image.ImageResult;
import dev.plantain.image.endpoint.Endpoint;
import dev.plantain.image.wire.CondensedPrompt;
import dev.plantain.image.wire.Credential;
import dev.plantain.image.wire.Exchange;
import dev.plantain.image.wire.Fault.Remedy;
import dev.plantain.image.wire.GoogleAddress;
import dev.plantain.media.MediaStore;
import java.util.Optional;
import java.util.Set;

/** The models of Imagen, which make pictures from words only. */
public final class ImagenModel implements ImageModel {
  private final Endpoint endpoint;
  private final GoogleAddress address;
  private final Exchange exchange;

  /**
   * @param store where the pictures of the answer will lie
   */
  public ImagenModel(Endpoint endpoint, Credential credential, MediaStore store) {
    this.endpoint = endpoint;
    this.address = GoogleAddress.of(endpoint);
    this.exchange = new Exchange(endpoint, credential, store);
  }

  /**
   * {@inheritDoc}
   *
   * <p>A conversation that holds pictures fails before anything is sent. A ratio or size that is
   * refused is left out, and the request asked again once.
   */
  @Override
  public ImageResult generate(ImageRequest request) throws InterruptedException {
    Optional<ImageResult> refused =
        CondensedPrompt.refusedPictures(request.contents(), endpoint.name());
    return refused.isPresent() ? refused.get() : Exchange.mended(tried -> ask(request, tried));
  }

  private Exchange.Reply ask(ImageRequest request, Set<Remedy> tried) throws InterruptedException {
    String model = request.model().id();
    return exchange.post(
        address.predict(endpoint.theirName(model)),
        PredictRequest.map(request, !tried.contains(Remedy.WITHOUT_IMAGE_CONFIG)),
        new Exchange.Asked(
            model, endpoint.timeLimit().orElseGet(() -> request.model().timeLimit(request.size()))),
        PredictReader.LONG_NAMES,
        PredictReader::read);
  }
}
