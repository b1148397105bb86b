package dev.plantain.quota;

/** What may be spent, apart from whom it is for. */
public record Allowance(Measure measure, Filter filter, Limit limit) {}
