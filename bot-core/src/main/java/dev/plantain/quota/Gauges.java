package dev.plantain.quota;

import dev.plantain.quota.Window.Period;
import dev.plantain.storage.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What counts against rules and caps at one instant, for one spender; each sum is read once. */
final class Gauges {
  /**
   * How many windows are looked at for room: more than one only where the clock was put back, so
   * that later windows hold something already.
   */
  private static final int MOST_LOOKS = 1_000;

  private static final long UNKNOWN = Long.MIN_VALUE;

  private final Reading reading;
  private final Buckets buckets;
  private final Spender spender;
  private final CommunityTerms terms;
  private final Instant now;
  private final PaidCalls paidCalls = new PaidCalls();
  private final Map<Sum, Cost> sums = new HashMap<>();
  private final Map<Span, Long> lost = new HashMap<>();
  private long latest = UNKNOWN;

  Gauges(Reading reading, Buckets buckets, Spender spender, CommunityTerms terms, Instant now) {
    this.reading = reading;
    this.buckets = buckets;
    this.spender = spender;
    this.terms = terms;
    this.now = now;
  }

  /** What counts in the window of now; 0 for an exemption. */
  long used(Rule rule) {
    return switch (rule.limit()) {
      case Limit.AtMost(_, Window window) -> used(rule, around(rule, window, now));
      case Limit.Unlimited() -> 0;
    };
  }

  /** Who takes nothing of what a rule measures is not held up by it. */
  boolean hasRoom(Rule rule, long amount) {
    return amount == 0
        || switch (rule.limit()) {
          case Limit.AtMost(long limit, Window window) ->
              hasSurely(rule, window, limit - amount) || used(rule) + amount <= limit;
          case Limit.Unlimited() -> true;
        };
  }

  /**
   * Whether there is room even if all counts that lies in the sums around the window: most rules
   * are far from their limit, and the edges of their window need not be read.
   */
  private boolean hasSurely(Rule rule, Window window, long most) {
    Span span = around(rule, window, now);
    Span wide = Slice.widen(span, now.toEpochMilli(), place(rule).levels());
    return !wide.equals(span) && used(rule, wide) <= most;
  }

  /**
   * When there will be room for an amount, above 0, for which there is none now; empty where never.
   */
  Optional<Instant> returnsAt(Rule rule, long amount) {
    return switch (rule.limit()) {
      case Limit.Unlimited() -> Optional.of(now);
      case Limit.AtMost(long limit, _) when amount > limit -> Optional.empty();
      case Limit.AtMost(long limit, Window.Slots(Duration length)) ->
          freed(rule, length, used(rule) + amount - limit);
      case Limit.AtMost(long limit, Window.Calendar(Period period)) ->
          Optional.of(roomy(rule, period, limit - amount));
    };
  }

  /** When more will be left than now; empty where nothing counts. */
  Optional<Instant> eases(Rule rule) {
    return used(rule) == 0
        ? Optional.empty()
        : switch (rule.limit()) {
          case Limit.Unlimited() -> Optional.empty();
          case Limit.AtMost(_, Window.Slots(Duration length)) -> freed(rule, length, 1);
          case Limit.AtMost(_, Window.Calendar(Period period)) ->
              Optional.of(Instant.ofEpochMilli(around(rule, period, now).to()));
        };
  }

  /**
   * What the whole deployment spent in the day or month of UTC, in micro-dollars, with what was
   * paid for nothing.
   */
  long usedOfCap(Period period) {
    return usedOfCap(Boundaries.around(period, now, CommunityTerms.DEFAULT));
  }

  private long usedOfCap(Span span) {
    return used(new Place.Deployment(), Measure.MICRO_DOLLARS, Filter.ALL, span)
        + lost.computeIfAbsent(span, in -> paidCalls.lost(reading, in));
  }

  Instant capBegins(Period period) {
    return Instant.ofEpochMilli(Boundaries.around(period, now, CommunityTerms.DEFAULT).from());
  }

  /** When the day or month after this has room for that much more under a cap. */
  Optional<Instant> capReturnsAt(Period period, long cap, long amount) {
    if (amount > cap) {
      return Optional.empty();
    }
    Span span = Boundaries.around(period, now, CommunityTerms.DEFAULT);
    for (int looks = 0; looks < MOST_LOOKS; looks++) {
      span = Boundaries.around(period, Instant.ofEpochMilli(span.to()), CommunityTerms.DEFAULT);
      if (usedOfCap(span) <= cap - amount) {
        break;
      }
    }
    return Optional.of(Instant.ofEpochMilli(span.from()));
  }

  private Optional<Instant> freed(Rule rule, Duration length, long amount) {
    return buckets
        .reaching(
            reading,
            place(rule),
            rule.measure(),
            rule.filter(),
            around(rule, new Window.Slots(length), now),
            amount)
        .map(accepted -> Instant.ofEpochMilli(accepted).plus(length));
  }

  private Instant roomy(Rule rule, Period period, long most) {
    Span span = around(rule, period, now);
    for (int looks = 0; looks < MOST_LOOKS; looks++) {
      span = around(rule, period, Instant.ofEpochMilli(span.to()));
      if (used(rule, span) <= most) {
        break;
      }
    }
    return Instant.ofEpochMilli(span.from());
  }

  private Span around(Rule rule, Period period, Instant instant) {
    return around(rule, new Window.Calendar(period), instant);
  }

  private Span around(Rule rule, Window window, Instant instant) {
    return Boundaries.around(
        window, instant, rule.scope().community().isPresent() ? terms : CommunityTerms.DEFAULT);
  }

  private long used(Rule rule, Span span) {
    return used(place(rule), rule.measure(), rule.filter(), span);
  }

  private Place place(Rule rule) {
    return Place.of(rule.scope(), spender);
  }

  private long used(Place place, Measure measure, Filter filter, Span span) {
    // Without an end there is nothing to cut at it, and fewer sums are read.
    Span open = span.to() > latest() ? new Span(span.from(), Span.OPEN) : span;
    return sums.computeIfAbsent(
            new Sum(place, filter, open), _ -> buckets.sum(reading, place, filter, open))
        .of(measure);
  }

  private long latest() {
    if (latest == UNKNOWN) {
      latest = buckets.latest(reading);
    }
    return latest;
  }

  private record Sum(Place place, Filter filter, Span span) {}
}
