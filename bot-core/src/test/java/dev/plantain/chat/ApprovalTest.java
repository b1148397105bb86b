package dev.plantain.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.platform.InteractionRef;
import dev.plantain.platform.MessageRef;
import dev.plantain.platform.RoleRef;
import dev.plantain.platform.Sender;
import dev.plantain.quota.Caps;
import dev.plantain.quota.Cost;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that wait for a moderator. */
class ApprovalTest extends ApprovalScene {
  @Test
  void aRequestThatWaitsIsShownToThoseWhoDecideAndCostsNothingYet() {
    rule("word dragon");
    MessageRef asked =
        scene.by(ann).toUs().with(Scene.photo(1)).says("a Dragon --size 4K --count 2");
    scene.run();

    assertThat(answer(asked))
        .startsWith("✋ Those who run this chat decide about this one, within 24 hours.");
    assertThat(scene.answerTo(asked).buttons()).hasSize(1);
    FakePlatform.Post card = decision();
    assertThat(card.words())
        .isEqualTo(
            """
            ✋ ann asks for a picture, and those who run the chat decide:
            with a flagged word
            a Dragon
            Nano · 4K · 2 pictures · 0.24 USD
            Without an answer it ends 24 hours after it was asked, uncharged.\
            """);
    assertThat(card.buttons()).containsExactly("approve:1:0", "deny:1:0", "trust:1:0");
    assertThat(card.file()).isPresent();
    assertThat(scene.count("reservation")).isZero();
    assertThat(scene.count("ledger_entry")).isZero();
  }

  @Test
  void whatIsApprovedIsMadeAndChargedAndTheCardSaysByWhom() {
    rule("word dragon");
    MessageRef asked = asks(ann, "a dragon");
    assertThat(press(bob, "approve")).isEqualTo("Approved");
    scene.settle();

    assertThat(isPicture(asked)).isTrue();
    assertThat(decision().words()).contains("✅ Approved by bob.");
    assertThat(decision().buttons()).isEmpty();
    assertThat(scene.spent()).isEqualTo(ONE);
    assertThat(scene.count("ledger_entry where kind = 'reserved' and by_member_id is not null"))
        .isOne();
    assertThat(scene.count("audit_deed where words = '(approved @ann: a dragon)'")).isOne();
  }

  @Test
  void whatIsDeniedEndsUnchargedInWords() {
    rule("word dragon");
    MessageRef asked = asks(ann, "a dragon");
    assertThat(press(bob, "deny")).isEqualTo("Denied");
    scene.settle();

    assertThat(answer(asked))
        .isEqualTo("Those who run this chat decided against this one. Nothing was charged.");
    assertThat(decision().words()).contains("❌ Denied by bob.");
    assertThat(scene.spent()).isEqualTo(Cost.NONE);
    assertThat(scene.model().requests()).isEmpty();
  }

  @Test
  void whatNobodyAnswersEndsUncharged() {
    rule("word dragon");
    rule("time 1h");
    MessageRef asked = asks(ann, "a dragon");
    FakePlatform.Post shown = decision();
    scene.run(Duration.ofMinutes(59));
    assertThat(answer(asked)).startsWith("✋");
    scene.run(Duration.ofMinutes(2));

    assertThat(answer(asked)).startsWith("Nobody decided about this one within 60 minutes");
    assertThat(decision().words()).contains("⌛ Nobody answered in time.");
    assertThat(press(bob, shown, "approve")).startsWith("Too late");
    assertThat(scene.spent()).isEqualTo(Cost.NONE);
    assertThat(scene.count("job where state <> 'ended'")).isZero();
  }

  @Test
  void whoIsTrustedDoesNotWaitAnyMore() {
    rule("word dragon");
    MessageRef asked = asks(ann, "a dragon");
    press(bob, "trust");
    scene.settle();

    assertThat(isPicture(asked)).isTrue();
    assertThat(isPicture(asks(ann, "another dragon"))).isTrue();
    assertThat(List.of(rule("trust"))).first().asString().contains("One member is trusted");
    assertThat(rule("trust @ann off")).isEqualTo("ann is not trusted any more.");
    assertThat(isPicture(asks(ann, "another dragon"))).isFalse();
    assertThat(press(bob, "deny")).isEqualTo("Denied");
  }

