package dev.plantain.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.image.ImageRequest;
import dev.plantain.platform.MessageRef;
import dev.plantain.platform.Sender;
import dev.plantain.style.Style;
import dev.plantain.style.Styles;
import dev.plantain.text.Language;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests by a template, and what is said of templates. */
class StyleTest {
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

  private FakePlatform.Post styled(Sender member, String words) {
    MessageRef asked = scene.by(member).commands("style", words);
    scene.settle();
    return scene.answerTo(asked);
  }

  private static String filled(String style, String language, String... values) {
    return style(style).fill(new Language(language), List.of(values));
  }

  private static Style style(String id) {
    return Styles.packaged().find(id).orElseThrow();
  }

  private ImageRequest lastRequest() {
    return scene.model().requests().getLast();
  }

  private List<String> sent() {
    return ConversationTest.words(lastRequest());
  }

  private void assertNothingSent() {
    scene.settle();
    assertThat(scene.model().requests()).isEmpty();
    assertThat(scene.count("turn")).isZero();
    assertThat(scene.count("ledger_entry")).isZero();
  }

  @Test
  void theTemplateFilledWithTheMembersWordsIsExactlyWhatIsSent() {
    assertThat(styled(scene.ann, "sticker a  happy $1 {banana}").file()).isPresent();

    assertThat(sent()).containsExactly(filled("sticker", "en", "a  happy $1 {banana}"));
  }

  @Test
  void severalSlotsAreSeparatedByBarsOfWhicheverKeyboard() {
    styled(scene.ann, "product mug | white marble|morning light");
    assertThat(sent())
        .containsExactly(filled("product", "en", "mug", "white marble", "morning light"));

    styled(scene.ann, "product 杯子｜大理石｜晨光");
    assertThat(sent()).containsExactly(filled("product", "en", "杯子", "大理石", "晨光"));
  }

  @Test
  void aBarIsAWordLikeAnyOtherWhereThereIsNothingToKeepApart() {
    styled(scene.ann, "sticker a cat | a dog");

    assertThat(sent()).containsExactly(filled("sticker", "en", "a cat | a dog"));
  }

  @Test
  void whatIsMissingIsNamedAndNothingIsSent() {
    assertThat(styled(scene.ann, "product mug").words())
        .contains("still needs: what it stands on, the light.")
        .contains("/style Product the product | what it stands on | the light");
    assertThat(styled(scene.ann, "product mug | | dawn").words())
        .contains("still needs: what it stands on.");

    assertNothingSent();
  }

  @Test
  void whatIsTooMuchIsCountedAndNothingIsSent() {
    assertThat(styled(scene.ann, "product mug | table | dawn | dusk").words())
        .contains("takes 3 pieces")
        .contains("you wrote 4");

    assertNothingSent();
  }

  @Test
  void aStyleThatNobodyKnowsIsToldWithTheOneThatMayBeMeant() {
    assertThat(styled(scene.ann, "stiker a banana").words())
        .contains("There is no style stiker. Did you mean this? /style Sticker");
    assertThat(styled(scene.ann, "watercolour a banana").words())
        .contains("There is no style watercolour. There are Photo, Sticker,");
    assertThat(styled(scene.ann, "x".repeat(8_000)).words()).hasSizeLessThan(400);

    assertNothingSent();
  }

  @Test
  void wordsThatAreTooLongWithTheirTemplateAreRefused() {
    int all = filled("sticker", "en", "x".repeat(8_000)).length();

    assertThat(styled(scene.ann, "sticker " + "x".repeat(8_000)).words())
        .contains(String.format(java.util.Locale.ROOT, "%,d", all));

    assertNothingSent();
  }

  @Test
  void aloneItShowsAllStylesAndTheirButtonsExplainThem() {
    FakePlatform.Post list = styled(scene.ann, "");
    assertThat(list.words()).contains("Sticker – A sticker or an icon", "Restyle – ");
    assertThat(list.buttons()).hasSize(12).contains("run:style:sticker");
    assertThat(list.card().rows()).hasSizeLessThanOrEqualTo(5);

    scene.press(scene.bob, scene.group, list.message(), "run:style:comic");
    scene.settle();
    FakePlatform.Post comic = scene.lastPost(scene.group);
    assertThat(comic.message()).isEqualTo(list.message());
    assertThat(comic.words())
        .contains("/style Comic what happens | the caption | how it is drawn")
        .contains(filled("comic", "en", "[what happens]", "[the caption]", "[how it is drawn]"));

    scene.press(scene.bob, scene.group, list.message(), comic.buttons().getFirst());
    scene.settle();
    assertThat(scene.lastPost(scene.group).buttons()).hasSize(12);
    assertNothingSent();
  }

