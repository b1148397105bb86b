package dev.plantain.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HarmlessTextTest {

  private static final String FAMILY = "👩‍👩‍👧‍👦";

  @Test
  void controlCharactersDisappearAndLinesStay() {
    assertThat(HarmlessText.lines("a\u0000b\u0007c\r\nd\re\tf\u009b\u007f"))
        .isEqualTo("abc\nd\ne f");
  }

  @Test
  void halvesOfSurrogatesAreReplaced() {
    assertThat(HarmlessText.lines("a\ud83cb")).isEqualTo("a\ufffdb");
  }

  @Test
  void wordsOfEveryScriptStayAsTheyAre() {
    String text = "שלום לילה 你好 a\u200bb " + FAMILY + " नमस्ते <b>*_[x](y)</b>";

    assertThat(HarmlessText.lines(text)).isEqualTo(text);
  }

  @Test
  void whatChangesTheDirectionEndsOnItsLine() {
    assertThat(HarmlessText.lines("\u2067abc\nd\u202be"))
        .isEqualTo("\u2067abc\u2069\nd\u202be\u202c");
    assertThat(HarmlessText.lines("a\u202egnp.exe")).isEqualTo("agnp.exe");
    assertThat(HarmlessText.lines("a\u2069\u202cb")).isEqualTo("ab");
    assertThat(HarmlessText.lines("\u2066a\u202bb\u2069c"))
        .isEqualTo("\u2066a\u202bb\u202c\u2069c");
  }

  @Test
  void abbreviatingKeepsAnEmojiWhole() {
    assertThat(HarmlessText.abbreviated("abc" + FAMILY + "de", 8)).isEqualTo("abc…");
    assertThat(HarmlessText.abbreviated("abc" + FAMILY, 14)).isEqualTo("abc" + FAMILY);
    assertThat(HarmlessText.abbreviated("🌙🌙", 1)).isEqualTo("…");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \n ", "\u200b\u200d\ufeff", "\u3164\u2800", "\u0000"})
  void whatShowsNothingIsInvisible(String text) {
    assertThat(HarmlessText.isInvisible(text)).isTrue();
  }

  @Test
  void whatIsMadeHarmlessStaysWithinItsLimitAndIsHarmlessAgain() {
    Random random = new Random(20261121);
    int[] alphabet = {
      'a', ' ', '\n', '\r', 0, 7, 0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2066, 0x2067, 0x2068,
      0x2069, 0x1f319, 0x200d, 0x1f469, 0xd83c, 0xdf00, 0x5d0, 0x301
    };
    for (int round = 0; round < 2_000; round++) {
      StringBuilder text = new StringBuilder();
      random
          .ints(random.nextInt(60), 0, alphabet.length)
          .forEach(i -> text.appendCodePoint(alphabet[i]));
      int most = 1 + random.nextInt(30);

      String clean = HarmlessText.lines(text.toString());
      String shorter = HarmlessText.abbreviated(clean, most);

      assertThat(HarmlessText.lines(clean)).isEqualTo(clean);
      assertThat(shorter.length()).isLessThanOrEqualTo(most);
      assertThat(HarmlessText.lines(shorter)).isEqualTo(shorter);
    }
  }
}
