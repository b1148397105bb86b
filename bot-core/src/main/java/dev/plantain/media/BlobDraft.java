package dev.plantain.media;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A blob in the making: hashed while it is written, and part of the store only once it is kept. */
public final class BlobDraft extends OutputStream {
  private final Path file;
  private final MediaStore store;
  private final FileChannel channel;
  private final MessageDigest digest;
  private long bytes;

  BlobDraft(Path file, MediaStore store) throws IOException {
    this.file = file;
    this.store = store;
    this.channel = FileChannel.open(file, StandardOpenOption.WRITE);
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  @Override
  public void write(int octet) throws IOException {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public void write(byte[] source, int offset, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(source, offset, length);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
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
   * failure. Keeping what the store already holds changes nothing.
   */
  public BlobId keep() throws IOException {
    channel.force(true);
    channel.close();
    BlobId id = new BlobId(HexFormat.of().formatHex(digest.digest()));
    Path kept = store.path(id);
    if (!Files.exists(kept)) {
      Path folder = Files.createDirectories(store.folder(id));
      Files.move(file, kept, StandardCopyOption.ATOMIC_MOVE);
      sync(folder);
    }
    return id;
  }

  private static void sync(Path folder) throws IOException {
    try (FileChannel entries = FileChannel.open(folder, StandardOpenOption.READ)) {
      entries.force(true);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
