package dev.plantain.media;

import java.io.IOException;
import java.io.OutputStream;

/** Refuses to take more than a number of bytes, and remembers that it did. */
final class LimitedStream extends OutputStream {
  private final OutputStream to;
  private long left;
  private boolean exceeded;

  LimitedStream(OutputStream to, long limit) {
    this.to = to;
    this.left = limit;
  }

  boolean exceeded() {
    return exceeded;
  }

  @Override
  public void write(int octet) throws IOException {
    take(1);
    to.write(octet);
  }

  @Override
  public void write(byte[] source, int offset, int length) throws IOException {
    take(length);
    to.write(source, offset, length);
  }

  private void take(int length) throws IOException {
    if (exceeded || length > left) {
      exceeded = true;
      throw new IOException("more bytes than are allowed");
    }
    left -= length;
  }
}
