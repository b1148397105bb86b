package dev.plantain.chat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.moderation.WordRules;
import dev.plantain.platform.MessageRef;
import dev.plantain.platform.Sender;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Words that requests may not hold. */
class ForbiddenWordsTest {
  @TempDir Path folder;
  private Scene scene;

  @BeforeEach
  void begin() {
    scene = new Scene(folder);
    scene.platform.governs(scene.bob.member());
  }

  @AfterEach
  void end() {
    scene.close();
  }

  private String commands(String name, String arguments) {
    MessageRef asked = scene.by(scene.bob).commands(name, arguments);
    scene.settle();
    return scene.answerTo(asked).words();
  }

  private FakePlatform.Post asks(Sender member, String words) {
    MessageRef asked = scene.by(member).toUs().says(words);
    scene.settle();
    return scene.answerTo(asked);
  }

  @Test
  void aRequestWithAForbiddenWordIsRefusedInWordsThatDoNotRepeatIt() {
    assertThat(commands("deny", "word  Big   CAT"))
        .isEqualTo("Done: /deny word big cat\nOne word or phrase is forbidden:\nbig cat");

    assertThat(asks(scene.ann, "paint a big c\u200Bat").words())
        .startsWith("Your words hold something that those who run this community do not want")
        .doesNotContain("cat");
    assertThat(scene.posts(scene.group).getLast().forAskerAlone()).isTrue();
    assertThat(scene.count("turn")).isZero();
    assertThat(scene.count("ledger_entry")).isZero();
    assertThat(asks(scene.ann, "paint a big category").file()).isPresent();
    assertThat(asks(scene.bob, "a big cat").file()).isEmpty();
  }

  @Test
  void aWordThatIsAllowedAgainCanBeSaid() {
    commands("deny", "word cat");
    asks(scene.ann, "a cat");
    assertThat(commands("allow", "word Cat")).startsWith("Done: /allow word cat");

    assertThat(asks(scene.ann, "a cat").file()).isPresent();
    assertThat(commands("allow", "word cat")).startsWith("That was so already");
  }

  @Test
  void aListThatChangesIsTheOneThatHolds() {
    commands("deny", "word cat");
    asks(scene.ann, "a cat");
    commands("allow", "word cat");
    commands("deny", "word dog");

    assertThat(asks(scene.ann, "a cat").file()).isPresent();
    assertThat(asks(scene.ann, "a dog").file()).isEmpty();
  }

  @Test
  void wordsAreListedForModerators() {
    assertThat(commands("allow", "word")).startsWith("No words are forbidden.");
    commands("deny", "word cat");
    commands("deny", "word black dog");

    assertThat(commands("allow", "words"))
        .isEqualTo("2 words and phrases are forbidden:\ncat, black dog");
    assertThat(commands("allow", "")).contains("2 words are forbidden");
  }

  @Test
  void whatIsNoWordOrTooLongIsToldInWords() {
    assertThat(commands("deny", "word \u200B\u2060")).startsWith("There is nothing in that word");
    assertThat(commands("deny", "word " + "x".repeat(61)))
        .startsWith("That has 61 characters, and 60 is the most.");
    assertThat(commands("deny", "word " + "x".repeat(10_000))).contains("10,000 characters");
    assertThat(scene.count("word_rule")).isZero();
    assertThat(commands("deny", "word " + "x".repeat(60))).startsWith("Done");
  }

  @Test
  void thereAreFiveHundredWordsAtMost() {
    commands("deny", "word cat");
    scene
        .database()
        .update(tx -> {
          for (int i = 1; i < WordRules.MOST; i++) {
            tx.update(
                "insert into word_rule (community_id, word) select community_id, ? from word_rule"
                    + " limit 1",
                "word" + i);
          }
        });

    assertThat(commands("deny", "word dog")).startsWith("500 words are forbidden, and no more");
    assertThat(commands("allow", "word")).isEqualTo("500 words and phrases are forbidden:");
    assertThat(new String(scene.lastPost(scene.group).file().orElseThrow(), UTF_8).lines())
        .hasSize(500)
        .contains("cat", "word499");
    assertThat(asks(scene.ann, "word499").file()).isEmpty();
    assertThat(commands("allow", "word cat")).startsWith("Done");
  }

  @Test
  void aWaitingRequestCannotBeChangedToForbiddenWords() {
    commands("deny", "word cat");
    scene
        .model()
        .plays(request -> {
          MessageRef second = scene.by(scene.bob).toUs().says("a dog");
          scene.run();
          scene.edits(scene.bob, scene.group, second, "a cat");
          scene.run();
          scene.edits(scene.bob, scene.group, second, "two cats, one cat");
          scene.run();
          assertThat(scene.answersTo(second))
              .extracting(FakePlatform.Post::words)
              .filteredOn(words -> words.startsWith("What you changed it to"))
              .hasSize(1);
          return scene.model().paint(request);
        });
    asks(scene.ann, "a lighthouse");

    assertThat(scene.model().requests().getLast().contents().toString())
        .contains("a dog")
        .doesNotContain("a cat");
  }

  @Test
  void whatOneCommunityForbidsAnotherDoesNot() {
    commands("deny", "word cat");
    MessageRef asked = scene.by(scene.ann).in(scene.annsRoom).says("a cat");
    scene.settle();

    assertThat(scene.answerTo(asked).file()).isPresent();
  }
}
