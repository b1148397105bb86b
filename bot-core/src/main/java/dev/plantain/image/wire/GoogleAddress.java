package dev.plantain.image.wire;

import dev.plantain.image.endpoint.Endpoint;
import dev.plantain.image.endpoint.Wire;
import java.net.URI;
import okhttp3.HttpUrl;

/**
 * The addresses of models at Google, at a gateway that speaks as Google does, or on Vertex AI. The
 * base address may carry a path, and may name the version or leave it out.
 */
public final class GoogleAddress {
  private final HttpUrl version;

  private GoogleAddress(HttpUrl version) {
    this.version = version;
  }

  /** Where the models of an endpoint are found. */
  public static GoogleAddress of(Endpoint endpoint) {
    return endpoint.wire() instanceof Wire.Vertex vertex
        ? vertex(endpoint.baseUrl(), vertex)
        : new GoogleAddress(versioned(endpoint.baseUrl(), "/v1beta"));
  }

  /** With a project, or in express mode without one: gemini.md, section 6. */
  private static GoogleAddress vertex(URI baseUrl, Wire.Vertex vertex) {
    HttpUrl.Builder address = versioned(baseUrl, "/v1").newBuilder();
    vertex
        .project()
        .ifPresent(project ->
            address
                .addPathSegments("projects")
                .addPathSegment(project)
                .addPathSegment("locations")
                .addPathSegment(vertex.location()));
    return new GoogleAddress(address.addPathSegments("publishers/google").build());
  }

  private static HttpUrl versioned(URI baseUrl, String usual) {
    String path = String.valueOf(baseUrl.getRawPath()).replaceAll("/+$", "");
    String versioned = path.matches("(.*/)?v1(beta1?|alpha)?") ? path : path + usual;
    return HttpUrl.get(baseUrl.resolve(versioned).toString());
  }

  /** Where this model is asked. */
  public HttpUrl generateContent(String model) {
    return method(model, "generateContent");
  }

  /** Where this model is asked, if it is one of Imagen. */
  public HttpUrl predict(String model) {
    return method(model, "predict");
  }

  /** Where batches for this model are posted. */
  public HttpUrl batchGenerateContent(String model) {
    return method(model, "batchGenerateContent");
  }

  /** Where the batches of a key are listed. */
  public HttpUrl batches() {
    return version.newBuilder().addPathSegment("batches").build();
  }

  /** Where something is found by its full name, such as {@code batches/abc}. */
  public HttpUrl named(String name) {
    return version.newBuilder().addPathSegments(name).build();
  }

  private HttpUrl method(String model, String name) {
    return models().newBuilder().addPathSegment(model + ":" + name).build();
  }

  /** Where the models are listed. */
  public HttpUrl models() {
    return version.newBuilder().addPathSegment("models").build();
  }

  /** Where an upload of a file begins: before the version stands {@code upload}. */
  public HttpUrl uploads() {
    int last = version.pathSize() - 1;
    return version
        .newBuilder()
        .setPathSegment(last, "upload")
        .addPathSegment(version.pathSegments().get(last))
        .addPathSegment("files")
        .build();
  }

  /** Where a file is looked at or deleted; its name looks like {@code files/abc}. */
  public HttpUrl file(String name) {
    return version.newBuilder().addPathSegments(name).build();
  }
}
