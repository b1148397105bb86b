package dev.plantain.quota;

import dev.plantain.quota.Window.Period;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/** Where windows of the calendar begin and end. */
final class Boundaries {
  private static final long HOUR_MILLIS = 3_600_000;

  private Boundaries() {}

  /** The window that an instant lies in. */
  static Span around(Window window, Instant now, CommunityTerms terms) {
    return switch (window) {
      case Window.Calendar(Period period) -> around(period, now, terms);
      case Window.Slots(var length) ->
          new Span(now.toEpochMilli() - length.toMillis() + 1, Span.OPEN);
    };
  }

  static Span around(Period period, Instant now, CommunityTerms terms) {
    if (period == Period.HOUR) {
      return hour(now, terms.zone().getRules());
    }
    LocalDate first = begun(period, now, terms);
    return new Span(
        begin(first, terms).toEpochMilli(), begin(step(period, first, 1), terms).toEpochMilli());
  }

  /** The day on which the window began that an instant lies in. */
  static LocalDate begun(Period period, Instant now, CommunityTerms terms) {
    LocalDate first = first(period, now.atZone(terms.zone()).toLocalDate());
    // The clock may have skipped whole days, so that the window begins before the date's own.
    while (begin(first, terms).isAfter(now)) {
      first = step(period, first, -1);
    }
    LocalDate next = step(period, first, 1);
    while (!begin(next, terms).isAfter(now)) {
      first = next;
      next = step(period, next, 1);
    }
    return first;
  }

  /** The local time as an instant: the next that exists in a gap, the first where it is twice. */
  static Instant at(LocalDateTime local, ZoneId zone) {
    ZoneOffsetTransition transition = zone.getRules().getTransition(local);
    return transition != null && transition.isGap()
        ? transition.getInstant()
        : local.atZone(zone).toInstant();
  }

  /** When a day begins. */
  static Instant begin(LocalDate date, CommunityTerms terms) {
    return at(date.atTime(terms.resetHour(), 0), terms.zone());
  }

  private static LocalDate first(Period period, LocalDate date) {
    return switch (period) {
      case HOUR, DAY -> date;
      case WEEK -> date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
      case MONTH -> date.withDayOfMonth(1);
    };
  }

  private static LocalDate step(Period period, LocalDate date, int steps) {
    return switch (period) {
      case HOUR, DAY -> date.plusDays(steps);
      case WEEK -> date.plusWeeks(steps);
      case MONTH -> date.plusMonths(steps);
    };
  }

  /** A whole hour of the local clock, cut where the clock is put forward or back. */
  private static Span hour(Instant now, ZoneRules rules) {
    long offset = rules.getOffset(now).getTotalSeconds() * 1000L;
    long begins = Math.floorDiv(now.toEpochMilli() + offset, HOUR_MILLIS) * HOUR_MILLIS - offset;
    ZoneOffsetTransition last = rules.previousTransition(now.plusMillis(1));
    ZoneOffsetTransition next = rules.nextTransition(now);
    return new Span(
        last == null ? begins : Math.max(begins, last.getInstant().toEpochMilli()),
        next == null
            ? begins + HOUR_MILLIS
            : Math.min(begins + HOUR_MILLIS, next.getInstant().toEpochMilli()));
  }
}
