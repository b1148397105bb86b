package dev.plantain.image.openai;

import dev.plantain.image.ImageModel;
import dev.plantain.image.ImageRequest;
import dev.plantain.image.ImageResult;
import dev.plantain.image.endpoint.Endpoint;
import dev.plantain.image.endpoint.Wire;
import dev.plantain.image.wire.CondensedPrompt;
import dev.plantain.image.wire.Credential;
import dev.plantain.image.wire.Exchange;
import dev.plantain.image.wire.Fault.Remedy;
import dev.plantain.media.MediaStore;
import java.util.Optional;
import java.util.Set;
import okhttp3.HttpUrl;

/**
 * Image models that take a prompt and no conversation: {@code /images/generations} as OpenAI shaped
 * it, which takes words only, or OpenRouter's {@code /images}, which takes pictures too.
 */
public final class OpenAiImagesModel implements ImageModel {
  private final Endpoint endpoint;
  private final HttpUrl address;
  private final boolean ofOpenRouter;
  private final Exchange exchange;

  /**
   * @param endpoint speaks {@link Wire.OpenAiImages} or {@link Wire.OpenRouterImages}
   * @param store where the pictures of the request lie, and those of the answer will
   */
  public OpenAiImagesModel(Endpoint endpoint, Credential credential, MediaStore store) {
    this.endpoint = endpoint;
    switch (endpoint.wire()) {
      case Wire.OpenAiImages _ -> {
        this.address = OpenAiAddress.of(endpoint).imagesGenerations();
        this.ofOpenRouter = false;
      }
      case Wire.OpenRouterImages _ -> {
        this.address = OpenAiAddress.ofOpenRouter(endpoint).images();
        this.ofOpenRouter = true;
      }
      case Wire.Gemini _, Wire.OpenAiChat _, Wire.OpenRouterChat _, Wire.Vertex _, Wire.Imagen _ ->
          throw new IllegalArgumentException(endpoint.name() + " has no images of OpenAI's shape");
    }
    this.exchange = new Exchange(endpoint, credential, store);
  }

  /**
   * {@inheritDoc}
   *
   * <p>A conversation that holds pictures fails before anything is sent where the endpoint takes
   * words only. A ratio or size that is refused is left out, and the request asked again once.
   */
  @Override
  public ImageResult generate(ImageRequest request) throws InterruptedException {
    Optional<ImageResult> refused =
        ofOpenRouter
            ? Optional.empty()
            : CondensedPrompt.refusedPictures(request.contents(), endpoint.name());
    return refused.isPresent() ? refused.get() : Exchange.mended(tried -> ask(request, tried));
  }

  private Exchange.Reply ask(ImageRequest request, Set<Remedy> tried) throws InterruptedException {
    String model = request.model().id();
    String theirName = endpoint.theirName(model);
    boolean withImageConfig = !tried.contains(Remedy.WITHOUT_IMAGE_CONFIG);
    return exchange.post(
        address,
        ofOpenRouter
            ? ImagesRequest.ofOpenRouter(request, theirName, withImageConfig)
            : ImagesRequest.ofOpenAi(request, theirName, withImageConfig),
        new Exchange.Asked(
            model, endpoint.timeLimit().orElseGet(() -> request.model().timeLimit(request.size()))),
        ImagesReader.LONG_NAMES,
        ImagesReader::read);
  }
}
