package dev.plantain.quota;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads and writes amounts in words: {@code 10}, {@code 10 pictures}, {@code 2.50 USD}. */
public final class AmountNotation {
  private static final Pattern AMOUNT =
      Pattern.compile(
          "([-+])?\\s?(\\$)?([0-9]{1,9})(\\.[0-9]{1,6})?\\s?(pictures?|images?|usd|dollars?|\\$)?");

  private AmountNotation() {}

  /** So much of a measure; negative to take it back. */
  public record Amount(Measure measure, long amount) {}

  /** Empty for what is no amount: a part of a picture, more than nine digits, other words. */
  public static Optional<Amount> read(String words) {
    Matcher matcher = AMOUNT.matcher(words.strip().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String unit = matcher.group(5) == null ? "" : matcher.group(5);
    boolean dollars = matcher.group(2) != null || unit.matches("usd|dollars?|\\$");
    boolean pictures = unit.startsWith("picture") || unit.startsWith("image");
    boolean whole = matcher.group(4) == null;
    if (dollars ? pictures || (matcher.group(2) != null && unit.equals("$")) : !whole) {
      return Optional.empty();
    }
    BigDecimal value = new BigDecimal(matcher.group(3) + (whole ? "" : matcher.group(4)));
    BigDecimal signed = "-".equals(matcher.group(1)) ? value.negate() : value;
    return Optional.of(
        dollars
            ? new Amount(Measure.MICRO_DOLLARS, signed.movePointRight(6).longValueExact())
            : new Amount(Measure.PICTURES, signed.longValueExact()));
  }

  /** As {@link #read} understands it: {@code 3}, {@code 0.04 USD}. */
  public static String write(Measure measure, long amount) {
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
