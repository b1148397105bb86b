package dev.plantain.config;

import dev.plantain.config.Schema.Count;
import dev.plantain.config.Schema.Family;
import dev.plantain.config.Schema.Section;
import dev.plantain.config.Schema.Setting;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The file of settings that an operator starts from: every setting with its line of documentation,
 * its kind and limits, its name in the environment, and its default, commented out.
 */
public final class ExampleFile {
  private static final Pattern PLAIN =
      Pattern.compile("[A-Za-z0-9./][A-Za-z0-9./_-]*(?:[ :]?[A-Za-z0-9./_-]+)*/?");

  private ExampleFile() {}

  /** The whole text, valid as it is: with it, everything has its default. */
  public static String of(Class<? extends Record> settings) {
    StringBuilder text =
        new StringBuilder(
            """
            # Every setting, with its default. To change one, remove the "#" before its name.
            # The environment variable in brackets does the same, and wins over this file.
            # A secret may also stand in a file of its own, named by the variable with _FILE added.
            """);
    append(text, Schema.of(settings), "");
    return text.toString();
  }

  private static void append(StringBuilder text, Section section, String indent) {
    for (Schema member : section.members()) {
      text.append('\n').append(comment(indent, member.about()));
      switch (member) {
        case Section below -> {
          text.append(indent).append(below.key()).append(":\n");
          append(text, below, indent + "  ");
        }
        case Family family -> {
          text.append(indent).append(family.key()).append(":\n");
          text.append(indent).append("  #a-name-of-yours:\n");
          append(text, family.named("a-name-of-yours"), indent + "    ");
        }
        case Setting setting ->
            text.append(comment(indent, kind(setting)))
                .append(indent)
                .append('#')
                .append(setting.key())
                .append(':')
                .append(value(setting).map(value -> " " + value).orElse(""))
                .append('\n');
      }
    }
  }

  private static String comment(String indent, String line) {
    return indent + "# " + line + "\n";
  }

  private static String kind(Setting setting) {
    String kind = setting.expectation();
    String count =
        setting.count() == Count.ONE && setting.standard().isEmpty() ? "; has to be set" : "";
    return Character.toUpperCase(kind.charAt(0))
        + kind.substring(1)
        + count
        + " ["
        + setting.environmentName()
        + "]";
  }

  private static Optional<String> value(Setting setting) {
    return setting
        .standard()
        .map(standard ->
            setting.count() == Count.ANY
                ? Values.split(setting, standard).stream()
                    .map(ExampleFile::scalar)
                    .collect(Collectors.joining(", ", "[", "]"))
                : scalar(standard));
  }

  private static String scalar(String value) {
    return PLAIN.matcher(value).matches() && !value.equalsIgnoreCase("null")
        ? value
        : "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
  }
}
