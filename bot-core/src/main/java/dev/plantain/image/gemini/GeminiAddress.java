package dev.plantain.image.gemini;

import java.net.URI;
import okhttp3.HttpUrl;

/** The addresses of a Gemini service: of Google, or of a gateway that speaks its wire. */
final class GeminiAddress {
  private final HttpUrl version;

  /**
   * @param baseUrl may carry a path, and may name the version ({@code …/v1beta}) or leave it out
   */
  GeminiAddress(URI baseUrl) {
    String path = String.valueOf(baseUrl.getRawPath()).replaceAll("/+$", "");
    String versioned = path.matches("(.*/)?v1(beta|alpha)?") ? path : path + "/v1beta";
    this.version = HttpUrl.get(baseUrl.resolve(versioned).toString());
  }

  HttpUrl generateContent(String model) {
    return models().newBuilder().addPathSegment(model + ":generateContent").build();
  }

  /** Where the models are listed. */
  HttpUrl models() {
    return version.newBuilder().addPathSegment("models").build();
  }
}
