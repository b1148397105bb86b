package dev.plantain.media;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * What a picture was found to be when it was walked from its first byte to its last.
 *
 * @param size of the stored pixels
 * @param orientation how they are to be turned
 * @param cuts what must go, in the order of the file and without overlaps
 */
record Anatomy(Size size, Orientation orientation, List<Cut> cuts) {
  private static final int BLOCK_BYTES = 32 * 1024;

  Anatomy {
    cuts = List.copyOf(cuts);
  }

  /** A range of the file, and the bytes that stand there instead, followed by zeros. */
  static final class Cut {
    private final long from;
    private final long to;
    private final byte[] instead;
    private final long zeros;

    private Cut(long from, long to, byte[] instead, long zeros) {
      this.from = from;
      this.to = to;
      this.instead = instead;
      this.zeros = zeros;
    }

    static Cut out(long from, long to) {
      return new Cut(from, to, new byte[0], 0);
    }

    static Cut replaced(long from, long to, byte[] instead) {
      return new Cut(from, to, instead, 0);
    }

    /** The file keeps its length: what follows stays where offsets point to. */
    static Cut blanked(long from, long to, byte[] instead) {
      byte[] fitting = instead.length <= to - from ? instead : new byte[0];
      return new Cut(from, to, fitting, to - from - fitting.length);
    }

    long from() {
      return from;
    }

    long growth() {
      return instead.length + zeros - (to - from);
    }
  }

  /** Copies the picture without what was cut. */
  void writeClean(PictureFile picture, OutputStream to)
      throws IOException, MalformedPictureException {
    byte[] block = new byte[BLOCK_BYTES];
    long at = 0;
    for (Cut cut : cuts) {
      copy(picture, at, cut.from, to, block);
      to.write(cut.instead);
      writeZeros(cut.zeros, to);
      at = cut.to;
    }
    copy(picture, at, picture.size(), to, block);
  }

  private static void copy(
      PictureFile picture, long from, long until, OutputStream to, byte[] block)
      throws IOException, MalformedPictureException {
    for (long at = from; at < until; at += block.length) {
      int some = (int) Math.min(block.length, until - at);
      picture.read(at, block, some);
      to.write(block, 0, some);
    }
  }

  private static void writeZeros(long count, OutputStream to) throws IOException {
    byte[] zeros = new byte[(int) Math.min(count, BLOCK_BYTES)];
    for (long left = count; left > 0; left -= zeros.length) {
      to.write(zeros, 0, (int) Math.min(zeros.length, left));
    }
  }
}
