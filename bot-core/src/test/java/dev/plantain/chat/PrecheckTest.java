package dev.plantain.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plantain.image.ImageResult;
import dev.plantain.image.ImageResult.Problem;
import dev.plantain.platform.MessageRef;
import dev.plantain.quota.AuditResult;
import dev.plantain.quota.Caps;
import dev.plantain.words.Precheck;
import dev.plantain.words.Precheck.Doubt;
import dev.plantain.words.Precheck.Sight;
import dev.plantain.words.TextAnswer;
import dev.plantain.words.TextModel.Question;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/** What a text model looks at before anything is made. */
class PrecheckTest {
  private static final String ALLOWED = "{\"allowed\": true, \"reason\": \"\"}";
  private static final String FORBIDDEN = "{\"allowed\": false, \"reason\": \"Not that.\"}";
  private static final String REFUSAL = "A look at your request beforehand";

  @TempDir Path folder;
  private final FakeTextModel words = new FakeTextModel();
  private Optional<Scene> open = Optional.empty();
  private int scenes;

  private Scene scene(Sight sight, Doubt doubt) {
    Precheck precheck = new Precheck(sight, doubt, "No lighthouses.");
    Scene scene =
        new Scene(folder.resolve("" + ++scenes), new Scene.Immortal(), Caps.NONE, words, precheck);
    open = Optional.of(scene);
    return scene;
  }

  private Scene scene() {
    return scene(Sight.WORDS, Doubt.ALLOW);
  }

  @AfterEach
  void end() {
    open.ifPresent(scene -> {
      assertThat(scene.audit()).isInstanceOf(AuditResult.Agrees.class);
      assertThat(scene.count("reservation")).isZero();
      scene.close();
    });
  }

  private static FakePlatform.Post asks(Scene scene, String request) {
    MessageRef asked = scene.by(scene.ann).toUs().says(request);
    scene.settle();
    return scene.answerTo(asked);
  }

  @Test
  void byItselfNothingIsLookedAt() {
    Scene scene = scene(Sight.NOTHING, Doubt.REFUSE);

    assertThat(asks(scene, "a lighthouse").file()).isPresent();

    assertThat(words.questions()).isEmpty();
    assertThat(scene.count("paid_call where model = 'scribe'")).isZero();
  }

  @Test
  void whatIsAllowedIsMadeAndTheLookIsTheOperatorsCost() {
    Scene scene = scene();
    words.says(ALLOWED);

    assertThat(asks(scene, "a banana").file()).isPresent();

    Question question = words.questions().getFirst();
    assertThat(question.words()).isEqualTo("a banana");
    assertThat(question.instruction()).contains("No lighthouses.");
    assertThat(scene.count("paid_call where lost = 1 and model = 'scribe'")).isEqualTo(1);
    assertThat(scene.spent().microDollars()).isEqualTo(Scene.PRICE);
  }

  @Test
  void whatIsForbiddenIsToldAndNeitherMadeNorCharged() {
    Scene scene = scene();
    words.says(FORBIDDEN);

    FakePlatform.Post answer = asks(scene, "a lighthouse");

    assertThat(answer.words()).startsWith(REFUSAL).doesNotContain("Not that.");
    assertThat(scene.model().requests()).isEmpty();
    assertThat(scene.spent().microDollars()).isZero();
  }

  @Test
  void whatWasForbiddenIsNoPartOfTheConversation() {
    Scene scene = scene();
    words.plays(_ -> FakeTextModel.said(FORBIDDEN));
    words.says(ALLOWED);
    asks(scene, "a lighthouse");

    asks(scene, "a banana");

    assertThat(ConversationTest.words(scene.model().requests().getLast()))
        .containsExactly("a banana");
  }

  @Test
  void picturesAreShownOnlyWhereTheOperatorWantsIt() {
    Scene blind = scene();
    words.says(ALLOWED);
    blind.by(blind.ann).toUs().with(Scene.photo(1)).says("make it night");
    blind.settle();
    assertThat(words.questions().getFirst().pictures()).isEmpty();
    blind.close();

    Scene seeing = scene(Sight.WORDS_AND_PICTURES, Doubt.ALLOW);
    seeing.by(seeing.ann).toUs().with(Scene.photo(1)).says("make it night");
    seeing.settle();
    assertThat(words.questions().getLast().pictures()).hasSize(1);
    assertThat(seeing.model().requests()).hasSize(1);
  }

