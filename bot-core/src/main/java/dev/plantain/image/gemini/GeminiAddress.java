package dev.plantain.image.gemini;

import dev.plantain.image.endpoint.Endpoint;
import dev.plantain.image.endpoint.Wire;
import java.net.URI;
import okhttp3.HttpUrl;

/**
 * The addresses of a Gemini service: of Google, of a gateway that speaks its wire, or on Vertex AI.
 * The base address may carry a path, and may name the version or leave it out.
 */
final class GeminiAddress {
  private final HttpUrl version;

  private GeminiAddress(HttpUrl version) {
    this.version = version;
  }

  static GeminiAddress of(Endpoint endpoint) {
    return endpoint.wire() instanceof Wire.Vertex vertex
        ? vertex(endpoint.baseUrl(), vertex)
        : new GeminiAddress(versioned(endpoint.baseUrl(), "/v1beta"));
  }

  /** With a project, or in express mode without one: gemini.md, section 6. */
  private static GeminiAddress vertex(URI baseUrl, Wire.Vertex vertex) {
    HttpUrl.Builder address = versioned(baseUrl, "/v1").newBuilder();
    vertex
        .project()
        .ifPresent(project ->
            address
                .addPathSegments("projects")
                .addPathSegment(project)
                .addPathSegment("locations")
                .addPathSegment(vertex.location()));
    return new GeminiAddress(address.addPathSegments("publishers/google").build());
  }

  private static HttpUrl versioned(URI baseUrl, String usual) {
    String path = String.valueOf(baseUrl.getRawPath()).replaceAll("/+$", "");
    String versioned = path.matches("(.*/)?v1(beta1?|alpha)?") ? path : path + usual;
    return HttpUrl.get(baseUrl.resolve(versioned).toString());
  }

  HttpUrl generateContent(String model) {
    return models().newBuilder().addPathSegment(model + ":generateContent").build();
  }

  /** Where the models are listed. */
  HttpUrl models() {
    return version.newBuilder().addPathSegment("models").build();
  }
}
