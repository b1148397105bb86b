package dev.plantain.quota;

import java.time.Instant;
import java.util.Optional;

/**
 * How much of a rule is used up by, or for, one spender.
 *
 * @param used what counts now; may be above the limit where something cost more than was thought; 0
 *     for an exemption
 * @param limit empty for an exemption
 * @param returnsAt when there will be more left than now, if nothing is spent until then; empty
 *     where nothing is used
 * @param replacedBy the rule that counts instead; empty where this one counts
 */
public record Standing(
    Rule rule,
    long used,
    Optional<Long> limit,
    Optional<Instant> returnsAt,
    Optional<Rule> replacedBy) {

  public boolean counts() {
    return replacedBy.isEmpty();
  }

  /** What may still be spent under this rule; empty for an exemption. */
  public Optional<Long> left() {
    return limit.map(most -> Math.max(0, most - used));
  }
}
