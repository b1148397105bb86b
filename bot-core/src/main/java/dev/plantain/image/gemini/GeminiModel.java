package dev.plantain.image.gemini;

import dev.plantain.conversation.Content;
import dev.plantain.image.ImageModel;
import dev.plantain.image.ImageRequest;
import dev.plantain.image.ImageResult;
import dev.plantain.image.Unsigned;
import dev.plantain.image.endpoint.Endpoint;
import dev.plantain.image.wire.Credential;
import dev.plantain.image.wire.Exchange;
import dev.plantain.image.wire.Exchange.Reply;
import dev.plantain.image.wire.Fault.Remedy;
import dev.plantain.image.wire.GoogleAddress;
import dev.plantain.media.MediaStore;
import java.util.List;
import java.util.Set;

/** The image models of Google's Gemini, or of a gateway that speaks its wire. */
public final class GeminiModel implements ImageModel {
  private final Endpoint endpoint;
  private final GoogleAddress address;
  private final Exchange exchange;

  /**
   * @param store where the pictures of the request lie, and those of the answer will
   */
  public GeminiModel(Endpoint endpoint, Credential credential, MediaStore store) {
    this.endpoint = endpoint;
    this.address = GoogleAddress.of(endpoint);
    this.exchange = new Exchange(endpoint, credential, store);
  }

  /**
   * {@inheritDoc}
   *
   * <p>Two refusals are mended and asked again, once each, as the provider did no work: a signature
   * that is missing or wrong, and a ratio or size that the model takes after all not.
   */
  @Override
  public ImageResult generate(ImageRequest request) throws InterruptedException {
    return Exchange.mended(tried -> ask(request, tried));
  }

  private Reply ask(ImageRequest request, Set<Remedy> tried) throws InterruptedException {
    List<Content> contents =
        tried.contains(Remedy.WITHOUT_SIGNATURES)
            ? Unsigned.flattened(request.contents())
            : Unsigned.repaired(request.contents(), request.model());
    String model = request.model().id();
    return exchange.post(
        address.generateContent(endpoint.theirName(model)),
        RequestMapper.map(
            request.withContents(contents), !tried.contains(Remedy.WITHOUT_IMAGE_CONFIG)),
        new Exchange.Asked(
            model, endpoint.timeLimit().orElseGet(() -> request.model().timeLimit(request.size()))),
        AnswerReader.LONG_NAMES,
        AnswerReader::read);
  }
}
