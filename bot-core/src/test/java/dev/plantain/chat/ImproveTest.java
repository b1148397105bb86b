package dev.plantain.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.image.ImageResult.Problem;
import dev.plantain.image.ModelSpec;
import dev.plantain.image.gemini.GeminiWords;
import dev.plantain.image.gemini.LoopbackGemini;
import dev.plantain.image.gemini.ScriptedAnswer;
import dev.plantain.image.wire.Credential;
import dev.plantain.media.MediaStore;
import dev.plantain.platform.ChatRef;
import dev.plantain.platform.IncomingEvent;
import dev.plantain.platform.InteractionRef;
import dev.plantain.platform.MessageRef;
import dev.plantain.platform.PlatformException;
import dev.plantain.platform.PlatformException.Reason;
import dev.plantain.platform.Sender;
import dev.plantain.quota.AuditResult;
import dev.plantain.quota.Caps;
import dev.plantain.words.Precheck;
import dev.plantain.words.RoutedTextModel;
import dev.plantain.words.TextAnswer;
import dev.plantain.words.TextModel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Better words, which are shown before anything is made. */
class ImproveTest {
  private static final String BETTER = "A tall white lighthouse at dawn, in soft golden light.";

  @TempDir Path folder;
  private final FakeTextModel words = new FakeTextModel();
  private Scene scene;

  @BeforeEach
  void begin() {
    scene = open(Caps.NONE);
    words.says(BETTER);
  }

  private Scene open(Caps caps) {
    return new Scene(folder, new Scene.Immortal(), caps, words, Precheck.NONE);
  }

  @AfterEach
  void end() {
    assertThat(scene.audit()).isInstanceOf(AuditResult.Agrees.class);
    scene.close();
  }

  private FakePlatform.Post improved(Sender member, String given) {
    MessageRef asked = scene.by(member).commands("improve", given);
    scene.settle();
    return scene.answerTo(asked);
  }

  private InteractionRef presses(Sender member, FakePlatform.Post offer, String action) {
    InteractionRef press = scene.press(member, scene.group, offer, action);
    scene.settle();
    return press;
  }

  private FakePlatform.Post now(FakePlatform.Post post) {
    return scene.platform.posts().stream()
        .filter(each -> each.message().equals(post.message()))
        .findFirst()
        .orElseThrow();
  }

  private List<String> sent() {
    return ConversationTest.words(scene.model().requests().getLast());
  }

  private void assertNothingMade() {
    assertThat(scene.model().requests()).isEmpty();
    assertThat(scene.count("turn")).isZero();
    assertThat(scene.count("card")).isZero();
    assertThat(scene.count("ledger_entry")).isZero();
  }

  @Test
  void betterWordsAreShownAndNothingIsMadeOfThem() {
    FakePlatform.Post offer = improved(scene.ann, "a lighthouse");

    assertThat(offer.words()).contains("Nothing has been made or charged").contains(BETTER);
    assertThat(offer.buttons()).hasSize(3);
    assertThat(words.questions()).hasSize(1);
    assertThat(words.questions().getFirst().words()).isEqualTo("a lighthouse");
    assertThat(words.questions().getFirst().pictures()).isEmpty();
    assertNothingMade();
  }

  @Test
  void theBetterWordsThatWereShownAreExactlyWhatIsSent() {
    FakePlatform.Post offer = improved(scene.ann, "a lighthouse");

    presses(scene.ann, offer, "makeit");

    assertThat(sent()).containsExactly(BETTER);
    assertThat(scene.answersTo(offer.message()).getLast().file()).isPresent();
    assertThat(now(offer).buttons()).isEmpty();
    assertThat(now(offer).words()).contains("These words are used").contains(BETTER);
    assertThat(scene.spent().pictures()).isEqualTo(1);
  }

  @Test
  void theMembersOwnWordsAreSentExactlyWhereTheyPreferThem() {
    FakePlatform.Post offer = improved(scene.ann, "a  lighthouse , {please}");

    presses(scene.ann, offer, "mywords");

    assertThat(sent()).containsExactly("a  lighthouse , {please}");
  }

  @Test
  void whoCancelsGetsNothingAndPaysNothing() {
    FakePlatform.Post offer = improved(scene.ann, "a lighthouse");

    presses(scene.ann, offer, "dropit");

    assertThat(now(offer).buttons()).isEmpty();
    assertThat(now(offer).words()).startsWith("Fine, nothing is made");
    scene.press(scene.ann, scene.group, offer.message(), offer.button("makeit"));
    scene.settle();
    assertNothingMade();
    assertThat(scene.count("improvement where words <> '' or event <> ''")).isZero();
  }

