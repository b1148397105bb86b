package dev.plantain.media;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.stream.Stream;

/** The folder of blobs, each named by its hash, so that the same picture is kept once. */
public final class MediaStore {
  /** Less than one block of most file systems, times the room that they reserve. */
  private static final long NO_ROOM_BYTES = 64 * 1024;

  private final Path blobs;
  private final Path drafts;

  /**
   * Makes the folder where it is missing and removes the drafts that an earlier process left. All
   * 256 folders of blobs are made and synced here, once, so that no blob pays for them.
   */
  public MediaStore(Path folder) throws IOException {
    this.blobs = folder.resolve("blobs");
    this.drafts = folder.resolve("drafts");
    try {
      Files.createDirectories(drafts);
      Files.createDirectories(blobs);
    } catch (IOException e) {
      throw explained(e);
    }
    try (Stream<Path> left = Files.list(drafts)) {
      for (Path draft : left.toList()) {
        Files.deleteIfExists(draft);
      }
    }
  }

  /**
   * Begins a blob whose bytes are yet to come. Close it: what was not kept is removed.
   *
   * @throws MediaStoreFullException there is no room for another file
   */
  public BlobDraft begin() throws IOException {
    Path file = scratch();
    try {
      return new BlobDraft(file, this);
    } catch (IOException e) {
      discard(file);
      throw explained(e);
    }
  }

  /** A new file that belongs to nobody and is gone at the next start. */
  Path scratch() throws IOException {
    try {
      return Files.createTempFile(drafts, "blob", "");
    } catch (IOException e) {
      throw explained(e);
    }
  }

  /**
   * Moves a synced draft to its name. A file of another length there was damaged, and is replaced.
   */
  void adopt(Path draft, BlobId id, long bytes) throws IOException {
    Path kept = path(id);
    if (!holds(kept, bytes)) {
      try {
        Files.move(draft, kept, StandardCopyOption.ATOMIC_MOVE);
      } catch (NoSuchFileException firstOfItsFolder) {
        Files.createDirectories(kept.getParent());
        sync(blobs);
        Files.move(draft, kept, StandardCopyOption.ATOMIC_MOVE);
      }
    }
    sync(blobs.resolve(id.sha256().substring(0, 2)));
  }

  private static boolean holds(Path file, long bytes) throws IOException {
    return Files.exists(file) && Files.size(file) == bytes;
  }

  private static void sync(Path folder) throws IOException {
    try (FileChannel entries = FileChannel.open(folder, StandardOpenOption.READ)) {
      entries.force(true);
    }
  }

  void discard(Path draft) {
    try {
      Files.deleteIfExists(draft);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Tells a full disk from other faults: by the words of the system, or, in other tongues, by its
   * room.
   */
  IOException explained(IOException fault) {
    if (fault instanceof MediaStoreFullException) {
      return fault;
    }
    String words = String.valueOf(fault.getMessage()).toLowerCase(Locale.ROOT);
    boolean full =
        words.contains("no space left") || words.contains("quota exceeded") || hasNoRoom();
    return full ? new MediaStoreFullException(drafts.resolveSibling("").toString(), fault) : fault;
  }

  private boolean hasNoRoom() {
    try {
      return Files.getFileStore(drafts).getUsableSpace() < NO_ROOM_BYTES;
    } catch (IOException unknown) {
      return false;
    }
  }

  /** Where the bytes of a blob lie. They never change. */
  public Path path(BlobId id) {
    return blobs.resolve(id.sha256().substring(0, 2)).resolve(id.sha256());
  }

  public InputStream open(BlobId id) throws IOException {
    return new FileInputStream(path(id).toFile());
  }

  public long bytes(BlobId id) throws IOException {
    return Files.size(path(id));
  }
}
