package dev.plantain.chat;

import static dev.plantain.chat.Scene.photo;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.conversation.Author;
import dev.plantain.conversation.Content;
import dev.plantain.conversation.Part;
import dev.plantain.image.ImageRequest;
import dev.plantain.platform.ChatRef;
import dev.plantain.platform.IncomingEvent;
import dev.plantain.platform.MessageRef;
import dev.plantain.platform.Place;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When the bot listens, where a turn hangs and what the model is given. */
class ConversationTest {
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

  @Test
  void aPhotoWithWordsInADirectMessageIsAnsweredByThePictureOfTheModel() {
    MessageRef asked = scene.by(scene.ann).in(scene.annsRoom).with(photo(1)).says("make it night");
    scene.run();

    FakePlatform.Post card = scene.answerTo(asked);
    assertThat(card.file()).hasValue(scene.bytesOf(scene.model().picture(1)));
    assertThat(card.words()).startsWith("Nano");
    assertThat(authors(request(0))).containsExactly(Author.MEMBER);
    assertThat(words(request(0))).containsExactly("make it night");
    assertThat(images(request(0))).isEqualTo(1);
    assertThat(request(0).ratio()).hasToString("Optional[4:3]");
  }

  @Test
  void aPhotoInAGroupThatMentionsUsIsAnswered() {
    MessageRef asked = scene.by(scene.ann).toUs().with(photo(1)).says("make it night");
    scene.run();

    assertThat(scene.answerTo(asked).file()).isPresent();
  }

  @Test
  void aMessageThatIsNotMeantForUsLeavesNoTrace() {
    scene.by(scene.ann).with(photo(1)).says("look at my cat");
    scene.by(scene.bob).commands("forecast", "tomorrow");
    scene.edits(scene.ann, scene.group, scene.by(scene.ann).unheard(), "look at my dog");
    scene.settle();

    assertNoTrace();
    assertThat(scene.platform.calls()).isEmpty();
  }

  @Test
  void anAlbumThatIsNotMeantForUsLeavesNoTrace() {
    scene.by(scene.ann).ofAlbum("a1").with(photo(1)).says("");
    scene.by(scene.ann).ofAlbum("a1").with(photo(2)).says("my cats");
    scene.settle();

    assertNoTrace();
  }

  private void assertNoTrace() {
    for (String table :
        List.of(
            "job",
            "job_share",
            "album_piece",
            "chat",
            "member",
            "turn",
            "turn_message",
            "part",
            "attachment",
            "card",
            "posting",
            "unreadable_event")) {
      assertThat(scene.count(table)).as(table).isZero();
    }
  }

  @Test
  void aReplyToAStrangersPhotoTakesThatPhoto() {
    MessageRef theirs = scene.by(scene.bob).with(photo(7)).unheard();
    MessageRef asked = scene.by(scene.ann).toUs().replyingTo(theirs).says("make it night");
    scene.run();

    assertThat(scene.answerTo(asked).file()).isPresent();
    assertThat(images(request(0))).isEqualTo(1);
  }

  @Test
  void aReplyToACardContinuesItsBranchWithTheSignatureAsItCame() {
    MessageRef first = scene.by(scene.ann).toUs().with(photo(1)).says("make it night");
    scene.run();
    scene.by(scene.bob).toUs().replyingTo(scene.answerTo(first)).says("now add stars");
    scene.run();

    ImageRequest second = request(1);
    assertThat(authors(second)).containsExactly(Author.MEMBER, Author.MODEL, Author.MEMBER);
    assertThat(words(second)).containsExactly("make it night", "now add stars");
    assertThat(second.contents().get(1).parts()).containsExactly(scene.model().picture(1));
  }

  @Test
  void twoMembersTakeOnePictureInTwoDirections() {
    MessageRef first = scene.by(scene.ann).toUs().with(photo(1)).says("make it night");
    scene.run();
    FakePlatform.Post card = scene.answerTo(first);
    scene.by(scene.ann).toUs().replyingTo(card).says("now add stars");
    scene.by(scene.bob).toUs().replyingTo(card).says("now add rain");
    scene.run();

    assertThat(words(request(1))).containsExactly("make it night", "now add stars");
    assertThat(words(request(2))).containsExactly("make it night", "now add rain");
  }

