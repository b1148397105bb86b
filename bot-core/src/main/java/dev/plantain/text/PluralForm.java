package dev.plantain.text;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Which form of a text goes with a number: the plural categories of Unicode CLDR for integers. */
enum PluralForm {
  ONE,
  FEW,
  MANY,
  OTHER;

  private static final Set<String> ONE_OR_OTHER =
      Set.of("bg", "da", "de", "el", "en", "et", "fi", "hu", "nb", "nl", "nn", "no", "sv", "tr");
  private static final Set<String> ALWAYS_OTHER = Set.of("id", "ja", "ko", "ms", "th", "vi", "zh");
  private static final Set<String> EAST_SLAVIC = Set.of("be", "ru", "uk");

  /** What the key of a text ends with: {@code one}. */
  String suffix() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The forms that every counted text has in a language.
   *
   * @throws IllegalStateException for a language whose rule is not written here
   */
  static List<PluralForm> of(Language language) {
    if (ALWAYS_OTHER.contains(language.code())) {
      return List.of(OTHER);
    } else if (ONE_OR_OTHER.contains(language.code())) {
      return List.of(ONE, OTHER);
    } else if (EAST_SLAVIC.contains(language.code())) {
      return List.of(ONE, FEW, MANY);
    } else if (language.code().equals("pl")) {
      return List.of(ONE, FEW, MANY);
    }
    throw new IllegalStateException(
        "there is no plural rule for the language "
            + language
            + "; take it from CLDR's plurals.xml into PluralForm");
  }

  /** The form for a number of things. */
  static PluralForm of(Language language, long count) {
    long number = Math.abs(count);
    if (ALWAYS_OTHER.contains(language.code())) {
      return OTHER;
    } else if (EAST_SLAVIC.contains(language.code())) {
      return eastSlavic(number);
    } else if (language.code().equals("pl")) {
      return number == 1 ? ONE : endsWithTwoToFour(number) ? FEW : MANY;
    }
    return number == 1 ? ONE : OTHER;
  }

  private static PluralForm eastSlavic(long number) {
    if (number % 10 == 1 && number % 100 != 11) {
      return ONE;
    }
    return endsWithTwoToFour(number) ? FEW : MANY;
  }

  private static boolean endsWithTwoToFour(long number) {
    long last = number % 10;
    long lastTwo = number % 100;
    return last >= 2 && last <= 4 && (lastTwo < 12 || lastTwo > 14);
  }
}
