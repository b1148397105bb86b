package dev.plantain.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.moderation.AccessRules;
import dev.plantain.platform.ChatRef;
import dev.plantain.platform.CommunityRef;
import dev.plantain.platform.IncomingEvent;
import dev.plantain.platform.InteractionRef;
import dev.plantain.platform.Mention;
import dev.plantain.platform.MessageRef;
import dev.plantain.platform.Place;
import dev.plantain.platform.RoleRef;
import dev.plantain.platform.Sender;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What moderators close and open: chats, models, sizes, commands, roles and members. */
class AccessTest {
  private static final RoleRef ARTISTS = new RoleRef(FakePlatform.ID, "artists");
  private static final CommunityRef SERVER = new CommunityRef(FakePlatform.ID, "server");

  @TempDir Path folder;
  private Scene scene;
  private final Place one = new Place(new ChatRef(FakePlatform.ID, "one"), SERVER, false);
  private final Place two = new Place(new ChatRef(FakePlatform.ID, "two"), SERVER, false);

  @BeforeEach
  void begin() {
    scene = new Scene(folder);
    scene.platform.governs(scene.bob.member());
  }

  @AfterEach
  void end() {
    scene.close();
  }

  private FakePlatform.Post commands(Sender member, Place place, String name, String arguments) {
    MessageRef asked = scene.by(member).in(place).commands(name, arguments);
    scene.settle();
    return scene.answerTo(asked);
  }

  private FakePlatform.Post deny(String arguments) {
    return commands(scene.bob, scene.group, "deny", arguments);
  }

  private FakePlatform.Post allow(String arguments) {
    return commands(scene.bob, scene.group, "allow", arguments);
  }

  private FakePlatform.Post asks(Sender member, Place place, String words) {
    MessageRef asked = scene.by(member).in(place).toUs().says(words);
    scene.settle();
    return scene.answerTo(asked);
  }

  private FakePlatform.Post asks(String words) {
    return asks(scene.ann, scene.group, words);
  }

  private boolean paints(Sender member, Place place) {
    return asks(member, place, "a cat").file().isPresent();
  }

  private Optional<String> pressed(Sender member, MessageRef message, String data) {
    InteractionRef interaction = scene.press(member, scene.group, message, data);
    scene.settle();
    return scene.platform.answerTo(interaction);
  }

  private static Sender artist(String name) {
    return new Sender(
        Scene.person(name).member(), name, Optional.of("en"), Optional.empty(), Set.of(ARTISTS));
  }

  private void aboutArtists(String name, String arguments) {
    scene
        .by(scene.bob)
        .naming(new Mention.Role("@Artists", ARTISTS, "Artists"))
        .commands(name, arguments);
    scene.settle();
  }

  @Test
  void aClosedModelIsRefusedWithThoseThatCanBeChosenAndIsInNoMenu() {
    assertThat(deny("model small").words())
        .isEqualTo(
            """
            Done: /deny model Small
            One rule closes something. A button takes it back.
            deny model Small\
            """);

    assertThat(asks("a cat --model small").words())
        .isEqualTo(
            "Small is closed in this chat. You can choose Nano, Square. Nothing was charged.");
    assertThat(commands(scene.ann, scene.group, "model", "").buttons())
        .doesNotContain("set:model:member:small")
        .contains("set:model:member:nano");
    assertThat(commands(scene.ann, scene.group, "model", "small").words())
        .startsWith("Small is closed in this chat.");
    assertThat(scene.count("ledger_entry")).isZero();
  }

  @Test
  void aChosenOrStandardModelThatIsClosedGivesWayToTheFirstThatIsOpen() {
    commands(scene.ann, scene.group, "model", "Square");
    deny("model square");
    asks("a cat");
    assertThat(scene.model().requests().getLast().model().id()).isEqualTo("nano");
    deny("model nano");
    asks("a dog");
    assertThat(scene.model().requests().getLast().model().id()).isEqualTo("small");
  }

  @Test
  void whereEveryModelIsClosedThatIsSaid() {
    deny("model nano");
    deny("model small");
    deny("model square");

    assertThat(asks("a cat").words()).startsWith("Every model is closed in this chat");
  }

  @Test
  void aClosedSizeIsRefusedAndIsInNoMenuAndIsNotChosenByItself() {
    commands(scene.ann, scene.group, "resolution", "4K");
    deny("size 4k");

    assertThat(asks("a cat --size 4K").words())
        .isEqualTo(
            "The size 4K is closed in this chat. With Nano you can choose 1K, 2K. Nothing was"
                + " charged.");
    assertThat(commands(scene.ann, scene.group, "resolution", "").buttons())
        .doesNotContain("set:resolution:member:4K")
        .contains("set:resolution:member:2K");
    asks("a cat");
    assertThat(scene.model().requests().getLast().size().orElseThrow().label()).isEqualTo("2K");
  }

