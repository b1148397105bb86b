package dev.plantain.image.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.plantain.config.Secret;
import dev.plantain.conversation.Author;
import dev.plantain.conversation.Content;
import dev.plantain.conversation.Part;
import dev.plantain.image.ImageModel;
import dev.plantain.image.ImageModelContract;
import dev.plantain.image.ImageResult;
import dev.plantain.image.ImageResult.Failed;
import dev.plantain.image.ImageResult.Made;
import dev.plantain.image.ImageResult.Problem;
import dev.plantain.image.ModelCatalogue;
import dev.plantain.image.ModelSpec;
import dev.plantain.image.RemoteFile;
import dev.plantain.image.endpoint.DayCounts;
import dev.plantain.image.endpoint.Endpoint;
import dev.plantain.image.endpoint.Route;
import dev.plantain.image.endpoint.RoutedModel;
import dev.plantain.image.endpoint.Uploads;
import dev.plantain.image.endpoint.Uploads.When;
import dev.plantain.image.gemini.AskedOfGemini.Piece;
import dev.plantain.image.gemini.LoopbackFiles.Fault;
import dev.plantain.image.wire.Credential;
import dev.plantain.media.Blob;
import dev.plantain.media.MediaStore;
import dev.plantain.time.DrivenClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PicturesAsFilesTest extends ImageModelContract {
  private static final long LARGE = Uploads.GOOGLES_MOST;

  private final DrivenClock clock = new DrivenClock();
  private final LoopbackGemini gemini = new LoopbackGemini(clock);
  private final KnownUploads known = KnownUploads.inMemory();

  @AfterEach
  void stop() {
    gemini.close();
  }

  @Override
  protected ImageModel provider(MediaStore mediaStore) {
    return model(When.ALWAYS, LARGE);
  }

  @Override
  protected ModelSpec model() {
    return ModelCatalogue.packaged().standard();
  }

  @Test
  void aPhotoThatIsUsedOverSixTurnsIsSentOnceAndUploadedOnce() throws Exception {
    ImageModel model = model(When.REUSED, LARGE);
    Blob photo = photo(1);

    turns(model, photo, 6);

    assertThat(photosOf(photo))
        .extracting(piece -> piece.fileUri().isPresent())
        .containsExactly(false, true, true, true, true, true);
    assertThat(gemini.uploads().made()).isEqualTo(1);
    assertThat(gemini.uploads().uploadedBytes()).isEqualTo(photo.bytes());
  }

  @Test
  void aPhotoThatIsAskedAboutTwiceIsAFileFromTheSecondTimeOn() throws Exception {
    ImageModel model = model(When.REUSED, LARGE);
    Blob photo = photo(1);

    assertMade(model, edit(photo, "sepia"));
    assertMade(model, edit(photo, "night"));
    assertMade(model, edit(photo, "snow"));

    assertThat(photosOf(photo))
        .extracting(piece -> piece.fileUri().isPresent())
        .containsExactly(false, true, true);
    assertThat(gemini.uploads().made()).isEqualTo(1);
  }

  @Test
  void whereItIsNotWantedNothingIsUploaded() throws Exception {
    turns(model(When.NEVER, LARGE), photo(1), 3);
    assertThat(gemini.uploads().made()).isZero();
    assertThat(photosOf(photo(1))).allMatch(piece -> piece.fileUri().isEmpty());
  }

  @Test
  void aFileIsReferredToUntilShortlyBeforeItsTwoDaysAreOverAndUploadedAgainThen() throws Exception {
    ImageModel model = model(When.ALWAYS, LARGE);
    Blob photo = photo(1);

    assertMade(model, edit(photo, "a"));
    clock.advance(Duration.ofHours(47));
    assertMade(model, edit(photo, "b"));
    assertThat(gemini.uploads().made()).isEqualTo(1);
    clock.advance(Duration.ofMinutes(31));
    assertMade(model, edit(photo, "c"));

    assertThat(gemini.uploads().made()).isEqualTo(2);
    assertThat(gemini.asked()).hasSize(3);
    assertThat(photosOf(photo).stream().map(Piece::fileUri).distinct()).hasSize(2);
  }

  @Test
  void aFileThatIsGoneIsForgottenAndThePictureSentInItsPlace() throws Exception {
    ImageModel model = model(When.ALWAYS, LARGE);
    Blob photo = photo(1);
    assertMade(model, edit(photo, "a"));
    gemini.uploads().loseAll();

    assertMade(model, edit(photo, "b"));
    assertMade(model, edit(photo, "c"));

    assertThat(photosOf(photo))
        .extracting(piece -> piece.fileUri().isPresent())
        .containsExactly(true, false, true);
    assertThat(gemini.uploads().made()).isEqualTo(2);
  }

  @Test
  void aFileThatIsSaidToBeGoneAgainAndAgainEndsTheRequestUncharged() throws Exception {
    ImageModel model = model(When.ALWAYS, LARGE);
    refuses(3);

    Failed failed = (Failed) model.generate(request(edit(photo(1), "a")));

    assertThat(failed.problem()).isEqualTo(Problem.REQUEST_REJECTED);
    assertThat(gemini.asked()).hasSize(2);
    assertThat(gemini.uploads().there()).isEmpty();
  }

  @Test
  void whatReferredToNoFileIsNotAskedAgain() throws Exception {
    refuses(3);
    Failed failed = (Failed) model(When.REUSED, LARGE).generate(request(edit(photo(1), "a")));
    assertThat(failed.problem()).isEqualTo(Problem.REQUEST_REJECTED);
    assertThat(gemini.asked()).hasSize(1);
  }

  private void refuses(int times) {
    for (int i = 0; i < times; i++) {
      gemini.answer(
          ScriptedAnswer.error(
              403,
              "PERMISSION_DENIED",
              "You do not have permission to access the File abc or it may not exist."));
    }
  }

  @Test
  void eachKeyHasItsOwnFiles() throws Exception {
    gemini.knows("AIza-second");
    Endpoint both = endpoint(When.ALWAYS, LARGE, List.of(LoopbackGemini.KEY, "AIza-second"));
    RoutedModel routed =
        new RoutedModel(
            List.of(new Route(model(), List.of(both), Optional.empty())),
            (endpoint, key) -> open(endpoint, key.orElseThrow()),
            DayCounts.inMemory(),
            false,
            clock);
    Blob photo = photo(1);
    assertMade(routed, edit(photo, "a"));
    gemini.answer(ScriptedAnswer.error(503, "UNAVAILABLE", "The model is overloaded."));
    assertMade(routed, edit(photo, "b"));

    assertThat(gemini.uploads().made()).isEqualTo(2);
    RemoteFile first = file("loopback/1", photo);
    RemoteFile second = file("loopback/2", photo);
    assertThat(first.name()).isNotEqualTo(second.name());
    assertThat(routed.delete(second)).isEmpty();
    assertThat(gemini.uploads().there()).containsExactly(first.name());
    assertThat(routed.delete(new RemoteFile("gone/1", first.name()))).isPresent();
    assertThat(routed.delete(first)).isEmpty();
    assertThat(gemini.uploads().deleted()).containsExactly(second.name(), first.name());
  }

  @Test
  void requestsAtOnceUploadTheSamePictureOnce() throws Exception {
    ImageModel model = model(When.ALWAYS, LARGE);
    CountDownLatch gate = new CountDownLatch(1);
    gemini.uploads().holds(gate);
    Blob photo = photo(1);
    List<FutureTask<ImageResult>> tasks = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      FutureTask<ImageResult> task =
          new FutureTask<>(() -> model.generate(request(edit(photo, "a"))));
      tasks.add(task);
      Thread.ofVirtual().start(task);
    }
    await().until(() -> gemini.uploads().uploadedBytes() >= photo.bytes());
    gate.countDown();

    for (FutureTask<ImageResult> task : tasks) {
      assertThat(task.get()).isInstanceOf(Made.class);
    }
    assertThat(gemini.uploads().made()).isEqualTo(1);
    assertThat(photosOf(photo)).hasSize(6).allMatch(piece -> piece.fileUri().isPresent());
  }

  @Test
  void whereAnUploadFailsThePictureGoesInsideAndUploadsRestForAWhile() throws Exception {
    ImageModel model = model(When.ALWAYS, LARGE);
    gemini.uploads().next(new Fault.Answers(403));
    assertMade(model, edit(photo(1), "a"));
    assertMade(model, edit(photo(2), "b"));
    assertThat(gemini.uploads().made()).isZero();

    clock.advance(Duration.ofMinutes(11));
    assertMade(model, edit(photo(2), "c"));
    assertThat(gemini.uploads().made()).isEqualTo(1);
  }

  @Test
  void aRequestThatIsTooLargeGoesWithFilesTheLargestFirst() throws Exception {
    Blob large = kept(Painted.picture("jpg", 1600, 1200, 1));
    Blob small = kept(Painted.picture("png", 64, 48, 2));
    ImageModel model = model(When.REUSED, large.bytes());

    assertMade(
        model,
        List.of(
            new Content(
                Author.MEMBER,
                List.of(Part.Image.of(small), Part.Image.of(large), Part.Text.of("both")))));

    assertThat(photosOf(small)).allMatch(piece -> piece.fileUri().isEmpty());
    assertThat(photosOf(large)).allMatch(piece -> piece.fileUri().isPresent());
    assertThat(gemini.bytesOfRequests()).isLessThan(large.bytes());
  }

  @Test
  void aPictureOfTheModelGoesBackInsideUnlessTheRequestIsTooLarge() throws Exception {
    ImageModel roomy = model(When.ALWAYS, LARGE);
    Made first = made(roomy, request("a lighthouse").contents());
    List<Content> branch = branch(first);
    long before = gemini.bytesOfRequests();
    assertMade(roomy, branch);
    long inside = gemini.bytesOfRequests() - before;
    assertThat(gemini.uploads().made()).isZero();

    assertMade(model(When.ALWAYS, inside - 1), branch);
    assertThat(gemini.uploads().made()).isEqualTo(1);
    assertThat(gemini.asked().getLast().contents().get(1).parts().getLast())
        .satisfies(piece -> {
          assertThat(piece.fileUri()).isPresent();
          assertThat(piece.signature()).isPresent();
        });
  }

  @Test
  void aRequestThatIsTooLargeAndCannotBeMadeSmallerFailsBeforeAnythingIsBilled() throws Exception {
    gemini.uploads().next(new Fault.Answers(403));
    Blob large = kept(Painted.picture("png", 400, 400, 1));

    Failed failed = (Failed) model(When.REUSED, large.bytes()).generate(request(edit(large, "a")));

    assertThat(failed.problem().perhapsPaid()).isFalse();
    assertThat(failed.detail()).contains("could not be uploaded").contains("" + large.bytes());
    assertThat(gemini.asked()).isEmpty();
  }

  private ImageModel model(When when, long mostInlineBytes) {
    Endpoint endpoint = endpoint(when, mostInlineBytes, List.of(LoopbackGemini.KEY));
    return open(endpoint, endpoint.keys().getFirst());
  }

  private Endpoint endpoint(When when, long mostInlineBytes, List<String> keys) {
    Endpoint plain = gemini.endpoint();
    return new Endpoint(
            plain.name(),
            plain.wire(),
            plain.baseUrl(),
            plain.authentication(),
            keys.stream().map(Secret::new).toList())
        .with(new Uploads(when, mostInlineBytes));
  }

  private ImageModel open(Endpoint endpoint, Secret key) {
    return new GeminiModel(
        endpoint,
        new Credential.Key(endpoint.authentication(), key),
        endpoint.line(Optional.of(key)),
        store,
        known,
        clock);
  }

  private RemoteFile file(String line, Blob photo) {
    return new RemoteFile(line, known.find(line, photo.id()).orElseThrow().name());
  }

  /** Every sending of a picture, oldest first. */
  private List<Piece> photosOf(Blob photo) {
    return gemini.asked().stream()
        .flatMap(asked -> asked.contents().stream())
        .flatMap(said -> said.parts().stream())
        .filter(piece -> piece.sha256().filter(photo.id().sha256()::equals).isPresent())
        .toList();
  }

  private void turns(ImageModel model, Blob photo, int count) throws InterruptedException {
    List<Content> contents = new ArrayList<>(edit(photo, "begin"));
    for (int turn = 1; ; turn++) {
      Made made = made(model, contents);
      if (turn == count) {
        return;
      }
      contents.add(new Content(Author.MODEL, made.parts()));
      contents.add(new Content(Author.MEMBER, List.of(Part.Text.of("again " + turn))));
    }
  }

  private static List<Content> branch(Made made) {
    return List.of(
        new Content(Author.MEMBER, List.of(Part.Text.of("a lighthouse"))),
        new Content(Author.MODEL, made.parts()),
        new Content(Author.MEMBER, List.of(Part.Text.of("brighter"))));
  }

  private static List<Content> edit(Blob photo, String words) {
    return List.of(new Content(Author.MEMBER, List.of(Part.Image.of(photo), Part.Text.of(words))));
  }

  private void assertMade(ImageModel model, List<Content> contents) throws InterruptedException {
    assertThat(made(model, contents)).isNotNull();
  }

  private Made made(ImageModel model, List<Content> contents) throws InterruptedException {
    ImageResult result = model.generate(request(contents));
    assertThat(result).isInstanceOf(Made.class);
    return (Made) result;
  }

  private Blob photo(int seed) throws Exception {
    return kept(Painted.picture("png", 64, 48, seed));
  }
}