  @Test
  void aReplyToTheOriginalPhotoGoesFromThePhotoAndDoesNotRepeatWhatWasDone() {
    MessageRef first = scene.by(scene.ann).toUs().with(photo(1)).says("make it night");
    scene.run();
    scene.by(scene.bob).toUs().replyingTo(first).says("make it winter");
    scene.run();

    assertThat(authors(request(1))).containsExactly(Author.MEMBER);
    assertThat(words(request(1))).containsExactly("make it winter");
    assertThat(images(request(1))).isEqualTo(1);
  }

  @Test
  void wordsAloneContinueFromTheHead() {
    scene.by(scene.ann).toUs().with(photo(1)).says("make it night");
    scene.run();
    scene.by(scene.bob).toUs().says("now add stars");
    scene.run();

    assertThat(words(request(1))).containsExactly("make it night", "now add stars");
  }

  @Test
  void photosWithoutAReplyBeginAConversationOfTheirOwn() {
    scene.by(scene.ann).toUs().with(photo(1)).says("make it night");
    scene.run();
    scene.by(scene.ann).toUs().with(photo(2)).says("make it winter");
    scene.run();

    assertThat(words(request(1))).containsExactly("make it winter");
  }

  @Test
  void newDropsTheHead() {
    scene.by(scene.ann).toUs().with(photo(1)).says("make it night");
    MessageRef command = scene.by(scene.ann).commands("new", "");
    scene.run();
    scene.by(scene.ann).toUs().says("a lighthouse");
    scene.run();

    assertThat(scene.answerTo(command).words()).startsWith("Fine, we start over");
    assertThat(words(request(1))).containsExactly("a lighthouse");
  }

  @Test
  void aPauseLongerThanTheIdleTimeDropsTheHead() {
    scene.by(scene.ann).toUs().says("a lighthouse");
    scene.run();
    scene.clock.advance(Scene.IDLE);
    scene.by(scene.ann).toUs().says("at dawn");
    scene.run();
    scene.clock.advance(Scene.IDLE.plusMillis(1));
    scene.by(scene.ann).toUs().says("a dog");
    scene.run();

    assertThat(words(request(1))).containsExactly("a lighthouse", "at dawn");
    assertThat(words(request(2))).containsExactly("a dog");
  }

  @Test
  void chatsDoNotHearOfEachOther() {
    scene.by(scene.ann).in(scene.annsRoom).with(photo(1)).says("make it night");
    scene.run();
    scene.by(scene.ann).toUs().says("a lighthouse");
    scene.run();

    assertThat(words(request(1))).containsExactly("a lighthouse");
  }

  @Test
  void wordsSentWhileThePictureIsMadeContinueFromIt() {
    scene
        .model()
        .plays(request -> {
          scene.by(scene.bob).toUs().says("now add stars");
          scene.run();
          return scene.model().paint(request);
        });
    scene.by(scene.ann).toUs().with(photo(1)).says("make it night");
    scene.run();

    assertThat(scene.model().requests()).hasSize(2);
    assertThat(authors(request(1))).containsExactly(Author.MEMBER, Author.MODEL, Author.MEMBER);
    assertThat(words(request(1))).containsExactly("make it night", "now add stars");
  }

  @Test
  void jobsOfOneBranchRunInTheOrderInWhichTheyWereAskedFor() {
    scene.by(scene.ann).toUs().with(photo(1)).says("one");
    scene.by(scene.bob).toUs().says("two");
    scene.by(scene.ann).toUs().says("three");
    scene.run();

    assertThat(scene.model().requests())
        .extracting(ConversationTest::words)
        .containsExactly(List.of("one"), List.of("one", "two"), List.of("one", "two", "three"));
    assertThat(authors(request(2)))
        .containsExactly(Author.MEMBER, Author.MODEL, Author.MEMBER, Author.MODEL, Author.MEMBER);
  }

