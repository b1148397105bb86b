package dev.plantain.quota;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Whether a request may spend what it asks for. */
public sealed interface QuotaDecision {

  /** What the operator is to be told now, and only now. */
  List<CapWarning> warnings();

  /**
   * It may, and has been written down.
   *
   * @param request its number
   */
  record Allowed(long request, Payment payment, List<CapWarning> warnings)
      implements QuotaDecision {
    public Allowed {
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * It may not; nothing of it was written down. Where several things stand in its way, the one that
   * does so longest is named.
   *
   * @param returnsAt the first instant at which that would let the same request pass if nobody
   *     spends anything until then; empty where waiting does not help
   */
  record Refused(Obstacle obstacle, Optional<Instant> returnsAt, List<CapWarning> warnings)
      implements QuotaDecision {
    public Refused {
      warnings = List.copyOf(warnings);
    }
  }

  /** What stands in the way of a request. */
  sealed interface Obstacle {

    /**
     * A rule without enough room.
     *
     * @param used what counts now, in the rule's measure; may be above the limit where something
     *     cost more than was thought
     */
    record NoRoom(Rule rule, long used, long limit) implements Obstacle {}

    /** The operator's cap of the day or month. */
    record CapReached(Window.Period period, long usedMicroDollars, long capMicroDollars)
        implements Obstacle {}

    /**
     * It is quiet.
     *
     * @param ofChat whether it is so in this chat only
     */
    record Quiet(QuietHours hours, boolean ofChat) implements Obstacle {}
  }
}
