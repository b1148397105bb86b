package dev.plantain.discord;

import java.util.regex.Pattern;

/** Words as Discord's Markdown, so that people see exactly the characters that were written. */
final class Markdown {

  /** What means something wherever it stands: emphasis, code, spoilers, links, mentions. */
  private static final Pattern ANYWHERE = Pattern.compile("[\\\\*_~`|\\[\\]()<>@]");

  /** Addresses, which clients would make links. */
  private static final Pattern ADDRESS = Pattern.compile(":(?=//)");

  /** What means something at the beginning of a line: headings, lists, small print. */
  private static final Pattern BEGINNING = Pattern.compile("(?m)^(\\s*)([#+-])");

  private static final Pattern NUMBERED = Pattern.compile("(?m)^(\\s*\\d+)\\.");

  private Markdown() {}

  static String escaped(String words) {
    String safe = ANYWHERE.matcher(words).replaceAll("\\\\$0");
    safe = ADDRESS.matcher(safe).replaceAll("\\\\:");
    safe = BEGINNING.matcher(safe).replaceAll("$1\\\\$2");
    return NUMBERED.matcher(safe).replaceAll("$1\\\\.");
  }

  /** The same, marked on every line as what somebody said. */
  static String quoted(String words) {
    return "> " + escaped(words).replace("\n", "\n> ");
  }
}
