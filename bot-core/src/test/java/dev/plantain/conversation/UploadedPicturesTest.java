package dev.plantain.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.conversation.UploadedPictures.Uploaded;
import dev.plantain.media.BlobId;
import dev.plantain.storage.Database;
import dev.plantain.storage.QuickDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadedPicturesTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final BlobId CAT = new BlobId("a".repeat(64));

  @TempDir private Path folder;
  private final UploadedPictures uploads = new UploadedPictures();
  private Database database;

  @BeforeEach
  void open() {
    database = QuickDatabase.open(folder);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void eachLineKnowsItsOwnFilesAlsoAfterARestart() {
    add("google/1", "files/one", NOW.plusSeconds(60));
    add("google/2", "files/two", NOW.plusSeconds(60));
    database.close();
    database = QuickDatabase.open(folder);

    assertThat(found("google/1")).isEqualTo("files/one");
    assertThat(found("google/2")).isEqualTo("files/two");
    assertThat(found("gateway/1")).isEmpty();
  }

  @Test
  void theFileThatLastsLongestIsTheOneToReferTo() {
    add("google/1", "files/old", NOW.plusSeconds(60));
    add("google/1", "files/new", NOW.plus(Duration.ofDays(2)));
    assertThat(found("google/1")).isEqualTo("files/new");

    database.update(tx -> uploads.remove(tx, "google/1", "files/new"));
    assertThat(found("google/1")).isEqualTo("files/old");
  }

  @Test
  void whatHasExpiredIsForgottenWithTheNextUpload() {
    add("google/1", "files/old", NOW);
    assertThat(found("google/1")).isEqualTo("files/old");
    add("google/2", "files/new", NOW.plusSeconds(60));
    assertThat(found("google/1")).isEmpty();
  }

  private void add(String line, String name, Instant expiresAt) {
    Uploaded uploaded =
        new Uploaded(line, name, CAT, "https://x.test/" + name, "image/png", expiresAt);
    database.update(tx -> uploads.add(tx, uploaded, NOW));
  }

  private String found(String line) {
    return database
        .read(reading -> uploads.find(reading, line, CAT))
        .map(Uploaded::name)
        .orElse("");
  }
}
