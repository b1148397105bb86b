package dev.plantain.image.wire;

import dev.plantain.image.ImageResult;
import dev.plantain.image.ImageResult.Failed;
import dev.plantain.image.ImageResult.Refused;
import java.util.Optional;

/**
 * A request that failed.
 *
 * @param remedy how it may be mended without asking anybody: the provider refused it for its form,
 *     so that it did no work
 * @param refusal where it did not fail but was refused for what it asks
 */
public record Fault(Failed result, Optional<Remedy> remedy, Optional<Refused> refusal) {

  Fault(Failed result, Optional<Remedy> remedy) {
    this(result, remedy, Optional.empty());
  }

  /** How the call ended. */
  public ImageResult ending() {
    return refusal.isPresent() ? refusal.get() : result;
  }

  /** A way to ask again. */
  public enum Remedy {
    /** A signature is missing or wrong: ask without any. */
    WITHOUT_SIGNATURES,
    /** The model takes neither ratio nor size: leave them out. */
    WITHOUT_IMAGE_CONFIG,
    /** A file to which the request refers is not there any more: send or upload it again. */
    WITHOUT_OLD_FILES
  }
}
