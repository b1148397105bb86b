package dev.plantain.image.gemini;

import dev.plantain.config.Secret;
import dev.plantain.image.ImageResult.Failed;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import okhttp3.HttpUrl;

/**
 * Where Gemini is reached, and with which key.
 *
 * @param baseUrl of Google or of a gateway that speaks its wire; may carry a path, and may name the
 *     version ({@code …/v1beta}) or leave it out
 * @param connectTimeout how long a connection may take; the answer has the time limit of its model
 */
public record GeminiConfig(URI baseUrl, Secret apiKey, Duration connectTimeout) {
  public static final URI GOOGLE = URI.create("https://generativelanguage.googleapis.com");

  public GeminiConfig {
    if (Optional.ofNullable(HttpUrl.get(baseUrl)).isEmpty()) {
      throw new IllegalArgumentException(
          "The Gemini address must look like https://host or https://host/path.");
    }
    // The HTTP library would show the key in its complaint about a header that it cannot send.
    if (!apiKey.reveal().matches("[\\x21-\\x7e]+")) {
      throw new IllegalArgumentException(
          "The Gemini key is empty or holds a space, line break or letter that no key has: copy it"
              + " again.");
    }
    baseUrl = versioned(baseUrl);
  }

  /** Google itself, with the usual waiting time. */
  public static GeminiConfig google(Secret apiKey) {
    return new GeminiConfig(GOOGLE, apiKey, Duration.ofSeconds(10));
  }

  private static URI versioned(URI given) {
    String path = String.valueOf(given.getRawPath()).replaceAll("/+$", "");
    String versioned = path.matches("(.*/)?v1(beta|alpha)?") ? path : path + "/v1beta";
    return given.resolve(versioned.isEmpty() ? "/" : versioned);
  }

  HttpUrl generateContent(String model) {
    return models().newBuilder().addPathSegment(model + ":generateContent").build();
  }

  /** Where the models are listed. */
  HttpUrl models() {
    return HttpUrl.get(baseUrl.toString()).newBuilder().addPathSegment("models").build();
  }

  /** The same without the key, which gateways have been seen to repeat in their complaint. */
  Failed withoutKey(Failed failure) {
    return new Failed(failure.problem(), failure.retryAfter(), withoutKey(failure.detail()));
  }

  /** The text without the key. */
  String withoutKey(String text) {
    return text.replace(apiKey.reveal(), apiKey.toString());
  }
}
