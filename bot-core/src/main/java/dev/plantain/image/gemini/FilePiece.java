package dev.plantain.image.gemini;

import dev.plantain.media.BlobId;
import dev.plantain.media.MediaStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/** Some of the bytes of a picture, read from its file while they are sent. */
final class FilePiece extends RequestBody {
  private static final int BLOCK_BYTES = 64 * 1024;

  private final MediaStore store;
  private final BlobId picture;
  private final long offset;
  private final long bytes;

  FilePiece(MediaStore store, BlobId picture, long offset, long bytes) {
    this.store = store;
    this.picture = picture;
    this.offset = offset;
    this.bytes = bytes;
  }

  @Override
  public @Nullable MediaType contentType() {
    return null;
  }

  @Override
  public long contentLength() {
    return bytes;
  }

  @Override
  public void writeTo(BufferedSink sink) throws IOException {
    byte[] block = new byte[BLOCK_BYTES];
    try (InputStream file = open()) {
      long left = bytes;
      while (left > 0) {
        int read = read(file, block, (int) Math.min(left, block.length));
        sink.write(block, 0, read);
        left -= read;
      }
    }
  }

  // A file of ours that cannot be read is our own fault and not one of the connection.
  private InputStream open() {
    try {
      InputStream file = store.open(picture);
      file.skipNBytes(offset);
      return file;
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private static int read(InputStream file, byte[] block, int most) {
    try {
      int read = file.readNBytes(block, 0, most);
      if (read < most) {
        throw new IOException("it has become shorter");
      }
      return read;
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private static UncheckedIOException unreadable(IOException e) {
    return new UncheckedIOException("a stored picture cannot be read", e);
  }
}