  @Test
  void whereTheUsualSizeIsClosedTheSmallestOpenOneIsMade() {
    deny("size 1K");
    asks("a cat");

    assertThat(scene.model().requests().getLast().size().orElseThrow().label()).isEqualTo("2K");
    assertThat(asks("a cat --model square").words()).startsWith("Square is closed in this chat");
  }

  @Test
  void moderatorsAreBoundByModelsSizesAndChats() {
    deny("model small");
    deny("size 4K");
    assertThat(asks(scene.bob, scene.group, "a cat --model small").words()).contains("is closed");
    assertThat(asks(scene.bob, scene.group, "a cat --size 4K").words()).contains("is closed");
    deny("chat");

    assertThat(asks(scene.bob, scene.group, "a cat").words())
        .isEqualTo(
            "No pictures are made in this chat. Those who run it can change that with /allow chat."
                + " Nothing was charged.");
    allow("chat");
    assertThat(paints(scene.bob, scene.group)).isTrue();
  }

  @Test
  void aChatIsClosedForItselfOrAllOthersAre() {
    assertThat(paints(scene.ann, two)).isTrue();
    commands(scene.bob, one, "deny", "chat");
    assertThat(paints(scene.ann, one)).isFalse();
    assertThat(paints(scene.ann, two)).isTrue();

    commands(scene.bob, one, "allow", "chat");
    commands(scene.bob, one, "allow", "only chat");
    assertThat(paints(scene.ann, one)).isTrue();
    assertThat(paints(scene.ann, two)).isFalse();
    assertThat(paints(scene.ann, scene.group)).isTrue();
    commands(scene.bob, two, "allow", "chat");
    assertThat(paints(scene.ann, two)).isTrue();
    commands(scene.bob, two, "allow", "any chat");
    assertThat(paints(scene.ann, new Place(new ChatRef(FakePlatform.ID, "3"), SERVER, false)))
        .isTrue();
  }

  @Test
  void whereAChatIsClosedPicturesThatNobodyAddressedAreNotAnswered() {
    commands(scene.bob, scene.group, "listen", "on");
    deny("chat");
    MessageRef overheard = scene.by(scene.ann).with(Scene.photo(1)).says("what a day");
    scene.settle();

    assertThat(scene.answersTo(overheard)).isEmpty();
  }

  @Test
  void aRuleHoldsInOneChatOrEverywhere() {
    commands(scene.bob, one, "deny", "model nano");
    asks(scene.ann, one, "a cat");
    assertThat(scene.model().requests().getLast().model().id()).isEqualTo("small");
    asks(scene.ann, two, "a cat");
    assertThat(scene.model().requests().getLast().model().id()).isEqualTo("nano");
    commands(scene.bob, one, "deny", "model nano everywhere");
    asks(scene.ann, two, "a cat");
    assertThat(scene.model().requests().getLast().model().id()).isEqualTo("small");

    commands(scene.bob, one, "allow", "model nano");
    asks(scene.ann, one, "a cat");
    assertThat(scene.model().requests().getLast().model().id()).isEqualTo("small");
    commands(scene.bob, one, "allow", "model nano everywhere");
    asks(scene.ann, one, "a cat");
    assertThat(scene.model().requests().getLast().model().id()).isEqualTo("nano");
  }

  @Test
  void onlyTheseMeansNothingElseOfTheKindUntilAnyIsAllowed() {
    allow("only model small");
    assertThat(asks("a cat --model nano").words()).contains("You can choose Small.");
    allow("model square");
    assertThat(asks("a cat --model nano").words()).contains("You can choose Small, Square.");
    deny("model square");
    assertThat(asks("a cat --model nano").words()).contains("You can choose Small.");

    allow("any model");
    assertThat(asks("a cat --model nano").file()).isPresent();
    assertThat(asks("a cat --model square").words()).contains("is closed");
  }

  @Test
  void aCommandIsClosedToMembersAndNeverToModerators() {
    deny("command /imagine");

    assertThat(commands(scene.ann, scene.group, "imagine", "a cat").words())
        .isEqualTo("/imagine is closed here. Those who run this chat can change that with /allow.");
    assertThat(commands(scene.bob, scene.group, "imagine", "a cat").file()).isPresent();
    assertThat(paints(scene.ann, scene.group)).isTrue();
  }

