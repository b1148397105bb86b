package dev.plantain.chat;

import static dev.plantain.chat.Scene.photo;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.image.ImageRequest;
import dev.plantain.image.ImageResult;
import dev.plantain.image.ImageResult.Problem;
import dev.plantain.platform.MessageRef;
import dev.plantain.quota.AuditResult;
import dev.plantain.quota.Cost;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What may be asked for at once: the rules for one picture hold for each of many. */
class AdmitBatchTest {
  @TempDir Path folder;
  private Scene scene;

  @BeforeEach
  void begin() {
    scene = new Scene(folder);
    scene.platform.governs(scene.bob.member());
  }

  @AfterEach
  void end() {
    scene.batches.works(scene.model()::paint);
    passes();
    assertThat(scene.count("job where state <> 'ended'")).isZero();
    assertThat(scene.audit()).isInstanceOf(AuditResult.Agrees.class);
    scene.close();
  }

  private void passes() {
    for (int time = 0; time < 12; time++) {
      scene.run(Duration.ofSeconds(5));
    }
  }

  private MessageRef asks(Scene.Speech speech, String lines) {
    MessageRef asked = speech.commands("batch", lines);
    passes();
    return asked;
  }

  private MessageRef asks(String lines) {
    return asks(scene.by(scene.ann), lines);
  }

  private void rule(String name, String arguments) {
    scene.by(scene.bob).commands(name, arguments);
    passes();
  }

  private FakePlatform.Post picture(String words) {
    MessageRef asked = scene.by(scene.ann).toUs().says(words);
    passes();
    return scene.answerTo(asked);
  }

  private void isDeclined(MessageRef asked, String why) {
    assertThat(scene.answerTo(asked).words()).startsWith(why);
    assertThat(scene.answerTo(asked).forAskerAlone()).isTrue();
    assertThat(scene.count("batch")).isZero();
  }

  private Map<String, ImageRequest> sent() {
    return scene.batches.parcels().getLast();
  }

  @Test
  void forbiddenWordsAreLookedForInEachLineAsAModelWouldBeGivenIt() {
    rule("deny", "word big cat");

    isDeclined(asks("a fox\na big --ar 1:1 cat"), "Your words hold something");
    asks("a fox that is big\ncat and mouse");
    assertThat(sent()).hasSize(2);
  }

  @Test
  void nothingContinuesFromAHiddenResult() {
    FakePlatform.Post hidden = picture("a fox");
    scene.by(scene.bob).replyingTo(hidden).commands("hide", "");
    passes();

    isDeclined(
        asks(scene.by(scene.ann).replyingTo(hidden), "at night\nin winter"),
        "That picture is hidden");
  }

  @Test
  void nothingContinuesFromWhatIsNotMadeYet() {
    Instant later = scene.clock.instant().plus(Duration.ofMinutes(3));
    scene.model().plays(_ -> new ImageResult.Waits(later, Problem.RATE_LIMITED));
    FakePlatform.Post waiting = picture("a fox");

    isDeclined(
        asks(scene.by(scene.ann).replyingTo(waiting), "at night\nin winter"),
        "That picture is still being made");
    scene.run(Duration.ofMinutes(2));
    assertThat(scene.count("card where state = 'delivered'")).isEqualTo(1);
  }

  @Test
  void morePicturesThanAModelTakesAreNotTaken() {
    Scene.Speech speech = scene.by(scene.ann);
    for (int seed = 0; seed < 4; seed++) {
      speech.with(photo(seed));
    }
    isDeclined(asks(speech, "night\nwinter"), "You sent 4 pictures, but Nano takes at most 3");
  }

  @Test
  void asManyAsAreAllowedAreTaken() {
    asks("a\nb\nc --count 2\nd --count 2");
    assertThat(sent()).hasSize(6);
  }

  @Test
  void aBatchCountsForWhoFloods() {
    rule("antispam", "floods 1/10m 30m");
    asks("a fox\na hare");
    assertThat(sent()).hasSize(2);

    assertThat(scene.answerTo(asks("an owl")).words()).startsWith("That was too much");
    assertThat(scene.count("batch")).isEqualTo(1);
  }

  @Test
  void whatMembersMustHaveApprovedModeratorsAskForAtOnce() {
    rule("approve", "size 4K");

    isDeclined(asks("a fox --size 4K"), "Moderators look at such requests");
    asks(scene.by(scene.bob), "a fox --size 4K\na hare");
    assertThat(sent()).hasSize(2);
  }

  @Test
  void aLineThatIsTooLongIsNotTaken() {
    isDeclined(asks("a fox\n" + "x".repeat(Scene.MAX_WORDS + 1)), "That is 4,001 characters");
  }

  @Test
  void aStyleThatChangesPicturesNeedsOne() {
    String lines = "a hat --style add\na scarf --style add";
    assertThat(scene.answerTo(asks(lines)).words()).contains("picture");
    assertThat(scene.count("batch")).isZero();

    asks(scene.by(scene.ann).with(photo(1)), lines);
    assertThat(sent()).hasSize(2);
  }

  @Test
  void aBatchThatRepliesToNothingBeginsAnew() {
    picture("a fox");
    asks("a hare\nan owl");
    assertThat(sent().values()).allMatch(request -> request.contents().size() == 1);
  }

  @Test
  void picturesThatWerePutAsideGoWithAllOfItAndWithNothingElse() {
    MessageRef theirs = scene.by(scene.bob).with(photo(1)).unheard();
    scene.by(scene.ann).replyingTo(theirs).commands("reference", "");
    passes();
    asks("night\nwinter");
    assertThat(sent().values()).allMatch(request -> ConversationTest.images(request) == 1);

    asks("rain\nsnow");
    assertThat(sent().values()).allMatch(request -> ConversationTest.images(request) == 0);
  }

  @Test
  void whereNotAllCanBeHadAtHalfPriceEachIsMadeByItself() {
    MessageRef asked = asks("a fox\na hare --model small");

    assertThat(scene.batches.parcels()).isEqualTo(List.of());
    assertThat(scene.answersTo(asked)).hasSize(3);
    assertThat(scene.spent()).isEqualTo(new Cost(2, 2 * Scene.PRICE));
  }
}