  @Test
  void aPhotoWithoutWordsIsAskedAboutAndTheNextWordsUseIt() {
    MessageRef first = scene.by(scene.ann).in(scene.annsRoom).with(photo(1)).says("");
    scene.run();
    assertThat(scene.answerTo(first).words()).startsWith("Got the picture. What should change?");
    assertThat(scene.model().requests()).isEmpty();

    scene.by(scene.ann).in(scene.annsRoom).says("make it night");
    scene.run();

    assertThat(words(request(0))).containsExactly("make it night");
    assertThat(images(request(0))).isEqualTo(1);
  }

  @Test
  void imagineDoesNotCareWhatWasSaidBefore() {
    scene.by(scene.ann).toUs().with(photo(1)).says("make it night");
    scene.run();
    scene.by(scene.ann).commands("imagine", "a lighthouse");
    scene.run();

    assertThat(words(request(1))).containsExactly("a lighthouse");
    assertThat(images(request(1))).isZero();
  }

  @Test
  void bareImagineAsksWhatToPaint() {
    MessageRef asked = scene.by(scene.ann).commands("imagine", "");
    scene.run();

    assertThat(scene.answerTo(asked).words()).startsWith("What shall I paint?");
  }

  @Test
  void bareEditAsksWhatToDo() {
    MessageRef inGroup = scene.by(scene.ann).commands("edit", "");
    MessageRef direct = scene.by(scene.ann).in(scene.annsRoom).commands("edit", "");
    scene.run();

    assertThat(scene.answerTo(inGroup).words()).startsWith("What shall I do?");
    assertThat(scene.answerTo(direct).words()).startsWith("Send me a photo");
  }

  @Test
  void editTakesThePhotoRepliedTo() {
    MessageRef theirs = scene.by(scene.bob).with(photo(7)).unheard();
    scene.by(scene.ann).replyingTo(theirs).commands("edit", "make it night");
    scene.run();

    assertThat(images(request(0))).isEqualTo(1);
  }

  @Test
  void aCommandThatNobodyKnowsIsToldWhereItCanOnlyBeMeantForUs() {
    MessageRef direct = scene.by(scene.ann).in(scene.annsRoom).commands("dance", "");
    MessageRef named = scene.by(scene.ann).toUs().commands("dance", "");
    MessageRef other = scene.by(scene.ann).commands("dance", "");
    scene.run();

    assertThat(scene.answerTo(direct).words()).startsWith("I do not know /dance");
    assertThat(scene.answerTo(named).words()).startsWith("I do not know /dance");
    assertThat(scene.answersTo(other)).isEmpty();
  }

  @Test
  void onJoiningItSaysHowItIsAddressed() {
    scene.accept(
        new IncomingEvent.Joined("joined1", scene.group, scene.ann, "@plantain_bot", true));
    Place other = scene.annsRoom;
    scene.accept(new IncomingEvent.Joined("joined2", other, scene.ann, "@plantain_bot", false));
    scene.run();

    assertThat(scene.lastPost(scene.group).words()).contains("mention @plantain_bot");
    assertThat(scene.lastPost(other).words()).contains("Plain mentions do not reach me");
  }

  @Test
  void theSameEventTwiceIsAnsweredOnce() {
    IncomingEvent event = scene.by(scene.ann).toUs().message("a lighthouse");
    scene.accept(event);
    scene.accept(event);
    scene.run();
    scene.accept(event);
    scene.settle();

    assertThat(scene.model().requests()).hasSize(1);
    assertThat(scene.posts(scene.group)).hasSize(1);
  }

  @Test
  void anAlbumIsOneRequestWhicheverPieceCarriesTheWords() {
    for (int speaking = 0; speaking < 3; speaking++) {
      String album = "album" + speaking;
      MessageRef said = scene.by(scene.ann).unheard();
      for (int piece = 0; piece < 3; piece++) {
        Scene.Speech speech = scene.by(scene.ann).ofAlbum(album).with(photo(piece));
        if (piece == speaking) {
          said = speech.toUs().says("mix them");
        } else {
          speech.says("");
        }
      }
      scene.run();
      scene.run(Duration.ofSeconds(2));

      assertThat(words(request(speaking))).containsExactly("mix them");
      assertThat(images(request(speaking))).isEqualTo(3);
      assertThat(scene.answerTo(said).file()).isPresent();
    }
    List<Part> parts = request(0).contents().getFirst().parts();
    assertThat(parts.stream().filter(Part.Image.class::isInstance).distinct()).hasSize(3);
    assertThat(request(2).contents().getFirst().parts()).containsExactlyElementsOf(parts);
  }

