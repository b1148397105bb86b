package dev.plantain.media;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Files that are shown once, such as charts: each stays until many others have come after it, and
 * none survives the process.
 */
public final class PassingFiles {
  /** More than are being sent at any time. */
  private static final int KEPT = 32;

  private final MediaStore media;
  private final Queue<Path> files = new ArrayDeque<>();

  public PassingFiles(MediaStore media) {
    this.media = media;
  }

  /**
   * A new file with that content.
   *
   * @throws UncheckedIOException the disk is full or out of order; a retry may help
   */
  public Path write(byte[] content) {
    try {
      Path file = media.scratch();
      Files.write(file, content);
      keep(file);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private synchronized void keep(Path file) {
    files.add(file);
    while (files.size() > KEPT) {
      media.discard(files.remove());
    }
  }
}
