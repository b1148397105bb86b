package dev.plantain.media;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Bytes of a picture, read anywhere through one small window. Reading past the end is a {@link
 * MalformedPictureException}, so that a parser cannot mistake a truncated file for a whole one.
 */
final class PictureFile implements Closeable {
  private static final int WINDOW_BYTES = 8192;

  private final SeekableByteChannel channel;
  private final long size;
  private final byte[] window = new byte[WINDOW_BYTES];
  private long windowStart;
  private int windowLength;

  PictureFile(SeekableByteChannel channel) throws IOException {
    this.channel = channel;
    this.size = channel.size();
  }

  static PictureFile open(Path file) throws IOException {
    return new PictureFile(FileChannel.open(file, StandardOpenOption.READ));
  }

  long size() {
    return size;
  }

  int u8(long at) throws IOException, MalformedPictureException {
    long inWindow = at - windowStart;
    if (inWindow < 0 || inWindow >= windowLength) {
      load(at);
      inWindow = 0;
    }
    return window[(int) inWindow] & 0xff;
  }

  private void load(long at) throws IOException, MalformedPictureException {
    if (at < 0 || at >= size) {
      throw new MalformedPictureException("ends at " + size + ", before " + at);
    }
    windowLength = 0;
    channel.position(at);
    ByteBuffer buffer = ByteBuffer.wrap(window);
    while (buffer.hasRemaining() && channel.read(buffer) > 0) {
      // a channel may give less than asked for
    }
    if (buffer.position() == 0) {
      throw new MalformedPictureException("became shorter while it was read");
    }
    windowStart = at;
    windowLength = buffer.position();
  }

  int u16(long at) throws IOException, MalformedPictureException {
    return u8(at) << 8 | u8(at + 1);
  }

  long u32(long at) throws IOException, MalformedPictureException {
    return (long) u16(at) << 16 | u16(at + 2);
  }

  /** A length of eight bytes. Those above 2^62 are malformed: nothing of ours is that long. */
  long u64(long at) throws IOException, MalformedPictureException {
    long high = u32(at);
    if (high > 0x3fff_ffffL) {
      throw new MalformedPictureException("a number too large at " + at);
    }
    return high << 32 | u32(at + 4);
  }

  int u16LittleEndian(long at) throws IOException, MalformedPictureException {
    return u8(at) | u8(at + 1) << 8;
  }

  int u24LittleEndian(long at) throws IOException, MalformedPictureException {
    return u16LittleEndian(at) | u8(at + 2) << 16;
  }

  long u32LittleEndian(long at) throws IOException, MalformedPictureException {
    return u16LittleEndian(at) | (long) u16LittleEndian(at + 2) << 16;
  }

  /** Four letters such as the name of a chunk. */
  String four(long at) throws IOException, MalformedPictureException {
    byte[] letters = new byte[4];
    read(at, letters, 4);
    return new String(letters, StandardCharsets.ISO_8859_1);
  }

  /** Whether these characters stand here. The end of the file is no match, and no error. */
  boolean startsWith(long at, String characters) throws IOException, MalformedPictureException {
    if (at + characters.length() > size) {
      return false;
    }
    for (int i = 0; i < characters.length(); i++) {
      if (u8(at + i) != characters.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  void read(long at, byte[] into, int length) throws IOException, MalformedPictureException {
    int done = 0;
    while (done < length) {
      u8(at + done);
      int inWindow = (int) (at + done - windowStart);
      int some = Math.min(length - done, windowLength - inWindow);
      System.arraycopy(window, inWindow, into, done, some);
      done += some;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
