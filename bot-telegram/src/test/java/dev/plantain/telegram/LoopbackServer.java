package dev.plantain.telegram;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The Bot API over HTTP: reads requests, checks them, lets them fail on demand. */
final class LoopbackServer implements AutoCloseable {
  static {
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final LoopbackChats chats;
  private final LoopbackMethods methods;
  private final UpdateQueue updates;
  private final String token;
  private final RequestCheck check = RequestCheck.fromSpecification();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer http;
  private final Map<String, Deque<LoopbackTelegram.Fault>> faults = new ConcurrentHashMap<>();
  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  final List<String> violations = new CopyOnWriteArrayList<>();
  volatile boolean tokenRevoked;

  /** A request that came, with the files' sizes in place of the files. */
  record Seen(String method, ObjectNode parameters) {}

  LoopbackServer(
      LoopbackChats chats,
      LoopbackMethods methods,
      UpdateQueue updates,
      String token,
      String prefix,
      int port)
      throws IOException {
    this.chats = chats;
    this.methods = methods;
    this.updates = updates;
    this.token = token;
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    http.setExecutor(threads);
    http.createContext(prefix + "/", this::handle);
    http.start();
  }

  int port() {
    return http.getAddress().getPort();
  }

  boolean checksRequests() {
    return check.isThere();
  }

  void fault(String method, LoopbackTelegram.Fault fault) {
    faults.computeIfAbsent(key(method), any -> new ArrayDeque<>()).add(fault);
  }

  List<ObjectNode> requests(String method) {
    return seen.stream()
        .filter(each -> each.method().equals(key(method)))
        .map(Seen::parameters)
        .toList();
  }

  private static String key(String method) {
    return method.toLowerCase(Locale.ROOT);
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    String path = exchange.getRequestURI().getPath();
    String rest = path.substring(exchange.getHttpContext().getPath().length());
    try {
      if (rest.startsWith("file/bot" + token + "/")) {
        give(exchange, rest.substring(("file/bot" + token + "/").length()));
      } else if (tokenRevoked || !rest.startsWith("bot" + token + "/")) {
        refuse(
            exchange,
            rest.matches("bot\\d+:[^/]+/.*")
                ? new LoopbackMethods.Refusal(401, "Unauthorized")
                : new LoopbackMethods.Refusal(404, "Not Found"));
      } else {
        call(exchange, rest.substring(("bot" + token + "/").length()), body);
      }
    } catch (InterruptedException closing) {
      exchange.close();
    }
  }

  private void call(HttpExchange exchange, String method, byte[] body)
      throws IOException, InterruptedException {
    boolean form = isForm(exchange);
    LoopbackMethods.Request request;
    try {
      request = read(exchange, body);
    } catch (IllegalArgumentException | JsonProcessingException unreadable) {
      violations.add(method + ": unreadable request");
      refuse(exchange, new LoopbackMethods.Refusal(400, "Bad Request: can't parse the request"));
      return;
    }
    note(method, request);
    Optional<LoopbackTelegram.Fault> fault =
        Optional.ofNullable(faults.get(key(method))).map(Deque::poll);
    if (fault.isPresent() && failed(exchange, fault.get())) {
      return;
    }
    List<String> wrong = check.violations(method, request.fields(), request.files().keySet(), form);
    try {
      if (!wrong.isEmpty()) {
        violations.addAll(wrong);
        throw new LoopbackMethods.Refusal(400, "Bad Request: " + String.join("; ", wrong));
      }
      JsonNode result = result(method, request);
      if (fault.isPresent() && fault.get() instanceof LoopbackTelegram.Fault.DropsAfter) {
        exchange.close();
        return;
      }
      ObjectNode answer = LoopbackChats.object().put("ok", true);
      answer.set("result", result);
      respond(exchange, 200, "application/json", MAPPER.writeValueAsBytes(answer));
    } catch (LoopbackMethods.Refusal refusal) {
      refuse(exchange, refusal);
    }
  }

  private JsonNode result(String method, LoopbackMethods.Request request)
      throws InterruptedException {
    if (key(method).equals("getupdates")) {
      long limit = request.number("limit");
      return updates
          .poll(
              request.number("offset"),
              limit == 0 ? 100 : Math.clamp(limit, 1, 100),
              Duration.ofSeconds(Math.min(50, request.number("timeout"))),
              request.json("allowed_updates"))
          .orElseThrow(() ->
              new LoopbackMethods.Refusal(
                  409,
                  "Conflict: terminated by other getUpdates request; make sure that only one"
                      + " bot instance is running"));
    }
    synchronized (chats) {
      return methods.execute(method, request);
    }
  }

  /** Whether the fault was the answer. */
  private static boolean failed(HttpExchange exchange, LoopbackTelegram.Fault fault)
      throws IOException, InterruptedException {
    switch (fault) {
      case LoopbackTelegram.Fault.TooMany(int seconds) -> {
        LoopbackMethods.Refusal refusal =
            new LoopbackMethods.Refusal(429, "Too Many Requests: retry after " + seconds);
        refusal.parameters.put("retry_after", seconds);
        refuse(exchange, refusal);
        return true;
      }
      case LoopbackTelegram.Fault.Refuses(int code, String description) -> {
        refuse(exchange, new LoopbackMethods.Refusal(code, description));
        return true;
      }
      case LoopbackTelegram.Fault.Html(int status) -> {
        byte[] page =
            "<html><body><h1>Something else</h1></body></html>".getBytes(StandardCharsets.UTF_8);
        respond(exchange, status, "text/html", page);
        return true;
      }
      case LoopbackTelegram.Fault.DropsBefore() -> {
        exchange.close();
        return true;
      }
      case LoopbackTelegram.Fault.DropsAfter() -> {
        return false;
      }
      case LoopbackTelegram.Fault.Hangs hangs -> {
        hangs.arrived().countDown();
        hangs.released().await();
        return false;
      }
    }
  }

  private void note(String method, LoopbackMethods.Request request) {
    ObjectNode parameters = LoopbackChats.object();
    parameters.setAll(request.fields());
    request.files().forEach((name, part) -> parameters.put(name, part.bytes().length()));
    seen.add(new Seen(key(method), parameters));
    synchronized (chats) {
      chats.notifyAll();
    }
  }

  private static boolean isForm(HttpExchange exchange) {
    return !contentType(exchange).startsWith("application/json");
  }

  private static String contentType(HttpExchange exchange) {
    return String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type"));
  }

  private static LoopbackMethods.Request read(HttpExchange exchange, byte[] body)
      throws JsonProcessingException {
    Map<String, JsonNode> fields = new LinkedHashMap<>();
    Map<String, MultipartForm.Part> files = new LinkedHashMap<>();
    String type = contentType(exchange);
    if (type.startsWith("multipart/form-data")) {
      for (MultipartForm.Part part : MultipartForm.parse(type, body)) {
        boolean repeated =
            part.fileName().isEmpty()
                ? fields.put(part.name(), TextNode.valueOf(part.text())) != null
                : files.put(part.name(), part) != null;
        if (repeated) {
          throw new IllegalArgumentException("two parts are called " + part.name());
        }
      }
    } else if (type.startsWith("application/json")) {
      MAPPER
          .readTree(new String(body, StandardCharsets.UTF_8))
          .properties()
          .forEach(each -> fields.put(each.getKey(), each.getValue()));
    } else {
      urlEncoded(new String(body, StandardCharsets.UTF_8), fields);
    }
    urlEncoded(Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse(""), fields);
    return new LoopbackMethods.Request(fields, files);
  }

  private static void urlEncoded(String pairs, Map<String, JsonNode> fields) {
    for (String pair : pairs.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        fields.put(
            URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
            TextNode.valueOf(
                URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8)));
      }
    }
  }

  private void give(HttpExchange exchange, String path) throws IOException, InterruptedException {
    seen.add(new Seen("file", LoopbackChats.object().put("path", path)));
    Optional<LoopbackTelegram.Fault> fault =
        Optional.ofNullable(faults.get("file")).map(Deque::poll);
    if (fault.isPresent() && failed(exchange, fault.get())) {
      return;
    }
    Optional<LoopbackChats.Stored> file;
    synchronized (chats) {
      file = chats.files.values().stream().filter(each -> each.path().equals(path)).findFirst();
    }
    if (file.isEmpty()) {
      refuse(exchange, new LoopbackMethods.Refusal(404, "Not Found"));
    } else {
      respond(exchange, 200, "application/octet-stream", file.get().bytes().array());
    }
  }

  private static void refuse(HttpExchange exchange, LoopbackMethods.Refusal refusal)
      throws IOException {
    ObjectNode answer = LoopbackChats.object();
    answer.set("ok", BooleanNode.FALSE);
    answer.put("error_code", refusal.code).put("description", refusal.getMessage());
    if (!refusal.parameters.isEmpty()) {
      answer.set("parameters", refusal.parameters);
    }
    respond(exchange, refusal.code, "application/json", MAPPER.writeValueAsBytes(answer));
  }

  private static void respond(HttpExchange exchange, int status, String type, byte[] bytes)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    updates.close();
    http.stop(0);
    threads.shutdownNow();
  }
}
