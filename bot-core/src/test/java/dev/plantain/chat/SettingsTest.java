package dev.plantain.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.image.ImageRequest;
import dev.plantain.media.Pictures;
import dev.plantain.platform.InteractionRef;
import dev.plantain.platform.MessageRef;
import dev.plantain.platform.Place;
import dev.plantain.platform.Sender;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What pictures look like: flags, then the member's settings, then the chat's. */
class SettingsTest {
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

  private ImageRequest asks(Sender member, String words) {
    MessageRef asked = scene.by(member).toUs().says(words);
    scene.settle();
    assertThat(scene.answerTo(asked).file()).isPresent();
    return scene.model().requests().getLast();
  }

  private FakePlatform.Post commands(Sender member, String name, String arguments) {
    MessageRef asked = scene.by(member).commands(name, arguments);
    scene.settle();
    return scene.answerTo(asked);
  }

  private static String look(ImageRequest request) {
    return request.model().id()
        + " "
        + request.ratio().map(Object::toString).orElse("-")
        + " "
        + request.size().map(Object::toString).orElse("-");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a lighthouse --ar 16:9 --size 2K",
        "--ar 16x9 a lighthouse --size=2k",
        "a lighthouse —ar 16:9 –size 2K",
        "--aspect 16/9 --resolution 2K a lighthouse",
        "a --AR 16：9 --Size 2K lighthouse"
      })
  void flagsHoldForOneRequestAndAreNotGivenToTheModel(String written) {
    ImageRequest flagged = asks(scene.ann, written);
    ImageRequest plain = asks(scene.ann, "at dawn");

    assertThat(look(flagged)).isEqualTo("nano 16:9 2K");
    assertThat(ConversationTest.words(flagged).getFirst().replaceAll("\\s+", " "))
        .isEqualTo("a lighthouse");
    assertThat(plain.size()).isEmpty();
  }

  @Test
  void theModelCanBeNamedByAFlag() {
    assertThat(look(asks(scene.ann, "a lighthouse --model small"))).isEqualTo("small - -");
  }

  @Test
  void wordsThatOnlyLookLikeFlagsStay() {
    ImageRequest request = asks(scene.ann, "a --argument and 3--ar 16:9 --sizes 2K");

    assertThat(ConversationTest.words(request))
        .containsExactly("a --argument and 3--ar 16:9 --sizes 2K");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--ar 5:1      | Nano cannot make pictures of the shape 5:1. Choose one of 1:1, 16:9, 9:16, 4:3.",
        "--ar wide     | Nano cannot make pictures of the shape wide.",
        "--size 8K     | Nano cannot make pictures of the size 8K. Choose one of 1K, 2K, 4K.",
        "--model dall-e | There is no model dall-e here. You can choose Nano, Small, Square.",
        "--model small --ar 16:9 | Small chooses the shape itself.",
        "--model small --size 2K | Small has only one size."
      })
  void whatTheModelCannotDoIsRefusedSayingWhatItCan(String flags, String refusal) {
    MessageRef asked = scene.by(scene.ann).toUs().says("a lighthouse " + flags);
    scene.settle();

    assertThat(scene.answerTo(asked).words()).startsWith(refusal);
    assertThat(scene.model().requests()).isEmpty();
    assertThat(scene.count("turn")).isZero();
  }

  @Test
  void whatSomebodyWroteIsRepeatedInPartOnly() {
    MessageRef asked = scene.by(scene.ann).toUs().says("a dog --ar " + "🌙".repeat(1500));
    scene.settle();

    assertThat(scene.answerTo(asked).words())
        .startsWith("Nano cannot make pictures of the shape " + "🌙".repeat(40) + "….");
  }

  @Test
  void aMembersSettingsHoldForTheirNextPicturesInEveryChat() {
    FakePlatform.Post said = commands(scene.ann, "aspect", "16:9");
    commands(scene.ann, "resolution", "4k");

    assertThat(said.words()).startsWith("Shape of the next pictures: 16:9.");
    assertThat(look(asks(scene.ann, "a dog"))).isEqualTo("nano 16:9 4K");
    assertThat(look(asks(scene.bob, "/x a dog"))).startsWith("nano").endsWith("-");
    scene.by(scene.ann).in(scene.annsRoom).says("a dog");
    scene.settle();
    assertThat(look(scene.model().requests().getLast())).isEqualTo("nano 16:9 4K");
  }

  @Test
  void theMembersSettingGoesBeforeTheChatsAndAFlagBeforeBoth() {
    scene.platform.governs(scene.bob.member());
    commands(scene.bob, "resolution", "2K chat");
    assertThat(look(asks(scene.ann, "a dog"))).endsWith("2K");
    commands(scene.ann, "resolution", "4K");
    assertThat(look(asks(scene.ann, "a dog"))).endsWith("4K");
    assertThat(look(asks(scene.ann, "a dog --size 1K"))).endsWith("1K");
    commands(scene.ann, "resolution", "auto");
    assertThat(look(asks(scene.ann, "a dog"))).endsWith("2K");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2K chat", "chat", "2K everyone", "auto ALL"})
  void onlyModeratorsSetWhatHoldsForTheChat(String arguments) {
    FakePlatform.Post said = commands(scene.ann, "resolution", arguments);

    assertThat(said.words()).startsWith("Only those who run this chat");
    assertThat(scene.count("setting")).isZero();
  }

  @Test
  void aSettingThatTheModelDoesNotHaveIsRefused() {
    assertThat(commands(scene.ann, "aspect", "5:1").words())
        .startsWith("Nano cannot make pictures of the shape 5:1. Choose one of");
    assertThat(commands(scene.ann, "model", "dall-e").words())
        .startsWith("There is no model dall-e");
    assertThat(scene.count("setting")).isZero();
  }

  @Test
  void settingsOfAnotherModelMeanTheNearestThatThisOneHas() {
    commands(scene.ann, "aspect", "16:9");
    commands(scene.ann, "resolution", "4K");
    commands(scene.ann, "model", "Square");

    assertThat(look(asks(scene.ann, "a dog"))).isEqualTo(Scene.SQUARE.id() + " 1:1 1K");
  }

  @Test
  void aBareCommandOffersWhatTheModelCanDo() {
    FakePlatform.Post menu = commands(scene.ann, "aspect", "");

    assertThat(menu.words()).startsWith("Shape of the next pictures: Automatic.");
    assertThat(menu.buttons())
        .containsExactly(
            "set:aspect:member:1:1",
            "set:aspect:member:16:9",
            "set:aspect:member:9:16",
            "set:aspect:member:4:3",
            "set:aspect:member:auto");
  }

  @Test
  void aPressInAMenuSetsAndShowsTheChoice() {
    FakePlatform.Post menu = commands(scene.ann, "aspect", "");
    InteractionRef press =
        scene.press(scene.ann, scene.group, menu.message(), "set:aspect:member:16:9");
    scene.settle();

    assertThat(scene.platform.answerTo(press)).contains("Your next pictures: 16:9");
    assertThat(scene.lastPost(scene.group).words()).startsWith("Shape of the next pictures: 16:9.");
    assertThat(look(asks(scene.ann, "a dog"))).isEqualTo("nano 16:9 -");
  }

  @Test
  void moderatorsSwitchTheMenuToTheChat() {
    scene.platform.governs(scene.ann.member());
    FakePlatform.Post menu = commands(scene.ann, "resolution", "");
    scene.press(scene.ann, scene.group, menu.message(), "set:resolution:chat:");
    scene.settle();
    FakePlatform.Post ofChat = scene.lastPost(scene.group);
    assertThat(ofChat.message()).isEqualTo(menu.message());
    assertThat(ofChat.words()).contains("for everyone in this chat");
    scene.press(scene.ann, scene.group, ofChat.message(), ofChat.buttons().get(1));
    scene.settle();

    assertThat(scene.count("setting where scope = 'chat'")).isOne();
  }

  @ParameterizedTest
  @ValueSource(strings = {"set:resolution:chat:2K", "set:resolution:member:2K chat"})
  void aForgedPressSetsNothingForTheChat(String data) {
    FakePlatform.Post menu = commands(scene.ann, "resolution", "");
    InteractionRef press = scene.press(scene.ann, scene.group, menu.message(), data);
    scene.settle();

    assertThat(scene.platform.answerTo(press).orElseThrow()).startsWith("Only those who run");
    assertThat(scene.count("setting")).isZero();
  }

  @Test
  void aModelWhoseIdIsTooLongForAButtonCanBeChosenByIt() {
    FakePlatform.Post menu = commands(scene.ann, "model", "");
    assertThat(menu.buttons()).hasSize(4);
    scene.press(scene.ann, scene.group, menu.message(), menu.buttons().get(2));
    scene.settle();

    assertThat(scene.lastPost(scene.group).words())
        .startsWith("Model of the next pictures: Square");
    assertThat(asks(scene.ann, "a dog").model()).isEqualTo(Scene.SQUARE);
  }

  @Test
  void helpListsTheCommands() {
    assertThat(commands(scene.ann, "help", "").words())
        .contains(
            "/imagine – ", "/edit – ", "/new – ", "/aspect – ", "/resolution – ", "/model – ");
    Place room = scene.annsRoom;
    MessageRef start = scene.by(scene.ann).in(room).commands("start", "");
    scene.settle();
    assertThat(scene.answerTo(start).words()).startsWith("Send me a photo");
  }

  @Test
  void aChangeOfAPictureKeepsItsShapeUnlessToldOtherwise() {
    MessageRef asked = scene.by(scene.ann).toUs().with(Pictures.png(30, 50, 1)).says("night");
    scene.settle();
    assertThat(scene.answerTo(asked).file()).isPresent();

    assertThat(look(scene.model().requests().getFirst())).isEqualTo("nano 9:16 -");
  }
}
