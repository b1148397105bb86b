package dev.plantain.discord;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.plantain.discord.LoopbackDiscord.Fault;
import dev.plantain.discord.LoopbackMessages.Body;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Discord over HTTP: reads requests, checks them, lets them fail on demand, hands out files. */
final class LoopbackRest implements AutoCloseable {
  static {
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private static final String BASE = "/api/v10/";

  private final LoopbackWorld world;
  private final LoopbackRoutes routes;
  private final LoopbackInteractions interactions;
  private final String token;
  private final DiscordSchema schema = DiscordSchema.fromSpecification();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer http;
  private final Map<String, Deque<Fault>> faults = new ConcurrentHashMap<>();
  private final Queue<Seen> seen = new ConcurrentLinkedQueue<>();

  /** A request, its path without the base. */
  record Request(String method, List<String> path, String query, Body body, long arrivedNanos) {
    String route() {
      return method + " /" + String.join("/", path);
    }

    String at(int index) {
      return index < path.size() ? path.get(index) : "";
    }

    boolean byToken() {
      return at(0).equals("interactions") || (at(0).equals("webhooks") && path.size() > 2);
    }

    @Nullable String parameter(String name) {
      for (String pair : query.split("&", -1)) {
        if (pair.startsWith(name + "=")) {
          return pair.substring(name.length() + 1);
        }
      }
      return null;
    }
  }

  /** What is remembered of a request, without the files. */
  private record Seen(String route, JsonNode fields) {}

  final LoopbackLimits limits = new LoopbackLimits();

  LoopbackRest(
      LoopbackWorld world,
      LoopbackRoutes routes,
      LoopbackInteractions interactions,
      String token,
      int port)
      throws IOException {
    this.world = world;
    this.routes = routes;
    this.interactions = interactions;
    this.token = token;
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    http.setExecutor(threads);
    http.createContext("/", this::handle);
    world.cdn = "http://127.0.0.1:" + http.getAddress().getPort();
    http.start();
  }

  String url() {
    return world.cdn + BASE;
  }

  boolean checksRequests() {
    return schema.isThere();
  }

  void fault(String route, Fault fault) {
    faults.computeIfAbsent(route, any -> new ArrayDeque<>()).add(fault);
  }

  List<JsonNode> requests(String route) {
    return seen.stream().filter(each -> matches(route, each.route())).map(Seen::fields).toList();
  }

  /** A star stands for one piece of a path, two for any that follow. */
  private static boolean matches(String pattern, String route) {
    String[] wanted = pattern.split("/", -1);
    String[] given = route.split("/", -1);
    for (int at = 0; at < wanted.length; at++) {
      if (wanted[at].equals("**")) {
        return true;
      }
      if (at >= given.length || !(wanted[at].equals("*") || wanted[at].equals(given[at]))) {
        return false;
      }
    }
    return wanted.length == given.length;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Optional<Request> request = read(exchange);
      if (request.isEmpty()) {
        world.violations.add("unreadable request to " + exchange.getRequestURI());
        answer(
            exchange, new LoopbackRefusal(400, 50109, "The request body contains invalid JSON."));
        return;
      }
      seen.add(new Seen(request.get().route(), request.get().body().fields()));
      synchronized (world) {
        world.notifyAll();
      }
      Optional<Fault> fault = fault(request.get().route());
      if (fault.isPresent() && request.get().byToken()) {
        synchronized (world) {
          interactions.disturbed(request.get().at(2));
        }
      }
      if (fault.isPresent() && failed(exchange, fault.get())) {
        return;
      }
      Optional<Integer> tooMany =
          limits.take(
              request.get().route(), request.get().byToken(), exchange.getResponseHeaders());
      if (tooMany.isPresent()) {
        refuse(exchange, tooMany.get());
        return;
      }
      serve(exchange, request.get(), fault);
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  private Optional<Fault> fault(String route) {
    for (Map.Entry<String, Deque<Fault>> each : faults.entrySet()) {
      if (matches(each.getKey(), route)) {
        synchronized (each.getValue()) {
          Fault fault = each.getValue().poll();
          if (fault != null) {
            return Optional.of(fault);
          }
        }
      }
    }
    return Optional.empty();
  }

  private void serve(HttpExchange exchange, Request request, Optional<Fault> fault)
      throws IOException {
    String path = exchange.getRequestURI().getPath();
    if (!path.startsWith(BASE)) {
      give(exchange, request);
      return;
    }
    String authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
    String agent = String.valueOf(exchange.getRequestHeaders().getFirst("User-Agent"));
    if (!agent.startsWith("DiscordBot (")) {
      world.violations.add("not the User-Agent that Discord asks for: " + agent);
    }
    if (!request.byToken() && (world.tokenRevoked || !authorization.equals("Bot " + token))) {
      answer(exchange, new LoopbackRefusal(401, 0, "401: Unauthorized"));
      return;
    }
    JsonNode result;
    try {
      List<String> wrong = schema.violations(request);
      if (!wrong.isEmpty()) {
        world.violations.addAll(wrong);
        throw LoopbackRefusal.form(String.join("; ", wrong));
      }
      synchronized (world) {
        result = routes.execute(request);
      }
    } catch (LoopbackRefusal refusal) {
      answer(exchange, refusal);
      return;
    }
    if (fault.filter(Fault.DropsAfter.class::isInstance).isPresent()) {
      return;
    }
    if (result.isMissingNode()) {
      limits(exchange, request.route());
      exchange.sendResponseHeaders(204, -1);
    } else {
      limits(exchange, request.route());
      respond(exchange, 200, "application/json", LoopbackWire.MAPPER.writeValueAsBytes(result));
    }
  }

  /** Whether the fault was the answer. */
  private static boolean failed(HttpExchange exchange, Fault fault)
      throws IOException, InterruptedException {
    switch (fault) {
      case Fault.DropsBefore() -> {
        return true;
      }
      case Fault.DropsAfter() -> {
        return false;
      }
      case Fault.Status(int code, String json) -> {
        respond(exchange, code, "application/json", json.getBytes(StandardCharsets.UTF_8));
        return true;
      }
      case Fault.RateLimited(int seconds, boolean global) -> {
        var headers = exchange.getResponseHeaders();
        headers.set("X-RateLimit-Scope", global ? "global" : "user");
        if (global) {
          headers.set("X-RateLimit-Global", "true");
        } else {
          headers.set("X-RateLimit-Bucket", "limited");
          headers.set("X-RateLimit-Limit", "5");
          headers.set("X-RateLimit-Remaining", "0");
          headers.set("X-RateLimit-Reset-After", seconds + ".0");
          headers.set(
              "X-RateLimit-Reset", String.valueOf(System.currentTimeMillis() / 1000 + seconds));
        }
        refuse(exchange, seconds);
        return true;
      }
      case Fault.Stalls(var arrived, var released) -> {
        arrived.countDown();
        released.await();
        return false;
      }
    }
  }

  /** Too many requests. */
  private static void refuse(HttpExchange exchange, int seconds) throws IOException {
    var headers = exchange.getResponseHeaders();
    headers.set("Retry-After", String.valueOf(seconds));
    String json =
        "{\"message\":\"You are being rate limited.\",\"retry_after\":%d.0,\"global\":%b}"
            .formatted(seconds, headers.containsKey("X-RateLimit-Global"));
    respond(exchange, 429, "application/json", json.getBytes(StandardCharsets.UTF_8));
  }

  private static Optional<Request> read(HttpExchange exchange) throws IOException {
    long arrivedNanos = System.nanoTime();
    byte[] bytes = exchange.getRequestBody().readAllBytes();
    String path = exchange.getRequestURI().getPath();
    // Files are found at two places, and mean the same at both.
    String rest =
        path.startsWith(BASE)
            ? path.substring(BASE.length())
            : path.substring(1).replaceFirst("^media/", "").replaceFirst("^ephemeral-", "");
    String type = String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type"));
    String query = Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
    Map<String, LoopbackDiscord.File> files = new LinkedHashMap<>();
    try {
      JsonNode fields = LoopbackWire.object();
      if (type.startsWith("multipart/form-data")) {
        for (LoopbackMultipart.Part part : LoopbackMultipart.parse(type, bytes)) {
          if (part.name().equals("payload_json")) {
            fields = LoopbackWire.MAPPER.readTree(part.text());
          } else {
            files.put(part.name(), part.file());
          }
        }
      } else if (bytes.length > 0) {
        fields = LoopbackWire.MAPPER.readTree(new String(bytes, StandardCharsets.UTF_8));
      }
      List<String> pieces = List.of(rest.split("/", -1));
      return Optional.of(
          new Request(
              exchange.getRequestMethod(), pieces, query, new Body(fields, files), arrivedNanos));
    } catch (IllegalArgumentException | IOException unreadable) {
      return Optional.empty();
    }
  }

  private void give(HttpExchange exchange, Request request) throws IOException {
    List<String> inner = request.path();
    Optional<LoopbackDiscord.File> file = Optional.empty();
    synchronized (world) {
      boolean signed = ("" + world.linkGeneration).equals(request.parameter("ex"));
      if (inner.getFirst().equals("avatars")) {
        String hash = inner.getLast().replaceFirst("\\..*", "");
        file =
            world.people.values().stream()
                .flatMap(person -> person.avatar.stream())
                .filter(avatar -> avatar.hash().equals(hash))
                .map(avatar -> avatar.file)
                .findFirst();
      } else if (signed && inner.size() == 4 && inner.get(2).matches("[0-9]+")) {
        file = Optional.ofNullable(world.files.get(Long.parseLong(inner.get(2)))).map(f -> f.file);
      }
    }
    if (file.isPresent()) {
      respond(exchange, 200, file.get().mediaType(), file.get().bytes());
    } else {
      byte[] page = "This content is no longer available.".getBytes(StandardCharsets.UTF_8);
      respond(exchange, 404, "text/plain;charset=UTF-8", page);
    }
  }

  private static void answer(HttpExchange exchange, LoopbackRefusal refusal) throws IOException {
    byte[] json = refusal.json().toString().getBytes(StandardCharsets.UTF_8);
    respond(exchange, refusal.status, "application/json", json);
  }

  private static void limits(HttpExchange exchange, String route) {
    var headers = exchange.getResponseHeaders();
    if (headers.containsKey("X-RateLimit-Bucket")) {
      return;
    }
    headers.set(
        "X-RateLimit-Bucket", Integer.toHexString(route.replaceAll("[0-9]+", "").hashCode()));
    headers.set("X-RateLimit-Limit", "50");
    headers.set("X-RateLimit-Remaining", "49");
    headers.set("X-RateLimit-Reset-After", "1.0");
    headers.set("X-RateLimit-Reset", (System.currentTimeMillis() / 1000 + 1) + ".0");
  }

  private static void respond(HttpExchange exchange, int status, String type, byte[] bytes)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    // Every answer of the real one comes through a proxy; JDA takes others for a ban.
    exchange.getResponseHeaders().set("Via", "1.1 google");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    http.stop(0);
    threads.shutdownNow();
  }
}
