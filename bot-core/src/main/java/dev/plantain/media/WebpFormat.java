package dev.plantain.media;

import java.io.IOException;

/** WebP: a RIFF of chunks (RFC 9649, section 2). */
final class WebpFormat {
  private static final int MAX_CHUNKS_OF_HEADER = 2_000;
  private static final int FIRST_CHUNK = 12;

  private WebpFormat() {}

  /** A chunk, from its name to the byte behind its contents and their padding. */
  private record Chunk(String name, long start, long length) {
    long contents() {
      return start + 8;
    }

    long end() {
      return contents() + length + (length & 1);
    }
  }

  static Size size(PictureFile file) throws IOException, MalformedPictureException {
    Chunk first = chunk(file, FIRST_CHUNK);
    return switch (first.name()) {
      case "VP8 " -> lossySize(file, first.contents());
      case "VP8L" -> losslessSize(file, first.contents());
      case "VP8X" ->
          Size.of(
              file.u24LittleEndian(first.contents() + 4) + 1L,
              file.u24LittleEndian(first.contents() + 7) + 1L);
      default -> throw new MalformedPictureException("begins with " + first.name());
    };
  }

  /** RFC 6386, section 9.1: the upper two bits of each are a scale for display only. */
  private static Size lossySize(PictureFile file, long frame)
      throws IOException, MalformedPictureException {
    if (!file.startsWith(frame + 3, "\u009d\u0001*")) {
      throw new MalformedPictureException("no key frame");
    }
    return Size.of(
        file.u16LittleEndian(frame + 6) & 0x3fff, file.u16LittleEndian(frame + 8) & 0x3fff);
  }

  private static Size losslessSize(PictureFile file, long frame)
      throws IOException, MalformedPictureException {
    if (file.u8(frame) != 0x2f) {
      throw new MalformedPictureException("no lossless frame");
    }
    long bits = file.u32LittleEndian(frame + 1);
    return Size.of((bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1);
  }

  static Orientation orientation(PictureFile file) throws IOException, MalformedPictureException {
    long at = FIRST_CHUNK;
    for (int i = 0; i < MAX_CHUNKS_OF_HEADER && at < file.size(); i++) {
      Chunk chunk = chunk(file, at);
      if (chunk.name().equals("EXIF")) {
        return exifOrientation(file, chunk);
      }
      at = chunk.end();
    }
    return Orientation.UPRIGHT;
  }

  /** Some writers put the six bytes of JPEG before the TIFF block. */
  private static Orientation exifOrientation(PictureFile file, Chunk chunk)
      throws IOException, MalformedPictureException {
    int skip = file.startsWith(chunk.contents(), "Exif\0\0") ? 6 : 0;
    return Exif.orientation(file, chunk.contents() + skip, chunk.length() - skip);
  }

  private static Chunk chunk(PictureFile file, long at)
      throws IOException, MalformedPictureException {
    return new Chunk(file.four(at), at, file.u32LittleEndian(at + 4));
  }
}
