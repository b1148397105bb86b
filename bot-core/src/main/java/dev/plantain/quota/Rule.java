package dev.plantain.quota;

/**
 * An allowance and for whom it holds.
 *
 * @param id of the database; changes when the rule is replaced
 */
public record Rule(long id, Scope scope, Allowance allowance) {
  public Rule {
    if (!scope.personal() && allowance.limit() instanceof Limit.Unlimited) {
      throw new IllegalArgumentException("only members and roles can be exempt");
    }
  }

  Measure measure() {
    return allowance.measure();
  }

  Filter filter() {
    return allowance.filter();
  }

  Limit limit() {
    return allowance.limit();
  }
}
