package dev.plantain.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/** All texts of one language, by their keys. */
record Bundle(Language language, Map<String, Template> templates) {
  Bundle {
    templates = Map.copyOf(templates);
  }

  /**
   * The bundle of a language, when there is one beside this class. Blocks on the disk.
   *
   * @throws IllegalStateException when the bundle is mistaken; it names the key and the language
   */
  static Optional<Bundle> find(Language language) {
    String name = "messages_" + language + ".properties";
    try (InputStream in = Bundle.class.getResourceAsStream(name)) {
      return in == null
          ? Optional.empty()
          : Optional.of(read(language, new InputStreamReader(in, StandardCharsets.UTF_8)));
    } catch (IOException | IllegalArgumentException unreadable) {
      throw new IllegalStateException(
          name + " cannot be read: " + unreadable.getMessage(), unreadable);
    }
  }

  /** Reads the texts of a language from the format of {@link Properties}. */
  static Bundle read(Language language, Reader reader) throws IOException {
    Map<String, Template> templates = new TreeMap<>();
    new Properties() {
      // Called for each line of the file: the only way to hear of a key that stands twice.
      @Override
      public synchronized Object put(Object key, Object text) {
        Object earlier = templates.put((String) key, template(language, key, (String) text));
        if (earlier != null) {
          throw mistaken(language, key, "stands twice");
        }
        return text;
      }
    }.load(reader);
    return new Bundle(language, templates);
  }

  private static Template template(Language language, Object key, String text) {
    if (text.isBlank()) {
      throw mistaken(language, key, "has no text");
    }
    try {
      return Template.parse(text);
    } catch (IllegalArgumentException brace) {
      throw mistaken(language, key, "has " + brace.getMessage());
    }
  }

  private static IllegalStateException mistaken(Language language, Object key, String how) {
    return new IllegalStateException(
        "the text " + key + " of the language " + language + " " + how);
  }
}
