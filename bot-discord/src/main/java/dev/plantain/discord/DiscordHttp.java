package dev.plantain.discord;

import dev.plantain.platform.PlatformException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import net.dv8tion.jda.api.exceptions.ParsingException;
import net.dv8tion.jda.api.requests.RestConfig;
import net.dv8tion.jda.api.utils.data.DataObject;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** The HTTP client as Discord needs it, and the few requests that need no gateway. */
final class DiscordHttp {
  private static final int REQUESTS_AT_ONCE = 64;

  private DiscordHttp() {}

  static OkHttpClient client(RateLimits limits) {
    return client().newBuilder().addInterceptor(limits).build();
  }

  static OkHttpClient client() {
    Dispatcher dispatcher = new Dispatcher(Executors.newVirtualThreadPerTaskExecutor());
    dispatcher.setMaxRequests(REQUESTS_AT_ONCE);
    dispatcher.setMaxRequestsPerHost(REQUESTS_AT_ONCE);
    return new OkHttpClient.Builder()
        .dispatcher(dispatcher)
        // A repeated follow-up would be a second message: Discord has no key against that.
        .retryOnConnectionFailure(false)
        // A redirect would carry the token to somebody else.
        .followRedirects(false)
        .connectionPool(new ConnectionPool(REQUESTS_AT_ONCE, 1, TimeUnit.MINUTES))
        .connectTimeout(Duration.ofSeconds(10))
        .readTimeout(Duration.ofSeconds(30))
        .writeTimeout(Duration.ofSeconds(120))
        .build();
  }

  /** Ends whatever is under way, and lets go of threads and connections. */
  static void close(OkHttpClient client) {
    client.dispatcher().cancelAll();
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
  }

  /**
   * Asks for one thing without a gateway; blocks.
   *
   * @throws SignInRefused the token is wrong
   * @throws PlatformException it was not given
   */
  static DataObject get(OkHttpClient client, DiscordConfig config, String path) {
    Request request =
        new Request.Builder()
            .url(config.base() + path)
            .header("Authorization", "Bot " + config.token().reveal())
            .header("User-Agent", RestConfig.USER_AGENT)
            .build();
    try {
      return read(client.newCall(request), response -> object(path, response));
    } catch (IOException impossible) {
      throw new IllegalStateException("reading an answer writes nothing", impossible);
    }
  }

  private static DataObject object(String path, Response response) throws IOException {
    try (InputStream body = response.body().byteStream()) {
      if (response.isSuccessful()) {
        return DataObject.fromJson(body.readAllBytes());
      }
      throw refusal(path, response.code());
    } catch (ParsingException notJson) {
      throw new PlatformException.Unavailable(
          "Something else than Discord answered %s (status %d).".formatted(path, response.code()),
          Optional.empty(),
          false);
    }
  }

  private static RuntimeException refusal(String path, int status) {
    RuntimeException refusal = Refusals.of(path, status, 0, "no reason given");
    return refusal instanceof Refusals.Refused refused ? refused.rejected() : refusal;
  }

  /** Reads a response of any status while it is open. */
  interface Reader<T> {
    T read(Response response) throws IOException;
  }

  /** Carries a failure to write somewhere else past everything that handles failures to read. */
  static final class Writing extends RuntimeException {
    private final IOException failure;

    Writing(IOException failure) {
      super(failure);
      this.failure = failure;
    }
  }

  /**
   * Blocks until the response is read. On a thread of its own, as only so an interrupt ends it at
   * once, whatever kind of thread waits.
   *
   * @throws PlatformException.Unavailable no answer came
   * @throws IOException what the reader throws as {@link Writing}
   */
  static <T> T read(Call call, Reader<T> reader) throws IOException {
    FutureTask<T> task =
        new FutureTask<>(() -> {
          try (Response response = call.execute()) {
            return reader.read(response);
          }
        });
    Thread.ofVirtual().name("discord-http").start(task);
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException stop) {
          interrupted = true;
          call.cancel();
        }
      }
    } catch (ExecutionException failure) {
      throw failed(failure.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static RuntimeException failed(@Nullable Throwable cause) throws IOException {
    return switch (cause) {
      case Writing writing -> throw writing.failure;
      case IOException failure ->
          new PlatformException.Unavailable(
              "No answer from Discord (%s).".formatted(failure.getClass().getSimpleName()),
              Optional.empty(),
              false);
      case RuntimeException fault -> fault;
      case Error error -> throw error;
      case null, default -> new IllegalStateException(cause);
    };
  }
}
