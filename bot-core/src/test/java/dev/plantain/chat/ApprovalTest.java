package dev.plantain.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.platform.InteractionRef;
import dev.plantain.platform.MessageRef;
import dev.plantain.platform.Sender;
import dev.plantain.quota.AuditResult;
import dev.plantain.quota.Cost;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests that wait for a moderator. */
class ApprovalTest {
  private static final Cost ONE = new Cost(1, Scene.PRICE);

  @TempDir Path folder;
  private Scene scene;
  private Sender ann;
  private Sender bob;

  @BeforeEach
  void begin() {
    scene = new Scene(folder);
    ann = scene.ann;
    bob = scene.bob;
    scene.platform.governs(bob.member());
  }

  @AfterEach
  void end() {
    assertThat(scene.audit()).isInstanceOf(AuditResult.Agrees.class);
    assertThat(scene.count("reservation")).isZero();
    scene.close();
  }

  private String rule(String words) {
    return commands(bob, words).words();
  }

  private FakePlatform.Post commands(Sender member, String words) {
    MessageRef asked = scene.by(member).naming(ann).commands("approve", words);
    scene.run();
    return scene.answerTo(asked);
  }

  private MessageRef asks(Sender member, String words) {
    MessageRef asked = scene.by(member).toUs().says(words);
    scene.run();
    return asked;
  }

  private String answer(MessageRef asked) {
    return scene.answerTo(asked).words();
  }

  private boolean isPicture(MessageRef asked) {
    return scene.answerTo(asked).file().isPresent();
  }

  /** The latest card on which moderators decide, or decided. */
  private FakePlatform.Post decision() {
    return scene.platform.posts().stream()
        .filter(post -> post.key().startsWith("held:"))
        .reduce((one, other) -> other)
        .orElseThrow(() -> new AssertionError("no card for moderators"));
  }

  private String press(Sender member, String action) {
    return press(member, decision(), action);
  }

  private String press(Sender member, FakePlatform.Post post, String action) {
    InteractionRef interaction = scene.press(member, scene.group, post, action);
    scene.run();
    return scene.platform.answerTo(interaction).orElseThrow();
  }

  @Test
  void aRequestThatWaitsIsShownToThoseWhoDecideAndCostsNothingYet() {
    rule("word dragon");
    MessageRef asked =
        scene.by(ann).toUs().with(Scene.photo(1)).says("a Dragon --size 4K --count 2");
    scene.run();

    assertThat(answer(asked))
        .startsWith("✋ Those who run this chat decide about this one, within 24 hours.");
    assertThat(scene.answerTo(asked).buttons()).hasSize(1);
    FakePlatform.Post card = decision();
    assertThat(card.words())
        .isEqualTo(
            """
            ✋ ann asks for a picture, and those who run the chat decide:
            with a flagged word
            a Dragon
            Nano · 4K · 2 pictures · 0.24 USD
            Without an answer it ends 24 hours after it was asked, uncharged.\
            """);
    assertThat(card.buttons()).containsExactly("approve:1:0", "deny:1:0", "trust:1:0");
    assertThat(card.file()).isPresent();
    assertThat(scene.count("reservation")).isZero();
    assertThat(scene.count("ledger_entry")).isZero();
  }

  @Test
  void whatIsApprovedIsMadeAndChargedAndTheCardSaysByWhom() {
    rule("word dragon");
    MessageRef asked = asks(ann, "a dragon");
    assertThat(press(bob, "approve")).isEqualTo("Approved");
    scene.settle();

    assertThat(isPicture(asked)).isTrue();
    assertThat(decision().words()).contains("✅ Approved by bob.");
    assertThat(decision().buttons()).isEmpty();
    assertThat(scene.spent()).isEqualTo(ONE);
    assertThat(scene.count("ledger_entry where kind = 'reserved' and by_member_id is not null"))
        .isOne();
    assertThat(scene.count("audit_deed where words = '(approved @ann: a dragon)'")).isOne();
  }

  @Test
  void whatIsDeniedEndsUnchargedInWords() {
    rule("word dragon");
    MessageRef asked = asks(ann, "a dragon");
    assertThat(press(bob, "deny")).isEqualTo("Denied");
    scene.settle();

    assertThat(answer(asked))
        .isEqualTo("Those who run this chat decided against this one. Nothing was charged.");
    assertThat(decision().words()).contains("❌ Denied by bob.");
    assertThat(scene.spent()).isEqualTo(Cost.NONE);
    assertThat(scene.model().requests()).isEmpty();
  }

  @Test
  void whatNobodyAnswersEndsUncharged() {
    rule("word dragon");
    rule("time 1h");
    MessageRef asked = asks(ann, "a dragon");
    FakePlatform.Post shown = decision();
    scene.run(Duration.ofMinutes(59));
    assertThat(answer(asked)).startsWith("✋");
    scene.run(Duration.ofMinutes(2));

    assertThat(answer(asked)).startsWith("Nobody decided about this one within 60 minutes");
    assertThat(decision().words()).contains("⌛ Nobody answered in time.");
    assertThat(press(bob, shown, "approve")).startsWith("Too late");
    assertThat(scene.spent()).isEqualTo(Cost.NONE);
    assertThat(scene.count("job where state <> 'ended'")).isZero();
  }

  @Test
  void whoIsTrustedDoesNotWaitAnyMore() {
    rule("word dragon");
    MessageRef asked = asks(ann, "a dragon");
    press(bob, "trust");
    scene.settle();

    assertThat(isPicture(asked)).isTrue();
    assertThat(isPicture(asks(ann, "another dragon"))).isTrue();
    assertThat(List.of(rule("trust"))).first().asString().contains("One member is trusted");
    assertThat(rule("trust @ann off")).isEqualTo("ann is not trusted any more.");
    assertThat(isPicture(asks(ann, "another dragon"))).isFalse();
    assertThat(press(bob, "deny")).isEqualTo("Denied");
  }
}
