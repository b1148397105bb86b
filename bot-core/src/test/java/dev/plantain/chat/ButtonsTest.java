package dev.plantain.chat;

import static dev.plantain.chat.Scene.photo;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.conversation.Part;
import dev.plantain.image.ImageRequest;
import dev.plantain.image.ImageResult;
import dev.plantain.platform.InteractionRef;
import dev.plantain.platform.MessageRef;
import dev.plantain.platform.PlatformException.Reason;
import dev.plantain.platform.PlatformException.Rejected;
import dev.plantain.platform.Sender;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the buttons of a card do, whoever presses them and whenever. */
class ButtonsTest {
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

  /** Presses while the model is at work. */
  private FakePlatform.Post pressedWhileRendering(Sender presser, String action) {
    scene
        .model()
        .plays(request -> {
          pressed = scene.press(presser, scene.group, scene.lastPost(scene.group), action);
          scene.run();
          return scene.model().paint(request);
        });
    MessageRef asked = ask();
    scene.settle();
    return scene.answerTo(asked);
  }

  private InteractionRef pressed = new InteractionRef(FakePlatform.ID, "none");

  private MessageRef ask() {
    return scene.by(scene.ann).toUs().with(photo(1)).says("make it night");
  }

  private FakePlatform.Post result() {
    MessageRef asked = ask();
    scene.run();
    return scene.answerTo(asked);
  }

  private String told() {
    return scene.platform.answerTo(pressed).orElse("");
  }

  @Test
  void whoAskedCanCancelWhileThePictureIsMade() {
    FakePlatform.Post card = pressedWhileRendering(scene.ann, "cancel");

    assertThat(card.words()).startsWith("Cancelled. Nothing was charged to you.");
    assertThat(card.file()).isEmpty();
    assertThat(told()).isEqualTo("Cancelled");
    assertThat(scene.count("turn where author = 'model'")).isZero();
  }

  @Test
  void aModeratorCanCancelForOthersAndIsNamed() {
    scene.platform.governs(scene.bob.member());
    FakePlatform.Post card = pressedWhileRendering(scene.bob, "cancel");

    assertThat(card.words()).startsWith("Cancelled by bob.");
  }

  @Test
  void aStrangerCannotCancel() {
    FakePlatform.Post card = pressedWhileRendering(scene.bob, "cancel");

    assertThat(card.file()).isPresent();
    assertThat(told()).startsWith("Only the one who asked, or a moderator");
  }

  @Test
  void whatWaitsForAnEarlierPictureCanBeCancelledAndTheEarlierOneComes() {
    scene
        .model()
        .plays(request -> {
          MessageRef second = scene.by(scene.bob).toUs().says("now add stars");
          scene.run();
          pressed = scene.press(scene.bob, scene.group, scene.answerTo(second), "cancel");
          scene.run();
          assertThat(scene.answerTo(second).words()).startsWith("Cancelled");
          return scene.model().paint(request);
        });
    MessageRef first = ask();
    scene.settle();

    assertThat(scene.answerTo(first).file()).isPresent();
    assertThat(scene.model().requests()).hasSize(1);
  }

  @Test
  void whatIsCancelledIsNotAskedOfTheModelAgainButItsPhotoStays() {
    pressedWhileRendering(scene.ann, "cancel");
    scene.by(scene.ann).toUs().says("make it winter");
    scene.settle();

    ImageRequest next = scene.model().requests().getLast();
    assertThat(ConversationTest.words(next)).containsExactly("make it winter");
    assertThat(ConversationTest.images(next)).isEqualTo(1);
  }

  @Test
  void cancellingWhatIsDoneIsTooLate() {
    FakePlatform.Post card = result();
    String number = card.button("again").substring("again:".length());
    pressed = scene.press(scene.ann, scene.group, card.message(), "cancel:" + number);
    scene.settle();

    assertThat(told()).startsWith("Too late");
    assertThat(scene.platform.posts()).containsExactly(card);
  }

  @Test
  void aCancelThatCannotBeAnsweredIsStillDone() {
    scene.platform.fails("answer", false, new Rejected(Reason.INVALID, "query is too old"));
    FakePlatform.Post card = pressedWhileRendering(scene.ann, "cancel");

    assertThat(card.words()).startsWith("Cancelled");
  }

  @Test
  void whatWasCancelledCanBeTriedAgain() {
    FakePlatform.Post card = pressedWhileRendering(scene.ann, "cancel");
    scene.press(scene.ann, scene.group, card, "again");
    scene.settle();

    assertThat(ConversationTest.words(scene.model().requests().getLast()))
        .containsExactly("make it night");
    assertThat(scene.lastPost(scene.group).file()).isPresent();
  }

  @Test
  void againMakesTheSameOnceMoreOnACardOfItsOwn() {
    FakePlatform.Post card = result();
    pressed = scene.press(scene.bob, scene.group, card, "again");
    scene.settle();

    assertThat(told()).startsWith("One more is on its way");
    assertThat(scene.posts(scene.group)).hasSize(2);
    assertThat(scene.lastPost(scene.group).file()).isPresent();
    assertThat(scene.model().requests().get(1).contents())
        .isEqualTo(scene.model().requests().get(0).contents());
  }

  @Test
  void againIsRefusedWhileThePictureIsMade() {
    scene
        .model()
        .plays(request -> {
          FakePlatform.Post card = scene.lastPost(scene.group);
          String number = card.button("cancel").substring("cancel:".length());
          pressed = scene.press(scene.ann, scene.group, card.message(), "again:" + number);
          scene.run();
          return scene.model().paint(request);
        });
    ask();
    scene.settle();

    assertThat(told()).startsWith("This one is still being made");
    assertThat(scene.posts(scene.group)).hasSize(1);
  }

