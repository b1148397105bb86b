package dev.plantain.media;

import java.io.IOException;
import java.io.OutputStream;

/** GIF: a screen, and frames of indexed colours in blocks (CompuServe GIF89a, section 7 on). */
final class GifFormat {
  private static final int SCREEN_END = 13;
  private static final int EXTENSION = 0x21;
  private static final int GRAPHIC_CONTROL = 0xf9;
  private static final int IMAGE = 0x2c;

  private GifFormat() {}

  static Size size(PictureFile file) throws IOException, MalformedPictureException {
    return Size.of(file.u16LittleEndian(6), file.u16LittleEndian(8));
  }

  /**
   * Where the first frame is.
   *
   * @param descriptor behind its introducer
   * @param colours where its table stands, and how many it has
   * @param transparent an index, or -1
   */
  record Frame(long descriptor, long colours, int colourCount, int transparent, long data) {}

  /** Draws the first frame on the screen, as a PNG with the same colours. */
  static void writeFirstFrameAsPng(PictureFile file, MediaStore store, OutputStream to)
      throws IOException, MalformedPictureException {
    Frame frame = firstFrame(file);
    Size screen = size(file);
    try (PixelFile pixels = new PixelFile(store, screen, 1)) {
      new GifPixels(file, frame, screen, pixels).decode();
      byte[] palette = new byte[3 * 256];
      file.read(frame.colours(), palette, 3 * frame.colourCount());
      IndexedPng.write(pixels, screen, palette, frame.transparent(), to);
    }
  }

  private static Frame firstFrame(PictureFile file) throws IOException, MalformedPictureException {
    int screenFlags = file.u8(10);
    int screenColours = colours(screenFlags);
    long at = SCREEN_END + 3L * screenColours;
    int transparent = -1;
    while (file.u8(at) == EXTENSION) {
      if (file.u8(at + 1) == GRAPHIC_CONTROL && file.u8(at + 2) == 4) {
        transparent = (file.u8(at + 3) & 1) == 1 ? file.u8(at + 6) : -1;
      }
      at = afterBlocks(file, at + 2);
    }
    if (file.u8(at) != IMAGE) {
      throw new MalformedPictureException("no frame");
    }
    int own = colours(file.u8(at + 9));
    if (own == 0 && screenColours == 0) {
      throw new MalformedPictureException("no colours");
    }
    long table = own > 0 ? at + 10 : SCREEN_END;
    return new Frame(at + 1, table, own > 0 ? own : screenColours, transparent, at + 10 + 3L * own);
  }

  private static int colours(int flags) {
    return (flags & 0x80) == 0 ? 0 : 2 << (flags & 7);
  }

  private static long afterBlocks(PictureFile file, long from)
      throws IOException, MalformedPictureException {
    long at = from;
    while (file.u8(at) != 0) {
      at += 1 + file.u8(at);
    }
    return at + 1;
  }
}
