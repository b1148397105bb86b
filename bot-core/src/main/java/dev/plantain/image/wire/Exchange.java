package dev.plantain.image.wire;

import dev.plantain.image.ImageResult;
import dev.plantain.image.ImageResult.Failed;
import dev.plantain.image.ImageResult.Problem;
import dev.plantain.image.endpoint.Endpoint;
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
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;

/** Calls to one endpoint with one credential: each asks once, and the answer goes to files. */
public final class Exchange {
  private static final int MOST_ERROR_BYTES = 256 * 1024;

  private final String host;
  private final Credential credential;
  private final MediaStore store;
  private final OkHttpClient client;

  public Exchange(Endpoint endpoint, Credential credential, MediaStore store) {
    this.host = endpoint.baseUrl().getHost();
    this.credential = credential;
    this.store = store;
    this.client = client(endpoint.connectTimeout());
  }

  /**
   * A client that never repeats a call by itself, as each may cost money, and takes the key nowhere
   * but where it was told to.
   */
  public static OkHttpClient client(Duration connectTimeout) {
    return new OkHttpClient.Builder()
        .socketFactory(new UndelayedSockets())
        // Over HTTP/2 every 4K answer leaves 24 MB of garbage, over HTTP/1.1 2 MB.
        .protocols(List.of(Protocol.HTTP_1_1))
        .retryOnConnectionFailure(false)
        .followRedirects(false)
        .connectionPool(new ConnectionPool(8, 1, TimeUnit.MINUTES))
        .connectTimeout(connectTimeout)
        .build();
  }

  /** How a call ended. */
  public sealed interface Reply {
    /** There is nothing to mend. */
    record Ended(ImageResult result) implements Reply {}

    /** An error came. */
    record Faulty(Fault fault) implements Reply {}
  }

  /** Reads a successful answer, whose long strings are files already. */
  public interface Reader {
    /**
     * Reads it to its end.
     *
     * @param status as HTTP told it
     * @throws GarbledAnswer it is none that can be used
     * @throws IOException the connection broke
     * @throws UncheckedIOException a file could not be kept, or anything else that is our own fault
     */
    Reply read(LongStrings answer, int status) throws IOException;
  }

  /**
   * Posts a body and blocks until the answer is stored or the time limit is over.
   *
   * @param longStrings the names of the fields whose values go to files
   * @throws InterruptedException the thread was interrupted, and the connection cut
   */
  public Reply post(
      HttpUrl url, List<RequestPiece> body, Duration limit, LongNames longStrings, Reader reader)
      throws InterruptedException {
    Request.Builder request =
        new Request.Builder()
            .url(url)
            .header("Accept-Encoding", "identity")
            .post(new StreamedBody(body, store));
    try {
      credential.authorize(request);
    } catch (IOException e) {
      return failed(
          Problem.KEY_REJECTED,
          credential.hiddenIn("There is no token for " + host + " (" + e + ")"));
    }
    CallProgress progress = new CallProgress();
    Call call =
        client
            .newBuilder()
            .callTimeout(limit)
            .readTimeout(limit)
            .writeTimeout(limit)
            .eventListener(progress)
            .build()
            .newCall(request.build());
    return interruptibly(call, () -> exchange(call, longStrings, reader, progress, limit));
  }

  /**
   * On a thread of its own, as reading from a socket heeds no interrupt on every kind of thread.
   */
  private static Reply interruptibly(Call call, Callable<Reply> exchange)
      throws InterruptedException {
    FutureTask<Reply> task = new FutureTask<>(exchange);
    Thread thread = Thread.ofVirtual().name("model").start(task);
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

  private Reply exchange(
      Call call, LongNames longStrings, Reader reader, CallProgress progress, Duration limit) {
    try (Response response = call.execute()) {
      return response.isSuccessful() ? answer(response, longStrings, reader) : error(response);
    } catch (GarbledAnswer e) {
      return failed(Problem.GARBLED, "The answer cannot be used: " + e.getMessage());
    } catch (MediaStoreFullException e) {
      throw new UncheckedIOException(e);
    } catch (IOException e) {
      return broken(e, progress, limit);
    }
  }

  private Reply answer(Response response, LongNames longStrings, Reader reader) throws IOException {
    LongStrings strings = new LongStrings(response.body().byteStream(), store, longStrings);
    try {
      return switch (reader.read(strings, response.code())) {
        case Reply.Ended ended -> ended;
        case Reply.Faulty faulty -> faulty(faulty.fault());
      };
    } finally {
      strings.found().forEach(LongString::close);
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
    String how = credential.hiddenIn(" (" + e + ")");
    if (!progress.requestBegun()) {
      return failed(Problem.UNREACHABLE, "No connection to " + host + how);
    }
    if (e instanceof InterruptedIOException) {
      return failed(Problem.TIMED_OUT, "No answer within " + limit.toSeconds() + " s");
    }
    return progress.requestSent()
        ? failed(Problem.GARBLED, "The connection broke while the answer was awaited or read" + how)
        : failed(Problem.UNREACHABLE, "The connection broke while the request was sent" + how);
  }

  private Reply faulty(Fault fault) {
    return new Reply.Faulty(new Fault(fault.result().told(credential::hiddenIn), fault.remedy()));
  }

  private static Reply failed(Problem problem, String detail) {
    return new Reply.Ended(new Failed(problem, Optional.empty(), detail));
  }
}