  @Test
  void whoeverWantsAnOriginalThatIsTooLargeHereIsToldSo() {
    FakePlatform.Post card = result();
    scene.platform.fails("post", false, new Rejected(Reason.TOO_LARGE, "too large"));
    InteractionRef press = scene.press(scene.bob, scene.group, card, "original");
    scene.settle();

    assertThat(scene.platform.answerTo(press).orElseThrow())
        .contains("more than a file may have here");
    assertThat(scene.posts(scene.group)).hasSize(1);
  }

  @Test
  void theOriginalComesAsAFileWithTheBytesOfTheModel() {
    FakePlatform.Post card = result();
    scene.press(scene.bob, scene.group, card, "original");
    scene.settle();

    FakePlatform.Post original = scene.answerTo(card.message());
    assertThat(original.file()).hasValue(scene.bytesOf(scene.model().picture(1)));
    assertThat(original.card().picture().orElseThrow().untouched()).isTrue();
    scene.by(scene.bob).toUs().replyingTo(original).says("now add stars");
    scene.settle();
    assertThat(ConversationTest.words(scene.model().requests().get(1)))
        .containsExactly("make it night", "now add stars");
  }

  @Test
  void severalPicturesAreOneOnTheCardAndTheOthersAPressAway() {
    scene
        .model()
        .plays(request ->
            scene
                .model()
                .made(
                    request,
                    scene.model().picture(11),
                    Part.Text.of("two tries"),
                    scene.model().picture(12),
                    scene.model().picture(13)));
    FakePlatform.Post card = result();
    assertThat(card.file()).hasValue(scene.bytesOf(scene.model().picture(13)));
    assertThat(card.words()).startsWith("two tries");
    scene.press(scene.ann, scene.group, card, "more");
    scene.settle();

    assertThat(scene.answersTo(card.message()))
        .extracting(post -> post.file().orElseThrow())
        .containsExactly(
            scene.bytesOf(scene.model().picture(11)), scene.bytesOf(scene.model().picture(12)));
  }

  @Test
  void changeOpensTheReplyFieldOfWhoAsked() {
    FakePlatform.Post card = result();
    scene.press(scene.ann, scene.group, card, "change");
    scene.settle();

    FakePlatform.Post prompt = scene.lastPost(scene.group);
    assertThat(prompt.asksForReply()).isTrue();
    scene.by(scene.ann).toUs().replyingTo(prompt).says("now add stars");
    scene.settle();
    assertThat(ConversationTest.words(scene.model().requests().get(1)))
        .containsExactly("make it night", "now add stars");
  }

  @Test
  void changeTellsOthersThatTheyCanReply() {
    FakePlatform.Post card = result();
    pressed = scene.press(scene.bob, scene.group, card, "change");
    scene.settle();

    assertThat(told()).startsWith("Reply to this picture");
    assertThat(scene.posts(scene.group)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":",
        "again",
        "again:",
        "again:-1",
        "again:99999999999999999999999999",
        "again:999999999999999999",
        "cancel:1 or 1=1",
        "dance:1",
        "set:",
        "set:aspect",
        "set:aspect:member",
        "set:imagine:member:x",
        "set:new:member:",
        "set:nothing:chat:1",
        "\u202e\u0000"
      })
  void whatWasForgedOrIsOutdatedIsToldSo(String data) {
    FakePlatform.Post card = result();
    pressed = scene.press(scene.bob, scene.group, card.message(), data);
    scene.settle();

    assertThat(told()).startsWith("This button does not work any more");
    assertThat(scene.platform.posts()).containsExactly(card);
    assertThat(scene.model().requests()).hasSize(1);
    assertThat(scene.count("setting")).isZero();
  }

  @Test
  void aCardOfAnotherChatCannotBePressed() {
    FakePlatform.Post card = result();
    for (String action : List.of("again", "original", "change")) {
      pressed = scene.press(scene.bob, scene.annsRoom, card.message(), card.button(action));
      scene.settle();
      assertThat(told()).startsWith("This button does not work any more");
    }
    assertThat(scene.platform.posts()).containsExactly(card);
  }

  @Test
  void wordsOnlyHaveNoButtonsForPictures() {
    scene
        .model()
        .answers(
            new ImageResult.Spoke(
                List.of(Part.Text.of("I can only say this.")),
                "nano",
                dev.plantain.image.Usage.NONE));
    FakePlatform.Post card = result();

    assertThat(card.words()).startsWith("I can only say this.");
    assertThat(card.buttons()).hasSize(1).first().asString().startsWith("again:");
  }

  @Test
  void wordsChangedBeforeThePictureIsMadeCount() {
    scene.platform.fails("fetch", false, FakePlatform.noAnswer());
    MessageRef asked = ask();
    scene.edits(scene.ann, scene.group, asked, "make it winter");
    scene.settle();

    assertThat(ConversationTest.words(scene.model().requests().getFirst()))
        .containsExactly("make it winter");
  }

  @Test
  void wordsChangedOnceThePictureIsMadeComeTooLate() {
    MessageRef asked = ask();
    scene.run();
    scene.edits(scene.ann, scene.group, asked, "make it winter");
    scene.settle();

    assertThat(scene.model().requests()).hasSize(1);
    scene.by(scene.ann).toUs().says("now add stars");
    scene.settle();
    assertThat(ConversationTest.words(scene.model().requests().getLast()))
        .containsExactly("make it night", "now add stars");
  }
}
