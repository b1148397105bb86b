package dev.plantain.image.openai;

import dev.plantain.image.ImageModel;
import dev.plantain.image.ImageRequest;
import dev.plantain.image.ImageResult;
import dev.plantain.image.endpoint.Endpoint;
import dev.plantain.image.endpoint.Wire;
import dev.plantain.image.wire.Credential;
import dev.plantain.image.wire.Exchange;
import dev.plantain.media.MediaStore;

/** Models that answer in words behind a chat as OpenAI shaped it: a gateway's, or OpenRouter's. */
public final class OpenAiChatWords implements ImageModel {
  private final Endpoint endpoint;
  private final ChatWay way;
  private final Exchange exchange;

  /**
   * @param endpoint speaks {@link Wire.OpenAiChat} or {@link Wire.OpenRouterChat}
   * @param store where the pictures of the request lie
   */
  public OpenAiChatWords(Endpoint endpoint, Credential credential, MediaStore store) {
    this.endpoint = endpoint;
    this.way = ChatWay.of(endpoint);
    this.exchange = Exchange.ofWords(endpoint, credential, store);
  }

  /** {@inheritDoc} In words, within the time limit of the model. */
  @Override
  public ImageResult generate(ImageRequest request) throws InterruptedException {
    String model = request.model().id();
    return Exchange.ending(
        exchange.post(
            way.address(),
            ChatRequest.inWords(request, endpoint.theirName(model), way.dialect(), way.streamed()),
            new Exchange.Asked(model, request.model().timeLimit(request.size())),
            ChatReader.LONG_NAMES,
            ChatReader::read));
  }
}
