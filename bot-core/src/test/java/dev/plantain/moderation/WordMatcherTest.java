package dev.plantain.moderation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Forbidden words in what people write. */
class WordMatcherTest {

  private static boolean holds(String text, String... words) {
    return new WordMatcher(Stream.of(words).map(Folding::fold).toList())
        .find(Folding.fold(text))
        .isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cat | a cat on a mat",
        "cat | Cat!",
        "CAT | the cat's whiskers",
        "cat | wild-cat",
        "cat | cat_lady",
        "cat | ｃａｔ in wide letters",
        "cat | c\u200Ba\u00ADt\uFE0F with invisible letters",
        "cat | 𝓬𝓪𝓽",
        "straße | STRASSE",
        "ΟΔΟΣ | οδος",
        "é | a é b",
        "big  cat | a BIG\tcat",
        "c++ | write c++ now",
        "猫 | 一只猫在这里",
        "ねこ | かわいいねこです",
        "แมว | มีแมวอยู่",
        "cat | catです",
        "кот | Где Кот?",
      })
  void aWordIsFoundWhereItStandsByItself(String word, String text) {
    assertThat(holds(text, word)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cat | category",
        "cat | bobcat",
        "cat | cat2",
        "big cat | big bad cat",
        "big cat | bigcat",
        "c++ | c+",
        "кот | который",
        "é | e",
        ".* | anything",
        "a.b | acb",
      })
  void aWordIsNotFoundInsideOthersAndIsNoPattern(String word, String text) {
    assertThat(holds(text, word)).isFalse();
  }

  @Test
  void aShorterWordIsFoundWhereALongerOneBegins() {
    assertThat(holds("he said so", "he says", "said")).isTrue();
    assertThat(holds("ab bc", "ab bcd", "bc")).isTrue();
    assertThat(holds("黑猫", "黑猫咪", "猫")).isTrue();
  }

  @Test
  void whatIsFoundIsWhatASlowSearchFinds() {
    Random random = new Random(4711);
    String[] letters = {"a", "b", "c", " ", "猫", "犬", "+", "é"};
    int found = 0;
    for (int round = 0; round < 20_000; round++) {
      List<String> words = new ArrayList<>();
      for (int i = random.nextInt(6); i >= 0; i--) {
        String word = Folding.fold(text(random, letters, 1 + random.nextInt(4)));
        if (!word.isEmpty()) {
          words.add(word);
        }
      }
      String text = Folding.fold(text(random, letters, random.nextInt(25)));
      Optional<String> hit = new WordMatcher(words).find(text);
      assertThat(hit.isPresent()).as("%s in %s", words, text).isEqualTo(slowly(words, text));
      hit.ifPresent(word -> assertThat(slowly(List.of(word), text)).isTrue());
      found += hit.isPresent() ? 1 : 0;
    }
    assertThat(found).isBetween(5_000, 19_000);
  }

  private static String text(Random random, String[] letters, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(letters[random.nextInt(letters.length)]);
    }
    return text.toString();
  }

  /** Every word at every place, with the boundaries told by a regular expression. */
  private static boolean slowly(List<String> words, String text) {
    for (String word : words) {
      for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
        if (mayCut(text, at) && mayCut(text, at + word.length())) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean mayCut(String text, int at) {
    return at == 0 || at == text.length() || !text.substring(at - 1, at + 1).matches("[a-zé]{2}");
  }

  @Test
  void whatIsFoldedStaysAsItIsWhenFoldedAgain() {
    Random random = new Random(17);
    for (int round = 0; round < 20_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(8); i >= 0; i--) {
        int point = random.nextInt(0x20000);
        if (Character.isDefined(point) && Character.getType(point) != Character.SURROGATE) {
          text.appendCodePoint(point);
        }
      }
      String once = Folding.fold(text.toString());
      assertThat(Folding.fold(once)).isEqualTo(once);
    }
  }

  @Test
  void whatNobodySeesIsNothing() {
    assertThat(Folding.fold("\u200B \uFE0F\u3164\u2060")).isEmpty();
  }

  @Test
  void aTextThatAlmostMatchesEverywhereIsReadOnce() {
    List<String> words = new ArrayList<>();
    for (int length = 1; length <= 59; length++) {
      words.add("a".repeat(length) + "b");
    }
    WordMatcher matcher = new WordMatcher(words);

    assertThat(matcher.find("a".repeat(1_000_000))).isEmpty();
    assertThat(matcher.find("a".repeat(1_000_000) + "b")).isEmpty();
    assertThat(matcher.find("a".repeat(1_000_000) + " aab")).contains("aab");
  }
}
