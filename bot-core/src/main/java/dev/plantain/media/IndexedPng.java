package dev.plantain.media;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.Deflater;

/** A PNG of at most 256 colours, written row by row. */
final class IndexedPng {
  private static final int BLOCK_BYTES = 32 * 1024;
  private static final byte[] NONE = {};

  private IndexedPng() {}

  /**
   * @param palette red, green and blue of 256 colours
   * @param transparent the colour that is seen through, or -1
   */
  static void write(PixelFile pixels, Size size, byte[] palette, int transparent, OutputStream to)
      throws IOException {
    to.write(PngFormat.SIGNATURE.getBytes(StandardCharsets.ISO_8859_1));
    byte[] header =
        ByteBuffer.allocate(13)
            .putInt(size.width())
            .putInt(size.height())
            .put(new byte[] {8, 3, 0, 0, 0})
            .array();
    write("IHDR", header, header.length, to);
    write("PLTE", palette, palette.length, to);
    if (transparent >= 0) {
      byte[] alpha = new byte[transparent + 1];
      Arrays.fill(alpha, 0, transparent, (byte) 0xff);
      write("tRNS", alpha, alpha.length, to);
    }
    writePixels(pixels, size, to);
    write("IEND", NONE, 0, to);
  }

  private static void writePixels(PixelFile pixels, Size size, OutputStream to) throws IOException {
    byte[] row = new byte[size.width() + 1];
    byte[] block = new byte[BLOCK_BYTES];
    Deflater deflater = new Deflater();
    try {
      for (int y = 0; y < size.height(); y++) {
        pixels.read((long) y * size.width(), row, 1, size.width());
        deflater.setInput(row);
        while (!deflater.needsInput()) {
          writeSome(deflater, block, to);
        }
      }
      deflater.finish();
      while (!deflater.finished()) {
        writeSome(deflater, block, to);
      }
    } finally {
      deflater.end();
    }
  }

  private static void writeSome(Deflater deflater, byte[] block, OutputStream to)
      throws IOException {
    int some = deflater.deflate(block);
    if (some > 0) {
      write("IDAT", block, some, to);
    }
  }

  private static void write(String name, byte[] contents, int length, OutputStream to)
      throws IOException {
    to.write(PngFormat.chunkOf(name, contents, length));
  }
}
