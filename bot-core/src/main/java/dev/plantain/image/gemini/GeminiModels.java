package dev.plantain.image.gemini;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.plantain.image.ImageResult.Failed;
import dev.plantain.image.ImageResult.Problem;
import dev.plantain.image.endpoint.Endpoint;
import dev.plantain.image.wire.Credential;
import dev.plantain.image.wire.ErrorBody;
import dev.plantain.image.wire.Exchange;
import dev.plantain.image.wire.FaultMapper;
import dev.plantain.image.wire.GoogleAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** The list of models that a key may use, which also shows whether the key is good. */
public final class GeminiModels {
  private static final int MOST_PAGES = 20;
  private static final int MOST_PAGE_BYTES = 4 * 1024 * 1024;
  private static final Duration TIME_LIMIT = Duration.ofSeconds(20);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Endpoint endpoint;
  private final Credential credential;
  private final OkHttpClient client;

  public GeminiModels(Endpoint endpoint, Credential credential) {
    this.endpoint = endpoint;
    this.credential = credential;
    this.client =
        Exchange.client(endpoint.connectTimeout()).newBuilder().callTimeout(TIME_LIMIT).build();
  }

  /** What came of asking. */
  public sealed interface Listing {

    /** The ids of all models, whether they make pictures or not. */
    record Listed(Set<String> ids) implements Listing {
      public Listed {
        ids = Set.copyOf(ids);
      }
    }

    /** There is no list; the problem says whether that is the key's fault. */
    record Unlisted(Failed failure) implements Listing {}
  }

  /**
   * Asks for all pages. Blocks for 20 seconds a page at the most; costs nothing. Gateways may have
   * no such list even though they serve models.
   */
  public Listing list() {
    Set<String> ids = new TreeSet<>();
    HttpUrl page =
        GoogleAddress.of(endpoint)
            .models()
            .newBuilder()
            .addQueryParameter("pageSize", "1000")
            .build();
    try {
      for (int count = 0; count < MOST_PAGES; count++) {
        JsonNode models = page(page);
        models
            .path("models")
            .forEach(model -> ids.add(model.path("name").asText().replaceFirst("^models/", "")));
        String next = models.path("nextPageToken").asText("");
        if (next.isEmpty()) {
          break;
        }
        page = page.newBuilder().setQueryParameter("pageToken", next).build();
      }
      return new Listing.Listed(ids);
    } catch (Unlistable e) {
      return new Listing.Unlisted(e.failure);
    } catch (IOException e) {
      return new Listing.Unlisted(
          failure(
              Problem.UNREACHABLE,
              "No list of models from "
                  + endpoint.baseUrl().getHost()
                  + " ("
                  + e.getClass().getSimpleName()
                  + ")"));
    }
  }

  private JsonNode page(HttpUrl url) throws IOException {
    Request.Builder request = new Request.Builder().url(url).header("Accept-Encoding", "identity");
    credential.authorize(request);
    try (Response response = client.newCall(request.build()).execute()) {
      byte[] body = response.body().byteStream().readNBytes(MOST_PAGE_BYTES);
      if (!response.isSuccessful()) {
        throw new Unlistable(
            FaultMapper.map(
                    response.code(),
                    ErrorBody.parse(new String(body, StandardCharsets.UTF_8)),
                    Optional.empty())
                .result()
                .told(credential::hiddenIn));
      }
      JsonNode models = JSON.readTree(body);
      if (models == null || !models.path("models").isArray()) {
        throw new Unlistable(failure(Problem.GARBLED, "What came is no list of models"));
      }
      return models;
    } catch (JacksonException e) {
      throw new Unlistable(failure(Problem.GARBLED, "What came is no list of models"));
    }
  }

  private static Failed failure(Problem problem, String detail) {
    return new Failed(problem, Optional.empty(), detail);
  }

  /** Carries a failure out of the loop over the pages. */
  private static final class Unlistable extends IOException {
    private final transient Failed failure;

    Unlistable(Failed failure) {
      super(failure.detail());
      this.failure = failure;
    }
  }
}
