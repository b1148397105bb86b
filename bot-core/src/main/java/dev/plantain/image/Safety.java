package dev.plantain.image;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How strictly a provider is to judge what it is asked for and what it makes. */
public enum Safety {
  /** As the provider does by itself. */
  USUAL,
  STRICT,
  RELAXED;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Safety> find(String word) {
    return Arrays.stream(values()).filter(safety -> safety.word().equals(word)).findFirst();
  }
}
