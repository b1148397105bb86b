package dev.plantain.image.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.plantain.config.Secret;
import dev.plantain.image.ModelCatalogue;
import dev.plantain.image.ModelSpec;
import dev.plantain.image.endpoint.Authentication;
import dev.plantain.image.endpoint.Endpoint;
import dev.plantain.image.endpoint.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Google's batches on the loopback device, which work when a test lets them. */
public final class LoopbackBatches implements AutoCloseable {
  public static final String KEY = "AIza-loopback-0123456789";
  private static final Pattern PAGE = Pattern.compile("pageToken=from-(\\d+)");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Held> held = new LinkedHashMap<>();
  private Function<JsonNode, ObjectNode> maker = request -> painted(8, 8);
  private Function<String, String> wording = body -> body;
  private boolean drops;
  private boolean failsLists;
  private int pageSize = Integer.MAX_VALUE;
  private boolean isBusy;
  private Optional<Boolean> failsNext = Optional.empty();
  private int posts;

  private static final class Held {
    private final String label;
    private final JsonNode requests;
    private String state = "BATCH_STATE_PENDING";

    Held(String label, JsonNode requests) {
      this.label = label;
      this.requests = requests;
    }
  }

  public LoopbackBatches() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  /** What a client needs to talk to it. */
  public Endpoint endpoint() {
    return new Endpoint(
        "loopback",
        new Wire.Gemini(),
        URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
        Authentication.GOOGLE_KEY,
        List.of(new Secret(KEY)));
  }

  /** What each request becomes from now on. */
  synchronized void makes(Function<JsonNode, ObjectNode> what) {
    maker = what;
  }

  /** What documents with answers look like on the wire from now on. */
  synchronized void words(Function<String, String> how) {
    wording = how;
  }

  /** The next batch arrives, and the connection ends without an answer. */
  synchronized void dropsNext() {
    drops = true;
  }

  /**
   * The next batch is answered with 503.
   *
   * @param takes whether it arrives all the same
   */
  synchronized void failsNext(boolean takes) {
    failsNext = Optional.of(takes);
  }

  /** Whether lists are refused from now on. */
  synchronized void failsLists(boolean fails) {
    failsLists = fails;
  }

  /** So many batches stand on a page of a list from now on, whatever is asked for. */
  synchronized void pages(int size) {
    pageSize = size;
  }

  /** Whether batches are answered with 429 from now on. */
  synchronized void isBusy(boolean busy) {
    isBusy = busy;
  }

  /** How far all batches are from now on, in the words of Google. */
  public synchronized void state(String state) {
    held.values().forEach(batch -> batch.state = state);
  }

  /** How many batches were posted to it. */
  public synchronized int posts() {
    return posts;
  }

  /** The requests of all batches, as they came. */
  synchronized List<JsonNode> requests() {
    return held.values().stream().map(batch -> batch.requests).toList();
  }

  static ObjectNode painted(int width, int height) {
    String data = Base64.getEncoder().encodeToString(Painted.picture("png", width, height, width));
    ObjectNode response = JSON.createObjectNode();
    ObjectNode candidate = response.putArray("candidates").addObject();
    candidate
        .putObject("content")
        .putArray("parts")
        .addObject()
        .putObject("inlineData")
        .put("mimeType", "image/png")
        .put("data", data);
    candidate.put("finishReason", "STOP");
    return JSON.createObjectNode().set("response", response);
  }

  static ObjectNode error(int code, String message) {
    ObjectNode answer = JSON.createObjectNode();
    answer.putObject("error").put("code", code).put("message", message);
    return answer;
  }