  @Test
  void whatIsNoJudgementIsAllowedOrRefusedAsTheOperatorSays() {
    Scene kind = scene();
    words.says("Sure! {\"allowed\": false}");
    assertThat(asks(kind, "a banana").file()).isPresent();
    kind.close();

    Scene strict = scene(Sight.WORDS, Doubt.REFUSE);
    assertThat(asks(strict, "another banana").words()).startsWith(REFUSAL);
  }

  @Test
  void anOutageIsWaitedOutThreeTimesAndThenInDoubt() {
    Scene scene = scene(Sight.WORDS, Doubt.REFUSE);
    words.says(ALLOWED);
    words.fails(Problem.OVERLOADED, Optional.of(Duration.ofSeconds(9)));
    words.fails(Problem.UNREACHABLE, Optional.empty());
    assertThat(asks(scene, "a banana").file()).isPresent();

    for (int time = 0; time < 3; time++) {
      words.fails(Problem.OVERLOADED, Optional.empty());
    }
    assertThat(asks(scene, "a windmill").words()).startsWith(REFUSAL);
    assertThat(words.questions()).hasSize(6);
  }

  @Test
  void aLookForWhichThereIsNoRoomIsNoAttemptAndTheCardSaysHowLongItTakes() {
    Scene scene = scene(Sight.WORDS, Doubt.REFUSE);
    words.says(ALLOWED);
    for (int time = 1; time <= 5; time++) {
      words.waits(scene.clock.instant().plusSeconds(40L * time));
    }
    MessageRef asked = scene.by(scene.ann).toUs().says("a banana");
    scene.run();
    assertThat(scene.progress()).contains("no room right now. I ask again in 40 seconds");

    scene.settle();
    assertThat(scene.answerTo(asked).file()).isPresent();
    assertThat(words.questions()).hasSize(6);
    assertThat(scene.count("paid_call where model = 'scribe'")).isEqualTo(1);
  }

  @Test
  void roomThatDoesNotComeInTimeIsADoubt() {
    Scene scene = scene(Sight.WORDS, Doubt.REFUSE);
    Instant begin = scene.clock.instant();
    for (int time = 1; time <= 40; time++) {
      words.waits(begin.plusSeconds(50L * time));
    }
    MessageRef asked = scene.by(scene.ann).toUs().says("a banana");
    scene.settle();
    for (int time = 0; time < 60; time++) {
      scene.run(Duration.ofSeconds(10));
    }

    assertThat(scene.answerTo(asked).words()).startsWith(REFUSAL);
    assertThat(words.questions()).hasSize((int) (Scene.PATIENCE.toSeconds() / 50) + 1);
  }

  @Test
  void aLookThatIsCutOffIsOwedAllTheSame() {
    Scene scene = scene();
    words.plays(_ -> {
      scene.press(scene.ann, scene.group, scene.lastPost(scene.group), "cancel");
      scene.plantain().runner().runDue();
      throw new InterruptedException();
    });

    assertThat(asks(scene, "a banana").words()).startsWith("Cancelled");
    assertThat(scene.count("paid_call where model = 'scribe' and basis = 'perhaps' and lost = 1"))
        .isEqualTo(1);
  }

  @Test
  void aLookThatNobodyWaitsForAnyMoreIsOwedAtWhatItDidCost() {
    Scene scene = scene();
    words.plays(_ -> {
      scene.press(scene.ann, scene.group, scene.lastPost(scene.group), "cancel");
      scene.plantain().runner().runDue();
      return FakeTextModel.said(ALLOWED);
    });

    asks(scene, "a banana");
    assertThat(scene.count("paid_call where model = 'scribe'")).isEqualTo(1);
    assertThat(scene.count("paid_call where basis = 'tokens' and micro_dollars = 120"))
        .isEqualTo(1);
  }

  @Test
  void whoeverWantsMoreThanAMinutesPatienceHoldsUpNothing() {
    Scene scene = scene();
    words.fails(Problem.RATE_LIMITED, Optional.of(Duration.ofMinutes(5)));
    MessageRef asked = scene.by(scene.ann).toUs().says("a banana");
    scene.run();

    assertThat(scene.answerTo(asked).file()).isPresent();
    assertThat(words.questions()).hasSize(1);
  }

  @Test
  void aModelThatWillNotLookLeavesADoubt() {
    Scene scene = scene(Sight.WORDS, Doubt.REFUSE);
    words.plays(_ -> new TextAnswer.Refused(List.of(FakeTextModel.paid())));

    assertThat(asks(scene, "a banana").words()).startsWith(REFUSAL);
    assertThat(scene.count("paid_call where model = 'scribe'")).isEqualTo(1);
  }

