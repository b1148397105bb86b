package dev.plantain.quota;

import java.util.Locale;

/** Out of what a request is paid. */
public enum Purse {
  /** What the rules let everybody spend. */
  ALLOWANCE,
  /** The credits that the member was granted or given in this community. */
  OWN,
  /** The credits that members donated to their community. */
  POOL;

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Purse of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
