package dev.plantain.quota;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * All that bounds what somebody may spend in a chat now.
 *
 * @param rules all that have to do with them, whatever the model and size; oldest first
 * @param own the credits of their own
 * @param pool those of the community
 * @param quietUntil when the quiet of now ends; empty where it is not quiet
 */
public record Standings(List<Standing> rules, Cost own, Cost pool, Optional<Instant> quietUntil) {
  public Standings {
    rules = List.copyOf(rules);
  }

  /** Of several roles under the same measure and filter, that one counts which has most left. */
  static List<Standing> of(List<Rule> rules, Gauges gauges) {
    List<Standing> standings = new ArrayList<>();
    rules.stream()
        .filter(rule -> !rule.scope().personal())
        .forEach(rule -> standings.add(standing(rule, rule, gauges)));
    for (List<Rule> alike : Rung.alike(rules)) {
      List<Rule> best =
          Rung.counting(alike).ways().stream()
              .reduce((one, other) -> left(other, gauges) > left(one, gauges) ? other : one)
              .orElseThrow();
      Rule tightest =
          best.stream()
              .reduce((one, other) -> left(other, gauges) < left(one, gauges) ? other : one)
              .orElseThrow();
      for (Rule rule : alike) {
        standings.add(standing(rule, best.contains(rule) ? rule : tightest, gauges));
      }
    }
    standings.sort(Comparator.comparingLong(standing -> standing.rule().id()));
    return standings;
  }

  private static long left(List<Rule> way, Gauges gauges) {
    return way.stream().mapToLong(rule -> left(rule, gauges)).min().orElse(Long.MAX_VALUE);
  }

  private static long left(Rule rule, Gauges gauges) {
    return switch (rule.limit()) {
      case Limit.AtMost(long most, _) -> Math.max(0, most - gauges.used(rule));
      case Limit.Unlimited() -> Long.MAX_VALUE;
    };
  }

  private static Standing standing(Rule rule, Rule counting, Gauges gauges) {
    Optional<Long> limit =
        rule.limit() instanceof Limit.AtMost(long most, _) ? Optional.of(most) : Optional.empty();
    return new Standing(
        rule,
        gauges.used(rule),
        limit,
        gauges.eases(rule),
        Optional.of(counting).filter(other -> !other.equals(rule)));
  }
}
