package dev.plantain.media;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder of blobs, each named by its hash, so that the same picture is kept once. */
public final class MediaStore {
  private final Path blobs;
  private final Path drafts;

  /** Makes the folder where it is missing and removes the drafts that an earlier process left. */
  public MediaStore(Path folder) throws IOException {
    this.blobs = Files.createDirectories(folder.resolve("blobs"));
    this.drafts = Files.createDirectories(folder.resolve("drafts"));
    try (var left = Files.list(drafts)) {
      for (Path draft : left.toList()) {
        Files.deleteIfExists(draft);
      }
    }
  }

  /** Begins a blob whose bytes are yet to come. Close it: what was not kept is removed. */
  public BlobDraft begin() throws IOException {
    return new BlobDraft(Files.createTempFile(drafts, "blob", ""), this);
  }

  /** Where the bytes of a blob lie. They never change. */
  public Path path(BlobId id) {
    return folder(id).resolve(id.sha256());
  }

  Path folder(BlobId id) {
    return blobs.resolve(id.sha256().substring(0, 2));
  }

  public InputStream open(BlobId id) throws IOException {
    return new FileInputStream(path(id).toFile());
  }

  public long bytes(BlobId id) throws IOException {
    return Files.size(path(id));
  }
}
