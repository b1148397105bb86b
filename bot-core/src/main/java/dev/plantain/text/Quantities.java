package dev.plantain.text;

import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import java.util.function.IntFunction;

/** Writes numbers, sizes, dates and spans of time as people of a language write them. */
final class Quantities {
  private static final long KILOBYTE = 1_000;
  private static final long MEGABYTE = 1_000_000;
  private static final long GIGABYTE = 1_000_000_000;

  private Quantities() {}

  static String number(long number, Language language) {
    return NumberFormat.getIntegerInstance(language.locale()).format(number);
  }

  /** In millions of bytes and the like, with at most one digit after the point: {@code 1.5 MB}. */
  static String bytes(long bytes, Language language) {
    if (bytes < KILOBYTE) {
      return number(bytes, language) + " B";
    } else if (bytes < MEGABYTE) {
      return number(Math.ceilDiv(bytes, KILOBYTE), language) + " kB";
    }
    boolean isLarge = bytes >= GIGABYTE;
    NumberFormat oneDigit = NumberFormat.getNumberInstance(language.locale());
    oneDigit.setMaximumFractionDigits(1);
    double amount = bytes / (double) (isLarge ? GIGABYTE : MEGABYTE);
    return oneDigit.format(amount) + (isLarge ? " GB" : " MB");
  }

  /** The day in Greenwich, which is nobody's in particular. */
  static String date(Instant instant, Language language) {
    Locale locale = language.locale();
    return DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
        .withLocale(locale)
        .format(instant.atOffset(ZoneOffset.UTC));
  }

  /**
   * In the one unit that people would name: seconds up to a minute and a half, then minutes, hours
   * and days; beyond ten seconds only every fifth. What was rounded (up, so that nobody comes too
   * early) is said to be so.
   */
  static Rounded inWords(Duration duration) {
    long millis = Math.max(0, duration.toMillis());
    if (millis <= Duration.ofSeconds(90).toMillis()) {
      long step = millis > Duration.ofSeconds(10).toMillis() ? 5_000 : 1_000;
      long rounded = Math.max(1_000, Math.ceilDiv(millis, step) * step);
      return new Rounded(new Message.Seconds(Math.toIntExact(rounded / 1_000)), rounded == millis);
    } else if (millis <= Duration.ofMinutes(90).toMillis()) {
      return inUnits(millis, Duration.ofMinutes(1)).as(Message.Minutes::new);
    } else if (millis <= Duration.ofHours(36).toMillis()) {
      return inUnits(millis, Duration.ofHours(1)).as(Message.Hours::new);
    }
    return inUnits(millis, Duration.ofDays(1)).as(Message.Days::new);
  }

  /** A span of time, and whether it is just that. */
  record Rounded(Message amount, boolean isExact) {}

  private record Units(int count, boolean isExact) {
    Rounded as(IntFunction<Message> unit) {
      return new Rounded(unit.apply(count), isExact);
    }
  }

  private static Units inUnits(long millis, Duration unit) {
    long count = Math.ceilDiv(millis, unit.toMillis());
    return new Units((int) Math.min(count, Integer.MAX_VALUE), count * unit.toMillis() == millis);
  }
}