  @Test
  void severalPicturesAreLookedAtOnceAndAllRefusedTogether() {
    Scene scene = scene();
    words.plays(_ -> FakeTextModel.said(FORBIDDEN));
    words.says(ALLOWED);
    asks(scene, "a lighthouse --count 3");
    assertThat(scene.model().requests()).isEmpty();

    MessageRef asked = scene.by(scene.ann).toUs().says("a banana --count 3");
    scene.settle();
    assertThat(scene.answersTo(asked)).hasSize(3);
    assertThat(scene.model().requests()).hasSize(3);
    assertThat(words.questions()).hasSize(2);
  }

  @Test
  void theSameAgainIsNotLookedAtAgain() {
    Scene scene = scene();
    words.says(ALLOWED);
    FakePlatform.Post banana = asks(scene, "a banana");

    scene.press(scene.bob, scene.group, banana, "again");
    scene.settle();

    assertThat(scene.model().requests()).hasSize(2);
    assertThat(words.questions()).hasSize(1);
  }

  @Test
  void wordsThatAreChangedWhileTheyWaitAreLookedAtAnew() {
    Scene scene = scene();
    words.plays(
        question -> FakeTextModel.said(question.words().contains("banana") ? ALLOWED : FORBIDDEN));
    words.says(FORBIDDEN);
    Instant later = scene.clock.instant().plusSeconds(40);
    scene.model().plays(_ -> new ImageResult.Waits(later, Problem.RATE_LIMITED));
    MessageRef asked = scene.by(scene.ann).toUs().says("a banana");
    scene.run();

    scene.edits(scene.ann, scene.group, asked, "a lighthouse");
    scene.settle();

    assertThat(words.questions()).hasSize(2);
    assertThat(words.questions().getLast().words()).isEqualTo("a lighthouse");
    assertThat(scene.answerTo(asked).words()).startsWith(REFUSAL);
    assertThat(scene.model().requests()).hasSize(1);
  }

  @Test
  void wordsThatAreChangedWhileTheyAreLookedAtAreLookedAtAnew() {
    Scene scene = scene();
    MessageRef[] asked = new MessageRef[1];
    words.plays(_ -> {
      scene.edits(scene.ann, scene.group, asked[0], "a lighthouse");
      scene.plantain().runner().runDue();
      return FakeTextModel.said(ALLOWED);
    });
    words.says(FORBIDDEN);
    asked[0] = scene.by(scene.ann).toUs().says("a banana");
    scene.settle();

    assertThat(scene.answerTo(asked[0]).words()).startsWith(REFUSAL);
    assertThat(scene.model().requests()).isEmpty();
  }

  @Test
  void whatAModeratorApprovedIsLookedAtAsWell() {
    Scene scene = scene();
    words.says(FORBIDDEN);
    scene.platform.governs(scene.bob.member());
    scene.by(scene.bob).commands("approve", "word lighthouse");
    scene.settle();
    MessageRef asked = scene.by(scene.ann).toUs().says("a lighthouse");
    scene.settle();
    assertThat(words.questions()).isEmpty();

    FakePlatform.Post held =
        scene.posts(scene.group).stream()
            .filter(post -> post.buttons().stream().anyMatch(data -> data.startsWith("approve:")))
            .findFirst()
            .orElseThrow();
    scene.press(scene.bob, scene.group, held, "approve");
    scene.settle();

    assertThat(words.questions()).hasSize(1);
    assertThat(scene.answerTo(asked).words()).startsWith(REFUSAL);
    assertThat(scene.model().requests()).isEmpty();
  }

  @Test
  void whoeverAsksForForbiddenThingsAgainAndAgainIsShutOut() {
    Scene scene = scene();
    words.says(FORBIDDEN);
    scene.platform.governs(scene.bob.member());
    scene.by(scene.bob).commands("antispam", "refusals 2/10m 1h");
    scene.settle();

    asks(scene, "a lighthouse");
    asks(scene, "a tall lighthouse");
    asks(scene, "a white lighthouse");

    assertThat(scene.count("ban")).isEqualTo(1);
    assertThat(words.questions()).hasSize(2);
  }

  @Test
  void whoCancelsDuringTheLookIsNotCharged() {
    Scene scene = scene();
    words.plays(_ -> {
      scene.press(scene.ann, scene.group, scene.lastPost(scene.group), "cancel");
      scene.plantain().runner().runDue();
      return FakeTextModel.said(ALLOWED);
    });

    assertThat(asks(scene, "a banana").words()).startsWith("Cancelled");
    assertThat(scene.model().requests()).isEmpty();
  }

