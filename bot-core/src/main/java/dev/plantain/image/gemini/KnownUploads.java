package dev.plantain.image.gemini;

import dev.plantain.image.RemoteFile;
import dev.plantain.media.BlobId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which pictures lie at providers as files, which is to outlive the program. A file is visible to
 * the key alone that uploaded it. Every method may block on a disk.
 */
public interface KnownUploads {

  /**
   * The file of a picture, which may have expired.
   *
   * @param line the endpoint's name and the number of its key; nothing secret
   */
  Optional<Upload> find(String line, BlobId picture);

  /** Remembers a file, in the place of an older one of the same picture. */
  void add(String line, Upload upload);

  /** Forgets a file that is gone. */
  void remove(RemoteFile file);

  /** Knowledge that is gone with the process. */
  static KnownUploads inMemory() {
    Map<String, Upload> uploads = new ConcurrentHashMap<>();
    return new KnownUploads() {
      @Override
      public Optional<Upload> find(String line, BlobId picture) {
        return Optional.ofNullable(uploads.get(line + " " + picture));
      }

      @Override
      public void add(String line, Upload upload) {
        uploads.put(line + " " + upload.picture(), upload);
      }

      @Override
      public void remove(RemoteFile file) {
        uploads
            .entrySet()
            .removeIf(known ->
                known.getKey().startsWith(file.line() + " ")
                    && known.getValue().name().equals(file.name()));
      }
    };
  }
}
