package dev.plantain.command;

import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Takes the flags ({@code --ar 16:9 --size 2K --model …}) out of what a member wrote; the other
 * words stay as they are.
 */
public final class RequestWords {
  // Phones turn two hyphens into a dash.
  private static final Pattern FLAG =
      Pattern.compile(
          "(?<=^|\\s)(?:--|—|–)(ar|aspect|size|resolution|model|count|style)(?:\\s+|=)(\\S+)(?=\\s|$)",
          Pattern.CASE_INSENSITIVE);

  private RequestWords() {}

  /** The words without the flags, and what the flags ask for, as it was written. */
  public record Flags(
      String words,
      Optional<String> ratio,
      Optional<String> size,
      Optional<String> model,
      Optional<String> count,
      Optional<String> style) {

    /** The same with other words. */
    Flags with(String otherWords) {
      return new Flags(otherWords, ratio, size, model, count, style);
    }
  }

  /** The flags alone, as they were written. */
  public static String flags(String written) {
    return FLAG.matcher(written)
        .results()
        .map(MatchResult::group)
        .map(String::strip)
        .collect(Collectors.joining(" "));
  }

  /** The words alone; none of what is left is a flag, even where taking one out made another. */
  public static String withoutFlags(String written) {
    String words = written;
    for (String less = parse(words).words(); !less.equals(words); less = parse(words).words()) {
      words = less;
    }
    return words;
  }

  public static Flags parse(String written) {
    Optional<String> ratio = Optional.empty();
    Optional<String> size = Optional.empty();
    Optional<String> model = Optional.empty();
    Optional<String> count = Optional.empty();
    Optional<String> style = Optional.empty();
    Matcher matcher = FLAG.matcher(written);
    while (matcher.find()) {
      Optional<String> value = Optional.of(matcher.group(2));
      switch (matcher.group(1).toLowerCase(java.util.Locale.ROOT)) {
        case "ar", "aspect" -> ratio = value;
        case "size", "resolution" -> size = value;
        case "count" -> count = value;
        case "style" -> style = value;
        default -> model = value;
      }
    }
    String words = FLAG.matcher(written).replaceAll("").strip();
    return new Flags(words, ratio, size, model, count, style);
  }
}
