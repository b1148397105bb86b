package dev.plantain.image.gemini;

import dev.plantain.image.ImageModel;
import dev.plantain.image.ImageRequest;
import dev.plantain.image.ImageResult;
import dev.plantain.image.endpoint.Endpoint;
import dev.plantain.image.wire.Credential;
import dev.plantain.image.wire.Exchange;
import dev.plantain.image.wire.GoogleAddress;
import dev.plantain.media.MediaStore;

/** Models of Google's that answer in words, or those of a gateway that speaks its wire. */
public final class GeminiWords implements ImageModel {
  private final Endpoint endpoint;
  private final GoogleAddress address;
  private final Exchange exchange;

  /**
   * @param store where the pictures of the request lie
   */
  public GeminiWords(Endpoint endpoint, Credential credential, MediaStore store) {
    this.endpoint = endpoint;
    this.address = GoogleAddress.of(endpoint);
    this.exchange = Exchange.ofWords(endpoint, credential, store);
  }

  /** {@inheritDoc} In words, within the time limit of the model. */
  @Override
  public ImageResult generate(ImageRequest request) throws InterruptedException {
    String model = request.model().id();
    return Exchange.ending(
        exchange.post(
            address.generateContent(endpoint.theirName(model)),
            RequestMapper.inWords(request),
            new Exchange.Asked(model, request.model().timeLimit(request.size())),
            AnswerReader.LONG_NAMES,
            AnswerReader::read));
  }
}
