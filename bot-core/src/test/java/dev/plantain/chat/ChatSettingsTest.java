package dev.plantain.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.image.Safety;
import dev.plantain.platform.Attachment;
import dev.plantain.platform.AttachmentRef;
import dev.plantain.platform.ChatRef;
import dev.plantain.platform.CommunityRef;
import dev.plantain.platform.InteractionRef;
import dev.plantain.platform.MessageRef;
import dev.plantain.platform.Place;
import dev.plantain.platform.Sender;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What moderators decide for their chats and communities. */
class ChatSettingsTest {
  @TempDir Path folder;
  private Scene scene;

  @BeforeEach
  void begin() {
    scene = new Scene(folder);
    scene.platform.governs(scene.bob.member());
  }

  @AfterEach
  void end() {
    scene.close();
  }

  private FakePlatform.Post commands(Sender member, String name, String arguments) {
    return commands(member, scene.group, name, arguments);
  }

  private FakePlatform.Post commands(Sender member, Place place, String name, String arguments) {
    MessageRef asked = scene.by(member).in(place).commands(name, arguments);
    scene.settle();
    return scene.answerTo(asked);
  }

  private FakePlatform.Post picture() {
    MessageRef asked = scene.by(scene.ann).toUs().says("a lighthouse");
    scene.settle();
    return scene.answerTo(asked);
  }

  @Test
  void theProviderIsToldHowStrictlyToJudgeInAChat() {
    picture();
    assertThat(scene.model().requests().getLast().safety()).isEqualTo(Safety.USUAL);
    assertThat(scene.model().requests().getLast().guidance()).isEqualTo(Scene.GUIDANCE);
    assertThat(commands(scene.ann, "safety", "relaxed").words()).startsWith("Only those who run");

    commands(scene.bob, "safety", "strict everywhere");
    picture();

    assertThat(scene.model().requests().getLast().safety()).isEqualTo(Safety.STRICT);
  }

  @Test
  void aPhotoWithWordsIsHeardWithoutAMentionOnceModeratorsWantItSo() {
    scene.by(scene.ann).with(Scene.photo(1)).says("make it night");
    scene.settle();
    assertThat(scene.posts(scene.group)).isEmpty();
    assertThat(scene.count("job")).isZero();

    commands(scene.bob, "listen", "on");
    MessageRef asked = scene.by(scene.ann).with(Scene.photo(1)).says("make it night");
    scene.settle();

    assertThat(scene.answerTo(asked).file()).isPresent();
  }

  @Test
  void listeningHearsNeitherWordsAloneNorPhotosAloneNorOtherFiles() {
    commands(scene.bob, "listen", "on");
    long before = scene.count("job");
    Attachment song =
        new Attachment(
            new AttachmentRef(FakePlatform.ID, "song"), Optional.of("audio/mp3"), Optional.empty());

    scene.by(scene.ann).says("what a day");
    scene.by(scene.ann).with(Scene.photo(1)).says("");
    scene.by(scene.ann).with(song).says("listen to this");
    scene.settle();

    assertThat(scene.count("job")).isEqualTo(before);
  }

  @Test
  void anAlbumIsHeardByTheWordsOfAnyOfItsPieces() {
    commands(scene.bob, "listen", "on");

    scene.by(scene.ann).ofAlbum("a").with(Scene.photo(1)).says("");
    MessageRef asked = scene.by(scene.ann).ofAlbum("a").with(Scene.photo(2)).says("mix them");
    scene.run(Duration.ofSeconds(2));
    scene.settle();

    assertThat(scene.answerTo(asked).file()).isPresent();
  }

  @Test
  void whoeverLetsUsListenWhereWeAreDeafIsToldHowToMendThat() {
    assertThat(commands(scene.bob, "listen", "on").words()).doesNotContain("do not reach me");
    scene.platform.hearsOnlyWhatIsAddressed();

    assertThat(commands(scene.bob, "listen", "on").words()).contains("do not reach me");
    assertThat(commands(scene.bob, "listen", "off").words()).doesNotContain("do not reach me");
  }

