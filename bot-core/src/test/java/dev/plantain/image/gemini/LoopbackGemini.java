package dev.plantain.image.gemini;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.plantain.config.Secret;
import dev.plantain.image.ModelCatalogue;
import dev.plantain.image.ModelSpec;
import dev.plantain.image.endpoint.Authentication;
import dev.plantain.image.endpoint.Endpoint;
import dev.plantain.image.endpoint.Wire;
import dev.plantain.image.wire.Credential;
import dev.plantain.media.MediaStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * A Gemini of our own on the loopback device: as strict as the real one about what it is asked, and
 * it paints by itself unless it was told what to answer.
 */
public final class LoopbackGemini implements AutoCloseable {
  public static final String KEY = "AIza-loopback-0123456789";

  private static final JsonMapper JSON =
      new JsonMapper(
          JsonFactory.builder()
              .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
              .streamReadConstraints(
                  StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
              .build());

  private volatile Function<String, Optional<ScriptedAnswer>> decision = _ -> Optional.empty();
  private volatile String root = "/v1beta/models";
  private volatile String header = "x-goog-api-key";
  private volatile String proof = KEY;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ModelCatalogue catalogue = ModelCatalogue.packaged();
  private final Queue<ScriptedAnswer> script = new ConcurrentLinkedQueue<>();
  private final List<AskedOfGemini> asked = new CopyOnWriteArrayList<>();
  private final List<RuntimeException> faults = new CopyOnWriteArrayList<>();
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
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  /** Where it listens; without a path. */
  public URI baseUrl() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
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

  static Credential credential(Endpoint endpoint) {
    return new Credential.Key(endpoint.authentication(), endpoint.keys().getFirst());
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

  /** Adds to what it answers next, in this order; when nothing is left it paints by itself. */
  public void answer(ScriptedAnswer answer) {
    script.add(answer);
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
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    faults.forEach(fault -> {
      throw fault;
    });
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      answer(exchange);
    } catch (RuntimeException e) {
      faults.add(e);
      throw e;
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    int models = path.indexOf(root);
    String key = String.valueOf(exchange.getRequestHeaders().getFirst(header));
    String kept = root.replaceFirst("models$", "files");
    String upload = root.replaceFirst("(v1[a-z]*)/models$", "upload/$1/files");
    String query = String.valueOf(exchange.getRequestURI().getQuery());
    if (path.equals(upload) && query.startsWith("upload_id=")) {
      Optional<ScriptedAnswer> answer =
          uploads.goOn(exchange, query.substring("upload_id=".length()).split("&", 2)[0]);
      if (answer.isPresent()) {
        reply(exchange, answer.get());
      }
      return;
    }
    if (files.containsKey(path)) {
      byte[] file = files.get(path);
      reply(exchange, ScriptedAnswer.of(200, "image/png", file.length, out -> out.write(file)));
    } else if (models < 0 && !path.equals(upload) && !path.startsWith(kept + "/")) {
      reply(exchange, ScriptedAnswer.body(404, "text/html", "<html><title>Error 404</title>"));
    } else if (!proof.equals(key) && !otherKeys.contains(key)) {
      reply(
          exchange,
          ScriptedAnswer.error(
              400, "INVALID_ARGUMENT", "API key not valid. Please pass a valid API key."));
    } else if (path.equals(upload)) {
      reply(exchange, uploads.begin(exchange, baseUrl().toString(), key));
    } else if (path.startsWith(kept + "/")) {
      reply(exchange, uploads.file(exchange, path.substring(path.indexOf("files/")), key));
    } else if (exchange.getRequestMethod().equals("GET")) {
      reply(exchange, ModelList.page(catalogue, gone, exchange.getRequestURI()));
    } else {
      generate(exchange, path.substring(models + root.length() + 1), key);
    }
  }

  private void generate(HttpExchange exchange, String call, String key) throws IOException {
    JsonNode body = JSON.readTree(exchange.getRequestBody());
    Optional.ofNullable(exchange.getRequestHeaders().getFirst("Content-Length"))
        .map(Long::valueOf)
        .ifPresent(bytesOfRequests::addAndGet);
    String id = call.replace(":generateContent", "");
    if (writers.contains(id) && call.endsWith(":generateContent")) {
      write(exchange, id, body);
      return;
    }
    Optional<ModelSpec> model =
        catalogue.models().stream()
            .filter(spec -> spec.id().equals(id) && !gone.contains(id))
            .findFirst();
    if (model.isEmpty() || !call.endsWith(":generateContent")) {
      refused.incrementAndGet();
      reply(
          exchange,
          ScriptedAnswer.error(
              404,
              "NOT_FOUND",
              "models/%s is not found for API version v1beta, or is not supported for generateContent. Call ListModels to see the list of available models and their supported methods."
                  .formatted(id)));
      return;
    }
    Optional<String> complaint = RequestRules.complaint(body, model.get());
    if (complaint.isPresent()) {
      reply(exchange, ScriptedAnswer.error(400, "INVALID_ARGUMENT", complaint.get()));
      return;
    }
    Optional<ScriptedAnswer> noFile = uploads.complaint(body, key);
    if (noFile.isPresent()) {
      reply(exchange, noFile.get());
      return;
    }
    AskedOfGemini request = AskedOfGemini.of(id, exchange.getRequestHeaders(), body, uploads);
    asked.add(request);
    ScriptedAnswer scripted = script.poll();
    reply(
        exchange,
        scripted == null ? decision.apply(id).orElseGet(() -> Painted.answer(request)) : scripted);
  }

  private void write(HttpExchange exchange, String id, JsonNode body) throws IOException {
    Optional<String> complaint = RequestRules.complaintOfWriter(body);
    if (complaint.isPresent()) {
      reply(exchange, ScriptedAnswer.error(400, "INVALID_ARGUMENT", complaint.get()));
      return;
    }
    AskedOfGemini request = AskedOfGemini.of(id, exchange.getRequestHeaders(), body);
    asked.add(request);
    ScriptedAnswer scripted = script.poll();
    reply(
        exchange,
        scripted == null
            ? decision.apply(id).orElseGet(() -> ScriptedAnswer.words(request.words()))
            : scripted);
  }

  private static void reply(HttpExchange exchange, ScriptedAnswer answer) throws IOException {
    answer.send(exchange);
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
