package dev.plantain.media;

import java.io.IOException;

/** PNG: a signature and chunks with check sums (W3C PNG, third edition, section 5). */
final class PngFormat {
  static final String SIGNATURE = "\u0089PNG\r\n\u001a\n";

  private static final int MAX_CHUNKS_OF_HEADER = 2_000;

  private PngFormat() {}

  /** A chunk, from its length to the byte behind its check sum. */
  private record Chunk(String name, long start, long length) {
    long contents() {
      return start + 8;
    }

    long end() {
      return start + 12 + length;
    }
  }

  static Size size(PictureFile file) throws IOException, MalformedPictureException {
    Chunk header = chunk(file, SIGNATURE.length());
    if (!header.name().equals("IHDR") || header.length() != 13) {
      throw new MalformedPictureException("does not begin with IHDR");
    }
    return Size.of(file.u32(header.contents()), file.u32(header.contents() + 4));
  }

  static Orientation orientation(PictureFile file) throws IOException, MalformedPictureException {
    long at = SIGNATURE.length();
    for (int i = 0; i < MAX_CHUNKS_OF_HEADER; i++) {
      Chunk chunk = chunk(file, at);
      if (chunk.name().equals("eXIf")) {
        return Exif.orientation(file, chunk.contents(), chunk.length());
      }
      at = chunk.end();
    }
    return Orientation.UPRIGHT;
  }

  private static Chunk chunk(PictureFile file, long at)
      throws IOException, MalformedPictureException {
    Chunk chunk = new Chunk(file.four(at + 4), at, file.u32(at));
    if (chunk.end() > file.size()) {
      throw new MalformedPictureException("chunk " + chunk.name() + " goes past the end");
    }
    return chunk;
  }
}
