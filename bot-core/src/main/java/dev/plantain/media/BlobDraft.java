package dev.plantain.media;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A blob in the making: hashed while it is written, and part of the store only once it is kept.
 *
 * <p>Every write goes to the file at once and allocates nothing: hand it large blocks. Belongs to
 * one thread at a time. Throws {@link MediaStoreFullException} when the disk has no room.
 */
public final class BlobDraft extends OutputStream {
  private final Path file;
  private final MediaStore store;
  private final FileOutputStream out;
  private final MessageDigest digest;
  private final byte[] single = new byte[1];
  private long bytes;
  private Optional<BlobId> kept = Optional.empty();
  private boolean closed;

  BlobDraft(Path file, MediaStore store) throws IOException {
    this.file = file;
    this.store = store;
    this.out = new FileOutputStream(file.toFile());
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  @Override
  public void write(int octet) throws IOException {
    single[0] = (byte) octet;
    write(single, 0, 1);
  }

  @Override
  public void write(byte[] source, int offset, int length) throws IOException {
    try {
      out.write(source, offset, length);
    } catch (IOException e) {
      throw store.explained(e);
    }
    digest.update(source, offset, length);
    bytes += length;
  }

  /** What was written so far, readable while this is open. */
  public Path file() {
    return file;
  }

  public long bytes() {
    return bytes;
  }

  /**
   * Puts the bytes on the disk for good and under their hash. After it returns they survive a power
   * failure; nothing can be written any more. Keeping what the store already holds changes nothing,
   * nor does keeping twice.
   *
   * @throws IllegalStateException this was closed before
   */
  public BlobId keep() throws IOException {
    if (kept.isEmpty()) {
      if (closed) {
        throw new IllegalStateException("a draft that was closed cannot be kept");
      }
      BlobId id = new BlobId(HexFormat.of().formatHex(digest.digest()));
      try {
        out.getFD().sync();
        out.close();
        store.adopt(file, id, bytes);
      } catch (IOException e) {
        throw store.explained(e);
      }
      kept = Optional.of(id);
    }
    return kept.get();
  }

  /** Removes what was not kept. */
  @Override
  public void close() {
    closed = true;
    try {
      out.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      store.discard(file);
    }
  }
}
