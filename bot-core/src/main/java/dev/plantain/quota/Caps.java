package dev.plantain.quota;

import java.util.List;
import java.util.Optional;

/**
 * How much the operator lets the whole deployment spend, in micro-dollars by day and month of UTC;
 * above all rules and credits.
 */
public record Caps(Optional<Long> monthlyMicroDollars, Optional<Long> dailyMicroDollars) {
  public static final Caps NONE = new Caps(Optional.empty(), Optional.empty());

  static final List<Window.Period> PERIODS = List.of(Window.Period.DAY, Window.Period.MONTH);

  public Caps {
    if (monthlyMicroDollars.filter(cap -> cap < 0 || cap > Request.MOST).isPresent()
        || dailyMicroDollars.filter(cap -> cap < 0 || cap > Request.MOST).isPresent()) {
      throw new IllegalArgumentException("a cap is 0 to " + Request.MOST + " micro-dollars");
    }
  }

  /** The cap of a day or a month. */
  Optional<Long> of(Window.Period period) {
    return switch (period) {
      case DAY -> dailyMicroDollars;
      case MONTH -> monthlyMicroDollars;
      case HOUR, WEEK -> Optional.empty();
    };
  }
}
