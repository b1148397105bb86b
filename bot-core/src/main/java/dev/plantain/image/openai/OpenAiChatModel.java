package dev.plantain.image.openai;

import dev.plantain.image.ImageModel;
import dev.plantain.image.ImageRequest;
import dev.plantain.image.ImageResult;
import dev.plantain.image.endpoint.Endpoint;
import dev.plantain.image.endpoint.Wire;
import dev.plantain.image.wire.Credential;
import dev.plantain.image.wire.Exchange;
import dev.plantain.image.wire.Fault.Remedy;
import dev.plantain.media.MediaStore;
import java.util.Set;

/** Image models behind a chat as OpenAI shaped it: a gateway's, or OpenRouter's. */
public final class OpenAiChatModel implements ImageModel {
  private final Endpoint endpoint;
  private final ChatWay way;
  private final Exchange exchange;

  /**
   * @param endpoint speaks {@link Wire.OpenAiChat} or {@link Wire.OpenRouterChat}
   * @param store where the pictures of the request lie, and those of the answer will
   */
  public OpenAiChatModel(Endpoint endpoint, Credential credential, MediaStore store) {
    this.endpoint = endpoint;
    this.way = ChatWay.of(endpoint);
    this.exchange = new Exchange(endpoint, credential, store);
  }

  /**
   * {@inheritDoc}
   *
   * <p>A ratio or size that the model takes after all not is left out, and the request asked again
   * once, as the provider did no work.
   */
  @Override
  public ImageResult generate(ImageRequest request) throws InterruptedException {
    return Exchange.mended(tried -> ask(request, tried));
  }

  private Exchange.Reply ask(ImageRequest request, Set<Remedy> tried) throws InterruptedException {
    String model = request.model().id();
    return exchange.post(
        way.address(),
        ChatRequest.map(
            request,
            endpoint.theirName(model),
            way.dialect(),
            way.streamed(),
            !tried.contains(Remedy.WITHOUT_IMAGE_CONFIG)),
        new Exchange.Asked(
            model, endpoint.timeLimit().orElseGet(() -> request.model().timeLimit(request.size()))),
        ChatReader.LONG_NAMES,
        ChatReader::read);
  }
}