  @Test
  void anAlbumIsWaitedForUntilNothingMoreHasComeForAWhile() {
    scene.by(scene.ann).toUs().ofAlbum("a").with(photo(1)).says("mix them");
    scene.run(Duration.ofMillis(1100));
    scene.by(scene.ann).ofAlbum("a").with(photo(2)).says("");
    scene.run(Duration.ofMillis(1100));
    assertThat(scene.model().requests()).isEmpty();
    scene.run(Duration.ofMillis(100));

    assertThat(images(request(0))).isEqualTo(2);
  }

  @Test
  void aPieceThatComesTooLateIsTakenByItself() {
    scene.by(scene.ann).in(scene.annsRoom).ofAlbum("a").with(photo(1)).says("make it night");
    scene.run(Duration.ofSeconds(2));
    scene.run();
    MessageRef late = scene.by(scene.ann).in(scene.annsRoom).ofAlbum("a").with(photo(2)).says("");
    scene.run(Duration.ofSeconds(2));

    assertThat(scene.model().requests()).hasSize(1);
    assertThat(scene.answerTo(late).words()).startsWith("Got the picture");
  }

  @Test
  void aPieceThatIsDeliveredAgainAfterItsAlbumWasTakenChangesNothing() {
    IncomingEvent piece =
        scene.by(scene.ann).in(scene.annsRoom).ofAlbum("a").with(photo(1)).message("night");
    scene.accept(piece);
    scene.run(Duration.ofSeconds(2));
    scene.run();
    scene.accept(piece);
    scene.run(Duration.ofSeconds(2));
    scene.settle();

    assertThat(scene.model().requests()).hasSize(1);
    assertThat(scene.posts(scene.annsRoom)).hasSize(1);
  }

  @Test
  void anAlbumWithACommandInItsCaptionIsACommand() {
    scene.by(scene.ann).ofAlbum("a").with(photo(1)).says("");
    scene.by(scene.ann).ofAlbum("a").with(photo(2)).commands("edit", "mix them");
    scene.run();
    scene.run(Duration.ofSeconds(2));

    assertThat(words(request(0))).containsExactly("mix them");
    assertThat(images(request(0))).isEqualTo(2);
  }

  @Test
  void aGroupThatBecameASupergroupGetsItsResultThereAndKeepsItsConversation() {
    Place moved = new Place(new ChatRef(FakePlatform.ID, "supergroup"), false);
    scene
        .model()
        .plays(request -> {
          IncomingEvent.Moved event =
              new IncomingEvent.Moved("moved", scene.group.chat(), moved.chat(), Optional.empty());
          scene.accept(event, event);
          scene.run();
          scene.platform.close(scene.group.chat());
          return scene.model().paint(request);
        });
    scene.by(scene.ann).toUs().with(photo(1)).says("make it night");
    scene.settle();
    assertThat(scene.lastPost(moved).file()).isPresent();
    scene.by(scene.ann).in(moved).toUs().says("now add stars");
    scene.settle();

    assertThat(words(request(1))).containsExactly("make it night", "now add stars");
    assertThat(scene.posts(moved)).hasSize(2);
  }

  private ImageRequest request(int index) {
    return scene.model().requests().get(index);
  }

  static List<Author> authors(ImageRequest request) {
    return request.contents().stream().map(Content::author).toList();
  }

  /** What the members said. */
  static List<String> words(ImageRequest request) {
    return request.contents().stream()
        .filter(content -> content.author() == Author.MEMBER)
        .flatMap(content -> content.parts().stream())
        .filter(Part.Text.class::isInstance)
        .map(part -> ((Part.Text) part).words())
        .toList();
  }

  static long images(ImageRequest request) {
    return request.contents().stream()
        .flatMap(content -> content.parts().stream())
        .filter(Part.Image.class::isInstance)
        .count();
  }
}
