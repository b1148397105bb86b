package dev.plantain.moderation;

import java.text.Normalizer;
import java.util.Locale;

/**
 * Makes words comparable that look or mean the same: without what nobody sees, in compatibility
 * form (NFKC), without case, and with one space wherever there is any.
 */
final class Folding {
  private Folding() {}

  static String fold(String words) {
    String visible = visible(words);
    String composed = Normalizer.normalize(visible, Normalizer.Form.NFKC);
    StringBuilder folded = new StringBuilder(composed.length());
    // Upper case first, as several letters may become one kind there; then letter by letter, as the
    // last sigma of a word is to be like any other.
    composed
        .toUpperCase(Locale.ROOT)
        .codePoints()
        .map(Character::toLowerCase)
        .forEach(folded::appendCodePoint);
    return spaced(visible(Normalizer.normalize(folded, Normalizer.Form.NFKC)));
  }

  private static String visible(String words) {
    StringBuilder visible = new StringBuilder(words.length());
    words.codePoints().filter(point -> !isInvisible(point)).forEach(visible::appendCodePoint);
    return visible.toString();
  }

  /**
   * Default_Ignorable_Code_Point of the Unicode Character Database, which Java does not tell, and
   * the controls that are no space.
   */
  private static boolean isInvisible(int point) {
    int type = Character.getType(point);
    return type == Character.FORMAT
        || (type == Character.CONTROL && !Character.isWhitespace(point))
        || point == 0x034F
        || point == 0x115F
        || point == 0x1160
        || point == 0x17B4
        || point == 0x17B5
        || point == 0x3164
        || point == 0xFFA0
        || point == 0x2800
        || (point >= 0x180B && point <= 0x180F)
        || (point >= 0xFE00 && point <= 0xFE0F)
        || (point >= 0xE0000 && point <= 0xE0FFF);
  }

  private static String spaced(String words) {
    StringBuilder spaced = new StringBuilder(words.length());
    words
        .codePoints()
        .forEach(point -> {
          if (!Character.isWhitespace(point) && !Character.isSpaceChar(point)) {
            spaced.appendCodePoint(point);
          } else if (!spaced.isEmpty() && spaced.charAt(spaced.length() - 1) != ' ') {
            spaced.append(' ');
          }
        });
    return spaced.toString().strip();
  }
}
