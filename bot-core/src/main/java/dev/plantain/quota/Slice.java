package dev.plantain.quota;

import dev.plantain.quota.Place.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A piece of a span: whole sums of one level, or single entries of the ledger where it has none.
 */
record Slice(Optional<Level> level, Span span) {
  private static final int SHORT_BESIDE = 8;

  /** Cuts a span into as coarse sums as there are, in the order of time. */
  static List<Slice> cut(Span span, List<Level> levels) {
    List<Slice> slices = new ArrayList<>();
    cut(span, levels, slices);
    return slices;
  }

  /** The span from the beginning of a sum that is short beside what has passed of it. */
  static Span widen(Span span, long now, List<Level> levels) {
    Level level =
        levels.stream()
            .filter(of -> of.millis * SHORT_BESIDE <= now - span.from())
            .findFirst()
            .orElse(levels.getLast());
    return new Span(level.floor(span.from()), span.to());
  }

  private static void cut(Span span, List<Level> levels, List<Slice> slices) {
    if (span.from() >= span.to()) {
      return;
    }
    if (levels.isEmpty()) {
      slices.add(new Slice(Optional.empty(), span));
      return;
    }
    Level level = levels.getFirst();
    List<Level> finer = levels.subList(1, levels.size());
    long first = level.floor(span.from() + level.millis - 1);
    long last = span.to() == Span.OPEN ? Span.OPEN : level.floor(span.to());
    if (first >= last) {
      cut(span, finer, slices);
      return;
    }
    cut(new Span(span.from(), first), finer, slices);
    slices.add(new Slice(Optional.of(level), new Span(first, last)));
    cut(new Span(last, span.to()), finer, slices);
  }
}
