package dev.plantain.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A value in a YAML file, with the line on which it, or its key, is written. */
sealed interface YamlNode {
  int line();

  /** A key without a value. */
  record Nothing(int line) implements YamlNode {}

  /** One value, in the letters of the file: {@code 007} stays {@code 007}. */
  record Scalar(String text, int line) implements YamlNode {}

  record Sequence(List<YamlNode> items, int line) implements YamlNode {
    public Sequence {
      items = List.copyOf(items);
    }
  }

  record Mapping(Map<String, YamlNode> entries, int line) implements YamlNode {
    static final Mapping EMPTY = new Mapping(Map.of(), 1);

    public Mapping {
      entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }
  }
}
