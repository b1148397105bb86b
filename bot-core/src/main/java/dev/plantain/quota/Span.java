package dev.plantain.quota;

/** From an instant on and before another, in milliseconds since 1970. */
record Span(long from, long to) {
  /** The end of what has none. */
  static final long OPEN = Long.MAX_VALUE;
}
