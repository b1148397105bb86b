package dev.plantain.media;

/** The name of a blob: the SHA-256 of its bytes in lower-case hexadecimal. */
public record BlobId(String sha256) {
  public BlobId {
    if (!sha256.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("not a SHA-256: " + sha256);
    }
  }

  @Override
  public String toString() {
    return sha256;
  }
}
