package dev.plantain.media;

import java.util.Arrays;
import java.util.Optional;

/** A format of pictures that we know by its first bytes. */
public enum MediaType {
  PNG("image/png", "png"),
  JPEG("image/jpeg", "jpg"),
  WEBP("image/webp", "webp"),
  HEIC("image/heic", "heic"),
  HEIF("image/heif", "heif"),
  GIF("image/gif", "gif");

  private final String mime;
  private final String extension;

  MediaType(String mime, String extension) {
    this.mime = mime;
    this.extension = extension;
  }

  /** Such as {@code image/png}. */
  public String mime() {
    return mime;
  }

  /** Without the dot. */
  public String extension() {
    return extension;
  }

  public static Optional<MediaType> ofMime(String mime) {
    return Arrays.stream(values()).filter(type -> type.mime.equals(mime)).findFirst();
  }
}
