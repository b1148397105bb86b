package dev.plantain.config;

import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How the values of one type are written.
 *
 * @param expectation what is expected, in words that follow "write"
 * @param reader the value, or nothing when the text (stripped, never empty) is not one
 */
record Notation(String expectation, Function<String, Optional<?>> reader) {
  private static final Notation TEXT = new Notation("text", Optional::of);
  private static final Notation SECRET =
      new Notation("one line of text, kept secret", Notation::secret);
  private static final Notation YES_OR_NO = new Notation("true or false", Notation::yesOrNo);
  private static final Notation INTEGER =
      new Notation("a whole number", written -> number(Integer::valueOf, written));
  private static final Notation LONG =
      new Notation("a whole number", written -> number(Long::valueOf, written));
  private static final Notation DECIMAL =
      new Notation(
          "a number",
          written -> number(Double::valueOf, written).filter(number -> Double.isFinite(number)));
  private static final Notation DURATION =
      new Notation("a duration such as 500 ms, 30 s, 60 min, 2 h or 1 d", DurationNotation::parse);
  private static final Notation BYTES =
      new Notation("a number of bytes such as 512 KiB or 20 MB", ByteCount::parse);
  private static final Notation PATH =
      new Notation("a path; ~ and variables are not expanded", Notation::path);
  private static final Notation ADDRESS =
      new Notation(
          "an http or https address such as https://host:8081/path,"
              + " without a user name, query or fragment",
          AddressNotation::parse);

  static Optional<Notation> of(Class<?> type) {
    if (type.isEnum()) {
      return Optional.of(choice(type));
    }
    if (type == String.class) {
      return Optional.of(TEXT);
    } else if (type == Secret.class) {
      return Optional.of(SECRET);
    } else if (type == boolean.class || type == Boolean.class) {
      return Optional.of(YES_OR_NO);
    } else if (type == int.class || type == Integer.class) {
      return Optional.of(INTEGER);
    } else if (type == long.class || type == Long.class) {
      return Optional.of(LONG);
    } else if (type == double.class || type == Double.class) {
      return Optional.of(DECIMAL);
    } else if (type == Duration.class) {
      return Optional.of(DURATION);
    } else if (type == ByteCount.class) {
      return Optional.of(BYTES);
    } else if (type == Path.class) {
      return Optional.of(PATH);
    } else if (type == URI.class) {
      return Optional.of(ADDRESS);
    }
    return Optional.empty();
  }

  Optional<?> read(String written) {
    return reader.apply(written.strip());
  }

  private static Notation choice(Class<?> type) {
    var byName =
        Arrays.stream(type.getEnumConstants())
            .collect(Collectors.toMap(Notation::nameOf, Function.identity()));
    String names =
        Arrays.stream(type.getEnumConstants())
            .map(Notation::nameOf)
            .collect(Collectors.joining(", "));
    return new Notation(
        "one of: " + names,
        written ->
            Optional.ofNullable(byName.get(written.toLowerCase(Locale.ROOT).replace('_', '-'))));
  }

  private static String nameOf(Object constant) {
    return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static Optional<Boolean> yesOrNo(String written) {
    return switch (written.toLowerCase(Locale.ROOT)) {
      case "true", "yes", "on" -> Optional.of(true);
      case "false", "no", "off" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  private static <N> Optional<N> number(Function<String, N> reader, String written) {
    try {
      return Optional.of(reader.apply(written));
    } catch (NumberFormatException notANumber) {
      return Optional.empty();
    }
  }

  private static Optional<Path> path(String written) {
    try {
      return written.equals("~") || written.startsWith("~/") || written.contains("${")
          ? Optional.empty()
          : Optional.of(Path.of(written));
    } catch (InvalidPathException notAPath) {
      return Optional.empty();
    }
  }

  private static Optional<Secret> secret(String written) {
    return written.chars().anyMatch(Character::isISOControl)
        ? Optional.empty()
        : Optional.of(new Secret(written));
  }
}