  @Test
  void moderatorsNeverWait() {
    rule("word dragon");

    assertThat(isPicture(asks(bob, "a dragon"))).isTrue();
    assertThat(decisions()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "size 4K | a cat --size 4K | a cat --size 2K | in 4K",
        "price 0.10 USD | a cat --count 3 | a cat --count 2 | expensive",
        "price 0.10 USD | a cat --size 4K | a cat --size 1K | expensive",
        "word big cat | the BIG  Cat sleeps | a big fat cat | with a flagged word",
      })
  void whatMeetsAConditionWaitsAndNothingElse(
      String condition, String waits, String passes, String why) {
    rule(condition);

    assertThat(answer(asks(ann, waits))).startsWith("✋");
    assertThat(decision().words().lines().skip(1).findFirst()).contains(why);
    assertThat(scene.answersTo(asks(ann, passes))).allMatch(post -> post.file().isPresent());
    assertThat(press(bob, "deny")).isEqualTo("Denied");
  }

  @Test
  void newcomersWaitUntilTheyAreKnown() {
    asks(carl, "");
    scene.run(Duration.ofDays(3));
    rule("newcomers 3d");

    assertThat(isPicture(asks(carl, "a cat"))).isTrue();
    assertThat(answer(asks(ann, "a cat"))).startsWith("✋");
    press(bob, "deny");
    scene.run(Duration.ofDays(3));
    assertThat(isPicture(asks(ann, "a cat"))).isTrue();
  }

  @Test
  void whatIsOverALimitWaitsAndCountsOnceItIsApproved() {
    commands(bob, scene.group, "limit", "members 1/day");
    rule("over-quota");
    assertThat(isPicture(asks(ann, "a cat"))).isTrue();
    MessageRef second = asks(ann, "one more");
    assertThat(answer(second)).startsWith("✋");
    press(bob, "approve");
    scene.run();

    assertThat(isPicture(second)).isTrue();
    assertThat(scene.spent()).isEqualTo(new Cost(2, 2 * Scene.PRICE));
    rule("over-quota off");
    assertThat(answer(asks(ann, "one more"))).contains("the limit is 1/day");
  }

  @Test
  void theOperatorsCapStandsAboveEveryApproval() {
    scene.close();
    scene = new Scene(folder, new Caps(Optional.empty(), Optional.of(Scene.PRICE)));
    scene.platform.governs(bob.member());
    rule("word dragon");
    MessageRef asked = asks(ann, "a dragon");
    assertThat(isPicture(asks(carl, "a cat"))).isTrue();

    assertThat(press(bob, "approve")).startsWith("This bot has spent what its operator lets it");
    assertThat(answer(asked)).startsWith("✋");
    rule("over-quota");
    assertThat(answer(asks(carl, "a cat"))).startsWith("This bot has spent what");
    scene.run(Duration.ofHours(23));
    assertThat(press(bob, "approve")).isEqualTo("Approved");
    scene.run();
    assertThat(isPicture(asked)).isTrue();
  }

  @Test
  void inQuietHoursNothingWaits() {
    rule("over-quota");
    commands(bob, scene.group, "limit", "quiet 00:00-23:59");

    assertThat(answer(asks(ann, "a cat"))).startsWith("I paint nothing here between");
  }

  @Test
  void whoeverApprovesSeveralPicturesApprovesAllOfThem() {
    commands(bob, scene.group, "limit", "members 1/day");
    rule("over-quota");
    MessageRef asked = asks(ann, "a cat --count 3");
    press(bob, "approve");
    scene.run();

    assertThat(scene.answersTo(asked)).hasSize(3).allMatch(post -> post.file().isPresent());
    assertThat(scene.spent()).isEqualTo(new Cost(3, 3 * Scene.PRICE));
    assertThat(scene.count("ledger_entry where kind = 'reserved' and by_member_id is not null"))
        .isEqualTo(3);
  }

  @Test
  void anotherOneOfTheSameWaitsForWhoeverWantsIt() {
    MessageRef asked = asks(ann, "a dragon");
    rule("word dragon");
    FakePlatform.Post picture = scene.answerTo(asked);

    assertThat(press(carl, picture, "again"))
        .isEqualTo("That waits for those who run this chat now.");
    assertThat(decision().words()).startsWith("✋ carl asks for a picture");
    assertThat(press(carl, picture, "again"))
        .isEqualTo("That waits for those who run this chat now.");
    assertThat(decisions()).hasSize(1);
    assertThat(press(bob, picture, "again")).isEqualTo("One more is on its way");
    press(bob, "approve");
    scene.run();

    assertThat(scene.answersTo(asked)).hasSize(3).allMatch(post -> post.file().isPresent());
    assertThat(scene.spent()).isEqualTo(new Cost(3, 3 * Scene.PRICE));
  }

