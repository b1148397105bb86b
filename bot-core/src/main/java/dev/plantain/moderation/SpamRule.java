package dev.plantain.moderation;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a community takes for spam: more than so many in such a time.
 *
 * @param most that pass; the next one does not
 * @param window how far back is counted
 * @param pause how long whoever goes beyond is shut out
 */
public record SpamRule(Kind kind, int most, Duration window, Duration pause) {
  public static final int MOST = 1_000;
  public static final Duration LONGEST_WINDOW = Duration.ofDays(1);
  public static final Duration LONGEST_PAUSE = Duration.ofDays(7);

  public SpamRule {
    if (most < 1 || most > MOST) {
      throw new IllegalArgumentException("most: " + most);
    }
    if (!lasts(window, LONGEST_WINDOW) || !lasts(pause, LONGEST_PAUSE)) {
      throw new IllegalArgumentException("window: " + window + ", pause: " + pause);
    }
  }

  /** Whether a time is one that a rule may have. */
  public static boolean lasts(Duration time, Duration longest) {
    return time.isPositive() && time.compareTo(longest) <= 0;
  }

  /** What is counted. */
  public enum Kind {
    /** Requests of one member. */
    FLOODS,
    /** Requests of one member that are the same: words, and what they are about. */
    REPEATS,
    /** Requests of one member that a limit refused. */
    REFUSALS,
    /** Members who are met for the first time; those who come when there were so many are many. */
    NEWCOMERS;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Kind> of(String word) {
      return Stream.of(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }
  }
}
