package dev.plantain.chat;

import static dev.plantain.chat.Scene.photo;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.conversation.Part;
import dev.plantain.image.ImageResult;
import dev.plantain.image.ImageResult.Cause;
import dev.plantain.image.ImageResult.Problem;
import dev.plantain.image.Usage;
import dev.plantain.media.NoRoom;
import dev.plantain.media.Pictures;
import dev.plantain.platform.Attachment;
import dev.plantain.platform.Capabilities;
import dev.plantain.platform.Card;
import dev.plantain.platform.MessageRef;
import dev.plantain.platform.PlatformException.Reason;
import dev.plantain.platform.PlatformException.Rejected;
import dev.plantain.platform.Sender;
import dev.plantain.storage.StorageException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** How requests end that bring no picture, and what their members are told. */
class OutcomesTest {
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

  private MessageRef ask(byte[] photo) {
    return scene.by(scene.ann).toUs().with(photo).says("make it night");
  }

  private String answer(MessageRef asked) {
    scene.settle();
    return scene.answerTo(asked).words();
  }

  @Test
  void filesThatAreNoPicturesAreRefusedInWords() {
    byte[] text = "this is no picture".getBytes(StandardCharsets.UTF_8);
    byte[] whole = photo(1);
    byte[] truncated = java.util.Arrays.copyOf(whole, whole.length / 2);

    assertThat(answer(ask(text))).startsWith("That file is not a picture");
    assertThat(answer(ask(new byte[0]))).startsWith("That picture is empty");
    assertThat(answer(ask(truncated))).startsWith("That picture is damaged");
    assertThat(answer(ask(Pictures.png(1200, 900, 1))))
        .startsWith("That picture has 1,200 × 900 pixels; I take up to 1 megapixels");
    assertThat(scene.model().requests()).isEmpty();
  }

  @Test
  void whatIsSaidToBeTooLargeIsNotFetched() {
    Attachment small = scene.platform.file(photo(1));
    Attachment large = new Attachment(small.ref(), small.mediaType(), Optional.of(20_000_001L));
    MessageRef asked = scene.by(scene.ann).toUs().with(large).says("make it night");

    assertThat(answer(asked)).startsWith("That picture is larger than 20 MB");
    assertThat(scene.platform.calls()).doesNotContain("fetch");
  }

  @Test
  void whatTurnsOutToBeTooLargeIsToldSo() {
    Attachment unknown =
        new Attachment(
            scene.platform.file(new byte[20_000_001]).ref(), Optional.empty(), Optional.empty());
    MessageRef asked = scene.by(scene.ann).toUs().with(unknown).says("make it night");

    assertThat(answer(asked)).startsWith("That picture is larger than 20 MB");
  }

  @Test
  void aVideoIsNoPicture() {
    Attachment film =
        new Attachment(
            scene.platform.file(photo(1)).ref(), Optional.of("video/mp4"), Optional.empty());
    MessageRef asked = scene.by(scene.ann).toUs().with(film).says("make it night");

    assertThat(answer(asked)).startsWith("That file is not a picture");
  }

  @Test
  void aPhotoThatIsGoneIsToldSo() {
    Attachment lost = scene.platform.file(photo(1));
    scene.platform.loses(lost);
    MessageRef asked = scene.by(scene.ann).toUs().with(lost).says("make it night");

    assertThat(answer(asked)).startsWith("That picture is no longer there");
  }

  @Test
  void aPhotoThatCannotBeFetchedIsTriedSeveralTimes() {
    for (int i = 0; i < 6; i++) {
      scene.platform.fails("fetch", false, FakePlatform.noAnswer());
    }
    MessageRef asked = ask(photo(1));

    assertThat(answer(asked)).startsWith("I could not fetch your picture");
    scene.press(scene.ann, scene.group, scene.answerTo(asked), "again");
    scene.settle();
    assertThat(scene.lastPost(scene.group).file()).isPresent();
  }

  @Test
  void tooManyPicturesAreRefusedNamingWhatTheModelTakes() {
    Scene.Speech speech = scene.by(scene.ann).toUs();
    for (int i = 0; i < 4; i++) {
      speech.with(photo(i));
    }

    assertThat(answer(speech.says("mix them")))
        .startsWith("You sent 4 pictures, but Nano takes at most 3");
  }