  @Test
  void aStyleWithoutWordsIsExplained() {
    assertThat(styled(scene.ann, "restyle").words())
        .contains("Reply to a picture with: /style Restyle");
    assertThat(styled(scene.ann, "sticker --ar 1:1").words()).contains("Write: /style Sticker");

    assertNothingSent();
  }

  @Test
  void eachMemberIsServedInTheirLanguage() {
    Sender dane = Scene.person("dane", Optional.of("da"));
    Sender li = Scene.person("li", Optional.of("zh"));

    styled(dane, "klistermærke en glad banan");
    assertThat(sent()).containsExactly(filled("sticker", "da", "en glad banan"));

    styled(li, "贴纸 开心的香蕉");
    assertThat(sent()).containsExactly(filled("sticker", "zh", "开心的香蕉"));
  }

  @Test
  void flagsInTheWordsDoTheirWorkAndAreNotSent() {
    styled(scene.ann, "product mug --ar 16:9 | marble | dawn --size 2K");

    assertThat(sent()).containsExactly(filled("product", "en", "mug", "marble", "dawn"));
    assertThat(lastRequest().ratio()).hasToString("Optional[16:9]");
    assertThat(lastRequest().size()).hasToString("Optional[2K]");
  }

  @Test
  void aStyleCanBeAFlagOfOrdinaryWords() {
    scene.by(scene.ann).toUs().says("a happy banana --style sticker");
    scene.settle();
    assertThat(sent()).containsExactly(filled("sticker", "en", "a happy banana"));

    MessageRef asked = scene.by(scene.bob).commands("imagine", "a happy banana --style stiker");
    scene.settle();
    assertThat(scene.answerTo(asked).words()).contains("Did you mean this? /style Sticker");
    assertThat(scene.model().requests()).hasSize(1);
  }

  @Test
  void aNewPictureByStyleHasNothingToDoWithThoseBefore() {
    scene.by(scene.ann).toUs().with(Scene.photo(1)).says("make it night");
    scene.settle();

    styled(scene.ann, "sticker a banana");

    assertThat(sent()).containsExactly(filled("sticker", "en", "a banana"));
    assertThat(ConversationTest.images(lastRequest())).isZero();
  }

  @Test
  void inReplyToAPictureItGoesOnFromThatPicture() {
    MessageRef asked = scene.by(scene.ann).toUs().with(Scene.photo(1)).says("make it night");
    scene.settle();
    FakePlatform.Post night = scene.answerTo(asked);

    scene.by(scene.bob).replyingTo(night).commands("style", "sticker the house");
    scene.settle();

    assertThat(sent()).containsExactly("make it night", filled("sticker", "en", "the house"));
    assertThat(ConversationTest.images(lastRequest())).isEqualTo(2);
  }

  @Test
  void aStyleThatChangesTakesThePhotoRepliedTo() {
    MessageRef theirs = scene.by(scene.bob).with(Scene.photo(7)).unheard();
    scene.by(scene.ann).replyingTo(theirs).commands("style", "remove the car");
    scene.settle();

    assertThat(sent()).containsExactly(filled("remove", "en", "the car"));
    assertThat(ConversationTest.images(lastRequest())).isEqualTo(1);
  }

  @Test
  void aStyleThatChangesWithoutAPictureAsksForOne() {
    assertThat(styled(scene.ann, "remove the car").words())
        .startsWith("Remove changes a picture. Reply to one");
    assertNothingSent();
  }

  @Test
  void wordsChangedBeforeThePictureIsMadeAreFilledInAnew() {
    scene.platform.fails("fetch", false, FakePlatform.noAnswer());
    MessageRef asked =
        scene.by(scene.ann).with(Scene.photo(1)).commands("style", "sticker the house");
    scene.edits(scene.ann, scene.group, asked, "sticker the tree");
    scene.settle();

    assertThat(sent()).containsExactly(filled("sticker", "en", "the tree"));
  }

  @Test
  void aChangeThatLeavesSlotsEmptyChangesNothing() {
    scene.platform.fails("fetch", false, FakePlatform.noAnswer());
    MessageRef asked =
        scene.by(scene.ann).with(Scene.photo(1)).commands("style", "photo a | b | c");
    scene.edits(scene.ann, scene.group, asked, "photo a | b");
    scene.settle();

    assertThat(sent()).containsExactly(filled("photo", "en", "a", "b", "c"));
  }

  @Test
  void forbiddenWordsAreFoundInsideATemplate() {
    scene.platform.governs(scene.bob.member());
    scene.by(scene.bob).commands("deny", "word banana");
    scene.settle();

    assertThat(styled(scene.ann, "sticker a happy banana").words())
        .startsWith("Your words hold something");
    assertNothingSent();
  }
}
