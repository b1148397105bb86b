package dev.plantain.telegram;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.plantain.platform.PlatformException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;

/**
 * Requests to one Bot API server with one token.
 *
 * <p>The token is part of every address, so no address and no exception of the HTTP client that
 * could hold one leaves this class.
 */
final class Wire {
  private final OkHttpClient client;
  private final HttpUrl api;
  private final String token;

  Wire(OkHttpClient client, TelegramConfig config) {
    this.client = client;
    this.api = HttpUrl.get(config.apiUrl().toString());
    this.token = config.token().reveal();
  }

  /** A request that is on its way and can be ended from another thread. */
  static final class Held {
    private final String method;
    private final Call call;
    private final Progress progress;

    private Held(String method, Call call, Progress progress) {
      this.method = method;
      this.call = call;
      this.progress = progress;
    }

    /** Makes a waiting {@link #answer} throw at once, in whatever state the request is. */
    void cancel() {
      call.cancel();
    }
  }

  /** Reads a response of any status while it is open. */
  interface Reader<T> {
    T read(Response response) throws IOException;
  }

  Held prepare(String method, RequestBody body) {
    HttpUrl url = api.newBuilder().addPathSegment("bot" + token).addPathSegment(method).build();
    return held(method, new Request.Builder().url(url).post(body).build());
  }

  /** A request for a file. */
  Held prepareFile(String path) {
    HttpUrl url =
        api.newBuilder()
            .addPathSegment("file")
            .addPathSegment("bot" + token)
            .addPathSegments(path)
            .build();
    return held("file", new Request.Builder().url(url).build());
  }

  private Held held(String method, Request request) {
    Progress progress = new Progress();
    return new Held(
        method, client.newBuilder().eventListener(progress).build().newCall(request), progress);
  }

  /** Blocks until the Bot API, or whoever stands before it, has answered. */
  Answer answer(Held held) {
    try {
      return read(held, this::read);
    } catch (IOException impossible) {
      throw new IllegalStateException("reading an answer writes nothing", impossible);
    }
  }

  /**
   * Blocks until the response is read.
   *
   * <p>The request runs on a thread of its own: only so does an interrupt end it at once, whatever
   * kind of thread waits.
   *
   * @throws PlatformException.Unavailable no answer came
   * @throws IOException what the reader throws as {@link Writing}
   */
  <T> T read(Held held, Reader<T> reader) throws IOException {
    FutureTask<T> task =
        new FutureTask<>(() -> {
          try (Response response = held.call.execute()) {
            return reader.read(response);
          }
        });
    Thread.ofVirtual().name("telegram-" + held.method).start(task);
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException stop) {
          interrupted = true;
          held.call.cancel();
        }
      }
    } catch (ExecutionException failure) {
      throw failed(held, failure.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private RuntimeException failed(Held held, @Nullable Throwable cause) throws IOException {
    return switch (cause) {
      case Writing writing -> throw writing.failure();
      case IOException failure -> noAnswer(held, failure);
      case RuntimeException fault -> fault;
      case Error error -> throw error;
      case null, default -> new IllegalStateException(cause);
    };
  }

  private PlatformException.Unavailable noAnswer(Held held, IOException failure) {
    boolean mayHaveHappened = held.progress.sent;
    String told =
        "No answer from Telegram to %s (%s: %s). %s"
            .formatted(
                held.method,
                failure.getClass().getSimpleName(),
                withoutToken(String.valueOf(failure.getMessage())),
                mayHaveHappened ? "It may have been executed." : "It was not sent.");
    return new PlatformException.Unavailable(told, Optional.empty(), mayHaveHappened);
  }

  private Answer read(Response response) throws IOException {
    ResponseBody body = response.body();
    JsonNode envelope;
    try (InputStream stream = body.byteStream()) {
      envelope = TolerantReader.MAPPER.readTree(stream);
    } catch (JsonProcessingException notJson) {
      return new Answer.Foreign(response.code());
    }
    if (envelope == null || !envelope.path("ok").isBoolean()) {
      return new Answer.Foreign(response.code());
    }
    if (envelope.path("ok").booleanValue()) {
      return new Answer.Done(envelope);
    }
    JsonNode parameters = envelope.path("parameters");
    JsonNode retryAfter = parameters.path("retry_after");
    JsonNode migratedTo = parameters.path("migrate_to_chat_id");
    return new Answer.Refused(
        envelope.path("error_code").asInt(response.code()),
        withoutToken(envelope.path("description").asText("")),
        retryAfter.isNumber()
            ? Optional.of(Duration.ofSeconds(retryAfter.longValue()))
            : Optional.empty(),
        migratedTo.isNumber() ? Optional.of(migratedTo.longValue()) : Optional.empty());
  }

  private String withoutToken(String text) {
    return text.replace(token, "(token)");
  }

  /**
   * The part of a path on the server's own disk that its file address takes: what follows the
   * folder that is named after the token.
   */
  String relative(String absolutePath) {
    for (String folder : List.of("/" + token + "/", "/" + token.replace(':', '~') + "/")) {
      int at = absolutePath.indexOf(folder);
      if (at >= 0) {
        return absolutePath.substring(at + folder.length());
      }
    }
    return absolutePath.substring(1);
  }

  /** Carries a failure to write somewhere else past everything that handles failures to read. */
  static final class Writing extends RuntimeException {
    private final IOException failure;

    Writing(IOException failure) {
      super(failure);
      this.failure = failure;
    }

    IOException failure() {
      return failure;
    }
  }

  /** How far a request came. */
  private static final class Progress extends EventListener {
    private volatile boolean sent;

    @Override
    public void requestBodyEnd(Call call, long byteCount) {
      sent = true;
    }
  }
}
