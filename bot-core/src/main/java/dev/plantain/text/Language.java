package dev.plantain.text;

import java.util.Locale;

/** A language that the product speaks, by its ISO 639 code: {@code en}. */
public record Language(String code) {
  /** The language that is always there. */
  public static final Language ENGLISH = new Language("en");

  public Language {
    if (!code.matches("[a-z]{2,3}")) {
      throw new IllegalArgumentException("not the code of a language: " + code);
    }
  }

  /** How the language calls itself: {@code dansk}. */
  public String ownName() {
    return locale().getDisplayLanguage(locale());
  }

  Locale locale() {
    return Locale.of(code);
  }

  @Override
  public String toString() {
    return code;
  }
}
