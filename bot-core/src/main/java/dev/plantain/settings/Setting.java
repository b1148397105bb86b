package dev.plantain.settings;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Something that people change in a chat. */
public enum Setting {
  ASPECT,
  RESOLUTION,
  MODEL,
  /** {@code on} where pictures with words are heard without a mention. */
  LISTEN,
  /** {@code on} where pictures are covered until somebody asks to see them. */
  SPOILER,
  /** How strictly providers are to judge: {@code usual}, {@code strict} or {@code relaxed}. */
  SAFETY,
  /** {@code asker} where only they and moderators may press the buttons of a picture. */
  BUTTONS;

  /** The setting of that word. */
  public static Optional<Setting> find(String word) {
    return Arrays.stream(values()).filter(setting -> setting.word().equals(word)).findFirst();
  }

  /** As it stands in the database, and the name of the command that changes it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
