package dev.plantain.media;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Tells from the bytes of a file, never from its name, what picture it is. */
public final class ImageInspector {
  private ImageInspector() {}

  /**
   * What the header of a picture says. Width and height are those of the stored pixels; how they
   * are to be turned is told by {@link #orientation}.
   */
  public record Description(MediaType type, int width, int height) {
    public long pixels() {
      return (long) width * height;
    }
  }

  /**
   * Reads headers only, never the pixels: a few kilobytes, whatever the file holds. Empty where the
   * file is no picture that we know, or its header is damaged; what follows the header is not
   * looked at.
   *
   * @throws IOException the file cannot be read
   */
  public static Optional<Description> inspect(Path file) throws IOException {
    try (PictureFile picture = PictureFile.open(file)) {
      return inspect(picture);
    }
  }

  static Optional<Description> inspect(PictureFile picture) throws IOException {
    try {
      Optional<MediaType> type = type(picture);
      if (type.isEmpty()) {
        return Optional.empty();
      }
      Size size =
          switch (type.get()) {
            case PNG -> PngFormat.size(picture);
            case JPEG -> JpegFormat.size(picture);
            case WEBP -> WebpFormat.size(picture);
            case HEIC, HEIF -> HeifFormat.size(picture);
            case GIF -> GifFormat.size(picture);
          };
      return Optional.of(new Description(type.get(), size.width(), size.height()));
    } catch (MalformedPictureException unreadable) {
      return Optional.empty();
    }
  }

  /**
   * How the stored pixels must be turned; {@link Orientation#UPRIGHT} where nothing is said. A GIF
   * says nothing; HEIC and HEIF say it outside EXIF.
   *
   * @throws IOException the file cannot be read
   */
  public static Orientation orientation(Path file) throws IOException {
    try (PictureFile picture = PictureFile.open(file)) {
      Optional<MediaType> type = type(picture);
      if (type.isEmpty()) {
        return Orientation.UPRIGHT;
      }
      return switch (type.get()) {
        case PNG -> PngFormat.orientation(picture);
        case JPEG -> JpegFormat.orientation(picture);
        case WEBP -> WebpFormat.orientation(picture);
        case HEIC, HEIF -> HeifFormat.orientation(picture);
        case GIF -> Orientation.UPRIGHT;
      };
    } catch (MalformedPictureException unreadable) {
      return Orientation.UPRIGHT;
    }
  }

  /** By the first bytes alone. */
  static Optional<MediaType> type(PictureFile picture)
      throws IOException, MalformedPictureException {
    if (picture.startsWith(0, PngFormat.SIGNATURE)) {
      return Optional.of(MediaType.PNG);
    }
    if (picture.startsWith(0, JpegFormat.SIGNATURE)) {
      return Optional.of(MediaType.JPEG);
    }
    if (picture.startsWith(0, "GIF87a") || picture.startsWith(0, "GIF89a")) {
      return Optional.of(MediaType.GIF);
    }
    if (picture.startsWith(0, "RIFF") && picture.startsWith(8, "WEBP")) {
      return Optional.of(MediaType.WEBP);
    }
    if (picture.startsWith(4, "ftyp")) {
      return HeifFormat.type(picture);
    }
    return Optional.empty();
  }
}
