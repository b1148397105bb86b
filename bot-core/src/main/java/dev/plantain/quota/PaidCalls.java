package dev.plantain.quota;

import dev.plantain.storage.Reading;
import dev.plantain.storage.Tx;
import java.time.Instant;

/** The table of what providers are owed, call by call. */
final class PaidCalls {
  long add(Tx tx, PaidCall call, Instant now) {
    return tx.insert(
        """
        insert into paid_call (at, request, endpoint, model, size, pictures, micro_dollars, basis, lost)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?) returning id
        """,
        now,
        call.request(),
        call.endpoint(),
        call.model(),
        call.size(),
        call.pictures(),
        call.microDollars(),
        call.basis(),
        call.lost());
  }

  void remove(Tx tx, long id) {
    tx.update("delete from paid_call where id = ?", id);
  }

  /** What was lost in a span, in micro-dollars. */
  long lost(Reading reading, Span span) {
    return reading
        .first(
            "select sum(micro_dollars) as lost from paid_call where lost = 1 and at >= ? and at < ?",
            row -> row.number("lost"),
            span.from(),
            span.to())
        .orElse(0L);
  }
}
