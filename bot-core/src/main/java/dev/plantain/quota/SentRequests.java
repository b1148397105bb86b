package dev.plantain.quota;

import dev.plantain.storage.Reading;
import dev.plantain.storage.Tx;
import java.time.LocalDate;

/** How many requests were sent to providers with each key in a day, which providers limit. */
public final class SentRequests {

  /** How many in that day of the provider. */
  public int of(Reading reading, String line, LocalDate day) {
    return reading
        .first(
            "select requests from endpoint_day where line = ? and day = ?",
            row -> row.integer("requests"),
            line,
            day.toString())
        .orElse(0);
  }

  /**
   * Counts one more, unless that many are counted already, and forgets the days before.
   *
   * @return whether it was counted
   */
  public boolean add(Tx tx, String line, LocalDate day, int most) {
    if (of(tx, line, day) >= most) {
      return false;
    }
    tx.update("delete from endpoint_day where line = ? and day < ?", line, day.toString());
    tx.update(
        """
        insert into endpoint_day (line, day, requests) values (?, ?, 1)
        on conflict (line, day) do update set requests = endpoint_day.requests + 1
        """,
        line,
        day.toString());
    return true;
  }
}
