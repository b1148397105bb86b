package dev.plantain.image.wire;

import dev.plantain.image.ImageResult;
import dev.plantain.image.ImageResult.Failed;
import dev.plantain.image.ImageResult.Problem;
import dev.plantain.image.ImageResult.Refused;
import dev.plantain.image.endpoint.Endpoint;
import dev.plantain.image.wire.Fault.Remedy;
import dev.plantain.media.MediaStore;
import dev.plantain.media.MediaStoreFullException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.Dns;
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
  private final Optional<LinkedPictures> linked;

  public Exchange(Endpoint endpoint, Credential credential, MediaStore store) {
    this(endpoint, credential, store, Dns.SYSTEM);
  }

  Exchange(Endpoint endpoint, Credential credential, MediaStore store, Dns names) {
    this(endpoint, credential, store, names, Optional.of(new LinkedPictures(endpoint, store)));
  }

  private Exchange(
      Endpoint endpoint,
      Credential credential,
      MediaStore store,
      Dns names,
      Optional<LinkedPictures> linked) {
    this.host = endpoint.baseUrl().getHost();
    this.credential = credential;
    this.store = store;
    this.client = client(endpoint.connectTimeout(), names);
    this.linked = linked;
  }

  /** Calls that are answered in words: what these link to is not fetched. */
  public static Exchange ofWords(Endpoint endpoint, Credential credential, MediaStore store) {
    return new Exchange(endpoint, credential, store, Dns.SYSTEM, Optional.empty());
  }

  /**
   * A client that never repeats a call by itself, as each may cost money, and takes the key nowhere
   * but where it was told to.
   */
  public static OkHttpClient client(Duration connectTimeout) {
    return client(connectTimeout, Dns.SYSTEM);
  }

  static OkHttpClient client(Duration connectTimeout, Dns names) {
    return new OkHttpClient.Builder()
        .socketFactory(new UndelayedSockets())
        // Over HTTP/2 every 4K answer leaves 24 MB of garbage, over HTTP/1.1 2 MB.
        .protocols(List.of(Protocol.HTTP_1_1))
        .retryOnConnectionFailure(false)
        .followRedirects(false)
        .connectionPool(new ConnectionPool(8, 1, TimeUnit.MINUTES))
        .connectTimeout(connectTimeout)
        .dns(new Lookups(names, connectTimeout))
        .build();
  }

  /** How a call ended. */
  public sealed interface Reply {
    /** There is nothing to mend. */
    record Ended(ImageResult result) implements Reply {}

    /** An error came. */
    record Faulty(Fault fault) implements Reply {}
  }

  /**
   * What is asked, and how long an answer is waited for.
   *
   * @param model by our id
   */
  public record Asked(String model, Duration limit) {}

  /** Reads a successful answer. */
  public interface Reader extends AnswerJson.Reading<Answer> {}

  /** How a call ended that nothing is mended of. */
  public static ImageResult ending(Reply reply) {
    return switch (reply) {
      case Reply.Ended ended -> ended.result();
      case Reply.Faulty(Fault fault) -> fault.ending();
    };
  }

  /** One way to ask. */
  public interface Attempt {
    Reply ask(Set<Remedy> remedies) throws InterruptedException;
  }

  /**
   * Asks, and asks again with each remedy that an error calls for, once each: the provider refused
   * for the form and did no work.
   */
  public static ImageResult mended(Attempt attempt) throws InterruptedException {
    Set<Remedy> tried = EnumSet.noneOf(Remedy.class);
    while (true) {
      switch (attempt.ask(tried)) {
        case Reply.Ended ended -> {
          return ended.result();
        }
        case Reply.Faulty(Fault fault) -> {
          if (fault.remedy().isEmpty() || !tried.add(fault.remedy().get())) {
            return fault.ending();
          }
        }
      }
    }
  }

  /**
   * Posts a body and blocks until the answer is stored or the time limit is over.
   *
   * @param longStrings the names of the fields whose values go to files
   * @throws InterruptedException the thread was interrupted, and the connection cut
   */
  public Reply post(
      HttpUrl url, List<RequestPiece> body, Asked asked, LongNames longStrings, Reader reader)
      throws InterruptedException {
    Request.Builder request =
        new Request.Builder()
            .url(url)
            .header("Accept-Encoding", "identity")
            .post(new StreamedBody(body, store));
    CallProgress progress = new CallProgress();
    OkHttpClient once =
        client
            .newBuilder()
            .callTimeout(asked.limit())
            .readTimeout(asked.limit())
            .writeTimeout(asked.limit())
            .eventListener(progress)
            .build();
    Work<Reply> work = new Work<>(asked.limit());
    return hidden(
        work.done(
            () -> {
              try {
                credential.authorize(request);
              } catch (IOException e) {
                return failed(
                    Problem.KEY_REJECTED, "There is no token for " + host + " (" + e + ")");
              }
              try (Response response = work.execute(once, request.build())) {
                return response.isSuccessful()
                    ? answer(response, longStrings, reader, asked.model(), work)
                    : error(response);
              } catch (GarbledAnswer e) {
                return failed(Problem.GARBLED, "The answer cannot be used: " + e.getMessage());
              } catch (MediaStoreFullException e) {
                throw new UncheckedIOException(e);
              } catch (IOException e) {
                return broken(e, progress, work);
              }
            },
            () -> late(progress, work)));
  }

  private Reply answer(
      Response response, LongNames longStrings, Reader reader, String model, Work<Reply> work)
      throws IOException {
    String packing = response.header("Content-Encoding");
    if (packing != null && !packing.equalsIgnoreCase("identity")) {
      throw new GarbledAnswer("it is packed (" + packing + ") although that was not asked for");
    }
    LongStrings strings = new LongStrings(response.body().byteStream(), store, longStrings);
    try {
      Answer answer = AnswerJson.read(strings, reader);
      return judged(answer, strings, response.code(), model, work);
    } finally {
      strings.found().forEach(LongString::close);
    }
  }

  private Reply judged(
      Answer answer, LongStrings strings, int status, String model, Work<Reply> work)
      throws IOException {
    if (answer.error().isPresent() && !answer.painted()) {
      return new Reply.Faulty(
          FaultMapper.map(status, answer.error().map(ErrorBody::of), Optional.empty())
              .using(answer.usage()));
    }
    if (answer.finishReason().filter("MISSING_THOUGHT_SIGNATURE"::equals).isPresent()
        && !answer.painted()) {
      return new Reply.Faulty(FaultMapper.missingSignature());
    }
    if (!answer.known()) {
      throw new GarbledAnswer("it is JSON, but nothing that this endpoint should answer");
    }
    if (strings.streamed() && !strings.done() && !answer.ended()) {
      throw new GarbledAnswer("its stream broke off");
    }
    if (linked.isEmpty()) {
      return new Reply.Ended(Judgement.of(answer, model));
    }
    try (LinkedPictures.Fetched fetched = linked.get().fetched(answer, work)) {
      return new Reply.Ended(Judgement.of(fetched.answer(), model));
    }
  }

  private static Reply error(Response response) throws IOException {
    return new Reply.Faulty(fault(response));
  }

  /** What an unsuccessful response means. */
  static Fault fault(Response response) throws IOException {
    byte[] body = response.body().byteStream().readNBytes(MOST_ERROR_BYTES);
    Optional<Duration> retryAfter =
        Optional.ofNullable(response.header("Retry-After"))
            .filter(seconds -> seconds.matches("\\d{1,5}"))
            .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)));
    return FaultMapper.map(
        response.code(), ErrorBody.parse(new String(body, StandardCharsets.UTF_8)), retryAfter);
  }

  private Reply broken(IOException e, CallProgress progress, Work<Reply> work) {
    if (!progress.requestBegun()) {
      return failed(Problem.UNREACHABLE, "No connection to " + host + " (" + e + ")");
    }
    if (e instanceof InterruptedIOException || work.timedOut()) {
      return late(progress, work);
    }
    return progress.requestSent()
        ? failed(
            Problem.GARBLED,
            "The connection broke while the answer was awaited or read (" + e + ")")
        : failed(
            Problem.UNREACHABLE, "The connection broke while the request was sent (" + e + ")");
  }

  private Reply late(CallProgress progress, Work<Reply> work) {
    String within = " within " + work.limit().toSeconds() + " s";
    return progress.requestBegun()
        ? failed(Problem.TIMED_OUT, "No answer" + within + " from " + host)
        : failed(Problem.UNREACHABLE, "Neither token nor connection" + within + " for " + host);
  }

  private static Reply failed(Problem problem, String detail) {
    return new Reply.Ended(new Failed(problem, Optional.empty(), detail));
  }

  /** Gateways have been seen to repeat the key in complaints. */
  private Reply hidden(Reply reply) {
    return switch (reply) {
      case Reply.Ended(Failed failed) -> new Reply.Ended(failed.told(credential::hiddenIn));
      case Reply.Ended(Refused refused) -> new Reply.Ended(hidden(refused));
      case Reply.Ended ended -> ended;
      case Reply.Faulty(Fault fault) ->
          new Reply.Faulty(
              new Fault(
                  fault.result().told(credential::hiddenIn),
                  fault.remedy(),
                  fault.refusal().map(this::hidden)));
    };
  }

  private Refused hidden(Refused refused) {
    return new Refused(
        refused.cause(), refused.explanation().map(credential::hiddenIn), refused.usage());
  }
}
