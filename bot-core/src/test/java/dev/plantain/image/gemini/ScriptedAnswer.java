package dev.plantain.image.gemini;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * What a provider on the loopback device is to answer.
 *
 * @param declaredBytes the Content-Length, which may be more than is written; 0 for chunks
 * @param release the answer begins when it is open
 */
public record ScriptedAnswer(
    int status,
    String contentType,
    Map<String, String> headers,
    long declaredBytes,
    Body body,
    CountDownLatch release) {

  /** Writes the bytes. */
  public interface Body {
    void write(OutputStream out) throws IOException;
  }

  public static ScriptedAnswer body(int status, String contentType, String body) {
    byte[] bytes = LoopbackGemini.utf8(body);
    return of(status, contentType, bytes.length, out -> out.write(bytes));
  }

  /** An answer of 200 in JSON. */
  public static ScriptedAnswer json(String body) {
    return body(200, "application/json; charset=UTF-8", body);
  }

  /** An error as Google words it, without details. */
  public static ScriptedAnswer error(int code, String status, String message) {
    return body(
        code,
        "application/json",
        "{\"error\":{\"code\":%d,\"message\":\"%s\",\"status\":\"%s\"}}"
            .formatted(code, quoted(message), status));
  }

  /** Nothing but words: 40 tokens of them, 200 of the request and 60 of thoughts. */
  public static ScriptedAnswer words(String words) {
    return json(
        """
        {"candidates":[{"content":{"parts":[{"text":"thinking","thought":true},{"text":"%s"}],"role":"model"},"finishReason":"STOP","index":0}],"usageMetadata":{"promptTokenCount":200,"candidatesTokenCount":40,"thoughtsTokenCount":60,"totalTokenCount":300},"modelVersion":"loopback"}\
        """
            .formatted(quoted(words)));
  }

  /** Words, a picture and its signature. */
  public static ScriptedAnswer picture(
      String words, byte[] picture, String mimeType, String signature) {
    return json(
        head(words, mimeType) + Base64.getEncoder().encodeToString(picture) + tail(signature));
  }

  /** A picture that is read from its file while it is sent: none of it is held in memory. */
  public static ScriptedAnswer streamed(
      String words, Path picture, String mimeType, String signature) {
    return of(
        200,
        "application/json",
        0,
        out -> {
          out.write(LoopbackGemini.utf8(head(words, mimeType)));
          byte[] block = new byte[48 * 1024];
          try (InputStream file = Files.newInputStream(picture)) {
            for (int read = file.readNBytes(block, 0, block.length);
                read > 0;
                read = file.readNBytes(block, 0, block.length)) {
              byte[] full = read == block.length ? block : Arrays.copyOf(block, read);
              out.write(Base64.getEncoder().encode(full));
            }
          }
          out.write(LoopbackGemini.utf8(tail(signature)));
        });
  }

  /** A body that is written while it is sent. */
  public static ScriptedAnswer of(int status, String contentType, long bytes, Body body) {
    return new ScriptedAnswer(status, contentType, Map.of(), bytes, body, new CountDownLatch(0));
  }

  /** The same, but it begins only when the latch is open. */
  public ScriptedAnswer after(CountDownLatch latch) {
    return new ScriptedAnswer(status, contentType, headers, declaredBytes, body, latch);
  }

  /** The same with headers. */
  public ScriptedAnswer with(Map<String, String> more) {
    return new ScriptedAnswer(status, contentType, more, declaredBytes, body, release);
  }

  /** The same, but the connection ends after so many bytes. */
  public ScriptedAnswer cutAfter(int bytes) {
    Body whole = body;
    return new ScriptedAnswer(
        status,
        contentType,
        headers,
        declaredBytes,
        out -> {
          var collected = new ByteArrayOutputStream();
          whole.write(collected);
          out.write(collected.toByteArray(), 0, bytes);
        },
        release);
  }

  /** Sends it, when the request has been read to its end. */
  public void send(HttpExchange exchange) throws IOException {
    awaitRelease();
    exchange.getRequestBody().readAllBytes();
    exchange.getResponseHeaders().set("Content-Type", contentType);
    headers.forEach(exchange.getResponseHeaders()::set);
    exchange.sendResponseHeaders(status, declaredBytes);
    OutputStream out = exchange.getResponseBody();
    body.write(out);
    out.flush();
  }

  private void awaitRelease() throws IOException {
    try {
      release.await();
    } catch (InterruptedException e) {
      throw new InterruptedIOException();
    }
  }

  private static String head(String words, String mimeType) {
    return """
    {"candidates":[{"content":{"parts":[{"text":"%s"},{"inlineData":{"mimeType":"%s","data":\"\
    """
        .formatted(quoted(words), mimeType);
  }

  private static String tail(String signature) {
    return """
    "},"thoughtSignature":"%s"}],"role":"model"},"finishReason":"STOP","index":0}],"usageMetadata":{"promptTokenCount":5,"candidatesTokenCount":1518,"totalTokenCount":1523},"modelVersion":"loopback"}\
    """
        .formatted(signature);
  }

  private static String quoted(String text) {
    return new String(JsonStringEncoder.getInstance().quoteAsString(text));
  }
}
