package dev.plantain.image.gemini;

import dev.plantain.image.ImageResult.Failed;
import dev.plantain.image.ImageResult.Problem;
import dev.plantain.image.endpoint.Endpoint;
import dev.plantain.image.wire.Credential;
import dev.plantain.image.wire.ErrorBody;
import dev.plantain.image.wire.Exchange;
import dev.plantain.image.wire.FaultMapper;
import dev.plantain.image.wire.GoogleAddress;
import dev.plantain.image.wire.Work;
import dev.plantain.media.Blob;
import dev.plantain.media.MediaStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** Google's files with one key: gemini.md, section 5. Nothing here costs money. */
final class FilesApi {
  private static final int MOST_BODY_BYTES = 256 * 1024;
  private static final Duration SILENCE = Duration.ofSeconds(60);

  /** Between two looks at a file that is not ready, and before what failed is tried again. */
  private static final Duration PAUSE = Duration.ofMillis(500);

  private static final Duration DELETION = Duration.ofSeconds(20);

  private final HttpUrl base;
  private final GoogleAddress address;
  private final Credential credential;
  private final MediaStore store;
  private final InstantSource clock;
  private final Duration pause;
  private final OkHttpClient client;

  FilesApi(Endpoint endpoint, Credential credential, MediaStore store, InstantSource clock) {
    this(endpoint, credential, store, clock, PAUSE);
  }

  FilesApi(
      Endpoint endpoint,
      Credential credential,
      MediaStore store,
      InstantSource clock,
      Duration pause) {
    this.base = HttpUrl.get(endpoint.baseUrl().toString());
    this.address = GoogleAddress.of(endpoint);
    this.credential = credential;
    this.store = store;
    this.clock = clock;
    this.pause = pause;
    this.client =
        Exchange.client(endpoint.connectTimeout())
            .newBuilder()
            .readTimeout(SILENCE)
            .writeTimeout(SILENCE)
            .build();
  }

  /** What came of an upload. */
  sealed interface Outcome {
    /** The file can be referred to. */
    record Uploaded(Upload upload) implements Outcome {}

    /** There is no file. */
    record NotUploaded(Failed failure) implements Outcome {}
  }

  /** What came, read to its end. */
  record Reply(int code, Headers headers, String body) {
    boolean succeeded() {
      return code >= 200 && code < 300;
    }
  }

  /** The provider said no. */
  static final class Denied extends IOException {
    private final transient Failed failure;

    Denied(Failed failure) {
      super(failure.detail());
      this.failure = failure;
    }
  }

  /**
   * Puts a picture there and waits until it can be used; takes up again what breaks off. Blocks
   * until the limit is over at the most.
   *
   * @throws InterruptedException the thread was interrupted; the file may be there or not
   */
  Outcome upload(Blob blob, Duration limit) throws InterruptedException {
    Work<Outcome> work = new Work<>(limit);
    return work.done(() -> {
      try {
        FileUpload upload = new FileUpload(this, work, store, blob, pause);
        return new Outcome.Uploaded(upload.run(clock.instant()));
      } catch (Denied e) {
        return new Outcome.NotUploaded(e.failure);
      } catch (IOException e) {
        String why = work.timedOut() ? "took longer than " + limit.toSeconds() + " s" : "" + e;
        return new Outcome.NotUploaded(failed(Problem.UNREACHABLE, why));
      }
    });
  }

  /**
   * Deletes a file. Blocks for 20 seconds at the most.
   *
   * @return why it may still be there; empty where it is gone
   * @throws InterruptedException the thread was interrupted; it may be there or not
   */
  Optional<Failed> delete(String name) throws InterruptedException {
    Work<Optional<Failed>> work = new Work<>(DELETION);
    return work.done(() -> {
      try {
        Reply reply = authorized(work, new Request.Builder().url(address.file(name)).delete());
        return reply.succeeded() || isGone(reply) ? Optional.empty() : Optional.of(failure(reply));
      } catch (IOException e) {
        return Optional.of(failed(Problem.UNREACHABLE, "" + e));
      }
    });
  }

  /** Google answers 403 for what is not there, as it does for what belongs to somebody else. */
  private static boolean isGone(Reply reply) {
    return reply.code() == 404
        || ErrorBody.parse(reply.body()).filter(FaultMapper::isNoFile).isPresent();
  }

  HttpUrl uploads() {
    return address.uploads();
  }

  HttpUrl file(String name) {
    return address.file(name);
  }

  /** An upload goes on at an address that an answer told, which must lead nowhere else. */
  boolean isOurs(HttpUrl url) {
    return url.host().equals(base.host())
        && url.port() == base.port()
        && url.isHttps() == base.isHttps();
  }

  /** Calls with the key. */
  Reply authorized(Work<?> work, Request.Builder request) throws IOException {
    credential.authorize(request);
    return plain(work, request);
  }

  /** Calls without the key. */
  Reply plain(Work<?> work, Request.Builder request) throws IOException {
    request.header("Accept-Encoding", "identity");
    try (Response response = work.execute(client, request.build())) {
      byte[] body = response.body().byteStream().readNBytes(MOST_BODY_BYTES);
      return new Reply(
          response.code(), response.headers(), new String(body, StandardCharsets.UTF_8));
    }
  }

  /**
   * What a complaint means. Nothing was billed, and nothing is said of the model: only a key that
   * is no good, and what passes, stay what they are.
   */
  Failed failure(Reply reply) {
    Failed failed =
        FaultMapper.map(reply.code(), ErrorBody.parse(reply.body()), Optional.empty())
            .result()
            .told(credential::hiddenIn);
    return switch (failed.problem()) {
      case KEY_REJECTED, LOCATION_REJECTED -> failed;
      case OVERLOADED, RATE_LIMITED, UNREACHABLE, TIMED_OUT ->
          failed(Problem.OVERLOADED, failed.detail());
      case DAY_EXHAUSTED,
          NOT_INCLUDED,
          MODEL_GONE,
          PICTURE_REJECTED,
          REQUEST_REJECTED,
          GARBLED,
          NO_PICTURE ->
          failed(Problem.REQUEST_REJECTED, failed.detail());
    };
  }

  Denied garbled(String what) {
    return new Denied(failed(Problem.REQUEST_REJECTED, what));
  }

  private Failed failed(Problem problem, String detail) {
    return new Failed(problem, Optional.empty(), credential.hiddenIn(detail));
  }
}
