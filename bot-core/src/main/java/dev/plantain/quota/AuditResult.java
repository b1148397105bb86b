package dev.plantain.quota;

import java.util.List;

/** Whether the running sums, balances and open reservations are those that the ledger gives. */
public sealed interface AuditResult {

  /** They are. */
  record Agrees(long entries) implements AuditResult {}

  /** They are not: the first of what was found. */
  record Differs(List<Difference> differences) implements AuditResult {
    public Differs {
      differences = List.copyOf(differences);
    }
  }

  /**
   * One place in which they differ.
   *
   * @param where the key of a row, for whoever looks into the database
   * @param ledger what the ledger gives
   * @param found what stands there
   */
  record Difference(Kind kind, String where, long ledger, long found) {}

  /** What differs. */
  enum Kind {
    /** A running sum. */
    SUM,
    /** A balance of credits. */
    CREDIT,
    /** A request is reserved in one and not in the other: 1 or 0. */
    RESERVATION,
    /** A request has as many ends as stand there, or other lines than a request can have. */
    ENDS
  }
}