  @Test
  void flagsStayWithTheMemberAndAreNeitherGivenAwayNorTaken() {
    words.says("A lighthouse --ar 1:1 at dawn --model small --count --count 4 3");
    FakePlatform.Post offer = improved(scene.ann, "a --size 2K lighthouse --ar 16:9");
    assertThat(words.questions().getFirst().words()).isEqualTo("a  lighthouse");
    assertThat(offer.words()).contains("A lighthouse at dawn").contains("--size 2K --ar 16:9");

    presses(scene.ann, offer, "makeit");

    assertThat(scene.model().requests()).hasSize(1);
    assertThat(scene.model().requests().getFirst().ratio()).hasToString("Optional[16:9]");
    assertThat(scene.model().requests().getFirst().size()).hasToString("Optional[2K]");
    assertThat(sent().getFirst()).isEqualTo("A lighthouse at dawn 4 3");
  }

  @Test
  void aNameOfAFlagAtTheEndOfAnAnswerTakesNoneOfTheMembers() {
    words.says("A lighthouse --style");
    FakePlatform.Post offer = improved(scene.ann, "a lighthouse --ar 16:9");

    presses(scene.ann, offer, "makeit");

    assertThat(scene.model().requests().getFirst().ratio()).hasToString("Optional[16:9]");
    assertThat(sent()).containsExactly("A lighthouse --style");
  }

  @Test
  void aStyleIsFilledWithTheBetterWords() {
    words.says("A happy ripe banana");
    presses(scene.ann, improved(scene.ann, "a banana --style sticker"), "makeit");
    assertThat(sent().getFirst()).contains("A happy ripe banana").contains("sticker");

    words.says("a mug on marble at dawn");
    FakePlatform.Post lost = improved(scene.ann, "mug | marble | dawn --style product");
    assertThat(lost.words()).startsWith("No better words came");
    assertThat(lost.buttons()).noneMatch(data -> data.startsWith("makeit"));
  }

  @Test
  void anAnswerThatIsTooLongIsCutToWhatARequestMayHave() {
    words.says("x".repeat(9_000));
    FakePlatform.Post offer = improved(scene.ann, "a lighthouse");
    presses(scene.ann, offer, "makeit");

    int room = scene.platform.capabilities().maxWords() - 500;
    assertThat(sent()).containsExactly("x".repeat(room));
  }

  @Test
  void aPhotoRepliedToIsChangedByTheChosenWords() {
    MessageRef theirs = scene.by(scene.bob).with(Scene.photo(7)).unheard();
    MessageRef asked = scene.by(scene.ann).replyingTo(theirs).commands("improve", "night");
    scene.settle();

    presses(scene.ann, scene.answerTo(asked), "makeit");

    assertThat(sent()).containsExactly(BETTER);
    assertThat(ConversationTest.images(scene.model().requests().getLast())).isEqualTo(1);
    assertThat(words.questions().getFirst().pictures()).isEmpty();
  }

  @Test
  void onlyWhoAskedChoosesAndOnlyOnce() {
    FakePlatform.Post offer = improved(scene.ann, "a lighthouse");

    InteractionRef bobs = presses(scene.bob, offer, "makeit");
    assertThat(scene.platform.answerTo(bobs).orElseThrow()).startsWith("Only the one who asked");
    assertNothingMade();

    scene.press(scene.ann, scene.group, offer, "makeit");
    scene.press(scene.ann, scene.group, offer, "makeit");
    scene.press(scene.ann, scene.group, offer, "mywords");
    scene.settle();
    assertThat(scene.model().requests()).hasSize(1);
  }

  @Test
  void aForgedButtonOfAnotherChatDoesNothing() {
    FakePlatform.Post offer = improved(scene.ann, "a lighthouse");

    scene.press(scene.ann, scene.annsRoom, offer.message(), offer.button("makeit"));
    scene.press(scene.ann, scene.group, offer.message(), "makeit:99x");
    scene.settle();

    assertNothingMade();
  }

  @Test
  void whatTheModelTakesIsTheOperatorsAndNobodyElsesCost() {
    improved(scene.ann, "a lighthouse");

    assertThat(scene.count("paid_call where lost = 1 and micro_dollars = " + FakeTextModel.PRICE))
        .isEqualTo(1);
    assertThat(scene.spent().microDollars()).isZero();
  }

  @Test
  void nothingIsAskedWhereTheOperatorsCapIsReached() {
    scene.close();
    scene = open(new Caps(Optional.empty(), Optional.of(Scene.PRICE / 2)));

    assertThat(improved(scene.ann, "a lighthouse").words())
        .contains("what its operator lets it spend");

    assertThat(words.questions()).isEmpty();
  }

