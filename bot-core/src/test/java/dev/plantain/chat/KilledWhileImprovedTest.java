package dev.plantain.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.platform.IncomingEvent;
import dev.plantain.platform.InteractionRef;
import dev.plantain.quota.AuditResult;
import dev.plantain.quota.Caps;
import dev.plantain.words.Precheck;
import dev.plantain.words.Precheck.Doubt;
import dev.plantain.words.Precheck.Sight;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ends the process after commits and calls between the wish for better words and the picture: in
 * the end it is made once, of words that were shown.
 */
class KilledWhileImprovedTest {
  private static final Precheck PRECHECK = new Precheck(Sight.WORDS, Doubt.REFUSE, "No harm.");

  @TempDir Path folder;

  @Test
  void aProcessMayEndAnywhere() throws Exception {
    int points = play(Integer.MAX_VALUE).done();
    assertThat(points).isGreaterThan(10);
    for (int point : Fate.sample(1, points)) {
      play(point);
    }
  }

  private Fate play(int point) throws Exception {
    Fate fate = new Fate(point);
    FakeTextModel words = new FakeTextModel();
    words.obeys(instruction ->
        instruction.contains("You rewrite")
            ? "A tall lighthouse at dawn."
            : "{\"allowed\": true, \"reason\": \"\"}");
    Path run = Files.createDirectory(folder.resolve("run" + point));
    try (Scene scene = new Scene(run, fate, Caps.NONE, words, PRECHECK)) {
      scene.platform.wire(fate);
      scene.model().wire(fate);
      IncomingEvent.Message said = scene.by(scene.ann).message("a lighthouse --ar 16:9");
      IncomingEvent asked =
          new IncomingEvent.Command(
              said.key(), scene.group, scene.ann, said.said(), "improve", true);
      tell(scene, asked);
      if (fate.over()) {
        Fate immortal = new Fate(Integer.MAX_VALUE);
        scene.platform.wire(immortal);
        scene.restart(immortal);
        tell(scene, asked);
      }
      expectTheEnd(scene, words, "ended after step %d (%s)".formatted(point, fate.where()));
    }
    return fate;
  }

  /** Asks, and chooses as soon as there is a choice, as a platform tells it that repeats itself. */
  private static void tell(Scene scene, IncomingEvent asked) {
    try {
      scene.accept(asked);
      scene.settle();
      scene.platform.posts().stream()
          .filter(post -> post.buttons().stream().anyMatch(data -> data.startsWith("makeit")))
          .findFirst()
          .ifPresent(offer ->
              scene.accept(
                  new IncomingEvent.Button(
                      "the press",
                      scene.group,
                      scene.ann,
                      offer.message(),
                      offer.button("makeit"),
                      new InteractionRef(FakePlatform.ID, "the press"))));
      scene.settle();
    } catch (RuntimeException | Fate.Killed e) {
      assertThat(e).hasStackTraceContaining("the process is over");
    }
  }

  private static void expectTheEnd(Scene scene, FakeTextModel words, String when) {
    assertThat(scene.unsettled()).as(when).isZero();
    assertThat(scene.spent().pictures()).as(when).isEqualTo(1);
    assertThat(scene.audit()).as(when).isInstanceOf(AuditResult.Agrees.class);
    assertThat(scene.count("reservation")).as(when).isZero();
    assertThat(scene.count("paid_call where model = 'scribe' and lost = 1"))
        .as(when)
        .isBetween(words.questions().size() + 0L, words.questions().size() + 1L);
    assertThat(scene.count("improvement where state <> 'taken' or event <> ''")).as(when).isZero();
    List<FakePlatform.Post> posts = scene.platform.posts();
    assertThat(posts).as(when).hasSize(2);
    assertThat(posts.getFirst().words()).as(when).contains("A tall lighthouse at dawn.");
    assertThat(posts.getFirst().buttons()).as(when).isEmpty();
    assertThat(posts.getLast().file()).as(when).isPresent();
    assertThat(scene.count("part where words = 'A tall lighthouse at dawn.'"))
        .as(when)
        .isEqualTo(1);
    assertThat(scene.count("card where ratio = '16:9'")).as(when).isEqualTo(1);
  }
}
