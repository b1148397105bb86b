package dev.plantain.media;

import java.awt.Point;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Decoded pixels in a file that is mapped into memory: a picture of 100 megapixels costs disk and
 * page cache, but no heap. Belongs to the thread that made it.
 */
final class PixelFile implements Closeable {
  private static final int BLOCK_BYTES = 64 * 1024;

  private final Path file;
  private final Size stored;
  private final int bands;
  private final Arena arena = Arena.ofConfined();
  private final MemorySegment pixels;

  /** Fills the file first: a disk that is full must be met here, not as a fault of the mapping. */
  PixelFile(MediaStore store, Size size, int bands) throws IOException {
    this.file = store.scratch();
    this.stored = size;
    this.bands = bands;
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      long bytes = size.pixels() * bands;
      ByteBuffer zeros = ByteBuffer.allocateDirect(BLOCK_BYTES);
      for (long at = 0; at < bytes; ) {
        at += channel.write(zeros.clear().limit((int) Math.min(BLOCK_BYTES, bytes - at)), at);
      }
      pixels = channel.map(MapMode.READ_WRITE, 0, bytes, arena);
    } catch (IOException e) {
      close();
      throw store.explained(e);
    }
  }

  void set(long index, int octet) {
    pixels.set(ValueLayout.JAVA_BYTE, index, (byte) octet);
  }

  void read(long index, byte[] into, int at, int length) {
    MemorySegment.copy(pixels, ValueLayout.JAVA_BYTE, index, into, at, length);
  }

  /** The pixels as a picture that is seen at this orientation; writing to it writes the file. */
  BufferedImage seenAs(Orientation orientation) {
    Size seen = stored.seenAs(orientation);
    int[] offsets = bands == 1 ? new int[] {0} : new int[] {2, 1, 0};
    var layout =
        new PixelInterleavedSampleModel(
            DataBuffer.TYPE_BYTE,
            seen.width(),
            seen.height(),
            bands,
            seen.width() * bands,
            offsets);
    var colours =
        new ComponentColorModel(
            ColorSpace.getInstance(bands == 1 ? ColorSpace.CS_GRAY : ColorSpace.CS_sRGB),
            false,
            false,
            Transparency.OPAQUE,
            DataBuffer.TYPE_BYTE);
    var raster =
        Raster.createWritableRaster(layout, new Turned(seen, orientation), new Point(0, 0));
    return new BufferedImage(colours, raster, false, null);
  }

  /** Maps the place of a byte in the picture that is seen to its place in the file. */
  private final class Turned extends DataBuffer {
    private final int seenWidth;
    private final Orientation orientation;

    Turned(Size seen, Orientation orientation) {
      super(TYPE_BYTE, Math.toIntExact(seen.pixels() * bands));
      this.seenWidth = seen.width();
      this.orientation = orientation;
    }

    private long place(int index) {
      if (orientation == Orientation.UPRIGHT) {
        return index;
      }
      int pixel = index / bands;
      int x = pixel % seenWidth;
      int y = pixel / seenWidth;
      long row = orientation.storedY(x, y, stored.height());
      return (row * stored.width() + orientation.storedX(x, y, stored.width())) * bands
          + index % bands;
    }

    @Override
    public int getElem(int bank, int index) {
      return pixels.get(ValueLayout.JAVA_BYTE, place(index)) & 0xff;
    }

    @Override
    public void setElem(int bank, int index, int value) {
      pixels.set(ValueLayout.JAVA_BYTE, place(index), (byte) value);
    }
  }

  @Override
  public void close() throws IOException {
    arena.close();
    Files.deleteIfExists(file);
  }
}
