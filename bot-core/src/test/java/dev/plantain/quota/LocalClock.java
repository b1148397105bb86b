package dev.plantain.quota;

import dev.plantain.quota.Window.Period;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

/**
 * Where windows begin, found by looking at the local clock every quarter of an hour: the slow and
 * plain meaning of what the program computes.
 */
final class LocalClock {
  private static final long QUARTER = 15 * 60_000L;

  private final Map<Object, Instant> known = new HashMap<>();

  /** The first instant at which the local clock shows that time or a later one. */
  Instant first(LocalDateTime local, ZoneId zone) {
    return known.computeIfAbsent(
        java.util.List.of(local, zone),
        _ -> {
          Instant instant = local.toInstant(ZoneOffset.UTC).minusMillis(40 * 4 * QUARTER);
          while (LocalDateTime.ofInstant(instant, zone).isBefore(local)) {
            instant = instant.plusMillis(QUARTER);
          }
          return instant;
        });
  }

  /** The window of the calendar that an instant lies in. */
  Span around(Period period, Instant now, CommunityTerms terms) {
    return period == Period.HOUR ? hour(now, terms.zone()) : dated(period, now, terms);
  }

  private Span dated(Period period, Instant now, CommunityTerms terms) {
    LocalDate date = now.atZone(terms.zone()).toLocalDate().plusDays(40);
    Instant end = Instant.MAX;
    while (true) {
      if (begins(period, date)) {
        Instant begin = first(date.atTime(terms.resetHour(), 0), terms.zone());
        if (!begin.isAfter(now)) {
          return new Span(begin.toEpochMilli(), end.toEpochMilli());
        }
        end = begin;
      }
      date = date.minusDays(1);
    }
  }

  private static boolean begins(Period period, LocalDate date) {
    return switch (period) {
      case HOUR, DAY -> true;
      case WEEK -> date.getDayOfWeek() == DayOfWeek.MONDAY;
      case MONTH -> date.getDayOfMonth() == 1;
    };
  }

  private static Span hour(Instant now, ZoneId zone) {
    long from = Math.floorDiv(now.toEpochMilli(), QUARTER) * QUARTER;
    long to = from + QUARTER;
    while (!beginsHour(from, zone)) {
      from -= QUARTER;
    }
    while (!beginsHour(to, zone)) {
      to += QUARTER;
    }
    return new Span(from, to);
  }

  private static boolean beginsHour(long instant, ZoneId zone) {
    Instant at = Instant.ofEpochMilli(instant);
    return at.atZone(zone).getMinute() == 0
        || !zone.getRules()
            .getOffset(at)
            .equals(zone.getRules().getOffset(at.minusMillis(QUARTER)));
  }
}
