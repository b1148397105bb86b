package dev.plantain.image.wire;

import java.net.URI;
import okhttp3.HttpUrl;

/** The addresses of models at Google, or at a gateway that speaks as Google does. */
public final class GoogleAddress {
  private final HttpUrl version;

  /**
   * @param baseUrl may carry a path, and may name the version ({@code …/v1beta}) or leave it out
   */
  public GoogleAddress(URI baseUrl) {
    String path = String.valueOf(baseUrl.getRawPath()).replaceAll("/+$", "");
    String versioned = path.matches("(.*/)?v1(beta|alpha)?") ? path : path + "/v1beta";
    this.version = HttpUrl.get(baseUrl.resolve(versioned).toString());
  }

  /** Where this model is asked. */
  public HttpUrl generateContent(String model) {
    return method(model, "generateContent");
  }

  /** Where this model is asked, if it is one of Imagen. */
  public HttpUrl predict(String model) {
    return method(model, "predict");
  }

  private HttpUrl method(String model, String name) {
    return models().newBuilder().addPathSegment(model + ":" + name).build();
  }

  /** Where the models are listed. */
  public HttpUrl models() {
    return version.newBuilder().addPathSegment("models").build();
  }
}
