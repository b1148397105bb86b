package dev.plantain.quota;

import java.time.Instant;
import java.util.Optional;

/**
 * A line of what was changed in the rules, never changed and never removed.
 *
 * @param by the member who did it, {@link Allowances#OPERATOR} for the operator
 * @param before what held, in the words of {@link RuleNotation}; empty where the rule is new
 * @param after what holds since, empty where the rule was removed
 */
public record RuleChange(
    long id, Instant at, long by, Scope scope, Optional<String> before, Optional<String> after) {}
