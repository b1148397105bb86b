package dev.plantain.chat;

import static dev.plantain.chat.Scene.photo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.plantain.platform.MessageRef;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What cards show while their pictures are made, and what runs side by side. */
@Timeout(60)
class ProgressTest {
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

  private void look(Duration later, String expected) {
    scene.clock.advance(later);
    scene.plantain().showProgressOnce();
    await()
        .atMost(20, TimeUnit.SECONDS)
        .untilAsserted(() -> assertThat(scene.lastPost(scene.group).words()).startsWith(expected));
  }

  private long edits() {
    return scene.platform.calls().stream().filter("edit"::equals).count();
  }

  @Test
  void theTimeThatAPictureTakesIsShownInStepsAndNotMoreOftenThanThePlatformWants() {
    scene
        .model()
        .plays(request -> {
          look(Duration.ofMillis(2999), "🎨 Got it");
          look(Duration.ofMillis(1), "🖌️ Painting …");
          assertThat(edits()).isEqualTo(1);
          scene.plantain().showProgressOnce();
          look(Duration.ofMillis(2999), "🖌️ Painting …");
          look(Duration.ofMillis(1), "🖌️ Painting … 5 seconds so far");
          assertThat(edits()).isEqualTo(2);
          look(Duration.ofSeconds(3), "🖌️ Painting … 5 seconds so far");
          look(Duration.ofSeconds(3), "🖌️ Painting … 10 seconds so far");
          assertThat(edits()).isEqualTo(3);
          return scene.model().paint(request);
        });
    scene.by(scene.ann).toUs().says("a lighthouse");
    scene.run();

    assertThat(scene.lastPost(scene.group).file()).isPresent();
    assertThat(scene.platform.calls()).contains("working");
  }

  @Test
  void afterTheResultNoProgressIsShown() {
    scene.by(scene.ann).toUs().says("a lighthouse");
    scene.run();
    FakePlatform.Post result = scene.lastPost(scene.group);
    List<String> calls = scene.platform.calls();
    for (int i = 0; i < 5; i++) {
      look(Duration.ofSeconds(5), "Nano");
    }

    assertThat(scene.lastPost(scene.group)).isEqualTo(result);
    assertThat(scene.platform.calls()).isEqualTo(calls);
  }

  @Test
  void progressThatCannotBeShownHarmsNothing() {
    scene
        .model()
        .plays(request -> {
          scene.platform.fails("edit", false, FakePlatform.noAnswer());
          scene.clock.advance(Duration.ofSeconds(6));
          scene.plantain().showProgressOnce();
          await().until(() -> edits() == 1);
          look(Duration.ofSeconds(6), "🖌️ Painting … 10 seconds so far");
          return scene.model().paint(request);
        });
    scene.by(scene.ann).toUs().says("a lighthouse");
    scene.run();

    assertThat(scene.lastPost(scene.group).file()).isPresent();
  }

  @Test
  void otherBranchesRunSideBySideWhileOneIsBeingMade() throws InterruptedException {
    CountDownLatch held = new CountDownLatch(1);
    scene
        .model()
        .plays(request -> {
          held.await();
          return scene.model().paint(request);
        });
    scene.plantain().start();
    MessageRef slow = scene.by(scene.ann).toUs().with(photo(1)).says("make it night");
    await().until(() -> scene.model().requests().size() == 1);
    MessageRef behind = scene.by(scene.bob).toUs().says("now add stars");
    MessageRef beside = scene.by(scene.bob).toUs().with(photo(2)).says("make it winter");

    await().until(() -> isAnswered(beside));
    assertThat(isAnswered(slow)).isFalse();
    assertThat(isAnswered(behind)).isFalse();
    held.countDown();
    await().until(() -> isAnswered(slow) && isAnswered(behind));
  }

  @Test
  void aCancelledPictureIsNotWaitedFor() {
    scene
        .model()
        .plays(request -> {
          new CountDownLatch(1).await();
          return scene.model().paint(request);
        });
    scene.plantain().start();
    MessageRef asked = scene.by(scene.ann).toUs().says("a lighthouse");
    await().until(() -> scene.model().requests().size() == 1);
    scene.press(scene.ann, scene.group, scene.answerTo(asked), "cancel");

    await().until(() -> scene.answerTo(asked).words().startsWith("Cancelled"));
    await().until(() -> scene.count("job where state <> 'ended'") == 0);
  }

  private boolean isAnswered(MessageRef asked) {
    return scene.answersTo(asked).stream().anyMatch(post -> post.file().isPresent());
  }
}
