package dev.plantain.platform;

/**
 * A file that somebody attached and that the platform still holds.
 *
 * <p>Opaque: only the adapter of its platform makes and reads {@code value}.
 */
public record AttachmentRef(PlatformId platform, String value) {
  public AttachmentRef {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("a reference cannot be empty");
    }
  }
}
