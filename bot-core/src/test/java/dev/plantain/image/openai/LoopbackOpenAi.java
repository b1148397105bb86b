package dev.plantain.image.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import dev.plantain.config.Secret;
import dev.plantain.image.ImageModel;
import dev.plantain.image.LoopbackProvider;
import dev.plantain.image.ModelCatalogue;
import dev.plantain.image.endpoint.Authentication;
import dev.plantain.image.endpoint.Endpoint;
import dev.plantain.image.endpoint.Wire;
import dev.plantain.image.gemini.Painted;
import dev.plantain.image.gemini.ScriptedAnswer;
import dev.plantain.media.MediaStore;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A provider of OpenAI's family on the loopback device, or of Imagen: as strict as the strictest
 * about what it is asked, and it paints by itself unless it was told what to answer. It also hands
 * out files that it was given.
 */
public final class LoopbackOpenAi extends LoopbackProvider {
  public static final String KEY = "sk-loopback-0123456789";

  private final Wire wire;
  private final Authentication authentication;
  private final String path;
  private final List<String> writers = new CopyOnWriteArrayList<>();
  private final Map<String, ScriptedAnswer> files = new ConcurrentHashMap<>();
  private final List<AskedInWords> asked = new CopyOnWriteArrayList<>();
  private final List<Headers> fetched = new CopyOnWriteArrayList<>();
  private final List<String> refused = new CopyOnWriteArrayList<>();

  /**
   * @param path where it is asked, such as {@code /v1/chat/completions}
   */
  public LoopbackOpenAi(Wire wire, Authentication authentication, String path) {
    this.wire = wire;
    this.authentication = authentication;
    this.path = path;
    start();
  }

  public Endpoint endpoint() {
    return endpoint("");
  }

  /** The same with a path in its base address. */
  public Endpoint endpoint(String basePath) {
    return new Endpoint(
        "loopback",
        wire,
        URI.create(baseUrl() + basePath),
        authentication,
        List.of(new Secret(KEY)));
  }

  static ImageModel model(Endpoint endpoint, MediaStore store) {
    return switch (endpoint.wire()) {
      case Wire.OpenAiChat _, Wire.OpenRouterChat _ ->
          new OpenAiChatModel(endpoint, credential(endpoint), store);
      case Wire.OpenAiImages _, Wire.OpenRouterImages _ ->
          new OpenAiImagesModel(endpoint, credential(endpoint), store);
      case Wire.Gemini _, Wire.Vertex _, Wire.Imagen _ ->
          throw new IllegalArgumentException("not of this family");
    };
  }

  /** From now on there is a model of this id that answers in words, and refuses to paint. */
  public void hasWriter(String model) {
    writers.add(model);
  }

  /** From now on this is to be had at this path, without any key. */
  public void file(String filePath, ScriptedAnswer file) {
    files.put(filePath, file);
  }

  /** What it was asked and did not refuse for its form, oldest first. */
  public List<AskedInWords> asked() {
    return List.copyOf(asked);
  }

  /** The headers with which its files were asked for. */
  public List<Headers> fetched() {
    return List.copyOf(fetched);
  }

  /** Why it refused what it was asked, oldest first. */
  public List<String> refused() {
    return List.copyOf(refused);
  }

  @Override
  protected ScriptedAnswer answerTo(HttpExchange exchange) throws IOException {
    String asks = exchange.getRequestURI().getPath();
    ScriptedAnswer file = files.get(asks);
    if (file != null && exchange.getRequestMethod().equals("GET")) {
      fetched.add(exchange.getRequestHeaders());
      return file;
    }
    return answer(exchange, asks);
  }

  private ScriptedAnswer answer(HttpExchange exchange, String asks) throws IOException {
    Headers headers = exchange.getRequestHeaders();
    if (!asks.matches(path) || !exchange.getRequestMethod().equals("POST")) {
      return refusal(404, "invalid_request_error", "Invalid URL (POST " + asks + ")");
    }
    String key = authentication.value(new Secret(KEY));
    boolean otherHeader =
        headers.containsKey("x-goog-api-key") && headers.containsKey("Authorization");
    if (!key.equals(headers.getFirst(authentication.header())) || otherHeader) {
      return refusal(401, "invalid_api_key", "Incorrect API key provided.");
    }
    if (!"application/json".equals(headers.getFirst("Content-Type"))
        || !headers.containsKey("Content-Length")) {
      return refusal(400, "invalid_request_error", "We could not parse the body of your request.");
    }
    JsonNode body = JSON.readTree(exchange.getRequestBody());
    String model = wire instanceof Wire.Imagen ? modelOf(asks) : body.path("model").asText();
    boolean writes = writers.contains(model);
    if (!writes
        && ModelCatalogue.packaged().models().stream().noneMatch(spec -> spec.id().equals(model))) {
      return refusal(404, "model_not_found", "The model `" + model + "` does not exist");
    }
    ChatRules rules = new ChatRules();
    try {
      if (writes) {
        rules.checkWriter(body, wire);
      } else {
        rules.check(body, wire);
      }
    } catch (ChatRules.Refused e) {
      return refusal(400, "invalid_request_error", String.valueOf(e.getMessage()));
    }
    AskedInWords request = new AskedInWords(asks, model, rules.words(), rules.pictures(), body);
    asked.add(request);
    return scripted().orElseGet(() -> writes ? written(request) : painted(request));
  }

  private static String modelOf(String asks) {
    return asks.replaceFirst(".*/models/", "").replaceFirst(":predict$", "");
  }

  private ScriptedAnswer written(AskedInWords request) {
    String words = request.words().getLast();
    return switch (wire) {
      case Wire.OpenAiChat chat when chat.streamed() ->
          ChatAnswers.events(ChatAnswers.pieces(words, 5));
      case Wire.OpenRouterChat chat when chat.streamed() ->
          ChatAnswers.events(ChatAnswers.pieces(words, 5));
      case Wire.OpenAiChat _, Wire.OpenRouterChat _ -> ChatAnswers.words(words);
      case Wire.OpenRouterImages _,
          Wire.OpenAiImages _,
          Wire.Imagen _,
          Wire.Gemini _,
          Wire.Vertex _ ->
          throw new IllegalStateException("it makes pictures only");
    };
  }

  private ScriptedAnswer painted(AskedInWords request) {
    byte[] picture =
        Painted.picture(
            "jpg", 120, 90, request.words().hashCode() * 31L + request.pictures().hashCode());
    return switch (wire) {
      case Wire.OpenAiChat chat ->
          chat.streamed() ? ChatAnswers.streamed(picture, 997) : ChatAnswers.markdown(picture);
      case Wire.OpenRouterChat chat ->
          chat.streamed()
              ? ChatAnswers.imagesInEvents(picture, "0.0387421")
              : ChatAnswers.images(picture, "0.0387421");
      case Wire.OpenRouterImages _, Wire.OpenAiImages _ -> ChatAnswers.data(picture, "0.05");
      case Wire.Imagen _ -> ChatAnswers.prediction(picture);
      case Wire.Gemini _, Wire.Vertex _ -> throw new IllegalStateException("not of this family");
    };
  }

  private ScriptedAnswer refusal(int status, String code, String message) {
    refused.add(message);
    return ChatAnswers.error(status, code, message);
  }
}
