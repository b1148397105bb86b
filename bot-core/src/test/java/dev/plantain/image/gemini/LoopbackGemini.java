package dev.plantain.image.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import dev.plantain.config.Secret;
import dev.plantain.image.LoopbackProvider;
import dev.plantain.image.ModelCatalogue;
import dev.plantain.image.ModelSpec;
import dev.plantain.image.endpoint.Authentication;
import dev.plantain.image.endpoint.Endpoint;
import dev.plantain.image.endpoint.Wire;
import dev.plantain.media.MediaStore;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * A Gemini of our own on the loopback device: as strict as the real one about what it is asked, and
 * it paints by itself unless it was told what to answer.
 */
public final class LoopbackGemini extends LoopbackProvider {
  public static final String KEY = "AIza-loopback-0123456789";

  private volatile Function<String, Optional<ScriptedAnswer>> decision = _ -> Optional.empty();
  private volatile String root = "/v1beta/models";
  private volatile String header = "x-goog-api-key";
  private volatile String proof = KEY;
  private final ModelCatalogue catalogue = ModelCatalogue.packaged();
  private final List<AskedOfGemini> asked = new CopyOnWriteArrayList<>();
  private final AtomicInteger refused = new AtomicInteger();
  private final List<String> writers = new CopyOnWriteArrayList<>();
  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final List<String> gone = new CopyOnWriteArrayList<>();
  private final List<String> otherKeys = new CopyOnWriteArrayList<>();
  private final AtomicLong bytesOfRequests = new AtomicLong();
  private final LoopbackFiles uploads;

  public LoopbackGemini() {
    this(InstantSource.system());
  }

  /**
   * @param clock by which files expire
   */
  public LoopbackGemini(InstantSource clock) {
    uploads = new LoopbackFiles(clock);
    start();
  }

  /** What a client needs to talk to it. */
  public Endpoint endpoint() {
    return endpoint(baseUrl(), KEY);
  }

  static Endpoint endpoint(URI baseUrl, String key) {
    return new Endpoint(
        "loopback",
        new Wire.Gemini(),
        baseUrl,
        Authentication.GOOGLE_KEY,
        List.of(new Secret(key)));
  }

  static GeminiModel model(Endpoint endpoint, MediaStore store) {
    return new GeminiModel(endpoint, credential(endpoint), store);
  }

  /** From now on the models are found here, as at {@code /v1beta/models}. */
  public void standsAt(String path) {
    root = path;
  }

  /** From now on this header has to hold exactly this. */
  public void wants(String name, String value) {
    header = name;
    proof = value;
  }

  /** Lets somebody else in, too. */
  public void knows(String key) {
    otherKeys.add(key);
  }

  /** The files that lie here. */
  public LoopbackFiles uploads() {
    return uploads;
  }

  /** How many bytes all requests for pictures had. */
  public long bytesOfRequests() {
    return bytesOfRequests.get();
  }

  /** From now on these bytes are to be had at this path, without any key. */
  public void file(String path, byte[] bytes) {
    files.put(path, bytes);
  }

  /** From now on this says what it answers, by the model that is asked. */
  public void decides(Function<String, Optional<ScriptedAnswer>> byModel) {
    decision = byModel;
  }

  /** From now on there is a model of this id that answers in words, and refuses to paint. */
  public void hasWriter(String model) {
    writers.add(model);
  }

  /** From now on this model answers 404, and is not in the list of models. */
  public void switchOff(String model) {
    gone.add(model);
  }

  /** What it was asked and did not refuse for its form, oldest first. */
  public List<AskedOfGemini> asked() {
    return List.copyOf(asked);
  }

  /** How often it answered that it has no such model. */
  public int refused() {
    return refused.get();
  }

  @Override
  protected ScriptedAnswer answerTo(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    int models = path.indexOf(root);
    String key = String.valueOf(exchange.getRequestHeaders().getFirst(header));
    String kept = root.replaceFirst("models$", "files");
    String upload = root.replaceFirst("(v1[a-z]*)/models$", "upload/$1/files");
    String query = String.valueOf(exchange.getRequestURI().getQuery());
    if (path.equals(upload) && query.startsWith("upload_id=")) {
      return uploads
          .goOn(exchange, query.substring("upload_id=".length()).split("&", 2)[0])
          .orElseThrow(Silence::new);
    }
    byte[] file = files.get(path);
    if (file != null) {
      return ScriptedAnswer.of(200, "image/png", file.length, out -> out.write(file));
    }
    if (models < 0 && !path.equals(upload) && !path.startsWith(kept + "/")) {
      return ScriptedAnswer.body(404, "text/html", "<html><title>Error 404</title>");
    }
    if (!proof.equals(key) && !otherKeys.contains(key)) {
      return ScriptedAnswer.error(
          400, "INVALID_ARGUMENT", "API key not valid. Please pass a valid API key.");
    }
    if (path.equals(upload)) {
      return uploads.begin(exchange, baseUrl().toString(), key);
    }
    if (path.startsWith(kept + "/")) {
      return uploads.file(exchange, path.substring(path.indexOf("files/")), key);
    }
    return exchange.getRequestMethod().equals("GET")
        ? ModelList.page(catalogue, gone, exchange.getRequestURI())
        : generated(exchange, path.substring(models + root.length() + 1), key);
  }

  private ScriptedAnswer generated(HttpExchange exchange, String call, String key)
      throws IOException {
    JsonNode body = JSON.readTree(exchange.getRequestBody());
    Optional.ofNullable(exchange.getRequestHeaders().getFirst("Content-Length"))
        .map(Long::valueOf)
        .ifPresent(bytesOfRequests::addAndGet);
    String id = call.replace(":generateContent", "");
    if (writers.contains(id) && call.endsWith(":generateContent")) {
      return written(exchange, id, body);
    }
    Optional<ModelSpec> model =
        catalogue.models().stream()
            .filter(spec -> spec.id().equals(id) && !gone.contains(id))
            .findFirst();
    if (model.isEmpty() || !call.endsWith(":generateContent")) {
      refused.incrementAndGet();
      return ScriptedAnswer.error(
          404,
          "NOT_FOUND",
          "models/%s is not found for API version v1beta, or is not supported for generateContent. Call ListModels to see the list of available models and their supported methods."
              .formatted(id));
    }
    Optional<String> complaint = RequestRules.complaint(body, model.get());
    if (complaint.isPresent()) {
      return ScriptedAnswer.error(400, "INVALID_ARGUMENT", complaint.get());
    }
    Optional<ScriptedAnswer> noFile = uploads.complaint(body, key);
    if (noFile.isPresent()) {
      return noFile.get();
    }
    AskedOfGemini request = AskedOfGemini.of(id, exchange.getRequestHeaders(), body, uploads);
    asked.add(request);
    return scripted().or(() -> decision.apply(id)).orElseGet(() -> Painted.answer(request));
  }

  private ScriptedAnswer written(HttpExchange exchange, String id, JsonNode body) {
    Optional<String> complaint = RequestRules.complaintOfWriter(body);
    if (complaint.isPresent()) {
      return ScriptedAnswer.error(400, "INVALID_ARGUMENT", complaint.get());
    }
    AskedOfGemini request = AskedOfGemini.of(id, exchange.getRequestHeaders(), body, uploads);
    asked.add(request);
    return scripted()
        .or(() -> decision.apply(id))
        .orElseGet(() -> ScriptedAnswer.words(request.words()));
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
