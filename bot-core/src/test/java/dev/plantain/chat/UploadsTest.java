package dev.plantain.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.UploadRecord;
import dev.plantain.conversation.UploadedPictures;
import dev.plantain.conversation.UploadedPictures.Uploaded;
import dev.plantain.image.ModelCatalogue;
import dev.plantain.image.ModelSpec;
import dev.plantain.image.endpoint.DayCounts;
import dev.plantain.image.endpoint.Endpoint;
import dev.plantain.image.endpoint.Route;
import dev.plantain.image.endpoint.RoutedModel;
import dev.plantain.image.endpoint.Uploads;
import dev.plantain.image.gemini.AskedOfGemini.Piece;
import dev.plantain.image.gemini.GeminiModel;
import dev.plantain.image.gemini.LoopbackGemini;
import dev.plantain.image.wire.Credential;
import dev.plantain.media.BlobId;
import dev.plantain.platform.MessageRef;
import dev.plantain.platform.Sender;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures at providers: put there once, and deleted when a member wants it. */
class UploadsTest {
  private static final ModelSpec NANO = ModelCatalogue.packaged().standard();

  @TempDir Path folder;
  private final UploadedPictures uploads = new UploadedPictures();
  private Scene scene;
  private LoopbackGemini gemini;

  @BeforeEach
  void begin() {
    scene = new Scene(folder);
    gemini = new LoopbackGemini(scene.clock);
    connect();
  }

  @AfterEach
  void end() {
    scene.close();
    gemini.close();
  }

  private void connect() {
    Endpoint endpoint =
        gemini.endpoint().with(new Uploads(Uploads.When.REUSED, Uploads.GOOGLES_MOST));
    scene
        .model()
        .asks(
            new RoutedModel(
                List.of(new Route(NANO, List.of(endpoint), Optional.empty())),
                (at, key) ->
                    new GeminiModel(
                        at,
                        new Credential.Key(at.authentication(), key.orElseThrow()),
                        at.line(key),
                        scene.media(),
                        new UploadRecord(scene.database(), scene.clock),
                        scene.clock),
                DayCounts.inMemory(),
                false,
                scene.clock),
            NANO);
  }

  @Test
  void aPhotoThatIsEditedAgainAndAgainIsUploadedOnceAlsoAcrossARestart() {
    FakePlatform.Post first = edited(scene.ann, 1);
    FakePlatform.Post second = continued(first, "brighter");
    scene.restart(new Scene.Immortal());
    connect();
    continued(second, "darker");

    assertThat(gemini.asked()).hasSize(3);
    assertThat(photos())
        .extracting(piece -> piece.fileUri().isPresent())
        .containsExactly(false, true, true);
    assertThat(gemini.uploads().uploaded()).containsOnlyOnce(photo());
  }

  @Test
  void aMembersFilesAreDeletedAtTheProviderWhenTheyAskForIt() {
    continued(edited(scene.ann, 1), "brighter");
    continued(edited(scene.bob, 2), "brighter");
    assertThat(gemini.uploads().there()).hasSize(2);

    assertThat(commands(scene.ann, "forget", "")).contains("one of your pictures");
    assertThat(gemini.uploads().deleted()).hasSize(1);
    assertThat(gemini.uploads().there()).hasSize(1);
    assertThat(scene.count("uploaded_picture")).isEqualTo(1);

    assertThat(commands(scene.ann, "forget", "uploads")).contains("No copy");
    assertThat(commands(scene.ann, "forget", "everything")).contains("/forget uploads");
    assertThat(gemini.uploads().there()).hasSize(1);
  }

  @Test
  void whoeverGoesOnWithAPictureThatWasForgottenSendsItAgain() {
    FakePlatform.Post first = continued(edited(scene.ann, 1), "brighter");
    commands(scene.ann, "forget", "");
    continued(first, "darker");

    assertThat(gemini.asked()).hasSize(3);
    assertThat(gemini.uploads().uploaded()).filteredOn(photo()::equals).hasSize(2);
    assertThat(commands(scene.ann, "forget", "")).contains("copies of your pictures");
    assertThat(gemini.uploads().there()).isEmpty();
  }