  @Test
  void tooManyCharactersAreRefusedNamingTheLimit() {
    MessageRef asked = scene.by(scene.ann).toUs().says("x".repeat(Scene.MAX_WORDS + 1));

    assertThat(answer(asked)).startsWith("That is 4,001 characters, and I can take 4,000");
  }

  @ParameterizedTest
  @EnumSource(Cause.class)
  void everyRefusalIsToldInItsWordsAndNotAskedAgain(Cause cause) {
    scene.model().answers(new ImageResult.Refused(cause, Optional.of("because"), Usage.NONE));
    MessageRef asked = ask(photo(1));
    String words = answer(asked);

    String expected =
        Scene.MESSAGES.text(Outcomes.of(cause).words(), dev.plantain.text.Language.ENGLISH);
    assertThat(words).isEqualTo(expected).contains("Nothing was charged");
    assertThat(scene.model().requests()).hasSize(1);
    scene.by(scene.ann).toUs().says("then make it winter");
    scene.settle();
    assertThat(ConversationTest.words(scene.model().requests().getLast()))
        .containsExactly("then make it winter");
  }

  @ParameterizedTest
  @EnumSource(Problem.class)
  void everyFailureIsToldInItsWordsAndOnlyAPassingOneIsTriedFiveTimes(Problem problem) {
    ImageResult.Failed failed = new ImageResult.Failed(problem, Optional.empty(), "detail");
    for (int i = 0; i < 10; i++) {
      scene.model().answers(failed);
    }
    MessageRef asked = ask(photo(1));
    String words = answer(asked);

    assertThat(words)
        .isEqualTo(
            Scene.MESSAGES.text(Outcomes.of(problem).words(), dev.plantain.text.Language.ENGLISH))
        .contains("Nothing was charged");
    assertThat(scene.model().requests()).hasSize(problem.passing() ? 5 : 1);
    assertThat(scene.answerTo(asked).buttons()).isNotEmpty();
  }

  @Test
  void aPassingProblemIsTriedAgainExactlyWhenTheProviderSays() {
    scene
        .model()
        .answers(
            new ImageResult.Failed(
                Problem.RATE_LIMITED, Optional.of(Duration.ofSeconds(37)), "slow down"));
    MessageRef asked = ask(photo(1));
    scene.run();
    scene.run(Duration.ofMillis(36_999));
    assertThat(scene.model().requests()).hasSize(1);
    scene.run(Duration.ofMillis(1));

    assertThat(scene.model().requests()).hasSize(2);
    assertThat(scene.answerTo(asked).file()).isPresent();
  }

  @Test
  void aSuccessorIsToldOnce() {
    for (int i = 0; i < 2; i++) {
      scene
          .model()
          .plays(request ->
              new ImageResult.Made(List.of(scene.model().picture(5)), "small", Usage.NONE));
    }
    String first = answer(ask(photo(1)));
    String second = answer(ask(photo(1)));

    assertThat(first).contains("Nano is no longer available; Small made this").contains("Small");
    assertThat(second).doesNotContain("no longer available").startsWith("Small");
  }

  @Test
  void wordsThatAreTooManyForOneMessageGoOnInFurtherOnes() {
    String long1 = "word ".repeat(1500).strip();
    scene.platform.capabilities(new Capabilities(4096, 1024, 20_000_000, Duration.ofSeconds(3)));
    scene
        .model()
        .plays(
            request -> scene.model().made(request, Part.Text.of(long1), scene.model().picture(1)));
    MessageRef asked = ask(photo(1));
    scene.settle();

    FakePlatform.Post card = scene.answerTo(asked);
    List<FakePlatform.Post> pages = scene.answersTo(card.message());
    assertThat(card.words().length()).isLessThanOrEqualTo(1024);
    assertThat(pages).allMatch(page -> page.words().length() <= 4096).isNotEmpty();
    String whole =
        card.words().substring(0, card.words().lastIndexOf("\nNano"))
            + " "
            + pages.stream().map(FakePlatform.Post::words).collect(Collectors.joining(" "));
    assertThat(whole).isEqualTo(long1);
  }

  @Test
  void aCardThatSomebodyRemovedIsPostedAnew() {
    scene
        .model()
        .plays(request -> {
          scene.platform.removes(scene.lastPost(scene.group).message());
          return scene.model().paint(request);
        });
    MessageRef asked = ask(photo(1));
    scene.settle();

    assertThat(scene.answerTo(asked).file()).isPresent();
    assertThat(scene.posts(scene.group)).hasSize(1);
  }

