package dev.plantain.image.wire;

import dev.plantain.image.ImageResult;
import dev.plantain.image.ImageResult.Failed;
import dev.plantain.image.ImageResult.Problem;
import dev.plantain.image.endpoint.Endpoint;
import dev.plantain.media.MediaStore;
import dev.plantain.media.MediaStoreFullException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Calls about work that goes on at one endpoint when the call is over: each is answered by a
 * document, which may hold many answers.
 */
public final class LongWork {
  private final String host;
  private final Credential credential;
  private final MediaStore store;
  private final OkHttpClient client;

  public LongWork(Endpoint endpoint, Credential credential, MediaStore store) {
    this.host = endpoint.baseUrl().getHost();
    this.credential = credential;
    this.store = store;
    this.client = Exchange.client(endpoint.connectTimeout());
  }

  /** How a call ended. */
  public sealed interface Reply<T> {
    /** A document came. */
    record Read<T>(T document) implements Reply<T> {}

    /**
     * None did.
     *
     * @param heard whether the endpoint answered at all: if not, it may have done what it was asked
     */
    record Failure<T>(Failed failed, boolean heard) implements Reply<T> {}
  }

  /** Posts a body and reads what comes. Blocks no longer than the limit. */
  public <T> Reply<T> post(
      HttpUrl url,
      List<RequestPiece> body,
      Duration limit,
      LongNames longNames,
      AnswerJson.Reading<T> reading)
      throws InterruptedException {
    return call(
        new Request.Builder().url(url).post(new StreamedBody(body, store)),
        limit,
        longNames,
        reading);
  }

  /** Reads a document. Blocks no longer than the limit. */
  public <T> Reply<T> get(
      HttpUrl url, Duration limit, LongNames longNames, AnswerJson.Reading<T> reading)
      throws InterruptedException {
    return call(new Request.Builder().url(url).get(), limit, longNames, reading);
  }

  private <T> Reply<T> call(
      Request.Builder request, Duration limit, LongNames longNames, AnswerJson.Reading<T> reading)
      throws InterruptedException {
    OkHttpClient once =
        client.newBuilder().callTimeout(limit).readTimeout(limit).writeTimeout(limit).build();
    Work<Reply<T>> work = new Work<>(limit);
    return work.done(() -> {
      try {
        request.header("Accept-Encoding", "identity");
        credential.authorize(request);
      } catch (IOException e) {
        return failure(
            Problem.KEY_REJECTED, "There is no token for " + host + " (" + e + ")", true);
      }
      try (Response response = work.execute(once, request.build())) {
        return response.isSuccessful()
            ? new Reply.Read<>(read(response, longNames, reading))
            : new Reply.Failure<>(
                Exchange.fault(response).result().told(credential::hiddenIn), true);
      } catch (GarbledAnswer e) {
        return failure(Problem.GARBLED, "The answer cannot be used: " + e.getMessage(), true);
      } catch (MediaStoreFullException e) {
        throw new UncheckedIOException(e);
      } catch (IOException e) {
        return failure(Problem.UNREACHABLE, "No answer from " + host + " (" + e + ")", false);
      }
    });
  }

  private <T> T read(Response response, LongNames longNames, AnswerJson.Reading<T> reading)
      throws IOException {
    LongStrings strings = new LongStrings(response.body().byteStream(), store, longNames);
    try {
      return AnswerJson.read(strings, reading);
    } finally {
      strings.found().forEach(LongString::close);
    }
  }

  private <T> Reply<T> failure(Problem problem, String detail, boolean heard) {
    return new Reply.Failure<>(
        new Failed(problem, Optional.empty(), credential.hiddenIn(detail)), heard);
  }

  /**
   * Judges one of the answers of a document, and keeps its files if it is one to show.
   *
   * @param status in terms of HTTP, where it is an error
   * @param asked the model that was asked, by our id
   */
  public ImageResult judged(Answer answer, int status, String asked) {
    try {
      if (answer.error().isPresent() && !answer.painted()) {
        return FaultMapper.map(status, answer.error().map(ErrorBody::of), Optional.empty())
            .ending();
      }
      if (!answer.known()) {
        throw new GarbledAnswer("it is nothing that this endpoint should answer");
      }
      return Judgement.of(answer, asked);
    } catch (GarbledAnswer e) {
      return new Failed(
          Problem.GARBLED, Optional.empty(), "The answer cannot be used: " + e.getMessage());
    }
  }
}
