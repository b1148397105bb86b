package dev.plantain.quota;

import dev.plantain.storage.Reading;
import java.util.List;

/**
 * What an endpoint was paid in a range of days for calls of which nobody was shown anything.
 *
 * @param endpoint whom it is owed to
 * @param basis how the amount is known, as a word
 * @param calls how many there were
 * @param cost what came of them all the same, and the money
 */
public record Loss(String endpoint, String basis, long calls, Cost cost) {

  /** All of them, the dearest first; by the day of the call. */
  public static List<Loss> of(Reading reading, Usage.Range range) {
    return reading.list(
        """
        select endpoint, basis, count(*) as calls, sum(pictures) as pictures, sum(micro_dollars) as money
        from paid_call where lost = 1 and at >= ? and at < ?
        group by endpoint, basis order by money desc, endpoint, basis
        """,
        row ->
            new Loss(
                row.text("endpoint"),
                row.text("basis"),
                row.number("calls"),
                new Cost(row.number("pictures"), row.number("money"))),
        Boundaries.begin(range.first(), range.terms()),
        Boundaries.begin(range.last().plusDays(1), range.terms()));
  }
}
