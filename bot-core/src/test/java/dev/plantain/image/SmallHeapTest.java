package dev.plantain.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.plantain.image.endpoint.Wire;
import dev.plantain.image.gemini.Painted;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is held of an answer, and of a request, does not grow with its picture: a process whose
 * whole heap is smaller than either takes it over every wire, and sends it.
 */
class SmallHeapTest {
  private static final int HEAP_MEGABYTES = 16;
  private static final int BLOCK_BYTES = 30_000;
  private static final int BLOCKS = 700;
  private static final long PICTURE_BYTES = (long) BLOCK_BYTES * BLOCKS;

  @TempDir private Path folder;
  private final byte[] first = block(1, Painted.picture("png", 20, 10, 1));
  private final byte[] other = block(2, new byte[0]);
  private final List<Long> received = Collections.synchronizedList(new ArrayList<>());

  @Test
  void aPictureThatIsLargerThanTheHeapComesOverEveryWireAndIsSentOn() throws Exception {
    assertThat(PICTURE_BYTES).isGreaterThan(HEAP_MEGABYTES * 1024L * 1024);
    assertThat(SmallHeapReader.WIRES)
        .extracting(Object::getClass)
        .contains(Wire.class.getPermittedSubclasses());
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      server.createContext("/", this::answer);
      server.setExecutor(threads);
      server.start();
      Process reader = reader(server.getAddress().getPort());
      String told = new String(reader.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      reader.waitFor();
      assertThat(told.lines())
          .as(told)
          .hasSize(SmallHeapReader.WIRES.size())
          .allMatch((sha256() + " " + PICTURE_BYTES)::equals);
      assertThat(received.subList(0, 2)).allMatch(bytes -> bytes < 1_000);
      assertThat(received.subList(2, received.size()))
          .allMatch(bytes -> bytes > PICTURE_BYTES / 3 * 4);
    } finally {
      server.stop(0);
    }
  }

  private Process reader(int port) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx" + HEAP_MEGABYTES + "m",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            SmallHeapReader.class.getName(),
            "http://127.0.0.1:" + port,
            folder.toString())
        .redirectErrorStream(true)
        .start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      received.add(exchange.getRequestBody().transferTo(OutputStream.nullOutputStream()));
      int index = Integer.parseInt(exchange.getRequestURI().getPath().split("/", -1)[1]);
      exchange.sendResponseHeaders(200, 0);
      answer(SmallHeapReader.WIRES.get(index), exchange.getResponseBody());
    }
  }

  private void answer(Wire wire, OutputStream out) throws IOException {
    switch (wire) {
      case Wire.Imagen _ ->
          write(out, "{\"predictions\":[{\"bytesBase64Encoded\":\"", "", "", "\"}]}");
      case Wire.OpenAiImages _, Wire.OpenRouterImages _ ->
          write(out, "{\"data\":[{\"b64_json\":\"", "", "", "\"}]}");
      case Wire.Gemini _, Wire.Vertex _ ->
          write(
              out,
              "{\"candidates\":[{\"content\":{\"parts\":[{\"inlineData\":{\"data\":\"",
              "",
              "",
              "\"}}]},\"finishReason\":\"STOP\"}]}");
      case Wire.OpenAiChat(boolean streamed) -> {
        if (streamed) {
          write(
              out,
              delta("\"content\":\"![](data:image/png;base64,\""),
              "data: {\"choices\":[{\"delta\":{\"content\":\"",
              "\"}}]}\n\n",
              delta("\"content\":\")\"") + "data: [DONE]\n\n");
        } else {
          write(
              out,
              "{\"choices\":[{\"message\":{\"content\":\"![](data:image/png;base64,",
              "",
              "",
              ")\"}}]}");
        }
      }
      case Wire.OpenRouterChat(boolean streamed) ->
          write(
              out,
              (streamed ? "data: {\"choices\":[{\"delta\"" : "{\"choices\":[{\"message\"")
                  + ":{\"images\":[{\"image_url\":{\"url\":\"data:image/png;base64,",
              "",
              "",
              "\"}}]}}]}" + (streamed ? "\n\ndata: [DONE]\n\n" : ""));
    }
  }

  private static String delta(String content) {
    return "data: {\"choices\":[{\"delta\":{" + content + "}}]}\n\n";
  }

  /** In pieces of one block, each between what frames it. */
  private void write(OutputStream out, String before, String open, String close, String after)
      throws IOException {
    out.write(utf8(before));
    for (int number = 0; number < BLOCKS; number++) {
      out.write(utf8(open));
      out.write(Base64.getEncoder().encode(number == 0 ? first : other));
      out.write(utf8(close));
      out.flush();
    }
    out.write(utf8(after));
  }

  private String sha256() throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    digest.update(first);
    for (int number = 1; number < BLOCKS; number++) {
      digest.update(other);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static byte[] block(int seed, byte[] head) {
    byte[] block = new byte[BLOCK_BYTES];
    new Random(seed).nextBytes(block);
    System.arraycopy(head, 0, block, 0, head.length);
    return block;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
