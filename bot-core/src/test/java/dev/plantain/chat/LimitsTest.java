package dev.plantain.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.platform.InteractionRef;
import dev.plantain.platform.MessageRef;
import dev.plantain.platform.Picture;
import dev.plantain.platform.RoleRef;
import dev.plantain.platform.Sender;
import dev.plantain.quota.AuditResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Limits and credits, as moderators and members handle them in the chat. */
class LimitsTest {
  private static final RoleRef ARTISTS = new RoleRef(FakePlatform.ID, "7");

  @TempDir Path folder;
  private Scene scene;

  @BeforeEach
  void begin() {
    scene = new Scene(folder);
    scene.platform.governs(scene.bob.member());
  }

  @AfterEach
  void end() {
    assertThat(scene.audit()).isInstanceOf(AuditResult.Agrees.class);
    scene.close();
  }

  private String limit(String words) {
    return answer(scene.by(scene.bob).commands("limit", words));
  }

  private String answer(MessageRef asked) {
    scene.settle();
    return scene.answerTo(asked).words();
  }

  private String asks(Sender member) {
    return answer(scene.by(member).toUs().says("a lighthouse"));
  }

  private boolean gets(Sender member) {
    MessageRef asked = scene.by(member).toUs().says("a lighthouse");
    scene.settle();
    return scene.answerTo(asked).file().isPresent();
  }

  @Test
  void aLimitInWordsHoldsAtOnceAndIsTakenAwayInWords() {
    assertThat(limit("members 1/day"))
        .startsWith("✅ That holds from now on.")
        .contains("• Each member: 1/day");
    assertThat(gets(scene.ann)).isTrue();
    assertThat(gets(scene.ann)).isFalse();

    assertThat(limit("members off"))
        .startsWith("✅ That limit is gone.")
        .contains("Nothing is limited here yet.");
    assertThat(gets(scene.ann)).isTrue();
  }

  @Test
  void aLimitIsChosenByButtons() {
    MessageRef asked = scene.by(scene.bob).commands("limit", "");
    scene.settle();
    MessageRef menu = scene.answerTo(asked).message();
    press(scene.bob, menu, "run:limit:menu chat");
    press(scene.bob, menu, "run:limit:chat 5/day");

    assertThat(scene.platform.posts().getFirst().words()).contains("• This chat: 5/day");
    assertThat(scene.count("allowance")).isOne();
  }

  private String press(Sender presser, MessageRef message, String data) {
    InteractionRef press = scene.press(presser, scene.group, message, data);
    scene.settle();
    return scene.platform.answerTo(press).orElse("");
  }

  @Test
  void onlyModeratorsSetLimitsEvenByAForgedPress() {
    String refusal = "Only those who run this chat can change that.";
    assertThat(answer(scene.by(scene.ann).commands("limit", "members 0/day"))).isEqualTo(refusal);
    MessageRef asked = scene.by(scene.bob).commands("limit", "");
    scene.settle();

    assertThat(press(scene.ann, scene.answerTo(asked).message(), "run:limit:members 0/day"))
        .isEqualTo(refusal);
    assertThat(answer(scene.by(scene.ann).naming(scene.ann).commands("grant", "@ann 5")))
        .isEqualTo(refusal);
    assertThat(scene.count("allowance")).isZero();
  }

  @Test
  void aRoleThatIsNamedGetsALimitOfItsOwn() {
    limit("members 0/day");
    MessageRef asked =
        scene.by(scene.bob).naming(ARTISTS, "Artists").commands("limit", "role @Artists 5/day");
    assertThat(answer(asked)).contains("• Each with the role Artists: 5/day");

    assertThat(gets(artist("carl"))).isTrue();
    assertThat(gets(scene.ann)).isFalse();
  }

  private static Sender artist(String name) {
    Sender plain = Scene.person(name);
    return new Sender(
        plain.member(), name, plain.language(), Optional.of(name + "X"), Set.of(ARTISTS));
  }

  @Test
  void aMemberIsNamedByMentionByHandleOrByReply() {
    Sender carl = artist("carl");
    gets(carl);
    answer(scene.by(scene.bob).naming(scene.ann).commands("limit", "@ann 0/day"));
    limit("@CARLx 0/day");
    Sender dora = Scene.person("dora");
    answer(scene.by(scene.bob).replyingTo(dora).commands("limit", "member 0/day"));

    assertThat(gets(scene.ann)).isFalse();
    assertThat(gets(carl)).isFalse();
    assertThat(gets(dora)).isFalse();
    assertThat(gets(scene.bob)).isTrue();
    assertThat(limit("@stranger 0/day")).startsWith("I have not met @stranger yet.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "members | How much, and in which time?",
        "members 20 | How much, and in which time?",
        "members -5/day | A limit cannot be less than nothing: -5.",
        "members 0.5/day | Pictures come whole: 0.5.",
        "members 99999999999/day | That is too much: 99999999999.",
        "members 5/decade | I did not understand “decade”.",
        "members 5 apples/day | I did not understand “apples”.",
        "members 5/60d | That is too much: 60d.",
        "20/day | For whom?",
        "somebody 20/day | For whom?",
        "chat unlimited | Only a member or a role can be unlimited.",
        "try members off | Try how much?",
        "zone Atlantis | I do not know the time zone “Atlantis”.",
        "reset 25 | “25” is not an hour from 0 to 23.",
        "quiet 8 to 8 | I did not understand “8 to 8”.",
        "pool maybe | Write /limit pool first, or last",
      })
  void whatIsNotUnderstoodIsAnsweredWithWhatWouldBe(String words, String answer) {
    assertThat(limit(words)).startsWith(answer);
    assertThat(scene.count("allowance")).isZero();
    assertThat(scene.count("audit_deed")).isZero();
  }

