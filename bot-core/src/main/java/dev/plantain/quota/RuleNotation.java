package dev.plantain.quota;

import dev.plantain.quota.Window.Period;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Reads and writes allowances in words: {@code 20/day}, {@code 20 pictures per week}, {@code 5
 * USD/month}, {@code $0.50/day}, {@code 5/10m}, {@code 3 4K/day}, {@code 3/day size 4K}, {@code
 * 10/day model NAME}, {@code unlimited}, {@code unlimited USD}, {@code off}.
 *
 * <p>{@code hour}, {@code day}, {@code week} and {@code month} begin anew by the calendar; a number
 * with {@code s}, {@code m}, {@code h} or {@code d} is how long each use takes to free itself.
 */
public final class RuleNotation {
  private RuleNotation() {}

  /** What came of reading. */
  public sealed interface Result {

    /** The words were understood; a bare {@code unlimited} is two, one for each measure. */
    record Read(List<Allowance> allowances) implements Result {
      public Read {
        allowances = List.copyOf(allowances);
      }
    }

    /** Rules are to be removed: those with this filter, or all where it is {@link Filter#ALL}. */
    record Off(Filter filter) implements Result {}

    /**
     * They were not.
     *
     * @param what the words that it is about, shortened; empty where words are missing
     */
    record Faulty(Problem problem, String what) implements Result {}
  }

  /** Why words were not understood. */
  public enum Problem {
    /** There is nothing. */
    EMPTY,
    /** It is longer than any rule. */
    TOO_LONG,
    /** Digits other than 0 to 9. */
    FOREIGN_DIGITS,
    /** It does not begin with a number, with {@code unlimited} or {@code off}. */
    NOT_A_NUMBER,
    /** Less than zero. */
    NEGATIVE,
    /** More than a billion. */
    TOO_LARGE,
    /** A part of a picture. */
    FRACTION_OF_PICTURE,
    /** Less than a millionth of a dollar. */
    TOO_FINE,
    /** It is neither pictures nor US dollars nor a size. */
    UNKNOWN_UNIT,
    /** It is not said in which time. */
    NO_WINDOW,
    /** It is no time that is known. */
    UNKNOWN_WINDOW,
    /** Less than a second. */
    WINDOW_TOO_SHORT,
    /** More than 31 days. */
    WINDOW_TOO_LONG,
    /** {@code model} or {@code size} without a name, or with one too many. */
    BAD_FILTER,
    /** Words are left over. */
    LEFT_OVER
  }

  /** Reads what somebody wrote, whatever it is. */
  public static Result read(String words) {
    return RuleReader.read(words);
  }

  /** In words that {@link #read} understands as the same; the same for all that are equal. */
  public static String write(Allowance allowance) {
    String amount =
        switch (allowance.limit()) {
          case Limit.AtMost(long most, Window window) ->
              amount(allowance.measure(), most) + "/" + write(window);
          case Limit.Unlimited() ->
              switch (allowance.measure()) {
                case PICTURES -> "unlimited pictures";
                case MICRO_DOLLARS -> "unlimited USD";
              };
        };
    return amount
        + allowance.filter().size().map(size -> " size " + size).orElse("")
        + allowance.filter().model().map(model -> " model " + model).orElse("");
  }

  static String write(Window window) {
    return switch (window) {
      case Window.Calendar(Period period) -> period.name().toLowerCase(Locale.ROOT);
      case Window.Slots(Duration length) -> write(length);
    };
  }

  /** Reads what {@link #write(Window)} wrote. */
  static Window window(String words) {
    return RuleReader.window(words);
  }

  private static String write(Duration length) {
    if (length.equals(Duration.ofDays(length.toDays())) && length.toDays() > 1) {
      return length.toDays() + "d";
    }
    if (length.equals(Duration.ofHours(length.toHours()))) {
      return length.toHours() + "h";
    }
    return length.equals(Duration.ofMinutes(length.toMinutes()))
        ? length.toMinutes() + "m"
        : length.toSeconds() + "s";
  }

  private static String amount(Measure measure, long amount) {
    return switch (measure) {
      case PICTURES -> String.valueOf(amount);
      case MICRO_DOLLARS -> dollars(amount) + " USD";
    };
  }

  private static String dollars(long microDollars) {
    BigDecimal shortest = BigDecimal.valueOf(microDollars, 6).stripTrailingZeros();
    int decimals = shortest.scale() <= 0 ? 0 : Math.max(2, shortest.scale());
    return shortest.setScale(decimals).toPlainString();
  }
}
