package dev.plantain.quota;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;

/**
 * The hours of each day in which nothing is drawn, of the local clock; past midnight where they end
 * before they begin. A time that the clock leaves out is the next instant that exists, one that it
 * shows twice is the first.
 */
public record QuietHours(LocalTime from, LocalTime to) {
  public QuietHours {
    if (from.equals(to)) {
      throw new IllegalArgumentException("quiet hours end at another time than they begin");
    }
  }

  /** When the quiet that holds now ends; empty where it is not quiet. */
  Optional<Instant> end(Instant now, ZoneId zone) {
    LocalDate today = now.atZone(zone).toLocalDate();
    Optional<Instant> latest = Optional.empty();
    for (LocalDate day = today.minusDays(2); !day.isAfter(today); day = day.plusDays(1)) {
      Instant begins = Boundaries.at(day.atTime(from), zone);
      Instant ends = Boundaries.at((from.isBefore(to) ? day : day.plusDays(1)).atTime(to), zone);
      if (!now.isBefore(begins) && now.isBefore(ends)) {
        latest = Optional.of(ends);
      }
    }
    return latest;
  }
}
