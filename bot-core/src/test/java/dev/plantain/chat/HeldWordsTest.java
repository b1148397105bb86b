package dev.plantain.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.image.ImageRequest;
import dev.plantain.platform.MessageRef;
import dev.plantain.quota.Cost;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Nobody gets past a moderator by changing or continuing what waits. */
class HeldWordsTest extends ApprovalScene {

  /** All words that the model was ever given. */
  private String given() {
    return scene.model().requests().stream().map(ImageRequest::contents).toList().toString();
  }

  @Test
  void theModeratorsCardFollowsAChangeAndWhatWasNotSeenIsNotApproved() {
    rule("word dragon");
    MessageRef asked = asks(ann, "a small dragon");
    FakePlatform.Post shown = decision();
    scene.edits(ann, scene.group, asked, "a huge dragon --size 4K");
    scene.run();

    assertThat(decisions()).hasSize(1);
    assertThat(decision().words()).contains("a huge dragon", "Nano · 4K · 1 picture · 0.12 USD");
    assertThat(press(bob, shown, "approve")).startsWith("The request was changed in the meantime.");
    assertThat(press(bob, "approve")).isEqualTo("Approved");
    scene.run();
    assertThat(given()).contains("a huge dragon");
    assertThat(scene.spent()).isEqualTo(new Cost(1, 3 * Scene.PRICE));
  }

  @Test
  void whatWaitedWaitsStillWhenItIsChangedIntoSomethingHarmless() {
    rule("word dragon");
    MessageRef asked = asks(ann, "a dragon");
    scene.edits(ann, scene.group, asked, "a cat");
    scene.run();

    assertThat(answer(asked)).startsWith("✋");
    assertThat(decision().words()).contains("a cat", "with a flagged word");
    press(bob, "deny");
  }

  @Test
  void whatWaitsForALimitAsWellSaysSoAlsoWhenItsWordsChange() {
    commands(bob, scene.group, "limit", "members 1/day");
    rule("over-quota");
    rule("word dragon");
    asks(ann, "a house");
    MessageRef asked = asks(ann, "a cat");
    assertThat(decision().words()).contains("over the limit");
    scene.edits(ann, scene.group, asked, "a dragon");
    scene.run();

    assertThat(decision().words()).contains("over the limit", "with a flagged word");
  }

  @Test
  void whatWasApprovedIsMadeAsItWasApproved() {
    rule("word dragon");
    MessageRef asked = asks(ann, "a small dragon --count 2");
    scene
        .model()
        .plays(request -> {
          scene.edits(ann, scene.group, asked, "a huge dragon");
          scene.run();
          return scene.model().paint(request);
        });
    scene.press(bob, scene.group, decision(), "approve");
    scene.run();

    assertThat(scene.answersTo(asked)).hasSize(2).allMatch(post -> post.file().isPresent());
    assertThat(given()).contains("a small dragon").doesNotContain("huge");
  }

  @Test
  void aRequestThatPassedIsNotChangedIntoOneThatWouldWait() {
    rule("word dragon");
    MessageRef first = scene.by(ann).toUs().unheard();
    MessageRef[] second = new MessageRef[1];
    scene
        .model()
        .plays(request -> {
          second[0] = scene.by(ann).toUs().says("a cat");
          scene.run();
          scene.edits(ann, scene.group, second[0], "a dragon");
          scene.run();
          return scene.model().paint(request);
        });
    asks(ann, "a house");
    scene.run();

    assertThat(first).isNotNull();
    assertThat(isPicture(second[0])).isTrue();
    assertThat(given()).contains("a cat").doesNotContain("dragon");
  }

  @Test
  void aModeratorMayChangeTheirsIntoAnything() {
    rule("word dragon");
    scene
        .model()
        .plays(request -> {
          MessageRef second = scene.by(bob).toUs().says("a cat");
          scene.run();
          scene.edits(bob, scene.group, second, "a dragon");
          scene.run();
          return scene.model().paint(request);
        });
    asks(bob, "a house");
    scene.run();

    assertThat(given()).contains("a dragon").doesNotContain("a cat");
  }

  @Test
  void nothingContinuesFromWhatWaits() {
    rule("word dragon");
    MessageRef asked = asks(ann, "a dragon");

    MessageRef reply = scene.by(carl).toUs().replyingTo(scene.answerTo(asked)).says("make it red");
    scene.run();
    assertThat(answer(reply)).startsWith("That one still waits for approval");
    MessageRef toTheCard = scene.by(carl).toUs().replyingTo(decision()).says("oh no");
    scene.run();
    assertThat(answer(toTheCard)).startsWith("That message is for those who run this chat");
    press(bob, "deny");
    assertThat(scene.model().requests()).isEmpty();
  }

