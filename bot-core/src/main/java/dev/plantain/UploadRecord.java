package dev.plantain;

import dev.plantain.conversation.UploadedPictures;
import dev.plantain.conversation.UploadedPictures.Uploaded;
import dev.plantain.image.RemoteFile;
import dev.plantain.image.gemini.KnownUploads;
import dev.plantain.image.gemini.Upload;
import dev.plantain.media.BlobId;
import dev.plantain.storage.Database;
import java.time.InstantSource;
import java.util.Optional;

/** What the database knows of pictures that lie at providers. */
public final class UploadRecord implements KnownUploads {
  private final Database database;
  private final InstantSource clock;
  private final UploadedPictures pictures = new UploadedPictures();

  public UploadRecord(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  @Override
  public Optional<Upload> find(String line, BlobId picture) {
    return database
        .read(reading -> pictures.find(reading, line, picture))
        .map(known ->
            new Upload(
                known.picture(), known.name(), known.uri(), known.mimeType(), known.expiresAt()));
  }

  @Override
  public void add(String line, Upload upload) {
    Uploaded uploaded =
        new Uploaded(
            line,
            upload.name(),
            upload.picture(),
            upload.uri(),
            upload.mimeType(),
            upload.expiresAt());
    database.update(tx -> pictures.add(tx, uploaded, clock.instant()));
  }

  @Override
  public void remove(RemoteFile file) {
    database.update(tx -> pictures.remove(tx, file.line(), file.name()));
  }
}