  private synchronized void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String path = exchange.getRequestURI().getPath();
      String method = exchange.getRequestMethod();
      if (!KEY.equals(exchange.getRequestHeaders().getFirst("x-goog-api-key"))) {
        reply(exchange, 400, complaint(400, "INVALID_ARGUMENT", "API key not valid."));
      } else if (path.endsWith(":batchGenerateContent") && method.equals("POST")) {
        create(exchange, path.replaceAll(".*/models/|:batch.*", ""), JSON.readTree(body));
      } else if (path.equals("/v1beta/batches") && method.equals("GET")) {
        list(exchange);
      } else if (path.endsWith(":cancel") && method.equals("POST")) {
        named(path).ifPresent(batch -> batch.state = "BATCH_STATE_CANCELLED");
        reply(exchange, 200, "{}");
      } else if (named(path).isPresent() && method.equals("GET")) {
        reply(
            exchange,
            200,
            wording.apply(operation(path.replace("/v1beta/", ""), named(path).get()).toString()));
      } else {
        reply(exchange, 404, complaint(404, "NOT_FOUND", "Requested entity was not found."));
      }
    }
  }

  private Optional<Held> named(String path) {
    return Optional.ofNullable(held.get(path.replace("/v1beta/", "").replace(":cancel", "")));
  }

  private void create(HttpExchange exchange, String modelId, JsonNode body) throws IOException {
    posts++;
    Optional<ModelSpec> model = ModelCatalogue.packaged().find(modelId);
    if (model.isEmpty()) {
      reply(
          exchange,
          404,
          complaint(
              404,
              "NOT_FOUND",
              "models/%s is not found for API version v1beta".formatted(modelId)));
      return;
    }
    JsonNode batch = body.path("batch");
    JsonNode requests = batch.path("inputConfig").path("requests").path("requests");
    Optional<String> wrong = complaint(batch, requests, model.get());
    if (wrong.isPresent()) {
      reply(exchange, 400, complaint(400, "INVALID_ARGUMENT", wrong.get()));
      return;
    }
    if (isBusy) {
      reply(exchange, 429, complaint(429, "RESOURCE_EXHAUSTED", "Resource has been exhausted."));
      return;
    }
    if (failsNext.isPresent()) {
      if (failsNext.get()) {
        held.put("batches/b" + posts, new Held(batch.path("displayName").asText(), requests));
      }
      failsNext = Optional.empty();
      reply(exchange, 503, complaint(503, "UNAVAILABLE", "The service is unavailable."));
      return;
    }
    String name = "batches/b" + posts;
    held.put(name, new Held(batch.path("displayName").asText(), requests));
    if (drops) {
      drops = false;
      return;
    }
    reply(
        exchange,
        200,
        operation(name, Optional.ofNullable(held.get(name)).orElseThrow()).toString());
  }

  private static Optional<String> complaint(JsonNode batch, JsonNode requests, ModelSpec model) {
    if (batch.path("displayName").asText("").isEmpty() || requests.isEmpty()) {
      return Optional.of("batch.display_name and input_config.requests are required");
    }
    for (JsonNode item : requests) {
      if (item.path("metadata").path("key").asText("").isEmpty() || item.size() != 2) {
        return Optional.of("Invalid JSON payload received. Unknown name in inlined request");
      }
      Optional<String> wrong = RequestRules.complaint(item.path("request"), model);
      if (wrong.isPresent()) {
        return wrong;
      }
    }
    return Optional.empty();
  }

  private void list(HttpExchange exchange) throws IOException {
    if (failsLists) {
      reply(exchange, 503, complaint(503, "UNAVAILABLE", "The service is unavailable."));
      return;
    }
    ObjectNode list = JSON.createObjectNode();
    ArrayNode operations = list.putArray("operations");
    int begin = page(exchange.getRequestURI().getQuery());
    held.entrySet().stream()
        .skip(begin)
        .limit(pageSize)
        .forEach(each -> operations.add(operation(each.getKey(), each.getValue())));
    if (held.size() - begin > pageSize) {
      list.put("nextPageToken", "from-" + (begin + pageSize));
    }
    reply(exchange, 200, list.toString());
  }

  private static int page(String query) {
    Matcher token = PAGE.matcher(query);
    return token.find() ? Integer.parseInt(token.group(1)) : 0;
  }

  private ObjectNode operation(String name, Held batch) {
    ObjectNode operation = JSON.createObjectNode();
    operation.put("name", name);
    operation
        .putObject("metadata")
        .put(
            "@type", "type.googleapis.com/google.ai.generativelanguage.v1main.GenerateContentBatch")
        .put("name", name)
        .put("displayName", batch.label)
        .put("state", batch.state);
    if (batch.state.matches(".*(SUCCEEDED|CANCELLED)")) {
      operation.put("done", true);
      ArrayNode answers =
          operation
              .putObject("response")
              .putObject("inlinedResponses")
              .putArray("inlinedResponses");
      for (JsonNode item : batch.requests) {
        ObjectNode answer = maker.apply(item.path("request"));
        answer.set("metadata", item.path("metadata"));
        answers.add(answer);
      }
    }
    return operation;
  }

  private static String complaint(int code, String status, String message) {
    ObjectNode body = JSON.createObjectNode();
    body.putObject("error").put("code", code).put("message", message).put("status", status);
    return body.toString();
  }

  private static void reply(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json; charset=UTF-8");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
