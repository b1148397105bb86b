package dev.plantain.image;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.plantain.image.endpoint.Endpoint;
import dev.plantain.image.gemini.ScriptedAnswer;
import dev.plantain.image.wire.Credential;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A provider of pictures of our own on the loopback device, which answers as it is told. */
public abstract class LoopbackProvider implements AutoCloseable {
  /** Reads requests of any size. */
  protected static final JsonMapper JSON =
      new JsonMapper(
          JsonFactory.builder()
              .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
              .streamReadConstraints(
                  StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
              .build());

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Queue<ScriptedAnswer> script = new ConcurrentLinkedQueue<>();
  private final List<RuntimeException> faults = new CopyOnWriteArrayList<>();

  protected LoopbackProvider() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
  }

  /** From now on it answers; to be called when everything else is there. */
  protected final void start() {
    server.createContext("/", this::handle);
    server.start();
  }

  /** The connection ends without an answer. */
  protected static final class Silence extends RuntimeException {
    public Silence() {
      super(null, null, false, false);
    }
  }

  /** Says what a request is answered with. */
  protected abstract ScriptedAnswer answerTo(HttpExchange exchange) throws IOException;

  /** Where it listens; without a path. */
  public URI baseUrl() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Who knows the key of an endpoint. */
  public static Credential credential(Endpoint endpoint) {
    return new Credential.Key(endpoint.authentication(), endpoint.keys().getFirst());
  }

  /** Adds to what it answers next, in this order; when nothing is left it paints by itself. */
  public void answer(ScriptedAnswer answer) {
    script.add(answer);
  }

  /** What it was told to answer next. */
  protected Optional<ScriptedAnswer> scripted() {
    return Optional.ofNullable(script.poll());
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      answerTo(exchange).send(exchange);
    } catch (Silence silence) {
      // The connection ends with the exchange.
    } catch (RuntimeException e) {
      faults.add(e);
      throw e;
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    faults.forEach(fault -> {
      throw fault;
    });
  }
}
