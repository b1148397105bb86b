package dev.plantain.settings;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Something about one's next pictures that members change for themselves and moderators for their
 * chat.
 */
public enum Setting {
  ASPECT,
  RESOLUTION,
  MODEL;

  /** The setting of that word. */
  public static Optional<Setting> find(String word) {
    return Arrays.stream(values()).filter(setting -> setting.word().equals(word)).findFirst();
  }

  /** As it stands in the database, and the name of the command that changes it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