  @Test
  void aMemberSeesWhatIsLeftAndWhenItComesBack() {
    limit("members 4/24h");
    gets(scene.ann);
    scene.run(Duration.ofHours(20));

    assertThat(answer(scene.by(scene.ann).commands("quota", "")))
        .isEqualTo(
            """
            What ann has left here:

            Each member: 4/24h
            ▰▰▰▰▰▰▰▰▱▱ 3 of 4 left · more in 4 hours\
            """);
    assertThat(scene.lastPost(scene.group).card().picture().map(Picture::description))
        .contains("What ann has left here: Each member: 4/24h, 3 of 4 left");
    assertThat(answer(scene.by(scene.ann).in(scene.annsRoom).commands("quota", "")))
        .endsWith("Nothing limits you here.");
  }

  @Test
  void moderatorsSeeWhatHoldsForAMemberAndWhatDoesNot() {
    limit("members 4/day");
    answer(scene.by(scene.bob).naming(scene.ann).commands("limit", "@ann 9/day"));

    assertThat(answer(scene.by(scene.bob).naming(scene.ann).commands("limit", "explain @ann")))
        .contains("Each member: 4/day (does not count, as this does: ann: 9/day)")
        .contains("ann: 9/day\n▰▰▰▰▰▰▰▰▰▰ 9 of 9 left");
  }

  @Test
  void aLimitIsTriedOnWhatWasWithoutChangingAnything() {
    gets(scene.ann);
    gets(scene.ann);
    gets(scene.bob);
    scene.run(Duration.ofMinutes(1));

    assertThat(limit("try members 1/day"))
        .isEqualTo(
            "With 1/day, the last 30 days would have been: of 3 requests by 2 members, 1 would have"
                + " been refused, to 1 members. Nothing was changed.");
    assertThat(scene.count("allowance")).isZero();
  }

  @Test
  void creditsGoBeyondTheLimitAndCanBeGivenOnAndDonated() {
    limit("members 0/day");
    assertThat(answer(scene.by(scene.bob).naming(scene.ann).commands("grant", "@ann 3")))
        .isEqualTo("🎁 ann now has 3 extra here.");
    assertThat(gets(scene.ann)).isTrue();
    Sender carl = Scene.person("carl");
    assertThat(answer(scene.by(scene.ann).naming(carl).commands("give", "@carl 1")))
        .isEqualTo("🎁 1 given to carl. You have 1 left.");
    assertThat(answer(scene.by(scene.ann).commands("donate", "1")))
        .isEqualTo("🎁 1 given to All together. You have 0 left.");
    assertThat(answer(scene.by(scene.ann).commands("donate", "1")))
        .startsWith("You have only 0 extra here");

    assertThat(gets(scene.ann)).isTrue();
    assertThat(gets(scene.ann)).isFalse();
    assertThat(gets(carl)).isTrue();
    assertThat(gets(carl)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"give @ann 0", "give @ann -1", "give @ann", "grant @ann lots", "give 5"})
  void creditsInUnclearWordsMoveNothing(String written) {
    String[] words = written.split(" ", 2);
    assertThat(answer(scene.by(scene.bob).naming(scene.ann).commands(words[0], words[1])))
        .matches("(How much|To whom)\\?.*");
    assertThat(scene.count("ledger_entry")).isZero();
  }

  @Test
  void aGrantWhoseAnswerWasLostIsGrantedOnce() {
    scene.platform.fails("post", false, FakePlatform.busy(Duration.ofSeconds(5)));
    answer(scene.by(scene.bob).naming(scene.ann).commands("grant", "@ann 3"));

    assertThat(scene.count("ledger_entry where kind = 'granted'")).isOne();
    assertThat(scene.count("audit_deed")).isOne();
  }

  @Test
  void daysBeginWhereAndWhenTheCommunityLives() {
    assertThat(limit("zone europe/copenhagen"))
        .startsWith("Days begin at 00:00 in Europe/Copenhagen.");
    assertThat(limit("reset 6")).startsWith("Days begin at 06:00 in Europe/Copenhagen.");
    assertThat(limit("reset")).startsWith("Days begin at 06:00");
    assertThat(limit("pool first")).endsWith("pays first.");
  }

  @Test
  void nothingIsPaintedInQuietHours() {
    String now = scene.clock.instant().toString().substring(11, 16);
    String end = scene.clock.instant().plusSeconds(7200).toString().substring(11, 16);
    limit("quiet " + now + "-" + end);

    assertThat(asks(scene.ann))
        .startsWith("I paint nothing here between " + now + " and " + end + ".")
        .endsWith("You can ask again in 2 hours.");
    limit("quiet off");
    assertThat(gets(scene.ann)).isTrue();
  }

  @Test
  void whatModeratorsDoIsRecorded() {
    limit("members 4/day");
    limit("zone UTC");
    limit("list");

    assertThat(scene.count("audit_deed where command = 'limit'")).isEqualTo(2);
  }
}
