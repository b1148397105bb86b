package dev.plantain.quota;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The personal rules of one measure and filter that count for a member: the member's own where
 * there are any; otherwise those of each role, of which one that lets the request pass is enough.
 * {@link Scope.Members} is the role that everybody has.
 *
 * @param ways the rules of each role, or the member's own; of each way all rules must have room
 */
record Rung(List<List<Rule>> ways) {

  /** One for each measure and filter that any of the personal rules has, in their order. */
  static List<Rung> of(List<Rule> rules) {
    return alike(rules).stream().map(Rung::counting).toList();
  }

  /** The personal rules, those of the same measure and filter together. */
  static List<List<Rule>> alike(List<Rule> rules) {
    Map<List<Object>, List<Rule>> alike = new LinkedHashMap<>();
    for (Rule rule : rules) {
      if (rule.scope().personal()) {
        alike
            .computeIfAbsent(List.of(rule.measure(), rule.filter()), _ -> new ArrayList<>())
            .add(rule);
      }
    }
    return List.copyOf(alike.values());
  }

  /** What counts of personal rules of the same measure and filter. */
  static Rung counting(List<Rule> alike) {
    List<Rule> own = alike.stream().filter(rule -> rule.scope() instanceof Scope.Member).toList();
    return new Rung(own.isEmpty() ? byScope(alike) : List.of(own));
  }

  private static List<List<Rule>> byScope(List<Rule> rules) {
    Map<Scope, List<Rule>> scopes = new LinkedHashMap<>();
    for (Rule rule : rules) {
      scopes.computeIfAbsent(rule.scope(), _ -> new ArrayList<>()).add(rule);
    }
    return List.copyOf(scopes.values());
  }

  Measure measure() {
    return ways.getFirst().getFirst().measure();
  }
}
