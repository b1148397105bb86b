package dev.plantain.media;

import dev.plantain.media.Anatomy.Cut;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** PNG: a signature and chunks with check sums (W3C PNG, third edition, section 5). */
final class PngFormat {
  static final String SIGNATURE = "\u0089PNG\r\n\u001a\n";

  private static final int MAX_CHUNKS_OF_HEADER = 2_000;

  private static final int BLOCK_BYTES = 16 * 1024;

  /** Without these the pixels would be other ones, or be shown in other colours or shape. */
  private static final Set<String> NEEDED =
      Set.of(
          "IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "cICP", "mDCV",
          "cLLI", "sBIT", "bKGD", "pHYs");

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

  /**
   * Walks to {@code IEND}, checks every sum, and inflates the pixels as far as the header says and
   * no further. Texts, EXIF, times, animation, chunks of makers and what follows the end go.
   *
   * @param keepOrientation leaves an EXIF chunk that says the orientation and nothing else
   */
  static Anatomy anatomy(PictureFile file, boolean keepOrientation)
      throws IOException, MalformedPictureException {
    Size size = size(file);
    List<Cut> cuts = new ArrayList<>();
    Orientation orientation = Orientation.UPRIGHT;
    try (Pixels pixels = new Pixels(file, size)) {
      Chunk chunk = chunk(file, SIGNATURE.length());
      while (!chunk.name().equals("IEND")) {
        check(file, chunk, pixels);
        if (chunk.name().equals("eXIf")) {
          orientation = Exif.orientation(file, chunk.contents(), chunk.length());
          cuts.add(
              keepOrientation
                  ? Cut.replaced(chunk.start(), chunk.end(), exifChunk(orientation))
                  : Cut.out(chunk.start(), chunk.end()));
        } else if (!NEEDED.contains(chunk.name())) {
          if (Character.isUpperCase(chunk.name().charAt(0))) {
            throw new MalformedPictureException("an unknown critical chunk " + chunk.name());
          }
          cuts.add(Cut.out(chunk.start(), chunk.end()));
        }
        chunk = chunk(file, chunk.end());
      }
      check(file, chunk, pixels);
      pixels.requireAll();
      if (chunk.end() < file.size()) {
        cuts.add(Cut.out(chunk.end(), file.size()));
      }
    }
    return new Anatomy(size, orientation, cuts);
  }

  private static void check(PictureFile file, Chunk chunk, Pixels pixels)
      throws IOException, MalformedPictureException {
    CRC32 sum = new CRC32();
    byte[] block = pixels.block;
    long end = chunk.contents() + chunk.length();
    for (long at = chunk.start() + 4; at < end; ) {
      int some = (int) Math.min(at < chunk.contents() ? 4 : block.length, end - at);
      file.read(at, block, some);
      sum.update(block, 0, some);
      if (chunk.name().equals("IDAT") && at >= chunk.contents()) {
        pixels.inflate(some);
      }
      at += some;
    }
    if (sum.getValue() != file.u32(end)) {
      throw new MalformedPictureException("chunk " + chunk.name() + " is damaged");
    }
  }

  private static byte[] exifChunk(Orientation orientation) {
    byte[] tiff = Exif.tiffOf(orientation);
    return chunkOf("eXIf", tiff, tiff.length);
  }

  /** The bytes of a chunk, with its length and its sum. */
  static byte[] chunkOf(String name, byte[] contents, int length) {
    byte[] letters = name.getBytes(StandardCharsets.US_ASCII);
    CRC32 sum = new CRC32();
    sum.update(letters);
    sum.update(contents, 0, length);
    return ByteBuffer.allocate(length + 12)
        .putInt(length)
        .put(letters)
        .put(contents, 0, length)
        .putInt((int) sum.getValue())
        .array();
  }

  /** Counts the bytes of the pixels while they are inflated, and stops when it has them all. */
  private static final class Pixels implements AutoCloseable {
    private final byte[] block = new byte[BLOCK_BYTES];
    private final byte[] inflated = new byte[4 * BLOCK_BYTES];
    private final Inflater inflater = new Inflater();
    private long missing;

    Pixels(PictureFile file, Size size) throws IOException, MalformedPictureException {
      missing = bytesOf(file, size);
    }

    void inflate(int length) throws MalformedPictureException {
      try {
        inflater.setInput(block, 0, length);
        while (missing > 0 && !inflater.finished()) {
          int some = inflater.inflate(inflated);
          missing -= some;
          if (some == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
            return;
          }
        }
      } catch (DataFormatException damaged) {
        throw new MalformedPictureException("the pixels are damaged: " + damaged.getMessage());
      }
    }

    void requireAll() throws MalformedPictureException {
      if (missing > 0) {
        throw new MalformedPictureException(missing + " bytes of pixels are missing");
      }
    }

    @Override
    public void close() {
      inflater.end();
    }
  }

  /** Rows with their filter bytes, of one pass or of the seven of Adam7. */
  private static long bytesOf(PictureFile file, Size size)
      throws IOException, MalformedPictureException {
    long header = SIGNATURE.length() + 8L;
    int depth = file.u8(header + 8);
    int channels =
        switch (file.u8(header + 9)) {
          case 0, 3 -> 1;
          case 2 -> 3;
          case 4 -> 2;
          case 6 -> 4;
          default -> throw new MalformedPictureException("an unknown kind of colour");
        };
    if (depth > 16 || Integer.bitCount(depth) != 1 || (channels > 1 && depth < 8)) {
      throw new MalformedPictureException("a depth of " + depth);
    }
    return switch (file.u8(header + 12)) {
      case 0 -> pass(size.width(), size.height(), depth * channels);
      case 1 -> interlaced(size, depth * channels);
      default -> throw new MalformedPictureException("an unknown interlace");
    };
  }

  private static long interlaced(Size size, int bits) {
    int[][] passes = {
      {0, 0, 8, 8},
      {4, 0, 8, 8},
      {0, 4, 4, 8},
      {2, 0, 4, 4},
      {0, 2, 2, 4},
      {1, 0, 2, 2},
      {0, 1, 1, 2}
    };
    long all = 0;
    for (int[] pass : passes) {
      long width = Math.ceilDiv(Math.max(0L, (long) size.width() - pass[0]), pass[2]);
      long height = Math.ceilDiv(Math.max(0L, (long) size.height() - pass[1]), pass[3]);
      all += pass(width, height, bits);
    }
    return all;
  }

  private static long pass(long width, long height, int bits) {
    return width == 0 ? 0 : height * (1 + (width * bits + 7) / 8);
  }
}
