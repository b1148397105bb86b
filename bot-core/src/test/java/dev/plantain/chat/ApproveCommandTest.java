package dev.plantain.chat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.platform.ChatRef;
import dev.plantain.platform.CommunityRef;
import dev.plantain.platform.IncomingEvent;
import dev.plantain.platform.MessageRef;
import dev.plantain.platform.Place;
import dev.plantain.quota.Cost;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How moderators say what waits for them, and where they decide. */
class ApproveCommandTest extends ApprovalScene {
  private final Place room = new Place(new ChatRef(FakePlatform.ID, "room"), false);

  @Test
  void aBareCommandShowsWhatWaits() {
    assertThat(rule(""))
        .startsWith(
            """
            No request waits for approval here.
            A request waits for 24 hours, and then ends uncharged.
            Each is shown in the chat in which it was asked.
            """);
    rule("over-quota");
    rule("size 4K");
    rule("newcomers 3d");
    rule("word dragon");
    rule("word big cat");
    rule("price 0.10 USD");
    rule("time 2h");
    rule("trust @ann");
    rule("here");
    asks(carl, "a dragon");

    assertThat(rule(""))
        .startsWith(
            """
            These requests wait for those who run this chat:
            • those over a limit of this community
            • those in 4K
            • those of members whom I have known for less than 3 days
            • those with one of 2 flagged words; /approve word shows them
            • those above 0.10 USD
            A request waits for 2 hours, and then ends uncharged.
            They are shown in this chat.
            One member is trusted; /approve trust shows who.
            One waits now.
            Press, or write it: /approve over-quota\
            """);
    press(bob, "deny");
    assertThat(scene.count("audit_deed where command = 'approve'")).isEqualTo(10);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"over-quota", "size 4K", "newcomers 3d", "word dragon", "price 0.10 USD", "here"})
  void everythingEndsByOff(String words) {
    rule(words);
    assertThat(scene.count("approval_rule") + scene.count("held_word") + scene.count("duty_chat"))
        .isOne();
    String first =
        words.startsWith("size") || words.startsWith("word") ? words : words.split(" ", 2)[0];
    rule(first + " off");

    assertThat(rule(""))
        .startsWith("No request waits for approval here.")
        .contains("in which it was");
  }

  @Test
  void allSizesAndAllWordsEndAtOnce() {
    rule("size 4K");
    rule("size 2K");
    rule("word dragon");
    rule("word cat");
    assertThat(rule("word")).contains("hold one of these 2 words and phrases", "dragon, cat");
    rule("size off");
    rule("word off");

    assertThat(rule("")).startsWith("No request waits for approval here.");
    assertThat(rule("word")).startsWith("No words are flagged.");
  }

  @Test
  void theButtonsSayWhatHoldsAndChangeIt() {
    FakePlatform.Post menu = commands(bob, scene.group, "approve", "");
    for (String data : menu.buttons()) {
      scene.press(bob, scene.group, menu.message(), data);
      scene.run();
    }
    assertThat(scene.lastPost(scene.group).buttons()).allMatch(data -> data.endsWith(" off"));
    assertThat(rule("")).contains("over a limit", "in 4K", "3 days", "0.10 USD", "in this chat");
    for (String data : scene.posts(scene.group).getFirst().buttons()) {
      scene.press(bob, scene.group, menu.message(), data);
      scene.run();
    }
    assertThat(rule(""))
        .startsWith("No request waits for approval here.")
        .contains("in which it was");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nonsense | Press, or write it:",
        "over-quota 7 | Press, or write it:",
        "size | Press, or write it:",
        "size 9K | I do not know the choice 9K here. Choose one of 1K, 2K, 4K.",
        "newcomers | I did not understand the time “”.",
        "newcomers 0d | I did not understand the time “0d”.",
        "newcomers -3d | I did not understand the time “-3d”.",
        "newcomers 400d | I did not understand the time “400d”. Write for example",
        "time 4m | I did not understand the time “4m”. Write for example 30m, 24h or 3d; 5 minutes to 7 days",
        "time 8d | I did not understand the time “8d”.",
        "time 99999999999999h | I did not understand the time “99999999999999h”.",
        "price 3 | “3” is not a price in US dollars.",
        "price -1 USD | “-1 USD” is not a price in US dollars.",
        "price 99999999999 USD | “99999999999 USD” is not a price in US dollars.",
        "trust everybody | Whom? Reply to them, or name them",
        "trust @nobody | I have not met @nobody yet.",
        "take 23456789AB | That code is unknown, used up or older than an hour.",
        "take | That code is unknown, used up or older than an hour.",
      })
  void whatCannotBeDoneIsToldInWords(String arguments, String told) {
    assertThat(rule(arguments)).startsWith(told);
    assertThat(scene.count("approval_rule") + scene.count("trusted_member")).isZero();
    assertThat(scene.count("audit_deed")).isZero();
  }

  @Test
  void wordsOfTenThousandCharactersAndEmptyOnesAreRefused() {
    assertThat(rule("word " + "x".repeat(10_000)))
        .startsWith("A flagged word or phrase has 1 to 60");
    assertThat(rule("word \u200b")).startsWith("A flagged word or phrase has 1 to 60");
  }

  @Test
  void onlyModeratorsDecide() {
    assertThat(commands(ann, scene.group, "approve", "word cat").words())
        .isEqualTo("Only those who run this chat can change that.");
    assertThat(scene.count("held_word")).isZero();
  }

  @Test
  void nobodyApprovesAnythingInADirectMessage() {
    assertThat(commands(ann, scene.annsRoom, "approve", "word cat").words())
        .startsWith("Between the two of us");
    assertThat(commands(ann, scene.annsRoom, "approve", "here").words())
        .startsWith("Between the two of us");
  }

  @Test
  void whatHoldsInOneCommunityHoldsInNoOther() {
    rule("word cat");
    MessageRef asked = scene.by(ann).in(room).toUs().says("a cat");
    scene.run();

    assertThat(isPicture(asked)).isTrue();
  }

  @Test
  void anotherChatOfTheCommunityIsChosenThere() {
    CommunityRef server = new CommunityRef(FakePlatform.ID, "server");
    Place one = new Place(new ChatRef(FakePlatform.ID, "one"), server, false);
    Place two = new Place(new ChatRef(FakePlatform.ID, "two"), server, false);
    commands(bob, one, "approve", "word cat");
    assertThat(commands(bob, two, "approve", "here").words())
        .startsWith("✅ From now on it stands in this chat.\nThese requests wait");
    MessageRef asked = scene.by(ann).in(one).toUs().says("a cat");
    scene.run();

    assertThat(decision().message().chat()).isEqualTo(two.chat());
    assertThat(press(bob, two, decision(), "approve")).isEqualTo("Approved");
    assertThat(isPicture(asked)).isTrue();
    assertThat(decision().words()).contains("Approved by bob.");
  }

  private String code() {
    Matcher code = Pattern.compile("take ([A-Z0-9]+)").matcher(rule("elsewhere"));
    assertThat(code.find()).isTrue();
    return code.group(1);
  }

  @Test
  void anotherGroupTakesItByACodeOfWhoeverRunsBoth() {
    rule("word cat");
    String code = code();
    assertThat(
            commands(bob, room, "approve", "take " + code.toLowerCase(java.util.Locale.ROOT))
                .words())
        .isEqualTo("✅ From now on it stands in this chat.");
    MessageRef asked = asks(ann, "a cat");

    assertThat(decision().message().chat()).isEqualTo(room.chat());
    assertThat(press(bob, room, decision(), "approve")).isEqualTo("Approved");
    assertThat(isPicture(asked)).isTrue();
    assertThat(commands(bob, room, "approve", "take " + code).words())
        .startsWith("That code is unknown");
    assertThat(rule("")).contains("They are shown in another chat.");
    rule("here off");
    assertThat(answer(asks(ann, "a cat"))).startsWith("✋");
    assertThat(decision().message().chat()).isEqualTo(scene.group.chat());
    press(bob, "deny");
  }

  @Test
  void aCodeExpiresAfterAnHour() {
    String code = code();
    scene.run(Duration.ofHours(1));

    assertThat(commands(bob, room, "approve", "take " + code).words())
        .startsWith("That code is unknown");
  }

  @Test
  void whoGovernsTheOtherGroupAloneCannotTakeIt() {
    String code = code();
    // A direct chat is governed by whoever is in it.
    assertThat(commands(ann, scene.annsRoom, "approve", "take " + code).words())
        .startsWith("That takes somebody who runs both groups");
    assertThat(scene.count("duty_chat")).isZero();
    assertThat(commands(ann, room, "approve", "take " + code).words()).startsWith("Only those");
  }

  @Test
  void whoGovernsTheModeratorsChatAloneDecidesNothing() {
    Place bobsRoom = new Place(new ChatRef(FakePlatform.ID, "bob"), true);
    rule("word cat");
    commands(bob, bobsRoom, "approve", "take " + code());
    asks(ann, "a cat");

    assertThat(decision().message().chat()).isEqualTo(bobsRoom.chat());
    assertThat(press(carl, bobsRoom, decision(), "approve"))
        .isEqualTo("Only those who run this chat can change that.");
    assertThat(press(bob, bobsRoom, decision(), "deny")).isEqualTo("Denied");
  }

  @Test
  void whereTheModeratorsChatIsClosedToUsTheChatOfTheRequestIsUsed() {
    rule("word cat");
    commands(bob, room, "approve", "take " + code());
    scene.platform.close(room.chat());
    MessageRef asked = asks(ann, "a cat");

    assertThat(decision().message().chat()).isEqualTo(scene.group.chat());
    assertThat(press(bob, "approve")).isEqualTo("Approved");
    assertThat(isPicture(asked)).isTrue();
  }

  @Test
  void whereTheModeratorsChatIsClosedLaterTheOutcomeIsShownWhereItWasAsked() {
    rule("word cat");
    commands(bob, room, "approve", "take " + code());
    MessageRef asked = asks(ann, "a cat");
    FakePlatform.Post shown = decision();
    scene.platform.close(room.chat());

    assertThat(press(bob, room, shown, "approve")).isEqualTo("Approved");
    assertThat(isPicture(asked)).isTrue();
    assertThat(scene.count("job where state <> 'ended'")).isZero();
  }

  @Test
  void whatWaitsInAChatThatWeWereThrownOutOfEndsByItself() {
    rule("word cat");
    asks(ann, "a cat");
    scene.platform.close(scene.group.chat());
    scene.run(Duration.ofHours(24));
    scene.run(Duration.ofHours(24));

    assertThat(scene.count("held_request where outcome = 'expired'")).isOne();
    assertThat(scene.count("job where state <> 'ended'")).isZero();
  }

  @Test
  void whatWaitsInAChatEndsWhenWeHearThatWeWereThrownOut() {
    rule("word cat");
    commands(bob, room, "approve", "take " + code());
    asks(ann, "a cat");
    FakePlatform.Post card = decision();
    scene.platform.close(scene.group.chat());
    scene.accept(new IncomingEvent.Left("left", scene.group));
    scene.run();

    assertThat(scene.count("held_request where outcome = 'ended'")).isOne();
    assertThat(scene.count("card where state = 'refused'")).isOne();
    assertThat(decision().words()).contains("could not be made any more");
    assertThat(decision().message()).isEqualTo(card.message());
    assertThat(decision().buttons()).isEmpty();
    scene.run(Duration.ofHours(25));
    assertThat(scene.count("job where state <> 'ended'")).isZero();
    assertThat(scene.spent()).isEqualTo(Cost.NONE);
  }

  @Test
  void whatWaitsInOtherChatsWaitsOnWhereWeWereThrownOutOfOne() {
    rule("word cat");
    asks(ann, "a cat");
    scene.accept(new IncomingEvent.Left("left", room));
    scene.run();

    assertThat(scene.count("held_request where outcome is null")).isOne();
  }

  @Test
  void aLongListOfFlaggedWordsIsAFile() {
    for (int i = 0; i < 40; i++) {
      rule("word " + "x".repeat(50) + i);
    }
    FakePlatform.Post list = commands(bob, scene.group, "approve", "word");

    assertThat(list.words()).doesNotContain("xxx");
    assertThat(new String(list.file().orElseThrow(), UTF_8).lines())
        .hasSize(40)
        .contains("x".repeat(50) + "39");
  }

  @Test
  void aRoleCannotBeTrusted() {
    MessageRef asked =
        scene
            .by(bob)
            .naming(new dev.plantain.platform.RoleRef(FakePlatform.ID, "7"), "Artists")
            .commands("approve", "trust @Artists");
    scene.run();

    assertThat(Optional.of(answer(asked)))
        .hasValueSatisfying(told -> assertThat(told).startsWith("Whom? Reply to them"));
  }

  @Test
  void whoIsTrustedIsListedWithAButtonThatEndsIt() {
    rule("trust @ann");
    FakePlatform.Post list = commands(bob, scene.group, "approve", "trust");
    assertThat(list.words())
        .isEqualTo("One member is trusted: their requests do not wait. A button ends that.\nann");

    assertThat(press(bob, list, "run")).isEqualTo("ann is not trusted any more.");
    assertThat(rule("trust")).startsWith("Nobody is trusted beyond others.");
  }
}