  @Test
  void eachMemberHasSoManyInADayAndRoomComesBack() {
    for (int time = 0; time < Scene.IMPROVEMENTS_PER_DAY; time++) {
      improved(scene.ann, "a lighthouse " + time);
      scene.clock.advance(Duration.ofHours(1));
    }
    assertThat(improved(scene.ann, "one more").words())
        .contains("3 times in 24 hours")
        .contains("21 hours");
    assertThat(improved(scene.bob, "a lighthouse").words()).contains(BETTER);

    scene.clock.advance(Duration.ofHours(22));
    assertThat(improved(scene.ann, "one more").words()).contains(BETTER);
  }

  @Test
  void aPassingProblemIsTriedAgainAndTheThirdIsTold() {
    words.fails(Problem.OVERLOADED, Optional.of(Duration.ofSeconds(5)));
    words.fails(Problem.UNREACHABLE, Optional.empty());
    assertThat(improved(scene.ann, "a lighthouse").words()).contains(BETTER);
    assertThat(words.questions()).hasSize(3);

    for (int time = 0; time < 3; time++) {
      words.fails(Problem.OVERLOADED, Optional.empty());
    }
    FakePlatform.Post failed = improved(scene.ann, "a windmill");
    assertThat(failed.words()).startsWith("The model for words does not answer");
    assertThat(words.questions()).hasSize(6);

    presses(scene.ann, failed, "mywords");
    assertThat(sent()).containsExactly("a windmill");
  }

  @Test
  void waitingForRoomIsNoAttempt() {
    for (int time = 1; time <= 4; time++) {
      words.waits(scene.clock.instant().plusSeconds(30L * time));
    }
    assertThat(improved(scene.ann, "a lighthouse").words()).contains(BETTER);
    assertThat(words.questions()).hasSize(5);

    words.waits(scene.clock.instant().plus(Duration.ofMinutes(2)));
    assertThat(improved(scene.ann, "a windmill").words()).startsWith("The model for words");
    assertThat(words.questions()).hasSize(6);
  }

  @Test
  void wordsThatNobodyChoseAreForgottenAfterAWeekAndTheirButtonsSaySo() {
    FakePlatform.Post offer = improved(scene.ann, "a lighthouse");
    scene.run(Duration.ofDays(7).minusSeconds(1));
    assertThat(scene.count("improvement")).isEqualTo(1);
    scene.run(Duration.ofSeconds(1));

    assertThat(scene.count("improvement")).isZero();
    assertThat(scene.count("job where state <> 'ended'")).isZero();
    InteractionRef press = presses(scene.ann, offer, "makeit");
    assertThat(scene.platform.answerTo(press).orElseThrow())
        .startsWith("This button does not work any more");
    assertNothingMade();
  }

  @Test
  void aPressOfWhichNothingCameLeavesTheChoiceOpen() {
    FakePlatform.Post offer = improved(scene.ann, "a lighthouse");
    scene.platform.governs(scene.bob.member());
    scene.by(scene.bob).commands("deny", "word golden");
    scene.settle();
    scene.platform.fails(
        "moderator", false, new PlatformException.Rejected(Reason.INVALID, "not now"));
    presses(scene.ann, offer, "makeit");
    assertNothingMade();

    presses(scene.ann, offer, "mywords");
    assertThat(sent()).containsExactly("a lighthouse");
  }

  @Test
  void whatDoesNotPassIsToldAtOnceAndDoesNotCount() {
    for (int time = 0; time <= Scene.IMPROVEMENTS_PER_DAY; time++) {
      words.fails(Problem.KEY_REJECTED, Optional.empty());
      assertThat(improved(scene.ann, "a lighthouse").words()).startsWith("The model for words");
    }
    words.plays(_ -> new TextAnswer.Refused(List.of()));
    assertThat(improved(scene.ann, "a lighthouse").words()).startsWith("No better words came");
    assertThat(improved(scene.ann, "a lighthouse").words()).contains(BETTER);
    assertNothingMade();
  }

  @Test
  void whatTheModelRefusesCountsAsItMayBePaid() {
    for (int time = 0; time < Scene.IMPROVEMENTS_PER_DAY; time++) {
      words.plays(_ -> new TextAnswer.Refused(List.of(FakeTextModel.paid())));
      improved(scene.ann, "a lighthouse");
    }
    assertThat(improved(scene.ann, "a lighthouse").words()).contains("in 24 hours");
  }

  @Test
  void anAnswerThatIsTheSameOrEmptyIsNoImprovement() {
    words.says("  “a lighthouse” ");
    assertThat(improved(scene.ann, "a lighthouse").words()).startsWith("No better words came");
    words.says("--ar 1:1");
    assertThat(improved(scene.ann, "a lighthouse").words()).startsWith("No better words came");
  }

