package dev.plantain.media;

import java.io.IOException;

/** The pixels of one frame of a GIF, unpacked from LZW codes (GIF89a, appendix F). */
final class GifPixels {
  private static final int CODES = 4096;
  private static final int[][] INTERLACE = {{0, 8}, {4, 8}, {2, 4}, {1, 2}};

  private final PictureFile file;
  private final PixelFile pixels;
  private final Size screen;
  private final int left;
  private final int top;
  private final int width;
  private final int height;
  private final boolean interlaced;
  private final int transparent;

  private final int[] prefix = new int[CODES];
  private final int[] last = new int[CODES];
  private final int[] stack = new int[CODES + 1];
  private final int firstCodeSize;

  private long at;
  private int blockLeft;
  private int bits;
  private int bitCount;

  private int column;
  private int row;
  private int pass;

  GifPixels(PictureFile file, GifFormat.Frame frame, Size screen, PixelFile pixels)
      throws IOException, MalformedPictureException {
    this.file = file;
    this.pixels = pixels;
    this.screen = screen;
    this.left = file.u16LittleEndian(frame.descriptor());
    this.top = file.u16LittleEndian(frame.descriptor() + 2);
    this.width = file.u16LittleEndian(frame.descriptor() + 4);
    this.height = file.u16LittleEndian(frame.descriptor() + 6);
    this.interlaced = (file.u8(frame.descriptor() + 8) & 0x40) != 0;
    this.transparent = frame.transparent();
    this.firstCodeSize = file.u8(frame.data());
    this.at = frame.data() + 1;
    if (left + width > screen.width() || top + height > screen.height()) {
      throw new MalformedPictureException("a frame larger than its screen");
    }
    if (firstCodeSize < 1 || firstCodeSize > 8) {
      throw new MalformedPictureException("codes of " + firstCodeSize + " bits");
    }
  }

  void decode() throws IOException, MalformedPictureException {
    clearScreen();
    int clear = 1 << firstCodeSize;
    int end = clear + 1;
    int size = firstCodeSize + 1;
    int next = end + 1;
    int previous = -1;
    int firstOfPrevious = 0;
    for (long missing = (long) width * height; missing > 0; ) {
      int code = code(size);
      if (code == clear) {
        size = firstCodeSize + 1;
        next = end + 1;
        previous = -1;
        continue;
      }
      if (code == end
          || code > next
          || (previous < 0 && code >= clear)
          || (code == next && next == CODES)) {
        throw new MalformedPictureException("a code that cannot be, or too few pixels");
      }
      int depth = 0;
      int walked = code;
      if (code == next) {
        stack[depth++] = firstOfPrevious;
        walked = previous;
      }
      while (walked > end) {
        stack[depth++] = last[walked];
        walked = prefix[walked];
      }
      stack[depth++] = walked;
      firstOfPrevious = walked;
      if (previous >= 0 && next < CODES) {
        prefix[next] = previous;
        last[next] = firstOfPrevious;
        next++;
        size += next == 1 << size && size < 12 ? 1 : 0;
      }
      previous = code;
      for (; depth > 0 && missing > 0; missing--) {
        put(stack[--depth]);
      }
    }
  }

  private void clearScreen() {
    boolean filled = width == screen.width() && height == screen.height();
    for (long i = 0; !filled && transparent >= 0 && i < screen.pixels(); i++) {
      pixels.set(i, transparent);
    }
  }

  private void put(int index) {
    pixels.set((long) (top + row) * screen.width() + left + column, index);
    if (++column < width) {
      return;
    }
    column = 0;
    if (!interlaced) {
      row++;
      return;
    }
    row += INTERLACE[pass][1];
    while (row >= height && pass < INTERLACE.length - 1) {
      row = INTERLACE[++pass][0];
    }
  }

  private int code(int size) throws IOException, MalformedPictureException {
    while (bitCount < size) {
      if (blockLeft == 0) {
        blockLeft = file.u8(at++);
        if (blockLeft == 0) {
          throw new MalformedPictureException("too few pixels");
        }
      }
      bits |= file.u8(at++) << bitCount;
      bitCount += 8;
      blockLeft--;
    }
    int code = bits & ((1 << size) - 1);
    bits >>>= size;
    bitCount -= size;
    return code;
  }
}
