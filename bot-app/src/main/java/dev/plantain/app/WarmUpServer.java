package dev.plantain.app;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * As much of a Telegram and of a Gemini as one request needs, so that a warm-up goes the way that
 * requests go, and reaches nobody.
 */
final class WarmUpServer implements AutoCloseable {
  static final String TOKEN = "1:warm-up";

  private static final String MESSAGE =
      """
      {"message_id":%d,"date":1795000000,"text":"a lighthouse",
      "from":{"id":5,"is_bot":false,"first_name":"Ann","language_code":"en"},
      "chat":{"id":5,"type":"private","first_name":"Ann"}}\
      """;

  /** One pixel. */
  private static final String PICTURE =
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicBoolean asked = new AtomicBoolean();
  private final CountDownLatch shown = new CountDownLatch(1);

  WarmUpServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Whether the picture was posted in time. */
  boolean awaitResult(Duration limit) throws InterruptedException {
    return shown.await(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void handle(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    String path = exchange.getRequestURI().getPath();
    // The Bot API does not mind how a method is written, and the library writes some in small
    // letters.
    String method = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    String answer =
        path.endsWith(":generateContent")
            ? painted()
            : "{\"ok\":true,\"result\":" + result(method) + "}";
    byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
    if (method.equals("editmessagemedia")) {
      shown.countDown();
    }
  }

  private String result(String method) {
    return switch (method) {
      case "getme" ->
          """
          {"id":1,"is_bot":true,"first_name":"Plantain","username":"warm_up_bot",\
          "can_read_all_group_messages":true}\
          """;
      case "getupdates" -> updates();
      case "sendmessage", "editmessagetext", "editmessagemedia" -> MESSAGE.formatted(2);
      default -> "true";
    };
  }

  private String updates() {
    if (asked.compareAndSet(false, true)) {
      return "[{\"update_id\":1,\"message\":" + MESSAGE.formatted(1) + "}]";
    }
    try {
      shown.await(1, TimeUnit.SECONDS);
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
    return "[]";
  }

  private static String painted() {
    return """
    {"candidates":[{"content":{"parts":[{"text":"Here it is."},
    {"inlineData":{"mimeType":"image/png","data":"%s"},"thoughtSignature":"d2FybS11cA=="}],
    "role":"model"},"finishReason":"STOP"}],"usageMetadata":{"totalTokenCount":1}}\
    """
        .formatted(PICTURE);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