  @Test
  void picturesAreCoveredWhereTheChatWantsItAndTheirOriginalsToo() {
    assertThat(picture().card().picture().orElseThrow().spoiler()).isFalse();
    commands(scene.bob, "spoiler", "on");

    FakePlatform.Post covered = picture();
    scene.press(scene.ann, scene.group, covered, "original");
    scene.settle();

    assertThat(covered.card().picture().orElseThrow().spoiler()).isTrue();
    assertThat(scene.lastPost(scene.group).card().picture().orElseThrow().spoiler()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"again", "original", "change"})
  void buttonsCanBeLeftToWhoeverAskedAndToModerators(String button) {
    commands(scene.bob, "buttons", "asker");
    Sender carl = Scene.person("carl");
    FakePlatform.Post picture = picture();
    int posts = scene.posts(scene.group).size();

    InteractionRef stranger = scene.press(carl, scene.group, picture, button);
    scene.settle();
    assertThat(scene.platform.answerTo(stranger).orElseThrow())
        .startsWith("Here only the one who asked");
    assertThat(scene.posts(scene.group)).hasSize(posts);
    InteractionRef asker = scene.press(scene.ann, scene.group, picture, button);
    scene.settle();
    assertThat(scene.platform.answerTo(asker).orElseThrow()).doesNotStartWith("Here only");
    InteractionRef moderator = scene.press(scene.bob, scene.group, picture, button);
    scene.settle();
    assertThat(scene.platform.answerTo(moderator).orElseThrow()).doesNotStartWith("Here only");
  }

  @Test
  void everybodyCanReplyWhereverButtonsAreLeftToTheAsker() {
    commands(scene.bob, "buttons", "asker");
    FakePlatform.Post picture = picture();

    MessageRef reply = scene.by(Scene.person("carl")).toUs().replyingTo(picture).says("add stars");
    scene.settle();

    assertThat(scene.answerTo(reply).file()).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"listen on", "spoiler on", "buttons asker", "spoiler on me", "listen "})
  void onlyModeratorsDecide(String written) {
    String[] words = written.split(" ", 2);

    assertThat(commands(scene.ann, words[0], words[1]).words())
        .startsWith("Only those who run this chat can change that.");
    assertThat(scene.count("setting")).isZero();
  }

  @Test
  void whatCannotBeChosenIsAnsweredWithWhatCan() {
    assertThat(commands(scene.bob, "buttons", "nobody").words())
        .isEqualTo("I do not know the choice nobody here. Choose one of everyone, asker.");
  }

  @Test
  void aBareCommandOffersTheChoicesAndAPressChooses() {
    FakePlatform.Post menu = commands(scene.bob, "spoiler", "");
    assertThat(menu.buttons()).containsExactly("set:spoiler:chat:off", "set:spoiler:chat:on");

    scene.press(scene.bob, scene.group, menu.message(), "set:spoiler:chat:on");
    scene.settle();

    assertThat(picture().card().picture().orElseThrow().spoiler()).isTrue();
    assertThat(scene.platform.posts().getFirst().words()).contains("see them: On.");
  }

  @Test
  void whatHoldsEverywhereHoldsInEveryChatThatHasNotDecidedForItself() {
    CommunityRef server = new CommunityRef(FakePlatform.ID, "server");
    Place one = new Place(new ChatRef(FakePlatform.ID, "one"), server, false);
    Place two = new Place(new ChatRef(FakePlatform.ID, "two"), server, false);
    commands(scene.bob, two, "spoiler", "off");
    commands(scene.bob, one, "spoiler", "on everywhere");

    assertThat(spoiler(one)).isTrue();
    assertThat(spoiler(two)).isFalse();
    assertThat(spoiler(scene.group)).isFalse();
  }

  private boolean spoiler(Place place) {
    MessageRef asked = scene.by(scene.ann).in(place).toUs().says("a lighthouse");
    scene.settle();
    return scene.answerTo(asked).card().picture().orElseThrow().spoiler();
  }
}
