package dev.plantain.platform;

/**
 * A role that a community gives to some of its members.
 *
 * <p>Opaque: only the adapter of its platform makes and reads {@code value}.
 */
public record RoleRef(PlatformId platform, String value) {
  public RoleRef {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("a reference cannot be empty");
    }
  }
}
