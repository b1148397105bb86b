package dev.plantain.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.conversation.Author;
import dev.plantain.conversation.Content;
import dev.plantain.conversation.Part;
import dev.plantain.image.AspectRatio;
import dev.plantain.image.Guidance;
import dev.plantain.image.ImageRequest;
import dev.plantain.image.ImageResult;
import dev.plantain.image.ImageSize;
import dev.plantain.image.Safety;
import dev.plantain.image.Usage;
import dev.plantain.platform.MessageRef;
import dev.plantain.platform.Place;
import dev.plantain.quota.AuditResult;
import dev.plantain.quota.Cost;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests that are repeated, where an operator wants them answered by what was made before. */
class MadeBeforeTest {
  private static final Duration DAY = Duration.ofDays(1);
  private static final Cost ONE = new Cost(1, Scene.PRICE);
  private static final Cost TWO = new Cost(2, 2 * Scene.PRICE);

  @TempDir Path folder;

  @Test
  void theSameRequestGetsTheSamePictureFreeOfChargeAndIsMarked() {
    try (Scene scene = Scene.repeating(folder, DAY)) {
      FakePlatform.Post first = asks(scene, scene.group, "a fox");
      FakePlatform.Post second = asks(scene, scene.group, "a fox");

      assertThat(scene.model().requests()).hasSize(1);
      assertThat(second.file().orElseThrow()).isEqualTo(first.file().orElseThrow());
      assertThat(second.words()).contains("Made before");
      assertThat(first.words()).doesNotContain("Made before");
      assertThat(scene.spent()).isEqualTo(ONE);
      assertThat(scene.count("reservation")).isZero();
      assertThat(scene.audit()).isInstanceOf(AuditResult.Agrees.class);
    }
  }

  @Test
  void theSamePhotoAndWordsAreTheSameRequestHoweverOftenThePhotoIsSent() {
    try (Scene scene = Scene.repeating(folder, DAY)) {
      scene.by(scene.ann).toUs().with(Scene.photo(1)).says("make it night");
      scene.settle();
      MessageRef again = scene.by(scene.bob).toUs().with(Scene.photo(1)).says("make it night");
      scene.settle();
      MessageRef other = scene.by(scene.bob).toUs().with(Scene.photo(2)).says("make it night");
      scene.settle();

      assertThat(scene.model().requests()).hasSize(2);
      assertThat(scene.answerTo(again).words()).contains("Made before");
      assertThat(scene.answerTo(other).words()).doesNotContain("Made before");
    }
  }

  @Test
  void theConversationGoesOnFromWhatWasMadeBefore() {
    try (Scene scene = Scene.repeating(folder, DAY)) {
      asks(scene, scene.group, "a fox");
      FakePlatform.Post repeated = asks(scene, scene.group, "a fox");
      scene.by(scene.ann).toUs().replyingTo(repeated).says("now with a hat");
      scene.settle();

      List<Content> contents = scene.model().requests().getLast().contents();
      assertThat(contents).hasSize(3);
      assertThat(contents.get(1).parts()).hasAtLeastOneElementOfType(Part.Image.class);
    }
  }

  @Test
  void againMakesANewOne() {
    try (Scene scene = Scene.repeating(folder, DAY)) {
      FakePlatform.Post first = asks(scene, scene.group, "a fox");
      scene.press(scene.bob, scene.group, first, "again");
      scene.settle();

      assertThat(scene.model().requests()).hasSize(2);
      assertThat(scene.lastPost(scene.group).words()).doesNotContain("Made before");
      assertThat(scene.spent()).isEqualTo(TWO);
    }
  }

  @Test
  void eachOfSeveralPicturesOfOneRequestIsMade() {
    try (Scene scene = Scene.repeating(folder, DAY)) {
      scene.by(scene.ann).commands("imagine", "a fox --count 2");
      scene.settle();

      assertThat(scene.model().requests()).hasSize(2);
    }
  }