  @Test
  void aClosedSettingCannotBePressedEither() {
    FakePlatform.Post menu = commands(scene.ann, scene.group, "aspect", "");
    deny("command aspect");

    assertThat(pressed(scene.ann, menu.message(), "set:aspect:member:1:1").orElseThrow())
        .startsWith("/aspect is closed here.");
    assertThat(scene.count("setting")).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"help", "ban", "allow"})
  void helpAndTheCommandsOfModeratorsCannotBeClosed(String command) {
    assertThat(deny("command " + command).words()).startsWith("I do not know the choice");
  }

  @Test
  void aRoleIsDeniedAndAModeratorWhoHasItIsNot() {
    aboutArtists("deny", "role @Artists");

    assertThat(asks(artist("ann"), scene.group, "a cat").words())
        .startsWith("You cannot ask for pictures here.");
    assertThat(paints(artist("bob"), scene.group)).isTrue();
    assertThat(paints(Scene.person("carl"), scene.group)).isTrue();
  }

  @Test
  void onlyCertainRolesAndMembersAreLetInTogether() {
    aboutArtists("allow", "only role @Artists");
    assertThat(paints(scene.ann, scene.group)).isFalse();
    assertThat(paints(artist("dora"), scene.group)).isTrue();

    scene
        .by(scene.bob)
        .naming(new Mention.Person("@ann", scene.ann))
        .commands("allow", "member @ann");
    scene.settle();
    assertThat(paints(scene.ann, scene.group)).isTrue();
    assertThat(paints(Scene.person("carl"), scene.group)).isFalse();
    assertThat(paints(scene.bob, scene.group)).isTrue();
  }

  @Test
  void aMemberIsDeniedInOneChat() {
    scene
        .by(scene.bob)
        .in(one)
        .naming(new Mention.Person("@ann", scene.ann))
        .commands("deny", "member @ann");
    scene.settle();

    assertThat(paints(scene.ann, one)).isFalse();
    assertThat(paints(scene.ann, two)).isTrue();
  }

  @Test
  void aRoleThatIsGoneBindsNobodyAndItsRuleIsTakenBackByAButton() {
    aboutArtists("allow", "only role @Artists");
    FakePlatform.Post list = allow("");
    assertThat(list.words()).contains("only role @Artists");
    assertThat(paints(scene.ann, scene.group)).isFalse();

    pressed(scene.bob, list.message(), list.button("run"));
    assertThat(paints(scene.ann, scene.group)).isTrue();
  }

  @Test
  void anotherPictureOfTheSameIsScreenedAnew() {
    FakePlatform.Post picture = asks("a cat --size 4K");
    deny("size 4K");
    assertThat(pressed(scene.ann, picture.message(), picture.button("again")).orElseThrow())
        .startsWith("The size 4K is closed in this chat now.");
    allow("size 4K");
    deny("model nano");
    assertThat(pressed(scene.ann, picture.message(), picture.button("again")).orElseThrow())
        .startsWith("The model of this picture is closed");
    allow("model nano");
    deny("word cat");
    assertThat(pressed(scene.ann, picture.message(), picture.button("again")).orElseThrow())
        .startsWith("Your words hold something");
    allow("word cat");

    assertThat(pressed(scene.ann, picture.message(), picture.button("again")))
        .contains("One more is on its way");
  }

  @Test
  void aBareAllowListsWhatIsClosedWithButtonsThatOpenItAgain() {
    assertThat(allow("").words()).isEqualTo("Nothing is closed here. /deny closes something.");
    deny("size 4K");
    deny("chat");
    FakePlatform.Post list = allow("");
    assertThat(list.words())
        .isEqualTo(
            "2 rules close something. A button takes one back.\ndeny size 4K\ndeny chat (this one)");

    assertThat(pressed(scene.bob, list.message(), list.buttons().getLast()))
        .contains("Done: /allow (deny chat (this one))");
    assertThat(paints(scene.ann, scene.group)).isTrue();
    assertThat(pressed(scene.bob, list.message(), list.buttons().getLast()))
        .contains("That was so already; nothing changed.");
  }

  @Test
  void twoModeratorsWhoSayTheSameMakeOneRuleAndOneNote() {
    Sender carl = Scene.person("carl");
    scene.platform.governs(carl.member());
    deny("size 4K");
    assertThat(commands(carl, scene.group, "deny", "size 4K").words())
        .startsWith("That was so already; nothing changed.");

    assertThat(scene.count("access_rule")).isOne();
    assertThat(scene.count("audit_deed")).isOne();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "deny | model gpt | I do not know the choice gpt here. Choose one of Nano, Small, Square.",
        "deny | model | I do not know the choice  here. Choose one of Nano",
        "deny | size 8K | I do not know the choice 8K here. Choose one of 1K, 2K, 4K.",
        "deny | size 0 | I do not know the choice 0 here.",
        "deny | command fly | I do not know the choice fly here.",
        "deny | chat garden | That is about the chat in which you write it",
        "deny | role artists | Which role?",
        "deny | member | Which member?",
        "deny | member @nobody_here | I have not met @nobody_here yet.",
        "deny | fish | Write what is to be closed",
        "deny | only model nano | Write what is to be closed",
        "deny | #1 | Write what is to be closed",
        "allow | fish | Write what is to be open again",
        "allow | any model nano | Write what is to be open again",
        "allow | model nano | That was so already",
        "allow | any size | That was so already",
        "allow | #17 | That was so already",
      })
  void whatCannotBeDoneIsToldInWords(String command, String arguments, String told) {
    assertThat(commands(scene.bob, scene.group, command, arguments).words()).startsWith(told);
    assertThat(scene.count("access_rule")).isZero();
    assertThat(scene.count("audit_deed")).isZero();
  }

  @Test
  void tenThousandCharactersAreRepeatedShortened() {
    assertThat(deny("model " + "x".repeat(10_000)).words()).hasSizeLessThan(200);
  }

  @Test
  void thereAreNoMoreRulesThanCanBeScreenedQuickly() {
    deny("size 4K");
    scene
        .database()
        .update(tx -> {
          for (int i = 1; i < AccessRules.MOST; i++) {
            tx.update(
                """
                insert into access_rule (community_id, chat_id, effect, kind, value, name)
                select community_id, chat_id, effect, kind, ?, name from access_rule limit 1
                """,
                "x" + i);
          }
        });

    assertThat(deny("size 2K").words()).startsWith("There are 200 rules");
    assertThat(allow("size 4K").words()).startsWith("Done");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "deny size 4K",
        "deny chat",
        "deny word cat",
        "deny ",
        "allow size 2K",
        "allow only chat",
        "allow word dog",
        "allow any size",
        "allow #1",
        "allow "
      })
  void onlyModeratorsDecideAlsoByAForgedPress(String written) {
    String[] words = written.split(" ", 2);
    deny("size 2K");
    deny("word dog");
    FakePlatform.Post post = asks("hello");

    assertThat(commands(scene.ann, scene.group, words[0], words[1]).words())
        .isEqualTo("Only those who run this chat can change that.");
    assertThat(pressed(scene.ann, post.message(), "run:" + words[0] + ":" + words[1]))
        .contains("Only those who run this chat can change that.");
    assertThat(scene.count("access_rule")).isOne();
    assertThat(scene.count("word_rule")).isOne();
    assertThat(scene.count("audit_deed")).isEqualTo(2);
  }

  @Test
  void aForgedNumberOpensNothingOfAnotherCommunity() {
    commands(scene.bob, one, "deny", "size 4K");
    FakePlatform.Post post = asks("hello");

    assertThat(pressed(scene.bob, post.message(), "run:allow:#1"))
        .contains("That was so already; nothing changed.");
    assertThat(scene.count("access_rule")).isOne();
  }

  @Test
  void aCommunityThatRemovesUsAndBringsUsBackKeepsItsRules() {
    deny("chat");
    scene.accept(new IncomingEvent.Left("left", scene.group));
    scene.accept(new IncomingEvent.Joined("joined", scene.group, scene.bob, "@us", true));
    scene.settle();

    assertThat(paints(scene.ann, scene.group)).isFalse();
  }

  @Test
  void aCommunityThatGetsAnotherNameKeepsItsRules() {
    deny("chat");
    ChatRef to = new ChatRef(FakePlatform.ID, "moved");
    Place moved = new Place(to, false);
    commands(scene.bob, moved, "deny", "word cat");
    scene.accept(
        new IncomingEvent.Moved(
            "moved",
            scene.group.chat(),
            to,
            Optional.of(
                new IncomingEvent.MovedCommunity(scene.group.community(), moved.community()))));
    scene.settle();

    assertThat(paints(scene.ann, moved)).isFalse();
    commands(scene.bob, moved, "allow", "chat");
    assertThat(asks(scene.ann, moved, "a cat").words()).startsWith("Your words hold something");
    assertThat(asks(scene.ann, moved, "a dog").file()).isPresent();
  }
}
