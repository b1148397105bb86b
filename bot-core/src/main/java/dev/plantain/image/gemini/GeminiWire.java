package dev.plantain.image.gemini;

import dev.plantain.image.ImageRequest;
import dev.plantain.image.ImageResult;
import dev.plantain.image.ImageResult.Failed;
import dev.plantain.image.ImageResult.Problem;
import dev.plantain.media.MediaStore;
import dev.plantain.media.MediaStoreFullException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;

/** One call over the wire: asks once, and reads the answer into the store. */
final class GeminiWire {
  private static final int MOST_ERROR_BYTES = 256 * 1024;

  private final GeminiConfig config;
  private final MediaStore store;
  private final OkHttpClient client;

  GeminiWire(GeminiConfig config, MediaStore store) {
    this.config = config;
    this.store = store;
    this.client = client(config);
  }

  /**
   * A client that never repeats a call by itself, as each may cost money, and takes the key nowhere
   * but where it was told to.
   */
  static OkHttpClient client(GeminiConfig config) {
    return new OkHttpClient.Builder()
        .socketFactory(new UndelayedSockets())
        // Over HTTP/2 every 4K answer leaves 24 MB of garbage, over HTTP/1.1 2 MB.
        .protocols(List.of(Protocol.HTTP_1_1))
        .retryOnConnectionFailure(false)
        .followRedirects(false)
        .connectionPool(new ConnectionPool(8, 1, TimeUnit.MINUTES))
        .connectTimeout(config.connectTimeout())
        .build();
  }

  /** How a call ended. */
  sealed interface Reply {
    /** There is nothing to mend. */
    record Ended(ImageResult result) implements Reply {}

    /** An error came. */
    record Faulty(Fault fault) implements Reply {}
  }

  /**
   * Blocks until the answer is stored or the time limit is over.
   *
   * @throws InterruptedException the thread was interrupted, and the connection cut
   */
  Reply ask(ImageRequest request, boolean withImageConfig) throws InterruptedException {
    Duration limit = request.model().timeLimit(request.size());
    CallProgress progress = new CallProgress();
    Call call =
        client
            .newBuilder()
            .callTimeout(limit)
            .readTimeout(limit)
            .writeTimeout(limit)
            .eventListener(progress)
            .build()
            .newCall(
                new Request.Builder()
                    .url(config.generateContent(request.model().id()))
                    .header("x-goog-api-key", config.apiKey().reveal())
                    .header("Accept-Encoding", "identity")
                    .post(new StreamedBody(RequestMapper.map(request, withImageConfig), store))
                    .build());
    return interruptibly(call, () -> exchange(call, request.model().id(), progress, limit));
  }

  /**
   * On a thread of its own, as reading from a socket heeds no interrupt on every kind of thread.
   */
  private static Reply interruptibly(Call call, Callable<Reply> exchange)
      throws InterruptedException {
    FutureTask<Reply> task = new FutureTask<>(exchange);
    Thread thread = Thread.ofVirtual().name("gemini").start(task);
    try {
      return task.get();
    } catch (InterruptedException e) {
      call.cancel();
      thread.join();
      throw e;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UncheckedIOException fault) {
        throw fault;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private Reply exchange(Call call, String model, CallProgress progress, Duration limit) {
    try (Response response = call.execute()) {
      return response.isSuccessful() ? answer(response, model) : error(response);
    } catch (GarbledAnswer e) {
      return failed(Problem.GARBLED, "The answer cannot be used: " + e.getMessage());
    } catch (MediaStoreFullException e) {
      throw new UncheckedIOException(e);
    } catch (IOException e) {
      return broken(e, progress, limit);
    }
  }

  private Reply answer(Response response, String model) throws IOException {
    LongStrings strings = new LongStrings(response.body().byteStream(), store);
    try {
      return judged(AnswerReader.read(strings), response.code(), model);
    } finally {
      strings.found().forEach(LongString::close);
    }
  }

  private Reply judged(Answer answer, int status, String model) throws GarbledAnswer {
    boolean painted = answer.painted();
    if (answer.error().isPresent() && !painted) {
      return faulty(FaultMapper.map(status, answer.error().map(ErrorBody::of), Optional.empty()));
    }
    if (answer.finishReason().filter("MISSING_THOUGHT_SIGNATURE"::equals).isPresent() && !painted) {
      return faulty(FaultMapper.missingSignature());
    }
    if (!answer.known()) {
      throw new GarbledAnswer("it is JSON, but not Gemini's");
    }
    try {
      return new Reply.Ended(Outcome.of(answer, model));
    } catch (GarbledAnswer e) {
      throw e;
    } catch (IOException e) {
      throw new UncheckedIOException("a picture cannot be stored", e);
    }
  }

  private Reply error(Response response) throws IOException {
    byte[] body = response.body().byteStream().readNBytes(MOST_ERROR_BYTES);
    Optional<Duration> retryAfter =
        Optional.ofNullable(response.header("Retry-After"))
            .filter(seconds -> seconds.matches("\\d{1,5}"))
            .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)));
    return faulty(
        FaultMapper.map(
            response.code(),
            ErrorBody.parse(new String(body, StandardCharsets.UTF_8)),
            retryAfter));
  }

  private Reply broken(IOException e, CallProgress progress, Duration limit) {
    String how = config.withoutKey(" (" + e + ")");
    if (!progress.requestBegun()) {
      return failed(Problem.UNREACHABLE, "No connection to " + config.baseUrl().getHost() + how);
    }
    if (e instanceof InterruptedIOException) {
      return failed(Problem.TIMED_OUT, "No answer within " + limit.toSeconds() + " s");
    }
    return progress.requestSent()
        ? failed(Problem.GARBLED, "The connection broke while the answer was awaited or read" + how)
        : failed(Problem.UNREACHABLE, "The connection broke while the request was sent" + how);
  }

  private Reply faulty(Fault fault) {
    return new Reply.Faulty(new Fault(config.withoutKey(fault.result()), fault.remedy()));
  }

  private static Reply failed(Problem problem, String detail) {
    return new Reply.Ended(new Failed(problem, Optional.empty(), detail));
  }
}