  @Test
  void aBatchIsLookedAtLineByLineBeforeAnythingOfItIsSent() {
    Scene scene = scene(Sight.WORDS_AND_PICTURES, Doubt.REFUSE);
    words.plays(_ -> FakeTextModel.said(FORBIDDEN));
    words.says(ALLOWED);
    scene
        .by(scene.ann)
        .with(Scene.photo(1))
        .commands("batch", "a lighthouse\na banana\na windmill");
    for (int time = 0; time < 12; time++) {
      scene.run(Duration.ofSeconds(5));
    }

    assertThat(words.questions()).hasSize(3).allMatch(asked -> asked.pictures().size() == 1);
    assertThat(scene.batches.parcels()).hasSize(1);
    assertThat(scene.batches.parcels().getFirst()).hasSize(2);
    assertThat(scene.count("card where state = 'refused'")).isEqualTo(1);
    scene.batches.works(scene.model()::paint);
    for (int time = 0; time < 12; time++) {
      scene.run(Duration.ofSeconds(5));
    }
  }

  @Test
  void aBatchIsNotLookedAtBeforeItsPhotosAreThere() {
    Scene scene = scene(Sight.WORDS_AND_PICTURES, Doubt.REFUSE);
    words.says(ALLOWED);
    scene.platform.fails("fetch", false, FakePlatform.busy(Duration.ofSeconds(12)));
    scene.by(scene.ann).with(Scene.photo(1)).commands("batch", "a banana\na windmill");
    for (int time = 0; time < 12; time++) {
      scene.run(Duration.ofSeconds(5));
    }

    assertThat(words.questions()).hasSize(2).allMatch(asked -> asked.pictures().size() == 1);
    scene.batches.works(scene.model()::paint);
    scene.settle();
  }

  @Test
  @Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
  void aBatchInDoubtIsSentWhereTheOperatorAllowsThat() {
    Scene scene = scene();
    words.says("Well, that depends.");
    scene.by(scene.ann).commands("batch", "a banana\na windmill");
    for (int time = 0; time < 12; time++) {
      scene.run(Duration.ofSeconds(5));
    }

    assertThat(words.questions()).hasSize(2);
    assertThat(scene.batches.parcels()).singleElement().matches(parcel -> parcel.size() == 2);
    scene.batches.works(scene.model()::paint);
    scene.settle();
  }

  @Test
  void aProcessThatEndsTwiceDuringTheLookLeavesADoubt() {
    Mortal first = new Mortal();
    Mortal second = new Mortal();
    words.plays(_ -> {
      throw first.end();
    });
    words.plays(_ -> {
      throw second.end();
    });
    words.says(ALLOWED);
    Scene scene =
        new Scene(
            folder, first, Caps.NONE, words, new Precheck(Sight.WORDS, Doubt.REFUSE, "None."));
    open = Optional.of(scene);
    MessageRef asked = scene.by(scene.ann).toUs().says("a banana");
    assertThatThrownBy(scene::run).hasStackTraceContaining("the process is over");
    scene.restart(second);
    assertThatThrownBy(scene::run).hasStackTraceContaining("the process is over");
    scene.restart(new Scene.Immortal());
    scene.settle();

    assertThat(words.questions()).hasSize(2);
    assertThat(scene.answerTo(asked).words()).startsWith(REFUSAL);
    assertThat(scene.count("paid_call where basis = 'perhaps' and lost = 1")).isEqualTo(2);
  }

  @Test
  void whatPassedByOtherRulesIsLookedAtAnew() {
    words.says(ALLOWED);
    Scene before =
        new Scene(
            folder,
            new Scene.Immortal(),
            Caps.NONE,
            words,
            new Precheck(Sight.WORDS, Doubt.ALLOW, "No lighthouses."));
    FakePlatform.Post banana = asks(before, "a banana");
    before.close();
    words.says(FORBIDDEN);
    Scene after =
        new Scene(
            folder,
            new Scene.Immortal(),
            Caps.NONE,
            words,
            new Precheck(Sight.WORDS, Doubt.ALLOW, "No fruit."));
    open = Optional.of(after);
    after.press(after.ann, after.group, banana.message(), banana.button("again"));
    after.settle();

    assertThat(words.questions()).hasSize(2);
    assertThat(after.model().requests()).isEmpty();
  }

  @Test
  void aBatchWithoutHalfThePriceIsLookedAtAsWell() {
    Scene scene = scene();
    scene.batches.servesNothing();
    words.says(FORBIDDEN);
    scene.by(scene.ann).commands("batch", "a lighthouse\na tall lighthouse");
    for (int time = 0; time < 12; time++) {
      scene.run(Duration.ofSeconds(5));
    }

    assertThat(words.questions()).hasSize(2);
    assertThat(scene.model().requests()).isEmpty();
  }
}
