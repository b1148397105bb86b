package dev.plantain.config;

/** How faults name places and show what somebody wrote. */
final class Places {
  private static final int MOST_SHOWN = 60;

  private Places() {}

  static String line(String file, int line) {
    return file + ", line " + line;
  }

  static String environment(String name) {
    return "environment variable " + name;
  }

  /** On one line, without control characters, shortened. */
  static String quoted(String written) {
    String shown = written.replaceAll("\\p{Cntrl}", "?");
    if (shown.length() > MOST_SHOWN) {
      shown = shown.substring(0, shown.offsetByCodePoints(0, MOST_SHOWN / 2)) + "…";
    }
    return "\"" + shown + "\"";
  }
}
