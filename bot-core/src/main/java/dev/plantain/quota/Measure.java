package dev.plantain.quota;

import java.util.Locale;

/** What is counted: pictures, or millionths of a US dollar. */
public enum Measure {
  PICTURES,
  MICRO_DOLLARS;

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Measure of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
