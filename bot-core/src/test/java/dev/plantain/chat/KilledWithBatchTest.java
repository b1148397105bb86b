package dev.plantain.chat;

import static dev.plantain.chat.Scene.photo;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.platform.IncomingEvent;
import dev.plantain.quota.AuditResult;
import dev.plantain.quota.Cost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ends the process after commits and calls while it sees to a batch: in the end each picture is
 * sent for once, paid once and shown once.
 */
class KilledWithBatchTest {
  private static final Duration STEP = Duration.ofSeconds(5);
  private static final int STEPS = 24;
  private static final String LINES = "make it night\nmake it winter";

  @TempDir Path folder;

  @Test
  void aProcessMayEndAnywhere() throws Exception {
    int points = play(Integer.MAX_VALUE, false).done();
    assertThat(points).isGreaterThan(20);
    for (int point : Fate.sample(1, points)) {
      play(point, false);
    }
  }

  @Test
  void aProcessMayEndAnywhereWhileABatchIsCancelled() throws Exception {
    int points = play(Integer.MAX_VALUE, true).done();
    for (int point : Fate.sample(1, points)) {
      play(point, true);
    }
  }

  private Fate play(int point, boolean cancels) throws Exception {
    Fate fate = new Fate(point);
    Path its = Files.createDirectory(folder.resolve(cancels + "-" + point));
    try (Scene scene = new Scene(its, fate)) {
      scene.platform.wire(fate);
      scene.batches.wire(fate);
      IncomingEvent asks = scene.by(scene.ann).with(photo(1)).command("batch", LINES);
      goOn(scene, asks, cancels);
      if (fate.over()) {
        Fate immortal = new Fate(Integer.MAX_VALUE);
        scene.platform.wire(immortal);
        scene.batches.wire(immortal);
        scene.restart(immortal);
        goOn(scene, asks, cancels);
      }
      expectTheEnd(scene, cancels, "ended after step %d (%s)".formatted(point, fate.where()));
    }
    return fate;
  }

  /** Hands the event in as a platform does that repeats what was not taken, and runs all of it. */
  private static void goOn(Scene scene, IncomingEvent asks, boolean cancels) {
    try {
      scene.accept(asks);
      for (int step = 0; step < STEPS; step++) {
        scene.run(STEP);
        if (step == 6 && cancels) {
          cancel(scene);
        }
        if (step == 9) {
          scene.batches.works(request -> scene.model().paint(request));
        }
      }
    } catch (RuntimeException | Fate.Killed e) {
      assertThat(e).hasStackTraceContaining("the process is over");
    }
  }

  private static void cancel(Scene scene) {
    scene.posts(scene.group).stream()
        .filter(
            post -> post.buttons().stream().anyMatch(data -> data.startsWith(BatchMessage.CANCEL)))
        .findFirst()
        .ifPresent(post -> scene.press(scene.ann, scene.group, post, BatchMessage.CANCEL));
  }

  private static void expectTheEnd(Scene scene, boolean cancels, String when) {
    assertThat(scene.count("job where state <> 'ended'")).as(when).isZero();
    assertThat(scene.count("posting where message is null")).as(when).isZero();
    assertThat(scene.count("reservation")).as(when).isZero();
    assertThat(scene.audit()).as(when).isInstanceOf(AuditResult.Agrees.class);
    assertThat(scene.batches.posts()).as(when).isLessThanOrEqualTo(1);
    long made = scene.count("card where state = 'delivered'");
    assertThat(scene.count("card where state not in ('delivered', 'cancelled')")).as(when).isZero();
    assertThat(made).as(when).isIn(cancels ? List.of(0L, 2L) : List.of(2L));
    assertThat(scene.spent()).as(when).isEqualTo(new Cost(made, made * Scene.PRICE / 2));
    assertThat(scene.count("paid_call"))
        .as(when)
        .isEqualTo(scene.batches.posts() == 1 && scene.batches.worked() ? 2L : 0L);
    assertThat(scene.platform.posts().stream().filter(post -> post.file().isPresent()))
        .as(when)
        .hasSize((int) made);
    assertThat(scene.platform.posts().stream().filter(post -> post.words().startsWith("📦")))
        .as(when)
        .singleElement()
        .matches(post -> post.buttons().isEmpty());
  }
}
