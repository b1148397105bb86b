package dev.plantain.quota;

import java.time.Duration;

/** Over which time spending is summed up. */
public sealed interface Window {

  /**
   * Begins anew for everybody at the same instant: each hour of the local clock; each day at the
   * community's reset hour in its time zone; each Monday and each first of a month at that hour.
   */
  record Calendar(Period period) implements Window {}

  /** Each use frees itself this long after it was accepted. */
  record Slots(Duration length) implements Window {
    public static final Duration LONGEST = Duration.ofDays(31);

    public Slots {
      if (length.compareTo(Duration.ofSeconds(1)) < 0
          || length.compareTo(LONGEST) > 0
          || !length.equals(Duration.ofSeconds(length.toSeconds()))) {
        throw new IllegalArgumentException(
            "slots are whole seconds, from 1 to those of 31 days, not " + length);
      }
    }
  }

  /** How often a calendar window begins anew. */
  enum Period {
    HOUR,
    DAY,
    WEEK,
    MONTH
  }
}
