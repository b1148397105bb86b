package dev.plantain.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.platform.IncomingEvent;
import dev.plantain.platform.InteractionRef;
import dev.plantain.platform.PlatformException;
import dev.plantain.platform.Said;
import dev.plantain.platform.Sender;
import dev.plantain.quota.AuditResult;
import dev.plantain.quota.Cost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Ends the process after commits and calls while a request waits and is decided, and fails each
 * call of the platform: it is made once, charged once and told to everybody.
 */
class KilledWhileHeldTest {
  private static final Duration STEP = Duration.ofSeconds(2);

  @TempDir Path folder;

  /** What becomes of the request. */
  enum Decision {
    APPROVE("approve", "a dragon --count 2", 2, "✅ Approved by bob."),
    TRUST("trust", "a dragon", 1, "✅ Approved by bob, who trusts"),
    DENY("deny", "a dragon", 0, "❌ Denied by bob."),
    NOTHING("", "a dragon", 0, "⌛ Nobody answered in time.");

    private final String action;
    private final String words;
    private final int pictures;
    private final String told;

    Decision(String action, String words, int pictures, String told) {
      this.action = action;
      this.words = words;
      this.pictures = pictures;
      this.told = told;
    }
  }

  /** What happens, the same each time that it is told. */
  private record Story(Decision decision, IncomingEvent rule, IncomingEvent request) {

    static Story of(Decision decision, Scene scene) {
      return new Story(
          decision,
          rule(scene, scene.bob),
          scene.by(scene.ann).toUs().with(Scene.photo(1)).message(decision.words));
    }

    private static IncomingEvent rule(Scene scene, Sender moderator) {
      Said said = scene.by(moderator).message("word dragon").said();
      return new IncomingEvent.Command("rule", scene.group, moderator, said, "approve", true);
    }

    void tell(Scene scene) {
      try {
        scene.accept(rule);
        scene.run();
        scene.run(STEP);
        scene.accept(request);
        scene.run();
        scene.run(STEP);
        card(scene).ifPresent(card -> press(scene, card));
        scene.run(STEP);
        scene.run(decision == Decision.NOTHING ? Duration.ofHours(25) : STEP);
        for (int i = 0; i < 10; i++) {
          scene.run(Duration.ofSeconds(10));
        }
      } catch (RuntimeException | Fate.Killed e) {
        assertThat(e).hasStackTraceContaining("the process is over");
      }
    }

    private void press(Scene scene, FakePlatform.Post card) {
      if (!decision.action.isEmpty()) {
        scene.accept(
            new IncomingEvent.Button(
                "press",
                scene.group,
                scene.bob,
                card.message(),
                decision.action + ":1:0",
                new InteractionRef(FakePlatform.ID, "press")));
        scene.run();
      }
    }
  }

  private static Optional<FakePlatform.Post> card(Scene scene) {
    return scene.platform.posts().stream()
        .filter(post -> post.key().startsWith("held:"))
        .findFirst();
  }

  private Scene scene(String name, Fate fate) throws Exception {
    Scene scene = new Scene(Files.createDirectory(folder.resolve(name)), fate);
    scene.platform.governs(scene.bob.member());
    return scene;
  }

  @ParameterizedTest
  @EnumSource(Decision.class)
  void aProcessMayEndAnywhere(Decision decision) throws Exception {
    int points = play(decision, Integer.MAX_VALUE).done();
    assertThat(points).isGreaterThan(10);
    for (int point : Fate.sample(1, points)) {
      play(decision, point);
    }
  }

  private Fate play(Decision decision, int point) throws Exception {
    Fate fate = new Fate(point);
    try (Scene scene = scene("run" + point, fate)) {
      Story story = Story.of(decision, scene);
      scene.platform.wire(fate);
      scene.model().wire(fate);
      story.tell(scene);
      int asked = scene.model().requests().size();
      boolean inModel = fate.where().equals("model");
      if (fate.over()) {
        Fate immortal = new Fate(Integer.MAX_VALUE);
        scene.platform.wire(immortal);
        scene.restart(immortal);
        story.tell(scene);
        asked += scene.model().requests().size();
      }
      String when = "%s ended after step %d (%s)".formatted(decision, point, fate.where());
      expectTheEnd(scene, decision, when);
      assertThat(asked).as(when).isEqualTo(decision.pictures + (inModel && fate.over() ? 1 : 0));
    }
    return fate;
  }

  @ParameterizedTest
  @EnumSource(
      value = Decision.class,
      names = {"APPROVE", "NOTHING"})
  void anyCallOfThePlatformMayFailOrLoseItsAnswer(Decision decision) throws Exception {
    List<String> calls = new ArrayList<>();
    try (Scene scene = scene("rehearsal", new Fate(Integer.MAX_VALUE))) {
      Story.of(decision, scene).tell(scene);
      calls.addAll(scene.platform.calls());
    }
    for (int call : Fate.sample(0, calls.size())) {
      for (boolean afterwards : new boolean[] {false, true}) {
        failOnce(decision, call, afterwards, FakePlatform.noAnswer());
      }
      failOnce(decision, call, false, FakePlatform.busy(Duration.ofSeconds(3)));
    }
  }

  private void failOnce(Decision decision, int call, boolean afterwards, PlatformException failure)
      throws Exception {
    String name = call + "-" + afterwards + "-" + failure.getMessage();
    try (Scene scene = scene(name, new Fate(Integer.MAX_VALUE))) {
      Story story = Story.of(decision, scene);
      scene.platform.failsAt(call, afterwards, failure);
      story.tell(scene);
      story.tell(scene);
      expectTheEnd(scene, decision, decision + " with call " + name);
      assertThat(scene.model().requests()).hasSize(decision.pictures);
    }
  }

  private static void expectTheEnd(Scene scene, Decision decision, String when) {
    assertThat(scene.count("job where state <> 'ended'")).as(when).isZero();
    assertThat(scene.count("card where state not in ('delivered', 'refused')")).as(when).isZero();
    assertThat(scene.count("posting where message is null")).as(when).isZero();
    assertThat(scene.count("reservation")).as(when).isZero();
    assertThat(scene.audit()).as(when).isInstanceOf(AuditResult.Agrees.class);
    assertThat(scene.spent())
        .as(when)
        .isEqualTo(new Cost(decision.pictures, decision.pictures * Scene.PRICE));
    List<FakePlatform.Post> posts = scene.platform.posts();
    assertThat(posts).as(when).hasSize(2 + Math.max(1, decision.pictures));
    FakePlatform.Post card = card(scene).orElseThrow();
    assertThat(card.words()).as(when).contains(decision.told);
    assertThat(card.buttons()).as(when).isEmpty();
    // The moderators' card shows what was sent, and each answer its picture.
    assertThat(posts.stream().filter(post -> post.file().isPresent()))
        .as(when)
        .hasSize(1 + decision.pictures);
    assertThat(scene.count("audit_deed")).as(when).isEqualTo(decision == Decision.NOTHING ? 1 : 2);
  }
}