  @Test
  void afterItsTimeARequestMakesANewOne() {
    try (Scene scene = Scene.repeating(folder, DAY)) {
      asks(scene, scene.group, "a fox");
      scene.clock.advance(DAY);
      asks(scene, scene.group, "a fox");

      assertThat(scene.model().requests()).hasSize(2);
      assertThat(scene.count("made_before")).isEqualTo(1);
    }
  }

  @Test
  void anotherCommunityIsNotShownWhatWasMadeForThisOne() {
    try (Scene scene = Scene.repeating(folder, DAY)) {
      asks(scene, scene.annsRoom, "a fox");
      asks(scene, scene.group, "a fox");

      assertThat(scene.model().requests()).hasSize(2);
    }
  }

  @Test
  void whatModeratorsHideIsNotShownAgain() {
    try (Scene scene = Scene.repeating(folder, DAY)) {
      asks(scene, scene.group, "a fox");
      scene
          .database()
          .update(tx ->
              tx.update(
                  """
                  insert into reported (card_id, community_id, hidden)
                  select card.id, chat.community_id, 1 from card join chat on chat.id = card.chat_id
                  """));
      asks(scene, scene.group, "a fox");

      assertThat(scene.model().requests()).hasSize(2);
    }
  }

  @Test
  void whatAnotherModelMadeIsNotTheAnswerOfThisOne() {
    try (Scene scene = Scene.repeating(folder, DAY)) {
      scene
          .model()
          .plays(request ->
              new ImageResult.Made(List.of(scene.model().picture(7)), "small", Usage.NONE));
      asks(scene, scene.group, "a fox");
      asks(scene, scene.group, "a fox");

      assertThat(scene.model().requests()).hasSize(2);
    }
  }

  @Test
  void eachRequestMakesItsOwnUnlessTheOperatorWantsOtherwise() {
    try (Scene scene = new Scene(folder)) {
      asks(scene, scene.group, "a fox");
      asks(scene, scene.group, "a fox");

      assertThat(scene.model().requests()).hasSize(2);
      assertThat(scene.spent()).isEqualTo(TWO);
      assertThat(scene.count("made_before")).isZero();
    }
  }

  @Test
  void whateverMakesADifferenceToAModelTellsRequestsApart() {
    Content fox = said("a fox");
    ImageRequest plain = request(fox);
    Guidance bright = new Guidance(Optional.of("Be bright."), Optional.empty(), false);
    Set<String> all = new HashSet<>();
    Stream.of(
            plain,
            request(said("a fox ")),
            request(new Content(Author.MEMBER, List.of(Part.Text.of("a"), Part.Text.of(" fox")))),
            request(new Content(Author.MODEL, fox.parts())),
            request(fox, fox),
            new ImageRequest(Scene.SMALL, plain.contents(), plain.ratio(), plain.size()),
            new ImageRequest(Scene.NANO, plain.contents(), AspectRatio.parse("16:9"), plain.size()),
            new ImageRequest(
                Scene.NANO, plain.contents(), plain.ratio(), Optional.of(new ImageSize("2K"))),
            new ImageRequest(
                Scene.NANO,
                plain.contents(),
                plain.ratio(),
                plain.size(),
                Safety.STRICT,
                Guidance.NONE,
                Optional.of("(a picture)")),
            new ImageRequest(
                Scene.NANO,
                plain.contents(),
                plain.ratio(),
                plain.size(),
                Safety.USUAL,
                bright,
                Optional.of("(a picture)")))
        .forEach(request -> assertThat(all.add(MadeBefore.fingerprint(request))).isTrue());
    assertThat(MadeBefore.fingerprint(request(said("a fox")))).isIn(all);
  }

  private static Content said(String words) {
    return new Content(Author.MEMBER, List.of(Part.Text.of(words)));
  }

  private static ImageRequest request(Content... contents) {
    return new ImageRequest(Scene.NANO, List.of(contents), Optional.empty(), Optional.empty());
  }

  private static FakePlatform.Post asks(Scene scene, Place place, String words) {
    MessageRef message = scene.by(scene.ann).in(place).commands("imagine", words);
    scene.settle();
    return scene.answerTo(message);
  }
}
