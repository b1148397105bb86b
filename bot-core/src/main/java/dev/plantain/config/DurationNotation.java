package dev.plantain.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as people write them: {@code 500 ms}, {@code 60 min}, {@code 1 h 30 min}, and ISO 8601.
 */
final class DurationNotation {
  private static final String AMOUNT = "(\\d{1,12}(?:\\.\\d{1,9})?)\\s*([a-z]+)";
  private static final Pattern ONE = Pattern.compile(AMOUNT);
  private static final Pattern ALL = Pattern.compile(AMOUNT + "(?:\\s*" + AMOUNT + "){0,4}");

  private DurationNotation() {}

  static Optional<Duration> parse(String written) {
    String lower = written.toLowerCase(Locale.ROOT);
    try {
      if (lower.startsWith("p")) {
        return Optional.of(Duration.parse(written)).filter(duration -> !duration.isNegative());
      }
      return ALL.matcher(lower).matches() ? sum(lower) : Optional.empty();
    } catch (DateTimeParseException | ArithmeticException notADuration) {
      return Optional.empty();
    }
  }

  private static Optional<Duration> sum(String written) {
    Duration sum = Duration.ZERO;
    Matcher amounts = ONE.matcher(written);
    while (amounts.find()) {
      Optional<Duration> unit = unit(amounts.group(2));
      if (unit.isEmpty()) {
        return Optional.empty();
      }
      BigDecimal nanos =
          new BigDecimal(amounts.group(1)).multiply(BigDecimal.valueOf(unit.get().toNanos()));
      sum = sum.plusNanos(nanos.longValueExact());
    }
    return Optional.of(sum);
  }

  private static Optional<Duration> unit(String name) {
    return switch (name) {
      case "ms", "millisecond", "milliseconds" -> Optional.of(Duration.ofMillis(1));
      case "s", "sec", "second", "seconds" -> Optional.of(Duration.ofSeconds(1));
      case "m", "min", "minute", "minutes" -> Optional.of(Duration.ofMinutes(1));
      case "h", "hour", "hours" -> Optional.of(Duration.ofHours(1));
      case "d", "day", "days" -> Optional.of(Duration.ofDays(1));
      default -> Optional.empty();
    };
  }
}