  @Test
  void whoeverAskedCanCancelItAndPressesComeTooLate() {
    rule("word dragon");
    MessageRef asked = asks(ann, "a dragon");
    FakePlatform.Post shown = decision();
    assertThat(press(ann, scene.answerTo(asked), "cancel")).isEqualTo("Cancelled");

    assertThat(answer(asked)).startsWith("Cancelled.");
    assertThat(decision().words()).contains("✖️ Cancelled before anybody decided.");
    assertThat(press(bob, shown, "approve")).startsWith("It was cancelled");
    assertThat(press(bob, shown, "deny")).startsWith("It was cancelled");
    assertThat(scene.model().requests()).isEmpty();
  }

  @Test
  void theFirstOfTwoModeratorsDecides() {
    scene.platform.governs(carl.member());
    rule("word dragon");
    asks(ann, "a dragon");
    FakePlatform.Post shown = decision();

    assertThat(press(bob, shown, "approve")).isEqualTo("Approved");
    assertThat(press(bob, shown, "approve")).isEqualTo("Approved");
    assertThat(press(carl, shown, "approve")).isEqualTo("bob has approved it already.");
    assertThat(press(carl, shown, "deny")).isEqualTo("bob has approved it already.");
    assertThat(scene.spent()).isEqualTo(ONE);
    assertThat(scene.model().requests()).hasSize(1);
  }

  @Test
  void onlyModeratorsDecideAlsoByAForgedPress() {
    rule("word dragon");
    asks(ann, "a dragon");
    FakePlatform.Post shown = decision();

    for (Sender member : List.of(ann, carl)) {
      for (String action : List.of("approve", "deny", "trust")) {
        assertThat(press(member, shown, action))
            .isEqualTo("Only those who run this chat can change that.");
      }
    }
    for (String forged :
        List.of("approve:", "approve:x:0", "approve:99:0", "trust:1", "deny:1:-1")) {
      InteractionRef pressed = scene.press(bob, scene.group, shown.message(), forged);
      scene.run();
      assertThat(scene.platform.answerTo(pressed).orElseThrow()).isNotEqualTo("Approved");
    }
    assertThat(scene.count("held_request where outcome is null")).isOne();
    press(bob, "deny");
  }

