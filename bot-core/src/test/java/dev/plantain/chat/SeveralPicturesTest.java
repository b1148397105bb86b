package dev.plantain.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.image.ImageResult;
import dev.plantain.image.Usage;
import dev.plantain.platform.MessageRef;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests for more than one picture. */
class SeveralPicturesTest {
  @TempDir Path folder;
  private Scene scene;

  @BeforeEach
  void begin() {
    scene = new Scene(folder);
  }

  @AfterEach
  void end() {
    scene.close();
  }

  private MessageRef asks(String words) {
    MessageRef asked = scene.by(scene.ann).toUs().with(Scene.photo(1)).says(words);
    scene.settle();
    return asked;
  }

  @Test
  void eachPictureHasACardOfItsOwnFromWhichOneCanGoOn() {
    MessageRef asked = asks("make it night --count 3");
    List<FakePlatform.Post> pictures = scene.answersTo(asked);
    assertThat(pictures).hasSize(3).allMatch(post -> post.file().isPresent());
    assertThat(scene.model().requests())
        .extracting(ConversationTest::words)
        .containsOnly(List.of("make it night"));

    scene.by(scene.bob).toUs().replyingTo(pictures.get(1)).says("add stars");
    scene.settle();

    assertThat(ConversationTest.words(scene.model().requests().getLast()))
        .containsExactly("make it night", "add stars");
    assertThat(scene.count("turn where author = 'model'")).isEqualTo(4);
  }

  @Test
  void thePhotoIsFetchedOnce() {
    asks("make it night --count 4");

    assertThat(scene.platform.calls()).containsOnlyOnce("fetch");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "5", "-1", "many", "99999999999"})
  void asManyAsPeopleLookAtAndNoMore(String count) {
    assertThat(scene.answerTo(asks("a cat --count " + count)).words())
        .startsWith("I can make 1 to 4 pictures at once, not " + count + ".");
    assertThat(scene.model().requests()).isEmpty();
  }

  @Test
  void aPhotoThatCannotBeUsedIsToldOnce() {
    MessageRef asked =
        scene.by(scene.ann).toUs().with(new byte[] {1, 2, 3}).says("night --count 4");
    scene.settle();

    assertThat(scene.answerTo(asked).words()).startsWith("That file is not a picture");
  }

  @Test
  void whatIsRefusedOnceLeavesTheTurnToItsOtherPictures() {
    scene.model().plays(scene.model()::paint);
    scene
        .model()
        .plays(request ->
            new ImageResult.Refused(ImageResult.Cause.UNSAFE, Optional.empty(), Usage.NONE));
    MessageRef asked = asks("make it night --count 2");
    FakePlatform.Post made =
        scene.answersTo(asked).stream()
            .filter(post -> post.file().isPresent())
            .findFirst()
            .orElseThrow();

    scene.by(scene.bob).toUs().replyingTo(made).says("add stars");
    scene.settle();

    assertThat(ConversationTest.words(scene.model().requests().getLast()))
        .containsExactly("make it night", "add stars");
  }
}
