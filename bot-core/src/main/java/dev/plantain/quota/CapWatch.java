package dev.plantain.quota;

import dev.plantain.quota.Window.Period;
import dev.plantain.storage.Reading;
import dev.plantain.storage.Tx;
import java.util.List;
import java.util.Locale;

/** Remembers how much of the operator's caps was said to be used up, and at which request. */
final class CapWatch {
  private static final List<Integer> PERCENTS = List.of(50, 80, 100);

  /**
   * Notes what a request reaches and was not said yet in this day or month.
   *
   * @param more what the request adds, or would have added, to what is used
   */
  void note(Tx tx, Caps caps, Gauges gauges, long more, long request) {
    for (Period period : Caps.PERIODS) {
      caps.of(period)
          .ifPresent(cap -> {
            long used = gauges.usedOfCap(period) + more;
            if (used > 0 && reaches(used, cap, PERCENTS.getFirst())) {
              note(tx, period, gauges, cap, used, request);
            }
          });
    }
  }

  private static void note(Tx tx, Period period, Gauges gauges, long cap, long used, long request) {
    for (int percent : PERCENTS) {
      if (reaches(used, cap, percent)) {
        tx.update(
            """
            insert into cap_told (span, started_at, cap, percent, used, request)
            values (?, ?, ?, ?, ?, ?) on conflict (span, started_at, cap, percent) do nothing
            """,
            period.name().toLowerCase(Locale.ROOT),
            gauges.capBegins(period),
            cap,
            percent,
            used,
            request);
      }
    }
  }

  /** What was noted at a request, the lowest first. */
  List<CapWarning> of(Reading reading, long request) {
    return reading.list(
        "select * from cap_told where request = ? order by span, percent",
        row ->
            new CapWarning(
                Period.valueOf(row.text("span").toUpperCase(Locale.ROOT)),
                row.integer("percent"),
                row.number("used"),
                row.number("cap")),
        request);
  }

  private static boolean reaches(long used, long cap, int percent) {
    return used * 100 >= cap * percent;
  }
}
