package dev.plantain.image.wire;

import dev.plantain.image.ImageResult;
import java.util.Optional;

/**
 * A request that failed, and how it may be mended without asking anybody: the provider refused it
 * for its form, so that it did no work.
 */
public record Fault(ImageResult.Failed result, Optional<Remedy> remedy) {

  /** A way to ask again. */
  public enum Remedy {
    /** A signature is missing or wrong: ask without any. */
    WITHOUT_SIGNATURES,
    /** The model takes neither ratio nor size: leave them out. */
    WITHOUT_IMAGE_CONFIG
  }
}
