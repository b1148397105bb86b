package dev.plantain.image.openai;

import dev.plantain.image.endpoint.Endpoint;
import java.net.URI;
import okhttp3.HttpUrl;

/** The addresses of a service that is shaped as OpenAI's. */
final class OpenAiAddress {
  private final HttpUrl version;

  /**
   * @param baseUrl may carry a path, and may name the version ({@code …/v1}, {@code
   *     …/v1beta/openai}) or leave it out
   * @param usual the path of the version where the base names no path at all
   */
  OpenAiAddress(URI baseUrl, String usual) {
    String path = String.valueOf(baseUrl.getRawPath()).replaceAll("/+$", "");
    String versioned =
        path.matches("(.*/)?v\\d+[a-z0-9]*(/openai)?")
            ? path
            : path.isEmpty() ? usual : path + "/v1";
    this.version = HttpUrl.get(baseUrl.resolve(versioned).toString());
  }

  /** Of OpenAI itself or a gateway. */
  static OpenAiAddress of(Endpoint endpoint) {
    URI base = endpoint.baseUrl();
    if (!Endpoint.GOOGLE.getHost().equalsIgnoreCase(base.getHost())) {
      return new OpenAiAddress(base, "/v1");
    }
    // The version alone is where Google's own wire is.
    String path = String.valueOf(base.getRawPath()).replaceAll("/+$", "");
    boolean version = path.matches("/v\\d+[a-z0-9]*");
    return new OpenAiAddress(version ? base.resolve(path + "/openai") : base, "/v1beta/openai");
  }

  /** Of OpenRouter, or a gateway that is shaped as it. */
  static OpenAiAddress ofOpenRouter(Endpoint endpoint) {
    return new OpenAiAddress(endpoint.baseUrl(), "/api/v1");
  }

  HttpUrl chatCompletions() {
    return version.newBuilder().addPathSegments("chat/completions").build();
  }

  HttpUrl imagesGenerations() {
    return version.newBuilder().addPathSegments("images/generations").build();
  }

  HttpUrl images() {
    return version.newBuilder().addPathSegment("images").build();
  }
}
