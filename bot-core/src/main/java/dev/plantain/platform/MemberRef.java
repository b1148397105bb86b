package dev.plantain.platform;

/**
 * A person on one platform.
 *
 * <p>Opaque: only the adapter of its platform makes and reads {@code value}.
 */
public record MemberRef(PlatformId platform, String value) {
  public MemberRef {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("a reference cannot be empty");
    }
  }
}
