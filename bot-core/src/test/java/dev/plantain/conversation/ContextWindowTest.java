package dev.plantain.conversation;

import static dev.plantain.conversation.Branches.image;
import static dev.plantain.conversation.Branches.member;
import static dev.plantain.conversation.Branches.model;
import static dev.plantain.conversation.Branches.signed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.plantain.conversation.ContextWindow.Limits;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContextWindowTest {
  private static final String MODEL = "banana";
  private static final String INSTEAD = "[earlier picture]";
  private static final Limits AMPLE = new Limits(14, 100_000_000, 100_000, 2);

  @Test
  void aShortBranchIsGivenAsItIs() {
    Part.Image photo = image(1, 1000);
    Part.Image night = signed(image(2, 1000), 50);
    List<Content> contents =
        window(AMPLE)
            .of(
                List.of(
                    member(photo, Part.Text.of("make it nighttime")),
                    model(MODEL, night),
                    member(Part.Text.of("add stars"))));
    assertThat(contents)
        .containsExactly(
            new Content(Author.MEMBER, List.of(photo, Part.Text.of("make it nighttime"))),
            new Content(Author.MODEL, List.of(night)),
            new Content(Author.MEMBER, List.of(Part.Text.of("add stars"))));
  }

  @Test
  void consecutiveTurnsOfOneSideAreJoined() {
    List<Content> contents =
        window(AMPLE)
            .of(List.of(member(Part.Text.of("one")), member(Part.Text.of("two")), member()));
    assertThat(contents)
        .containsExactly(
            new Content(Author.MEMBER, List.of(Part.Text.of("one"), Part.Text.of("two"))));
  }

  @Test
  void oldPicturesGoBeforeNewOnesAndLeaveATextBehind() {
    Part.Image root = image(1, 100);
    Part.Image old = image(2, 100);
    Part.Image middle = image(3, 100);
    Part.Image newest = image(4, 100);
    List<Turn> branch =
        List.of(
            member(root),
            model(MODEL, old),
            member(Part.Text.of("again")),
            model(MODEL, middle),
            member(Part.Text.of("again")),
            model(MODEL, newest),
            member(Part.Text.of("more")));
    assertThat(given(window(new Limits(3, 100_000, 100_000, 0)), branch))
        .containsExactly(root, middle, newest);
    assertThat(given(window(new Limits(2, 100_000, 100_000, 0)), branch))
        .containsExactly(root, newest);
    assertThat(given(window(new Limits(1, 100_000, 100_000, 0)), branch)).containsExactly(newest);
    assertThat(given(window(new Limits(14, 3 * 136, 100_000, 0)), branch))
        .containsExactly(root, middle, newest);
    assertThat(window(new Limits(3, 100_000, 100_000, 0)).of(branch).get(1).parts())
        .containsExactly(Part.Text.of(INSTEAD));
  }

  @Test
  void aLargePictureThatIsLeftOutTakesAllOlderOnesWithIt() {
    Part.Image small = image(2, 10);
    Part.Image large = image(3, 10_000);
    Part.Image newest = image(4, 100);
    List<Turn> branch =
        List.of(
            member(Part.Text.of("draw")),
            model(MODEL, small),
            member(large),
            model(MODEL, newest),
            member(Part.Text.of("more")));
    assertThat(given(window(new Limits(14, 1000, 100_000, 0)), branch)).containsExactly(newest);
  }

  @Test
  void theNewestPictureIsGivenEvenWhenItAloneExceedsTheLimits() {
    Part.Image newest = image(2, 5000);
    List<Turn> branch =
        List.of(member(image(1, 100)), model(MODEL, newest), member(Part.Text.of("more")));
    assertThat(given(window(new Limits(14, 100, 10, 0)), branch)).containsExactly(newest);
  }

  @Test
  void thePhotosOfTheRootAreGivenInTheirOrderAsFarAsTheyFit() {
    Part.Image one = image(1, 100);
    Part.Image two = image(2, 100);
    Part.Image three = image(3, 100);
    List<Turn> alone = List.of(member(one, two, three, Part.Text.of("join these")));
    assertThat(given(window(new Limits(2, 100_000, 100_000, 0)), alone)).containsExactly(one, two);
    Part.Image newest = image(4, 100);
    List<Turn> continued =
        List.of(member(one, two, three), model(MODEL, newest), member(Part.Text.of("more")));
    assertThat(given(window(new Limits(3, 100_000, 100_000, 0)), continued))
        .containsExactly(one, two, newest);
  }

  @Test
  void picturesBetweenGoBeforeWords() {
    Part.Image between = image(2, 100);
    Part.Image newest = image(3, 100);
    List<Turn> branch =
        List.of(
            member(Part.Text.of("draw")),
            model(MODEL, between, Part.Text.of("w".repeat(2000))),
            member(Part.Text.of("again")),
            model(MODEL, newest),
            member(Part.Text.of("more")));
    List<Content> contents = window(new Limits(14, 100_000, 2500, 0)).of(branch);
    assertThat(Branches.images(contents)).containsExactly(newest);
    assertThat(contents.get(1).parts()).contains(Part.Text.of("w".repeat(2000)));
  }

  @Test
  void theOldestWordsBetweenGoWhenThereAreTooMany() {
    List<Turn> branch =
        List.of(
            member(Part.Text.of("root")),
            model(MODEL, Part.Text.of("old " + "w".repeat(2000))),
            member(Part.Text.of("recent " + "w".repeat(1000))),
            model(MODEL, Part.Text.of("newest")),
            member(Part.Text.of("last")));
    List<Content> contents = window(new Limits(14, 100_000, 1000, 0)).of(branch);
    assertThat(Branches.words(contents))
        .contains("root", "recent", "newest", "last")
        .doesNotContain("old ");
  }

  @Test
  void chineseCountsATokenACharacter() {
    List<Turn> branch =
        List.of(
            member(Part.Text.of("root")),
            model(MODEL, Part.Text.of("夜".repeat(600))),
            member(Part.Text.of("last")));
    assertThat(Branches.words(window(new Limits(14, 100_000, 500, 0)).of(branch)))
        .doesNotContain("夜");
    assertThat(Branches.words(window(new Limits(14, 100_000, 700, 0)).of(branch))).contains("夜");
  }

  @Test
  void tokensOfAnotherModelAndOfWhatCameBeforeItAreLeftOut() {
    Part.Image first = signed(image(1, 100), 50);
    Part.Image second = signed(image(2, 100), 50);
    Part.Image third = signed(image(3, 100), 50);
    List<Turn> branch =
        List.of(
            member(Part.Text.of("draw")),
            model(MODEL, first),
            member(Part.Text.of("again")),
            model("other", second),
            member(Part.Text.of("again")),
            model(MODEL, third),
            member(Part.Text.of("more")));
    assertThat(given(window(new Limits(14, 100_000, 100_000, 9)), branch))
        .containsExactly(image(1, 100), image(2, 100), third);
  }

  @Test
  void onlyTheLastSignedTurnsKeepTheirTokens() {
    Part.Image first = signed(image(1, 100), 50);
    Part.Image second = signed(image(2, 100), 50);
    List<Turn> branch =
        List.of(
            member(Part.Text.of("draw")),
            model(MODEL, first),
            member(Part.Text.of("again")),
            model(MODEL, second),
            member(Part.Text.of("more")));
    assertThat(given(window(new Limits(14, 100_000, 100_000, 1)), branch))
        .containsExactly(image(1, 100), second);
    assertThat(given(window(new Limits(14, 100_000, 100_000, 0)), branch))
        .containsExactly(image(1, 100), image(2, 100));
  }

  @Test
  void aTokenOnNothingIsKeptAndCountsAgainstTheBytes() {
    Part.Text nothing = new Part.Text("", Branches.token(900));
    Part.Image root = image(1, 300);
    Part.Image newest = image(2, 300);
    List<Turn> branch =
        List.of(
            member(root, Part.Text.of("draw")),
            model(MODEL, newest, nothing),
            member(Part.Text.of("more")));
    List<Content> roomy = window(new Limits(14, 1700, 100_000, 1)).of(branch);
    assertThat(roomy.get(1).parts()).containsExactly(newest, nothing);
    List<Content> tight = window(new Limits(14, 1699, 100_000, 1)).of(branch);
    assertThat(tight.get(1).parts()).containsExactly(newest);
    assertThat(Branches.images(tight)).containsExactly(root, newest);
  }

  @Test
  void aMembersPartHasNoTokenToGiveBack() {
    Part.Image photo = signed(image(1, 100), 50);
    assertThat(given(window(AMPLE), List.of(member(photo)))).containsExactly(image(1, 100));
  }

  @Test
  void withdrawnWordsAreNotGivenButTheirPicturesAre() {
    Part.Image photo = image(1, 100);
    Turn withdrawn = Branches.withdrawn(member(photo, Part.Text.of("rude")));
    List<Content> contents =
        window(AMPLE).of(List.of(withdrawn, member(Part.Text.of("make it polite"))));
    assertThat(contents)
        .containsExactly(
            new Content(Author.MEMBER, List.of(photo, Part.Text.of("make it polite"))));
  }

  @Test
  void theMemberSpeaksFirstAndLastEvenWhenTheirWordsAreGone() {
    Part.Image newest = image(1, 100);
    List<Turn> branch =
        List.of(
            Branches.withdrawn(member(Part.Text.of("rude"))),
            model(MODEL, newest),
            member(Part.Text.of(" ")));
    List<Content> contents = window(AMPLE).of(branch);
    assertThat(contents)
        .extracting(Content::author)
        .containsExactly(Author.MEMBER, Author.MODEL, Author.MEMBER);
    assertThat(Branches.words(contents)).doesNotContain("rude");
    assertThat(Branches.images(contents)).containsExactly(newest);
  }

  @Test
  void aBranchThatDoesNotEndWithAMemberIsAMistake() {
    assertThatIllegalArgumentException().isThrownBy(() -> window(AMPLE).of(List.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> window(AMPLE).of(List.of(member(), model(MODEL, image(1, 1)))));
  }

  private static List<Part.Image> given(ContextWindow window, List<Turn> branch) {
    return Branches.images(window.of(branch));
  }

  private static ContextWindow window(Limits limits) {
    return new ContextWindow(limits, MODEL, INSTEAD);
  }
}