  @Test
  void wordsThatWaitAreGivenToNoModelByAReplyToTheirMessage() {
    rule("word dragon");
    MessageRef asked = scene.by(ann).toUs().with(Scene.photo(1)).says("turn it into a dragon");
    scene.run();
    MessageRef reply = scene.by(ann).toUs().replyingTo(asked).says("do it");
    scene.run();

    assertThat(isPicture(reply)).isTrue();
    assertThat(given()).doesNotContain("dragon");
    press(bob, "approve");
    scene.run();
    assertThat(isPicture(asked)).isTrue();
    assertThat(given()).contains("dragon");
  }

  @Test
  void theChatGoesOnAsIfNobodyHadAskedAndContinuesFromWhatIsApproved() {
    rule("word dragon");
    asks(carl, "a house");
    asks(ann, "a dragon");
    asks(carl, "at night");
    assertThat(given()).doesNotContain("dragon");

    asks(ann, "a second dragon");
    press(bob, "approve");
    scene.run();
    asks(carl, "in snow");
    assertThat(scene.model().requests().getLast().contents().toString())
        .contains("a second dragon", "in snow");
    press(bob, decisions().getFirst(), "deny");
  }

  @Test
  void whatWaitsHoldsUpNobodyElseOfTheSameBranch() {
    rule("size 4K");
    MessageRef[] asked = new MessageRef[2];
    scene
        .model()
        .plays(request -> {
          asked[0] = scene.by(ann).toUs().says("at night --size 4K");
          asked[1] = scene.by(carl).toUs().says("in snow");
          scene.run();
          return scene.model().paint(request);
        });
    asks(carl, "a house");
    scene.run();

    assertThat(isPicture(asked[1])).isTrue();
    assertThat(answer(asked[0])).startsWith("✋");
    press(bob, "approve");
    scene.run();
    assertThat(isPicture(asked[0])).isTrue();
    assertThat(scene.model().requests().getLast().contents().toString())
        .contains("a house", "at night");
  }

  @Test
  void moderatorsSeeTheNewestPictureOfWhatIsContinued() {
    asks(ann, "a house");
    rule("word dragon");
    asks(ann, "with a dragon");

    assertThat(decision().file()).isPresent();
    press(bob, "deny");
  }

  @Test
  void wordsThatAreTooLongForTheCardAreSaidToBeCut() {
    rule("word dragon");
    MessageRef asked =
        scene.by(ann).toUs().with(Scene.photo(1)).says("a dragon " + "and one more ".repeat(200));
    scene.run();

    assertThat(decision().words().length()).isLessThanOrEqualTo(1024);
    assertThat(decision().words()).contains("These words have 2,608 characters, and not all");
    scene.run(Duration.ofDays(2));
    assertThat(answer(asked)).startsWith("Nobody decided");
  }

  @Test
  void aModeratorWhoRepliesToTheCardDeniesWithTheseWords() {
    rule("word dragon");
    MessageRef asked = asks(ann, "a dragon");
    MessageRef reply = scene.by(bob).toUs().replyingTo(decision()).says(" no *monsters* before 8 ");
    scene.settle();

    assertThat(answer(reply)).isEqualTo("Denied");
    assertThat(answer(asked))
        .startsWith("Those who run this chat decided against this one: “no *monsters* before 8”");
    assertThat(decision().words()).contains("Denied by bob");
    assertThat(decision().buttons()).isEmpty();
    assertThat(scene.spent()).isEqualTo(Cost.NONE);
    assertThat(scene.model().requests()).isEmpty();
    assertThat(commands(bob, scene.group, "audit", "").words()).contains("(denied @ann: a dragon)");
  }

  @Test
  void wordsOfOthersOnTheCardDenyNothing() {
    rule("word dragon");
    MessageRef asked = asks(ann, "a dragon");
    MessageRef reply = scene.by(ann).toUs().replyingTo(decision()).says("please, it is small");
    scene.settle();

    assertThat(answer(reply)).contains("decide by its buttons");
    press(bob, "approve");
    scene.settle();
    assertThat(isPicture(asked)).isTrue();
  }

  @Test
  void aReasonComesTooLateForWhatIsDecided() {
    rule("word dragon");
    MessageRef asked = asks(ann, "a dragon");
    FakePlatform.Post card = decision();
    press(bob, "approve");
    scene.settle();
    scene.platform.governs(carl.member());
    MessageRef reply = scene.by(carl).toUs().replyingTo(card).says("no");
    scene.settle();

    assertThat(answer(reply)).contains("bob has approved it already");
    assertThat(isPicture(asked)).isTrue();
  }

  @Test
  void aReasonMayBeALongOne() {
    rule("word dragon");
    MessageRef asked = asks(ann, "a dragon");
    scene.by(bob).toUs().replyingTo(decision()).says("x".repeat(3_000));
    scene.settle();

    assertThat(answer(asked)).contains("x".repeat(300) + "…").doesNotContain("x".repeat(301));
  }
}