  @Test
  void aBanEndsWhatWaits() {
    rule("word dragon");
    MessageRef asked = asks(ann, "a dragon");
    FakePlatform.Post shown = decision();
    commands(bob, scene.group, "ban", "@ann 1d");

    assertThat(answer(asked)).startsWith("Cancelled by bob.");
    assertThat(press(bob, shown, "approve")).startsWith("It was cancelled");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "word dragon",
        "member @ann",
        "chat",
        "model Nano everywhere",
        "size 4K everywhere"
      })
  void whatIsClosedMeanwhileEndsWhatWaits(String closed) {
    rule("word dragon");
    MessageRef asked = asks(ann, "a dragon --size 4K");
    FakePlatform.Post shown = decision();
    commands(bob, scene.group, "deny", closed);

    assertThat(answer(asked)).endsWith("Nothing was charged.").doesNotStartWith("✋");
    assertThat(decision().words()).contains("✖️ It could not be made any more");
    assertThat(press(bob, shown, "approve")).startsWith("It cannot be made any more");
    assertThat(scene.count("job where state <> 'ended'")).isZero();
  }

  @Test
  void whatCannotBeFetchedIsNeverShownToAnybody() {
    rule("word dragon");
    MessageRef asked = scene.by(ann).toUs().with(new byte[] {1, 2, 3}).says("a dragon");
    scene.run();

    assertThat(answer(asked)).startsWith("That file is not a picture");
    assertThat(decisions()).isEmpty();
    assertThat(scene.count("held_request where outcome = 'ended'")).isOne();
  }

  @Test
  void aPhotoAloneDoesNotWaitAndItsWordsDo() {
    rule("price 0 USD");
    MessageRef photo = scene.by(ann).toUs().with(Scene.photo(1)).says("");
    scene.run();
    assertThat(answer(photo)).startsWith("Got the picture.");

    MessageRef words = asks(ann, "make it night");
    assertThat(answer(words)).startsWith("✋");
    assertThat(decision().file()).isPresent();
    press(bob, "approve");
    scene.run();
    assertThat(isPicture(words)).isTrue();
    assertThat(scene.model().requests().getLast().contents().getFirst().parts()).hasSize(2);
  }

  @Test
  void whoeverAsksSeesHowLongItWaitsStill() {
    rule("word dragon");
    MessageRef asked = asks(ann, "a dragon");
    scene.plantain().showProgressOnce();
    scene.run(Duration.ofHours(5));
    scene.plantain().showProgressOnce();

    Awaitility.await().until(() -> answer(asked).contains("within 19 hours"));
    press(bob, "deny");
  }

  @Test
  void atMostTwentyWaitOfOneMember() {
    rule("word dragon");
    for (int i = 0; i < 20; i++) {
      asks(ann, "a dragon");
    }

    assertThat(answer(asks(ann, "a dragon")))
        .startsWith("20 of your requests wait for approval here, and no more can.");
    assertThat(answer(asks(carl, "a dragon"))).startsWith("✋");
    assertThat(isPicture(asks(ann, "a cat"))).isTrue();
    scene.run(Duration.ofDays(1));
    assertThat(scene.count("held_request where outcome = 'expired'")).isEqualTo(21);
  }

  @Test
  void nobodyDecidesOnceTheTimeIsOver() {
    rule("word dragon");
    MessageRef asked = asks(ann, "a dragon");
    scene.clock.advance(Duration.ofHours(24));

    assertThat(press(bob, "approve")).startsWith("Too late");
    scene.settle();
    assertThat(isPicture(asked)).isFalse();
    assertThat(decision().words()).contains("Nobody answered in time");
  }

  @Test
  void whoLostTheRoleThatLetsThemAskIsNotApproved() {
    RoleRef artists = new RoleRef(FakePlatform.ID, "artists");
    Sender artist =
        new Sender(ann.member(), "ann", Optional.of("en"), Optional.empty(), Set.of(artists));
    rule("word dragon");
    scene.by(bob).naming(artists, "Artists").commands("allow", "only role @Artists");
    scene.run();
    MessageRef asked = asks(artist, "a dragon");
    commands(ann, scene.group, "quota", "");

    assertThat(press(bob, "approve")).startsWith("It cannot be made any more");
    scene.settle();
    assertThat(isPicture(asked)).isFalse();
    assertThat(scene.spent()).isEqualTo(Cost.NONE);
  }

  @Test
  void aChatThatHasGoneOnIsNotTakenBackByAnApproval() {
    rule("word dragon");
    asks(ann, "a dragon");
    scene.clock.advance(Duration.ofMinutes(1));
    asks(carl, "a house");
    scene.settle();
    press(bob, "approve");
    scene.settle();
    asks(carl, "with a red door");
    scene.settle();

    assertThat(scene.model().requests().getLast().contents().toString())
        .contains("a house")
        .doesNotContain("dragon");
  }

  @Test
  void limitsRefuseWhomNothingElseLetsWait() {
    commands(bob, scene.group, "limit", "members 1/day");
    rule("over-quota");
    rule("trust @ann");
    assertThat(isPicture(asks(ann, "a cat"))).isTrue();

    assertThat(answer(asks(ann, "one more"))).contains("the limit is 1/day");
    assertThat(scene.count("held_request")).isZero();
  }

  @Test
  void whatTheOperatorsCapWouldRefuseAnywayDoesNotWait() {
    scene.close();
    scene = new Scene(folder, new Caps(Optional.empty(), Optional.of(Scene.PRICE)));
    scene.platform.governs(bob.member());
    commands(bob, scene.group, "limit", "members 1/day");
    rule("over-quota");
    assertThat(isPicture(asks(ann, "a cat"))).isTrue();

    assertThat(answer(asks(ann, "one more"))).doesNotStartWith("✋");
    assertThat(scene.count("held_request")).isZero();
  }

  @Test
  void atMostTwoHundredWaitOfACommunity() {
    rule("word dragon");
    for (int member = 0; member < 10; member++) {
      Sender somebody = Scene.person("member" + member);
      for (int i = 0; i < 20; i++) {
        asks(somebody, "a dragon");
      }
    }

    assertThat(answer(asks(carl, "a dragon")))
        .startsWith("200 requests wait for approval in this community, and no more can.");
  }
}
