package dev.plantain.settings;

/**
 * Something about one's next pictures that members change for themselves and moderators for their
 * chat.
 */
public enum Setting {
  ASPECT,
  RESOLUTION,
  MODEL;

  /** As it stands in the database, and the name of the command that changes it. */
  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
