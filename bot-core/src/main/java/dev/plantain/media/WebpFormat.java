package dev.plantain.media;

import dev.plantain.media.Anatomy.Cut;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** WebP: a RIFF of chunks (RFC 9649, section 2). */
final class WebpFormat {
  private static final int MAX_CHUNKS_OF_HEADER = 2_000;
  private static final int FIRST_CHUNK = 12;

  private static final int FRAME_HEADER_BYTES = 16;

  /** The flags of VP8X that tell of an animation, XMP and EXIF. */
  private static final int ANIMATION = 0x02;

  private static final int XMP = 0x04;
  private static final int EXIF = 0x08;

  private static final Set<String> NEEDED = Set.of("VP8X", "VP8 ", "VP8L", "ALPH", "ICCP");

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

  /**
   * Walks to the end of the RIFF. EXIF, XMP, unknown chunks and what follows the end go; of an
   * animation the first frame stays, as a still picture.
   *
   * @param keepOrientation leaves an EXIF chunk that says the orientation and nothing else
   */
  static Anatomy anatomy(PictureFile file, boolean keepOrientation)
      throws IOException, MalformedPictureException {
    long end = 8 + file.u32LittleEndian(4);
    if (end > file.size()) {
      throw new MalformedPictureException("ends before its RIFF");
    }
    Size size = null;
    Orientation orientation = Orientation.UPRIGHT;
    boolean exifKept = false;
    List<Cut> cuts = new ArrayList<>();
    for (long at = FIRST_CHUNK; at < end; ) {
      Chunk chunk = chunk(file, at);
      if (chunk.contents() + chunk.length() > end) {
        throw new MalformedPictureException("chunk " + chunk.name() + " goes past the end");
      }
      at = Math.min(end, chunk.end());
      if (isPixels(chunk)) {
        if (size != null) {
          throw new MalformedPictureException("two pictures");
        }
        size = pixelsOf(file, chunk);
      } else if (chunk.name().equals("ANMF") && size == null) {
        size = firstFrame(file, chunk, cuts);
      } else if (chunk.name().equals("EXIF") && !exifKept) {
        orientation = exifOrientation(file, chunk);
        exifKept = keepOrientation;
        cuts.add(
            keepOrientation
                ? Cut.replaced(chunk.start(), at, exifChunk(orientation))
                : Cut.out(chunk.start(), at));
      } else if (!NEEDED.contains(chunk.name())) {
        cuts.add(Cut.out(chunk.start(), at));
      }
    }
    if (size == null) {
      throw new MalformedPictureException("no picture");
    }
    if (end < file.size()) {
      cuts.add(Cut.out(end, file.size()));
    }
    amendHeaders(file, size, exifKept, cuts);
    return new Anatomy(size, orientation, cuts);
  }

  private static boolean isPixels(Chunk chunk) {
    return chunk.name().equals("VP8 ") || chunk.name().equals("VP8L");
  }

  private static Size pixelsOf(PictureFile file, Chunk chunk)
      throws IOException, MalformedPictureException {
    if (chunk.name().equals("VP8L")) {
      return losslessSize(file, chunk.contents());
    }
    Size size = lossySize(file, chunk.contents());
    if (10 + (file.u24LittleEndian(chunk.contents()) >> 5) > chunk.length()) {
      throw new MalformedPictureException("the first partition goes past its chunk");
    }
    return size;
  }

  /** Unwraps the chunks inside: the frame's own header goes, they stay. */
  private static Size firstFrame(PictureFile file, Chunk frame, List<Cut> cuts)
      throws IOException, MalformedPictureException {
    long end = frame.contents() + frame.length();
    long first = frame.contents() + FRAME_HEADER_BYTES;
    cuts.add(Cut.out(frame.start(), first));
    Size size = null;
    for (long at = first; at < end; ) {
      Chunk chunk = chunk(file, at);
      if (chunk.end() > end) {
        throw new MalformedPictureException("chunk " + chunk.name() + " goes past its frame");
      }
      at = chunk.end();
      if (isPixels(chunk) && size == null) {
        size = pixelsOf(file, chunk);
      } else if (!chunk.name().equals("ALPH")) {
        cuts.add(Cut.out(chunk.start(), at));
      }
    }
    if (size == null) {
      throw new MalformedPictureException("a frame without a picture");
    }
    return size;
  }

  /** The lengths and flags at the front must say what is left. */
  private static void amendHeaders(PictureFile file, Size size, boolean exifKept, List<Cut> cuts)
      throws IOException, MalformedPictureException {
    Chunk first = chunk(file, FIRST_CHUNK);
    if (first.name().equals("VP8X")) {
      int flags = file.u8(first.contents());
      boolean animated = (flags & ANIMATION) != 0;
      if (!animated && !size.equals(size(file))) {
        throw new MalformedPictureException("the canvas is not the picture");
      }
      int left = flags & ~(ANIMATION | XMP | (exifKept ? 0 : EXIF));
      if (left != flags) {
        cuts.addFirst(Cut.replaced(first.contents(), first.contents() + 10, canvas(left, size)));
      }
    }
    long length = file.size() + cuts.stream().mapToLong(Cut::growth).sum();
    if (!cuts.isEmpty()) {
      cuts.addFirst(Cut.replaced(4, 8, littleEndian((int) (length - 8))));
    }
  }

  private static byte[] canvas(int flags, Size size) {
    return ByteBuffer.allocate(10)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(flags)
        .putShort((short) (size.width() - 1))
        .put((byte) ((size.width() - 1) >> 16))
        .putShort((short) (size.height() - 1))
        .put((byte) ((size.height() - 1) >> 16))
        .array();
  }

  private static byte[] exifChunk(Orientation orientation) {
    byte[] tiff = Exif.tiffOf(orientation);
    return ByteBuffer.allocate(8 + tiff.length)
        .put("EXIF".getBytes(StandardCharsets.US_ASCII))
        .put(littleEndian(tiff.length))
        .put(tiff)
        .array();
  }

  private static byte[] littleEndian(int number) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(number).array();
  }
}
