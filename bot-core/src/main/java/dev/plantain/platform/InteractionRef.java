package dev.plantain.platform;

/**
 * The press of a button, for as long as the platform lets us answer it.
 *
 * <p>Opaque: only the adapter of its platform makes and reads {@code value}.
 */
public record InteractionRef(PlatformId platform, String value) {
  public InteractionRef {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("a reference cannot be empty");
    }
  }
}
