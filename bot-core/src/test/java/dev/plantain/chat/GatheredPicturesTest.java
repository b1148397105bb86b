package dev.plantain.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.conversation.Part;
import dev.plantain.image.ImageRequest;
import dev.plantain.platform.MessageRef;
import dev.plantain.platform.Sender;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures that a member puts aside for their next request. */
class GatheredPicturesTest {
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

  private MessageRef puts(long seed) {
    MessageRef theirs = scene.by(scene.bob).with(Scene.photo(seed)).unheard();
    MessageRef put = scene.by(scene.ann).replyingTo(theirs).commands("reference", "");
    scene.settle();
    return put;
  }

  private ImageRequest asks(Sender member, String words) {
    scene.by(member).toUs().says(words);
    scene.settle();
    return scene.model().requests().getLast();
  }

  @Test
  void theyGoWithTheNextRequestOfWhoeverPutThemAsideAndWithNoOther() {
    puts(1);
    assertThat(scene.answerTo(puts(2)).words()).contains("2 pictures");

    assertThat(images(asks(scene.bob, "a cat"))).isZero();
    assertThat(images(asks(scene.ann, "combine them"))).isEqualTo(2);
    assertThat(scene.count("gathered_picture")).isZero();
  }

  @Test
  void theyBeginAConversationAsOnesOwnPhotosDo() {
    asks(scene.ann, "a lighthouse");
    puts(1);

    assertThat(asks(scene.ann, "make it night").contents()).hasSize(1);
  }

  @Test
  void theyWaitAsLongAsAConversationDoes() {
    puts(1);
    scene.run(Scene.IDLE.plus(Duration.ofMinutes(1)));

    assertThat(images(asks(scene.ann, "a lighthouse"))).isZero();
  }

  @Test
  void whoeverNamesNoPictureIsToldHow() {
    MessageRef asked = scene.by(scene.ann).commands("reference", "");
    scene.settle();

    assertThat(scene.answerTo(asked).words()).contains("Reply to a picture");
  }

  private static long images(ImageRequest request) {
    return request.contents().stream()
        .flatMap(content -> content.parts().stream())
        .filter(part -> part instanceof Part.Image)
        .count();
  }
}