  @Test
  void aProviderThatIsDownIsAskedAgainAlsoByTheNextProcess() {
    continued(edited(scene.ann, 1), "brighter");
    scene.model().deletesNothing(true);
    assertThat(commands(scene.ann, "forget", "")).contains("one of your pictures");
    assertThat(scene.model().deletions()).hasSizeGreaterThan(1);
    scene.restart(new Scene.Immortal());
    connect();

    scene.run(Duration.ofHours(1));

    assertThat(gemini.uploads().there()).isEmpty();
    assertThat(scene.count("uploaded_picture")).isZero();
    assertThat(scene.count("job where state <> 'ended'")).isZero();
  }

  @Test
  void whatHasExpiredMeanwhileIsNotAskedForAnyMore() {
    continued(edited(scene.ann, 1), "brighter");
    scene.model().deletesNothing(true);
    commands(scene.ann, "forget", "");
    scene.run(Duration.ofHours(49));
    int asked = scene.model().deletions().size();
    scene.run(Duration.ofHours(1));

    assertThat(scene.model().deletions()).hasSize(asked);
    assertThat(scene.count("job where state <> 'ended'")).isZero();
  }

  @Test
  void whatWasMadeForAMemberIsTheirsToo() {
    FakePlatform.Post post = edited(scene.ann, 1);
    lies("files/result", resultOf(post));

    assertThat(commands(scene.bob, "forget", "")).contains("No copy");
    assertThat(commands(scene.ann, "forget", "")).contains("one of your pictures");
    assertThat(scene.model().deletions())
        .extracting(file -> file.name())
        .containsExactly("files/result");
  }

  @Test
  void aResultThatAModeratorHidesIsDeletedAtTheProvider() {
    scene.platform.governs(scene.bob.member());
    FakePlatform.Post post = edited(scene.ann, 1);
    lies("files/result", resultOf(post));

    scene.by(scene.bob).replyingTo(post).commands("hide", "");
    scene.settle();

    assertThat(scene.model().deletions())
        .extracting(file -> file.name())
        .containsExactly("files/result");
    assertThat(scene.count("uploaded_picture")).isZero();
  }

  /** A picture lies at the provider. */
  private void lies(String name, String sha256) {
    Uploaded uploaded =
        new Uploaded(
            "loopback/1",
            name,
            new BlobId(sha256),
            "https://x.test/" + name,
            "image/png",
            scene.clock.instant().plus(Duration.ofDays(2)));
    scene.database().update(tx -> uploads.add(tx, uploaded, scene.clock.instant()));
  }

  private String resultOf(FakePlatform.Post post) {
    return scene
        .database()
        .read(reading ->
            reading
                .first(
                    """
                    select blob_id from part join turn_message using (turn_id)
                    where message = ? and blob_id is not null
                    """,
                    row -> row.text("blob_id"),
                    post.message().value())
                .orElseThrow());
  }

  private FakePlatform.Post edited(Sender who, long seed) {
    MessageRef asked = scene.by(who).toUs().with(Scene.photo(seed)).says("make it night");
    scene.settle();
    return scene.answerTo(asked);
  }

  private FakePlatform.Post continued(FakePlatform.Post post, String words) {
    MessageRef asked = scene.by(scene.ann).toUs().replyingTo(post).says(words);
    scene.settle();
    return scene.answerTo(asked);
  }

  private String commands(Sender who, String name, String words) {
    MessageRef asked = scene.by(who).commands(name, words);
    scene.settle();
    return scene.answerTo(asked).words();
  }

  private String photo() {
    return photos().getFirst().sha256().orElseThrow();
  }

  /** Every sending of a member's first picture, oldest first. */
  private List<Piece> photos() {
    return gemini.asked().stream()
        .map(asked -> asked.contents().getFirst().parts())
        .flatMap(List::stream)
        .filter(piece -> piece.sha256().isPresent())
        .toList();
  }
}
