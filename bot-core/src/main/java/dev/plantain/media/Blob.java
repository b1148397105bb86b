package dev.plantain.media;

/** What is known about a picture on disk. */
public record Blob(BlobId id, MediaType type, long bytes, int width, int height) {
  public Blob {
    if (bytes <= 0 || width <= 0 || height <= 0) {
      throw new IllegalArgumentException("not a picture: " + width + "x" + height + ", " + bytes);
    }
  }

  public long pixels() {
    return (long) width * height;
  }
}
