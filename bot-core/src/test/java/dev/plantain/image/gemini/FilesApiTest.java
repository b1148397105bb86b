package dev.plantain.image.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.image.ImageResult.Failed;
import dev.plantain.image.ImageResult.Problem;
import dev.plantain.image.endpoint.Endpoint;
import dev.plantain.image.gemini.FilesApi.Outcome;
import dev.plantain.image.gemini.LoopbackFiles.Fault;
import dev.plantain.media.Blob;
import dev.plantain.media.BlobDraft;
import dev.plantain.media.MediaStore;
import dev.plantain.media.MediaType;
import dev.plantain.time.DrivenClock;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesApiTest {
  private static final int PIECE = FileUpload.PIECE_BYTES;
  private static final Duration LIMIT = Duration.ofMinutes(1);

  @TempDir private Path folder;
  private final DrivenClock clock = new DrivenClock();
  private final LoopbackGemini gemini = new LoopbackGemini(clock);
  private MediaStore store;

  @BeforeEach
  void open() throws IOException {
    store = new MediaStore(folder);
  }

  @AfterEach
  void stop() {
    gemini.close();
  }

  @Test
  void aPictureOfEveryLengthArrivesWholeAndLastsForTwoDays() throws Exception {
    for (int bytes : new int[] {1, 65_535, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 20_000_000}) {
      byte[] picture = random(bytes);

      Upload upload = uploaded(files(), kept(picture));

      assertThat(gemini.uploads().bytes(upload.name())).isEqualTo(picture);
      assertThat(upload.expiresAt()).isEqualTo(clock.instant().plus(Duration.ofDays(2)));
      assertThat(upload.mimeType()).isEqualTo("image/png");
      assertThat(upload.uri()).endsWith("/v1beta/" + upload.name());
    }
    assertThat(gemini.uploads().queries()).isZero();
  }

  @Test
  void whereverTheConnectionIsCutTheUploadGoesOnFromWhatArrived() throws Exception {
    int length = 2 * PIECE + 300_000;
    Blob blob = kept(random(length));
    Random random = new Random(7);
    for (long cut : new long[] {0, 1, PIECE - 1, PIECE, random.nextInt(PIECE)}) {
      for (int piece = 0; piece < 3; piece++) {
        try (LoopbackGemini fresh = new LoopbackGemini(clock)) {
          long there = Math.min(cut, piece < 2 ? PIECE : 300_000);
          for (int whole = 0; whole < piece; whole++) {
            fresh.uploads().next(new Fault.CutAfter(PIECE));
          }
          fresh.uploads().next(new Fault.CutAfter(there));

          Upload upload = uploaded(files(fresh.endpoint()), blob);

          assertThat(fresh.uploads().bytes(upload.name()))
              .isEqualTo(store.open(blob.id()).readAllBytes());
          assertThat(fresh.uploads().queries()).isEqualTo(piece + 1);
          assertThat(fresh.uploads().uploadedBytes()).isLessThan(length + 2L * PIECE);
        }
      }
    }
  }

  @Test
  void anAnswerThatIsLostIsAskedForAgain() throws Exception {
    byte[] picture = random(PIECE + 5);
    gemini.uploads().next(new Fault.LosesTheAnswer());
    gemini.uploads().next(new Fault.LosesTheAnswer());

    Upload upload = uploaded(files(), kept(picture));

    assertThat(gemini.uploads().bytes(upload.name())).isEqualTo(picture);
    assertThat(gemini.uploads().uploadedBytes()).isEqualTo(picture.length);
    assertThat(gemini.uploads().made()).isEqualTo(1);
  }

  @Test
  void whatPassesIsTriedAgainButNotForEver() throws Exception {
    Blob blob = kept(random(1000));
    gemini.uploads().next(new Fault.Answers(503));
    gemini.uploads().next(new Fault.CutAfter(0));
    assertThat(uploaded(files(), blob)).isNotNull();

    for (int i = 0; i < 20; i++) {
      gemini.uploads().next(new Fault.Answers(500));
    }
    assertThat(failure(files().upload(blob, LIMIT)).problem()).isEqualTo(Problem.UNREACHABLE);
    assertThat(gemini.uploads().queries()).isLessThan(10);
  }

  @Test
  void aFileThatIsBeingProcessedIsWaitedFor() throws Exception {
    gemini.uploads().readyAfter(3);
    Upload upload = uploaded(files(), kept(random(1000)));
    assertThat(gemini.uploads().there()).containsExactly(upload.name());
  }

  @Test
  void aFileThatIsNeverReadyIsGivenUpWhenTheTimeIsOver() throws Exception {
    gemini.uploads().readyAfter(Integer.MAX_VALUE);
    Failed failed = failure(files().upload(kept(random(1000)), Duration.ofMillis(300)));
    assertThat(failed.problem()).isEqualTo(Problem.UNREACHABLE);
    assertThat(failed.problem().perhapsPaid()).isFalse();
  }

  @Test
  void aFileThatCannotBeProcessedIsNone() throws Exception {
    gemini.uploads().processesNothing();
    assertThat(failure(files().upload(kept(random(1000)), LIMIT)).detail())
        .contains("could not be processed");
  }

  @Test
  void anUploadGoesNowhereButToTheEndpoint() throws Exception {
    try (LoopbackGemini other = new LoopbackGemini(clock)) {
      for (String address :
          new String[] {
            other.baseUrl().toString(),
            "http://localhost:" + gemini.baseUrl().getPort(),
            "https://127.0.0.1:" + gemini.baseUrl().getPort(),
            "http://169.254.169.254",
            "file:///etc"
          }) {
        gemini.uploads().sendsTo(address);
        assertThat(failure(files().upload(kept(random(1000)), LIMIT)).detail())
            .as(address)
            .contains("another host");
      }
      assertThat(other.uploads().uploadedBytes()).isZero();
    }
  }

  @Test
  void aKeyThatIsNoGoodIsSaidToBeAndNotTold() throws Exception {
    String key = "AIza-wrong-key";
    Failed failed =
        failure(
            files(LoopbackGemini.endpoint(gemini.baseUrl(), key))
                .upload(kept(random(1000)), LIMIT));
    assertThat(failed.problem()).isEqualTo(Problem.KEY_REJECTED);
    assertThat(failed.toString()).doesNotContain(key);
  }

  @Test
  void whereThereAreNoFilesNothingIsSaidOfTheModel() throws Exception {
    Endpoint gateway =
        LoopbackGemini.endpoint(gemini.baseUrl().resolve("/elsewhere"), LoopbackGemini.KEY);
    Failed failed = failure(files(gateway).upload(kept(random(1000)), LIMIT));
    assertThat(failed.problem()).isEqualTo(Problem.REQUEST_REJECTED);
  }

  @Test
  void aFileIsDeletedOnceAndWhatIsGoneCountsAsDeleted() throws Exception {
    Upload upload = uploaded(files(), kept(random(1000)));

    assertThat(files().delete(upload.name())).isEmpty();
    assertThat(gemini.uploads().there()).isEmpty();
    assertThat(files().delete(upload.name())).isEmpty();
  }

  @Test
  void aFileOfAnotherKeyIsNoneOfOursAndAWrongKeyDeletesNothing() throws Exception {
    gemini.knows("AIza-other");
    Upload upload = uploaded(files(), kept(random(1000)));
    Endpoint other = LoopbackGemini.endpoint(gemini.baseUrl(), "AIza-other");
    Endpoint wrong = LoopbackGemini.endpoint(gemini.baseUrl(), "AIza-wrong");

    assertThat(files(other).delete(upload.name())).isEmpty();
    assertThat(files(wrong).delete(upload.name()))
        .hasValueSatisfying(failed -> assertThat(failed.problem()).isEqualTo(Problem.KEY_REJECTED));
    assertThat(gemini.uploads().there()).containsExactly(upload.name());
  }

  @Test
  void whereNobodyListensNothingIsDeleted() throws Exception {
    Endpoint nowhere = LoopbackGemini.endpoint(URI.create("http://127.0.0.1:1"), "AIza-x");
    assertThat(files(nowhere).delete("files/abc"))
        .hasValueSatisfying(failed -> assertThat(failed.problem()).isEqualTo(Problem.UNREACHABLE));
  }

  @Test
  void anUploadThatHangsEndsWithItsTime() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    gemini.uploads().holds(never);
    Failed failed = failure(files().upload(kept(random(1000)), Duration.ofMillis(300)));
    assertThat(failed.detail()).contains("took longer");
    never.countDown();
  }

  private FilesApi files() {
    return files(gemini.endpoint());
  }

  private FilesApi files(Endpoint endpoint) {
    return new FilesApi(
        endpoint, LoopbackGemini.credential(endpoint), store, clock, Duration.ofMillis(1));
  }

  private static Upload uploaded(FilesApi files, Blob blob) throws InterruptedException {
    Outcome outcome = files.upload(blob, LIMIT);
    assertThat(outcome).isInstanceOf(Outcome.Uploaded.class);
    return ((Outcome.Uploaded) outcome).upload();
  }

  private static Failed failure(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.NotUploaded.class);
    return ((Outcome.NotUploaded) outcome).failure();
  }

  private static byte[] random(int bytes) {
    byte[] picture = new byte[bytes];
    new Random(bytes).nextBytes(picture);
    return picture;
  }

  private Blob kept(byte[] picture) throws IOException {
    try (BlobDraft draft = store.begin()) {
      draft.write(picture, 0, picture.length);
      return new Blob(draft.keep(), MediaType.PNG, picture.length, 2, 2);
    }
  }
}