  @Test
  void aRefusedRequestLeavesTheChoiceOpen() {
    scene.platform.governs(scene.bob.member());
    FakePlatform.Post offer = improved(scene.ann, "a lighthouse");
    scene.by(scene.bob).commands("deny", "word golden");
    scene.settle();

    presses(scene.ann, offer, "makeit");
    assertThat(scene.answersTo(offer.message()).getLast().words())
        .startsWith("Your words hold something");
    assertThat(now(offer).buttons()).hasSize(3);

    presses(scene.ann, offer, "mywords");
    assertThat(sent()).containsExactly("a lighthouse");
  }

  @Test
  void forbiddenWordsAndWhoIsShutOutAreNotGivenToTheModel() {
    scene.platform.governs(scene.bob.member());
    scene.by(scene.bob).commands("deny", "word lighthouse");
    scene.settle();
    assertThat(improved(scene.ann, "a lighthouse").words()).startsWith("Your words hold something");

    scene.by(scene.bob).naming(scene.ann).commands("ban", "@ann");
    scene.settle();
    improved(scene.ann, "a windmill");
    assertThat(words.questions()).isEmpty();
  }

  @Test
  void anotherAnswerIsNotAskedForByAProcessThatComesAfter() {
    FakePlatform.Post offer = improved(scene.ann, "a lighthouse");
    scene.restart(new Scene.Immortal());

    presses(scene.ann, offer, "makeit");

    assertThat(words.questions()).hasSize(1);
    assertThat(sent()).containsExactly(BETTER);
  }

  @Test
  void aCancelledWishIsNotOfferedAnyMore() {
    words.plays(_ -> {
      FakePlatform.Post waiting = scene.lastPost(scene.group);
      assertThat(waiting.words()).startsWith("I look for better words");
      scene.press(scene.ann, scene.group, waiting, "dropit");
      scene.plantain().runner().runDue();
      return FakeTextModel.said(BETTER);
    });
    MessageRef asked = scene.by(scene.ann).commands("improve", "a lighthouse");
    scene.settle();

    assertThat(scene.answerTo(asked).words()).startsWith("Fine, nothing is made");
    assertThat(scene.count("improvement where state = 'dropped' and words = ''")).isEqualTo(1);
    assertNothingMade();
  }

  @Test
  void aloneItSaysWhatToWrite() {
    assertThat(improved(scene.ann, "--ar 16:9").words()).contains("/improve a lighthouse at dawn");
    assertThat(words.questions()).isEmpty();
  }

  @Test
  void helpListsItWhereThereIsAModelAndNowhereElse() {
    assertThat(help(scene)).contains("/improve");
    try (Scene without = new Scene(folder.resolve("without"))) {
      assertThat(help(without)).doesNotContain("/improve");
      MessageRef asked =
          without.by(without.ann).in(without.annsRoom).commands("improve", "a lighthouse");
      without.settle();
      assertThat(without.answerTo(asked).words()).startsWith("I do not know /improve");
    }
  }

  private static String help(Scene scene) {
    MessageRef asked = scene.by(scene.ann).commands("help", "");
    scene.settle();
    return scene.answerTo(asked).words();
  }

  @Test
  void eachIsToldInTheirLanguage() {
    assertThat(improved(Scene.person("dane", Optional.of("da")), "et fyrtårn").words())
        .startsWith("Måske er disse ord bedre");
    assertThat(improved(Scene.person("li", Optional.of("zh")), "灯塔").words())
        .startsWith("这样描述也许更好");
  }

  @Test
  void aChatThatMovesForgetsWhatWasOffered() {
    FakePlatform.Post offer = improved(scene.ann, "a lighthouse");
    scene.accept(
        new IncomingEvent.Moved(
            "move",
            scene.group.chat(),
            new ChatRef(FakePlatform.ID, "elsewhere"),
            Optional.empty()));
    scene.settle();

    scene.press(scene.ann, scene.group, offer.message(), offer.button("makeit"));
    scene.settle();
    assertNothingMade();
  }

  @Test
  void aModelBehindAWireIsAskedAndItsWordsAreShown() throws Exception {
    scene.close();
    ModelSpec writer = ModelSpec.ofWords("a-writer", Duration.ofSeconds(20), Optional.empty());
    try (LoopbackGemini gemini = new LoopbackGemini()) {
      gemini.hasWriter(writer.id());
      gemini.answer(ScriptedAnswer.words(BETTER));
      GeminiWords wire =
          new GeminiWords(
              gemini.endpoint(),
              new Credential.Key(
                  gemini.endpoint().authentication(), gemini.endpoint().keys().getFirst()),
              new MediaStore(folder.resolve("wire")));
      TextModel model = new RoutedTextModel(wire, writer);
      scene =
          new Scene(folder.resolve("wired"), new Scene.Immortal(), Caps.NONE, model, Precheck.NONE);

      assertThat(improved(scene.ann, "a lighthouse --ar 1:1").words())
          .contains(BETTER + " --ar 1:1");
      assertThat(gemini.asked().getFirst().words()).isEqualTo("a lighthouse");
    }
  }
}
