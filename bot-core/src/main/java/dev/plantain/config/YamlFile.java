package dev.plantain.config;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads a file of settings and keeps the lines. Nothing of the file's text gets into a fault,
 * because it may be a secret; anchors and aliases are refused, so that a small file stays small.
 */
final class YamlFile {
  private static final int MOST_LEVELS = 16;
  private static final Pattern PROBLEM = Pattern.compile("in 'reader', line (\\d{1,7}),");

  private final String name;
  private final YAMLParser parser;
  private final List<Fault> faults;

  private YamlFile(String name, YAMLParser parser, List<Fault> faults) {
    this.name = name;
    this.parser = parser;
    this.faults = faults;
  }

  /**
   * Reads the one document of a file.
   *
   * @param name what the file is called in faults
   * @param faults is added to; keys that stand twice leave the rest of the file usable
   * @return nothing when the text cannot be read at all, which is among the faults then
   */
  static Optional<YamlNode.Mapping> read(String name, String text, List<Fault> faults) {
    try (YAMLParser parser = new YAMLFactory().createParser(text)) {
      return Optional.of(new YamlFile(name, parser, faults).document());
    } catch (ConfigurationException unusable) {
      faults.addAll(unusable.faults());
    } catch (JacksonException notYaml) {
      faults.add(syntaxFault(name, notYaml));
    } catch (IOException impossible) {
      throw new IllegalStateException("a text in memory could not be read", impossible);
    }
    return Optional.empty();
  }

  private YamlNode.Mapping document() throws IOException {
    YamlNode root = parser.nextToken() == null ? new YamlNode.Nothing(1) : node(lineHere(), 0);
    YamlNode.Mapping settings =
        switch (root) {
          case YamlNode.Mapping mapping -> mapping;
          case YamlNode.Nothing _ -> YamlNode.Mapping.EMPTY;
          case YamlNode.Scalar _, YamlNode.Sequence _ ->
              throw unusable(
                  root.line(),
                  "This is not a file of settings.",
                  "Write each setting as \"key: value\" on a line of its own.");
        };
    if (parser.nextToken() != null) {
      throw unusable(
          lineHere(), "A second document begins here.", "Remove the line \"---\" before it.");
    }
    return settings;
  }

  private YamlNode node(int line, int level) throws IOException {
    if (level > MOST_LEVELS) {
      throw unusable(line, "This is nested too deeply.", "No setting needs that; remove it.");
    }
    if (parser.isCurrentAlias() || parser.getObjectId() != null) {
      throw unusable(
          line,
          "Anchors (&) and aliases (*) are not understood.",
          "Write the value out, in quotes.");
    }
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_OBJECT) {
      return mapping(line, level);
    } else if (token == JsonToken.START_ARRAY) {
      return sequence(line, level);
    } else if (token == JsonToken.VALUE_NULL) {
      return new YamlNode.Nothing(line);
    }
    return new YamlNode.Scalar(parser.getText(), line);
  }

  private YamlNode mapping(int line, int level) throws IOException {
    Map<String, YamlNode> entries = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      int keyLine = lineHere();
      parser.nextToken();
      YamlNode value = node(keyLine, level + 1);
      Optional<YamlNode> earlier = Optional.ofNullable(entries.putIfAbsent(key, value));
      earlier.ifPresent(first -> faults.add(twice(key, first.line(), keyLine)));
    }
    return new YamlNode.Mapping(entries, line);
  }

  private YamlNode sequence(int line, int level) throws IOException {
    List<YamlNode> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(node(lineHere(), level + 1));
    }
    return new YamlNode.Sequence(items, line);
  }

  private int lineHere() {
    return parser.currentTokenLocation().getLineNr();
  }

  private Fault twice(String key, int firstLine, int line) {
    return new Fault(
        Places.line(name, line),
        Places.quoted(key) + " was set on line " + firstLine + " already.",
        "Keep one of the two.");
  }

  private ConfigurationException unusable(int line, String problem, String remedy) {
    return new ConfigurationException(List.of(new Fault(Places.line(name, line), problem, remedy)));
  }

  private static Fault syntaxFault(String name, JacksonException notYaml) {
    String reason = Optional.ofNullable(notYaml.getMessage()).orElse("");
    String place = problemLine(notYaml, reason).map(line -> Places.line(name, line)).orElse(name);
    if (reason.contains("'\\t(TAB)'")) {
      return new Fault(place, "This line is indented with a tab.", "Indent it with two spaces.");
    }
    if (reason.contains("special characters are not allowed")) {
      return new Fault(
          place, "The file holds control characters.", "Write it again as plain text (UTF-8).");
    }
    return new Fault(
        place,
        "This cannot be read as YAML.",
        "Look at this line and the one before: a colon and a space after each key, the same"
            + " indentation within a section, and quotes around a value with special characters.");
  }

  /** The exception's own location is where the last token was, not where the trouble is. */
  private static Optional<Integer> problemLine(JacksonException notYaml, String reason) {
    return PROBLEM
        .matcher(reason)
        .results()
        .map(place -> Integer.parseInt(place.group(1)))
        .reduce((_, last) -> last)
        .or(() -> Optional.ofNullable(notYaml.getLocation()).map(JsonLocation::getLineNr))
        .filter(line -> line > 0);
  }
}
