package dev.plantain.quota;

import dev.plantain.storage.Reading;
import dev.plantain.storage.Tx;
import java.time.Instant;

/** The table of what providers are owed, call by call; only added to. */
final class PaidCalls {
  void add(Tx tx, PaidCall call, Instant now) {
    tx.update(
        """
        insert into paid_call (at, request, endpoint, model, size, pictures, micro_dollars, basis, lost)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?)
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
