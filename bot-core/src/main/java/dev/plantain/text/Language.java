package dev.plantain.text;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A language in which every text exists. */
public enum Language {
  ENGLISH("en"),
  DANISH("da"),
  /** Written in simplified characters; readers of traditional ones are given them too. */
  CHINESE("zh");

  private final String tag;

  Language(String tag) {
    this.tag = tag;
  }

  /** The BCP 47 tag, and the name of its bundle. */
  public String tag() {
    return tag;
  }

  /** The language that a BCP 47 tag means, whatever its region and script. */
  public static Optional<Language> of(String tag) {
    String language = Locale.forLanguageTag(tag.replace('_', '-')).getLanguage();
    return Arrays.stream(values()).filter(known -> known.tag.equals(language)).findFirst();
  }

  Locale locale() {
    return Locale.forLanguageTag(tag);
  }

  /** The plural form of a whole number (CLDR, cardinal rules). */
  String pluralForm(long count) {
    return switch (this) {
      case ENGLISH, DANISH -> count == 1 ? "one" : "other";
      case CHINESE -> "other";
    };
  }
}
