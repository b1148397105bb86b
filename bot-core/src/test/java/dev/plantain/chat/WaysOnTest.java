package dev.plantain.chat;

import static dev.plantain.chat.Scene.photo;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.image.ImageRequest;
import dev.plantain.image.ImageResult;
import dev.plantain.image.ImageResult.Cause;
import dev.plantain.image.ImageResult.Problem;
import dev.plantain.image.ImageResult.Trouble;
import dev.plantain.image.Usage;
import dev.plantain.platform.Card;
import dev.plantain.platform.InteractionRef;
import dev.plantain.platform.MessageRef;
import dev.plantain.quota.Cost;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What members are offered when a model makes no picture. */
class WaysOnTest {
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

  static Stream<Trouble> all() {
    return Stream.concat(Stream.of(Cause.values()), Stream.of(Problem.values()));
  }

  @ParameterizedTest
  @MethodSource("all")
  void eachEntryOfTheCatalogueOffersSomethingAndTellsTheOperatorWhatToDo(Trouble trouble) {
    assertThat(Outcomes.of(trouble).waysOn()).isNotEmpty();
    assertThat(trouble.advice()).endsWith(".");
    assertThat(Trouble.find(trouble.name())).contains(trouble);
  }

  @Test
  void noMemberIsOfferedTheSameAgainOfWhatWasRefused() {
    for (Cause cause : Cause.values()) {
      assertThat(Outcomes.of(cause).waysOn())
          .contains(Outcomes.WayOn.REPHRASE)
          .doesNotContain(Outcomes.WayOn.TRY_AGAIN);
    }
  }

  private FakePlatform.Post refused(Cause cause) {
    scene.model().answers(new ImageResult.Refused(cause, Optional.empty(), Usage.NONE));
    MessageRef asked =
        scene.by(scene.ann).toUs().with(photo(1)).says("make it night --ar 16:9 --size 4K");
    scene.settle();
    return scene.answerTo(asked);
  }

  private static List<String> labels(FakePlatform.Post post) {
    return post.card().rows().stream().flatMap(List::stream).map(Card.Button::label).toList();
  }

  @Test
  void aRefusalOffersOtherWordsAndTheOtherModels() {
    assertThat(labels(refused(Cause.UNSAFE))).containsExactly("✏️ Other words", "Small", "Square");
  }

  @Test
  void whatNoProviderMayMakeIsNotOfferedOfAnotherModel() {
    assertThat(labels(refused(Cause.PROHIBITED))).containsExactly("✏️ Other words");
  }

  @Test
  void modelsThatAreClosedHereAreNotOffered() {
    scene.platform.governs(scene.bob.member());
    scene.by(scene.bob).commands("deny", "model small");
    scene.settle();

    assertThat(labels(refused(Cause.UNSAFE))).containsExactly("✏️ Other words", "Square");
  }

  @Test
  void anotherModelMakesTheSameInWhatItHasOfRatioAndSizeAndIsPaidForItself() {
    FakePlatform.Post card = refused(Cause.UNSAFE);
    scene.press(scene.ann, scene.group, card, otherModel(card, "Square"));
    scene.settle();

    ImageRequest request = scene.model().requests().getLast();
    assertThat(request.model()).isEqualTo(Scene.SQUARE);
    assertThat(ConversationTest.words(request)).containsExactly("make it night");
    assertThat(ConversationTest.images(request)).isEqualTo(1);
    assertThat(request.ratio().orElseThrow()).hasToString("1:1");
    assertThat(request.size()).isEmpty();
    FakePlatform.Post made = scene.lastPost(scene.group);
    assertThat(made.words()).contains("Square");
    assertThat(made.file()).isPresent();
    assertThat(scene.spent()).isEqualTo(new Cost(1, Scene.PRICE));
  }

  private static String otherModel(FakePlatform.Post card, String name) {
    return card.card().rows().stream()
        .flatMap(List::stream)
        .filter(button -> button.label().equals(name))
        .map(button -> button.data().substring(0, button.data().indexOf(':')))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aModelThatWasClosedInTheMeantimeIsNotAsked() {
    FakePlatform.Post card = refused(Cause.UNSAFE);
    scene.platform.governs(scene.bob.member());
    scene.by(scene.bob).commands("deny", "model small");
    scene.settle();
    InteractionRef press = scene.press(scene.ann, scene.group, card, otherModel(card, "Small"));
    scene.settle();

    assertThat(scene.platform.answerTo(press).orElseThrow())
        .startsWith("This button does not work any more");
    assertThat(scene.model().requests()).hasSize(1);
  }

  @Test
  void otherWordsGoOnFromTheSamePhotoWithoutThoseThatWereRefused() {
    FakePlatform.Post card = refused(Cause.UNSAFE);
    scene.press(scene.ann, scene.group, card, "change");
    scene.settle();
    FakePlatform.Post question = scene.lastPost(scene.group);
    assertThat(question.asksForReply()).isTrue();
    scene.by(scene.ann).toUs().replyingTo(question).says("make it dusk");
    scene.settle();

    ImageRequest request = scene.model().requests().getLast();
    assertThat(ConversationTest.words(request)).containsExactly("make it dusk");
    assertThat(ConversationTest.images(request)).isEqualTo(1);
  }

  @Test
  void otherWordsOfSomebodyElseAreToldHow() {
    FakePlatform.Post card = refused(Cause.UNSAFE);
    InteractionRef press = scene.press(scene.bob, scene.group, card, "change");
    scene.settle();

    assertThat(scene.platform.answerTo(press).orElseThrow())
        .startsWith("Reply to this message in other words.");
  }

  @Test
  void theWaysOnAreStillThereAfterARestart() {
    FakePlatform.Post card = refused(Cause.UNSAFE);
    scene.restart(new Scene.Immortal());
    scene.press(scene.ann, scene.group, card, otherModel(card, "Small"));
    scene.settle();

    assertThat(scene.lastPost(scene.group).file()).isPresent();
  }
}
