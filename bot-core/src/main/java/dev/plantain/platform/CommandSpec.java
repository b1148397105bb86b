package dev.plantain.platform;

import java.util.Map;

/**
 * How a slash command is announced to people.
 *
 * @param name without the slash
 * @param descriptions one line each, by BCP 47 tag; English is always there
 */
public record CommandSpec(String name, Map<String, String> descriptions) {
  public CommandSpec {
    descriptions = Map.copyOf(descriptions);
    if (!name.matches("[a-z0-9_]{1,32}") || !descriptions.containsKey("en")) {
      throw new IllegalArgumentException("not a command: " + name);
    }
  }
}
