package dev.plantain.platform;

/** The name of a platform, as it stands in the database: a word in small letters. */
public record PlatformId(String value) {
  public PlatformId {
    if (!value.matches("[a-z]+")) {
      throw new IllegalArgumentException("not the name of a platform: " + value);
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
