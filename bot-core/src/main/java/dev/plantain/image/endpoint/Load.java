package dev.plantain.image.endpoint;

import java.util.Optional;

/**
 * How much one request to an endpoint may carry; empty where it takes what its models take.
 *
 * @param maxRequestBytes of the whole request, pictures encoded
 * @param maxPictureBytes of each picture's file
 */
public record Load(Optional<Long> maxRequestBytes, Optional<Long> maxPictureBytes) {
  public static final Load ANY = new Load(Optional.empty(), Optional.empty());

  /** What Vertex AI documents for pictures within a request: gemini.md, section 5. */
  private static final long VERTEX_REQUEST_BYTES = 20_000_000;

  /** What is taken on a wire unless an endpoint says otherwise. */
  static Load usual(Wire wire) {
    return wire instanceof Wire.Vertex
        ? new Load(Optional.of(VERTEX_REQUEST_BYTES), Optional.empty())
        : ANY;
  }
}
