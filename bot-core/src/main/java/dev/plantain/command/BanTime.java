package dev.plantain.command;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long somebody is shut out, as a moderator wrote it: {@code 2h}, {@code 3d}, {@code 1w}. */
sealed interface BanTime {
  Duration LONGEST = Duration.ofDays(3650);

  /** Nobody said how long: it is for good. */
  record ForGood() implements BanTime {}

  record For(Duration time) implements BanTime {}

  /** It begins like a time and is none, or none that lasts. */
  record Unreadable() implements BanTime {}

  record TooLong() implements BanTime {}

  /**
   * A time, and what else was written.
   *
   * @param rest the words behind it
   */
  record Read(BanTime time, String rest) {}

  /** Reads the first word, if it begins like a number; all other words are a reason. */
  static Read first(String words) {
    String[] parts = words.strip().split("\\s+", 2);
    if (!parts[0].matches("[-+]?\\d.*")) {
      return new Read(new ForGood(), words.strip());
    }
    return new Read(read(parts[0]), parts.length < 2 ? "" : parts[1].strip());
  }

  private static BanTime read(String written) {
    Matcher matcher =
        Pattern.compile("0*(\\d+)(m|min|h|d|w)", Pattern.CASE_INSENSITIVE).matcher(written);
    if (!matcher.matches() || matcher.group(1).equals("0")) {
      return new Unreadable();
    }
    Optional<Duration> time =
        matcher.group(1).length() > 8
            ? Optional.empty()
            : Optional.of(unit(matcher.group(2)).multipliedBy(Long.parseLong(matcher.group(1))))
                .filter(span -> span.compareTo(LONGEST) <= 0);
    return time.<BanTime>map(For::new).orElseGet(TooLong::new);
  }

  private static Duration unit(String written) {
    return switch (written.toLowerCase(java.util.Locale.ROOT)) {
      case "h" -> Duration.ofHours(1);
      case "d" -> Duration.ofDays(1);
      case "w" -> Duration.ofDays(7);
      default -> Duration.ofMinutes(1);
    };
  }
}
