package dev.plantain.discord;

import java.util.List;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Words as a person sees them, made of the Markdown that a message holds. */
final class LoopbackWords {
  private static final Pattern ESCAPED = Pattern.compile("\\\\([^A-Za-z0-9\\s])");
  private static final Pattern GUARDED = Pattern.compile("\ue000([0-9]+)\ue001");
  private static final List<Pattern> STYLES =
      List.of(
          Pattern.compile("(?m)^(?:>>> |> |#{1,3} |-# )"),
          Pattern.compile("`([^`\n]+)`"),
          Pattern.compile("\\*\\*(.+?)\\*\\*", Pattern.DOTALL),
          Pattern.compile("__(.+?)__", Pattern.DOTALL),
          Pattern.compile("~~(.+?)~~", Pattern.DOTALL),
          Pattern.compile("\\|\\|(.+?)\\|\\|", Pattern.DOTALL),
          Pattern.compile("\\*(\\S[^*\n]*?)\\*"),
          Pattern.compile("(?<!\\w)_(\\S[^_\n]*?)_(?!\\w)"));
  private static final Pattern MENTION = Pattern.compile("<@!?([0-9]+)>");

  private LoopbackWords() {}

  /** The ids that are mentioned in a message, as it was written. */
  static List<Long> mentioned(String markdown) {
    return MENTION
        .matcher(guarded(markdown))
        .results()
        .map(mention -> Long.valueOf(mention.group(1)))
        .distinct()
        .toList();
  }

  /**
   * What is seen.
   *
   * @param names how people are called, by their ids
   */
  static String seen(String markdown, Function<Long, String> names) {
    String words = guarded(markdown);
    for (Pattern style : STYLES) {
      words = style.matcher(words).replaceAll(LoopbackWords::inner);
    }
    words =
        MENTION
            .matcher(words)
            .replaceAll(mention ->
                Matcher.quoteReplacement("@" + names.apply(Long.valueOf(mention.group(1)))));
    return GUARDED
        .matcher(words)
        .replaceAll(
            each -> Matcher.quoteReplacement(Character.toString(Integer.parseInt(each.group(1)))));
  }

  private static String inner(MatchResult styled) {
    return styled.groupCount() == 0 ? "" : Matcher.quoteReplacement(styled.group(1));
  }

  /** An escaped character is one that is seen, and never part of a style. */
  private static String guarded(String markdown) {
    return ESCAPED
        .matcher(markdown)
        .replaceAll(escape -> "\ue000" + escape.group(1).codePointAt(0) + "\ue001");
  }
}
