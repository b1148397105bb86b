package dev.plantain.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.plantain.image.ImageResult.Problem;
import dev.plantain.platform.InteractionRef;
import dev.plantain.platform.MessageRef;
import dev.plantain.quota.AuditResult;
import dev.plantain.quota.Caps;
import dev.plantain.storage.KillableDatabase;
import dev.plantain.words.Precheck;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Better words, where several things happen at once or break off. */
@Timeout(60)
class ImproveRaceTest {
  private static final String BETTER = "A tall white lighthouse at dawn.";

  @TempDir Path folder;
  private final FakeTextModel words = new FakeTextModel();
  private Optional<Scene> open = Optional.empty();

  private Scene scene(KillableDatabase.Life life) {
    Scene scene = new Scene(folder, life, Caps.NONE, words, Precheck.NONE);
    open = Optional.of(scene);
    words.says(BETTER);
    return scene;
  }

  @AfterEach
  void end() {
    open.ifPresent(scene -> {
      assertThat(scene.audit()).isInstanceOf(AuditResult.Agrees.class);
      scene.close();
    });
  }

  private static FakePlatform.Post improved(Scene scene, String given) {
    MessageRef asked = scene.by(scene.ann).commands("improve", given);
    scene.settle();
    return scene.answerTo(asked);
  }

  /** Has two presses look at what there is to choose before either of them chooses. */
  private static final class BothLook implements KillableDatabase.Life {
    private final CountDownLatch looking = new CountDownLatch(1);
    private final CountDownLatch mayLook = new CountDownLatch(1);
    private final CountDownLatch choosing = new CountDownLatch(1);
    private final CountDownLatch mayChoose = new CountDownLatch(1);
    private final AtomicInteger looks = new AtomicInteger();
    private final AtomicInteger choices = new AtomicInteger();
    private volatile boolean begun;

    @Override
    public void mustBeAlive() {
      if (begun && isIn("find") && looks.getAndIncrement() == 0) {
        looking.countDown();
        pass(mayLook);
      } else if (begun && isIn("choose") && choices.getAndIncrement() == 0) {
        choosing.countDown();
        pass(mayChoose);
      }
    }

    @Override
    public void committed() {}

    private static boolean isIn(String method) {
      return StackWalker.getInstance()
          .walk(frames ->
              frames.anyMatch(frame ->
                  frame.getClassName().equals(ImprovementStore.class.getName())
                      && frame.getMethodName().equals(method)));
    }

    private static void pass(CountDownLatch latch) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static boolean isIn(Thread thread, String method) {
    return List.of(thread.getStackTrace()).stream()
        .anyMatch(frame ->
            frame.getClassName().equals(PressedImprovement.class.getName())
                && frame.getMethodName().equals(method));
  }

  @Test
  void twoPressesThatBothLookedBeforeEitherChoseEndInOnePicture() throws Exception {
    BothLook life = new BothLook();
    Scene scene = scene(life);
    FakePlatform.Post offer = improved(scene, "a lighthouse");
    List<InteractionRef> presses =
        List.of(
            scene.press(scene.ann, scene.group, offer, "makeit"),
            scene.press(scene.ann, scene.group, offer, "mywords"));

    life.begun = true;
    Thread one = Thread.ofPlatform().start(() -> scene.plantain().runner().runDue());
    life.looking.await();
    Thread other = Thread.ofPlatform().start(() -> scene.plantain().runner().runDue());
    life.choosing.await();
    life.mayLook.countDown();
    await().until(() -> isIn(one, "choose"));
    life.mayChoose.countDown();
    one.join();
    other.join();
    scene.settle();

    assertThat(scene.model().requests()).hasSize(1);
    assertThat(scene.count("card")).isEqualTo(1);
    assertThat(scene.spent().pictures()).isEqualTo(1);
    assertThat(presses)
        .extracting(press -> scene.platform.answerTo(press).orElseThrow())
        .filteredOn(told -> told.startsWith("This button does not work any more"))
        .hasSize(1);
  }

  @Test
  void aProcessThatEndsTwiceDuringTheQuestionAsksNoThirdTime() {
    Mortal first = new Mortal();
    Mortal second = new Mortal();
    words.plays(_ -> {
      throw first.end();
    });
    words.plays(_ -> {
      throw second.end();
    });
    Scene scene = scene(first);
    MessageRef asked = scene.by(scene.ann).commands("improve", "a lighthouse");
    assertThatThrownBy(scene::run).hasStackTraceContaining("the process is over");
    scene.restart(second);
    assertThatThrownBy(scene::run).hasStackTraceContaining("the process is over");
    scene.restart(new Scene.Immortal());
    scene.settle();

    assertThat(words.questions()).hasSize(2);
    assertThat(scene.answerTo(asked).words()).startsWith("The model for words does not answer");
    assertThat(scene.count("paid_call where basis = 'perhaps' and lost = 1")).isEqualTo(2);
  }

  @Test
  void roomThatDoesNotComeInTimeIsNotWaitedFor() {
    Scene scene = scene(new Scene.Immortal());
    Instant begin = scene.clock.instant();
    for (int time = 1; time <= 40; time++) {
      words.waits(begin.plusSeconds(50L * time));
    }
    MessageRef asked = scene.by(scene.ann).commands("improve", "a lighthouse");
    for (int time = 0; time < 200; time++) {
      scene.run(Duration.ofSeconds(10));
    }

    assertThat(scene.answerTo(asked).words()).startsWith("The model for words does not answer");
    assertThat(words.questions()).hasSize((int) (Scene.PATIENCE.toSeconds() / 50) + 1);
  }

  @Test
  void whoeverCancelsWhileItIsBeingShownSeesThatNothingIsMade() {
    Scene scene = scene(new Scene.Immortal());
    AtomicInteger edits = new AtomicInteger();
    scene.platform.wire(
        new FakePlatform.Wire() {
          @Override
          public void asked(String call) {
            if (call.equals("edit") && edits.getAndIncrement() == 0) {
              scene.press(
                  scene.ann, scene.group, scene.lastPost(scene.group).message(), "dropit:1");
              scene.plantain().runner().runDue();
            }
          }

          @Override
          public void done(String call) {}
        });
    MessageRef asked = scene.by(scene.ann).commands("improve", "a lighthouse");
    scene.settle();

    assertThat(scene.answerTo(asked).words()).startsWith("Fine, nothing is made");
    assertThat(scene.answerTo(asked).buttons()).isEmpty();
    assertThat(scene.count("card")).isZero();
  }

  @Test
  void noMoreIsWaitedThanAProviderAsksForWhereThatIsAMinute() {
    Scene scene = scene(new Scene.Immortal());
    words.fails(Problem.RATE_LIMITED, Optional.of(Duration.ofSeconds(60)));
    words.fails(Problem.RATE_LIMITED, Optional.of(Duration.ofSeconds(61)));
    MessageRef asked = scene.by(scene.ann).commands("improve", "a lighthouse");
    scene.settle();

    assertThat(words.questions()).hasSize(2);
    assertThat(scene.answerTo(asked).words()).startsWith("The model for words does not answer");
  }
}
