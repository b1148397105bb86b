package dev.plantain.chat;

import java.util.Locale;

/** How far the answer to a member's turn has come. */
enum JobState {
  ACCEPTED,
  RENDERING,
  RENDERED,
  DELIVERED,
  REFUSED,
  FAILED,
  CANCELLED;

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static JobState of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  /** Whether there is still something to wait for, and to cancel. */
  boolean open() {
    return this == ACCEPTED || this == RENDERING;
  }
}