  @Test
  void aChatThatIsClosedEndsTheJobQuietly() {
    scene
        .model()
        .plays(request -> {
          scene.platform.close(scene.group.chat());
          return scene.model().paint(request);
        });
    ask(photo(1));
    scene.settle();

    assertThat(scene.count("job where state <> 'ended'")).isZero();
    assertThat(scene.count("card where state in ('accepted', 'rendering')")).isZero();
    assertThat(scene.platform.posts()).hasSize(1);
  }

  @Test
  void aChatThatIsClosedFromTheStartCostsNothing() {
    scene.platform.close(scene.group.chat());
    ask(photo(1));
    scene.settle();

    assertThat(scene.count("job where state <> 'ended'")).isZero();
    assertThat(scene.count("card where state in ('accepted', 'rendering')")).isZero();
    assertThat(scene.model().requests()).isEmpty();
  }

  @Test
  void aResultThatThePlatformDoesNotTakeIsToldInWords() {
    scene.platform.fails("edit", false, new Rejected(Reason.INVALID, "PHOTO_INVALID"));
    MessageRef asked = ask(photo(1));

    assertThat(answer(asked)).startsWith("Something broke on my side");
  }

  @Test
  void aMediaFolderWithoutRoomStopsTheProgramAndTheNextOneGoesOn() {
    List<StorageException> told = new ArrayList<>();
    scene.database().onFatal(told::add);
    scene
        .model()
        .plays(request -> {
          throw new UncheckedIOException(NoRoom.exception());
        });
    MessageRef asked = ask(photo(1));
    scene.run();
    assertThat(told).hasSize(1);
    assertThat(told.getFirst()).hasMessageContaining("Free disk space");
    assertThat(scene.count("job where state = 'running'")).isOne();
    scene.restart(new Scene.Immortal());
    scene.settle();

    assertThat(scene.answerTo(asked).file()).isPresent();
  }

  @Test
  void aFaultOfOursIsTriedOnceMoreAndToldInWords() {
    for (int i = 0; i < 2; i++) {
      scene
          .model()
          .plays(request -> {
            throw new IllegalStateException("a mistake");
          });
    }
    MessageRef asked = ask(photo(1));

    assertThat(answer(asked)).startsWith("Something broke on my side");
    assertThat(scene.model().requests()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({"da, Hvad skal jeg male", "zh-Hans, 画", "tlh, What shall I paint", "en_GB, What"})
  void everyoneIsAnsweredInTheirLanguage(String language, String words) {
    Sender member = Scene.person("carl", Optional.of(language));
    MessageRef asked = scene.by(member).commands("imagine", "");

    assertThat(answer(asked)).contains(words);
  }

  @Test
  void whoHasNoLanguageIsAnsweredInThatOfTheChat() {
    scene.by(Scene.person("carl", Optional.of("da"))).commands("imagine", "");
    MessageRef asked = scene.by(Scene.person("dora", Optional.empty())).commands("imagine", "");

    assertThat(answer(asked)).contains("Hvad skal jeg male");
  }

  @Test
  void hostileNamesAndWordsArriveAsTheyAreAndBreakNothing() {
    String hostile = "<b>*_`[x](y)</b> \u202e\u0000\u200b @everyone 🌙";
    Sender member = Scene.person(hostile, Optional.of("en"));
    scene.platform.governs(member.member());
    scene
        .model()
        .plays(request -> {
          scene.press(member, scene.group, scene.lastPost(scene.group), "cancel");
          scene.run();
          return scene.model().paint(request);
        });
    MessageRef asked = scene.by(scene.ann).toUs().says(hostile);
    assertThat(answer(asked)).startsWith("Cancelled by " + hostile);
    assertThat(ConversationTest.words(scene.model().requests().getFirst()))
        .containsExactly(hostile);
  }

  @Test
  void theDescriptionOfAPictureNeverCutsACharacterInTwo() {
    MessageRef asked = scene.by(scene.ann).toUs().says("🌙".repeat(400));
    scene.settle();

    Card card = scene.answerTo(asked).card();
    String description = card.picture().orElseThrow().description();
    assertThat(description).endsWith("🌙…").hasSizeLessThanOrEqualTo(300);
  }
}
