package dev.plantain.quota;

import dev.plantain.quota.QuotaDecision.Obstacle;
import dev.plantain.quota.QuotaDecision.Refused;
import dev.plantain.quota.Window.Period;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Decides on a request from what is known at that instant, and writes nothing.
 *
 * <p>Quiet hours, the caps and the rules of deployment, platform, community and chat must all let
 * it pass. So must each {@link Rung} of personal rules; where one of a measure does not, one purse
 * of credits that holds the whole amount of that measure pays it instead, and then it does not
 * count against personal rules of that measure.
 */
final class Decider {
  private static final Comparator<Refused> BY_RETURN =
      Comparator.comparing(refused -> refused.returnsAt().orElse(Instant.MAX));

  private final Request request;
  private final Circumstances known;
  private final List<Refused> refusals = new ArrayList<>();
  private final List<Rule> counting = new ArrayList<>();

  private Decider(Request request, Circumstances known) {
    this.request = request;
    this.known = known;
  }

  /** All that a decision is made from. */
  record Circumstances(
      CommunityTerms terms,
      Optional<QuietHours> quietHoursOfChat,
      List<Rule> rules,
      Function<Purse, Cost> balances,
      Caps caps,
      Gauges gauges,
      Instant now) {

    /** As if the community had decided nothing. */
    Circumstances ofOperator() {
      return new Circumstances(
          CommunityTerms.DEFAULT,
          Optional.empty(),
          rules.stream().filter(rule -> rule.scope().community().isEmpty()).toList(),
          balances,
          caps,
          gauges,
          now);
    }
  }

  /** What was decided. */
  sealed interface Verdict {
    record Pass(Payment payment, List<Rule> counting) implements Verdict {}

    record Stop(Refused refused) implements Verdict {}
  }

  static Verdict decide(Request request, Circumstances known) {
    return new Decider(request, known).decide();
  }

  private Verdict decide() {
    quiet(known.terms().quietHours(), false);
    quiet(known.quietHoursOfChat(), true);
    Caps.PERIODS.forEach(this::cap);
    List<Rule> matching =
        known.rules().stream()
            .filter(rule -> rule.filter().holds(request.model(), request.size()))
            .toList();
    matching.stream().filter(rule -> !rule.scope().personal()).forEach(this::shared);
    List<Rung> rungs = Rung.of(matching);
    Purse pictures = purse(Measure.PICTURES, rungs);
    Purse microDollars = purse(Measure.MICRO_DOLLARS, rungs);
    // Of several that return at the same instant the first stays.
    return refusals.stream()
        .reduce((one, other) -> BY_RETURN.compare(other, one) > 0 ? other : one)
        .<Verdict>map(Verdict.Stop::new)
        .orElseGet(() -> new Verdict.Pass(new Payment(pictures, microDollars), counting));
  }

  private void quiet(Optional<QuietHours> hours, boolean ofChat) {
    hours.ifPresent(of ->
        of.end(known.now(), known.terms().zone())
            .ifPresent(
                end -> refusals.add(refused(new Obstacle.Quiet(of, ofChat), Optional.of(end)))));
  }

  private void cap(Period period) {
    long amount = request.microDollars();
    known
        .caps()
        .of(period)
        .filter(cap -> amount > 0 && known.gauges().usedOfCap(period) + amount > cap)
        .ifPresent(cap ->
            refusals.add(
                refused(
                    new Obstacle.CapReached(period, known.gauges().usedOfCap(period), cap),
                    known.gauges().capReturnsAt(period, cap, amount))));
  }

  private void shared(Rule rule) {
    if (known.gauges().hasRoom(rule, amount(rule))) {
      counting.add(rule);
    } else {
      refusals.add(full(rule));
    }
  }

  /** Which purse pays what the request takes of a measure. */
  private Purse purse(Measure measure, List<Rung> rungs) {
    List<Refused> full = new ArrayList<>();
    for (Rung rung : rungs) {
      if (rung.measure() == measure) {
        rung.ways().stream()
            .filter(way -> way.stream().allMatch(this::hasRoom))
            .findFirst()
            .ifPresentOrElse(counting::addAll, () -> full.add(full(rung)));
      }
    }
    if (full.isEmpty()) {
      return Purse.ALLOWANCE;
    }
    long amount = request.cost().of(measure);
    Optional<Purse> credits =
        (known.terms().poolFirst()
                ? List.of(Purse.POOL, Purse.OWN)
                : List.of(Purse.OWN, Purse.POOL))
            .stream()
                .filter(purse -> known.balances().apply(purse).of(measure) >= amount)
                .findFirst();
    if (credits.isEmpty()) {
      refusals.addAll(full);
    }
    return credits.orElse(Purse.ALLOWANCE);
  }

  /** A rung has room as soon as one way has, and a way as soon as all its rules have. */
  private Refused full(Rung rung) {
    return rung.ways().stream()
        .map(way ->
            way.stream()
                .filter(rule -> !hasRoom(rule))
                .map(this::full)
                .reduce((one, other) -> BY_RETURN.compare(other, one) > 0 ? other : one)
                .orElseThrow())
        .min(BY_RETURN)
        .orElseThrow();
  }

  private Refused full(Rule rule) {
    long limit = rule.limit() instanceof Limit.AtMost(long most, _) ? most : Long.MAX_VALUE;
    return refused(
        new Obstacle.NoRoom(rule, known.gauges().used(rule), limit),
        known.gauges().returnsAt(rule, amount(rule)));
  }

  private static Refused refused(Obstacle obstacle, Optional<Instant> returnsAt) {
    return new Refused(obstacle, returnsAt, List.of());
  }

  private boolean hasRoom(Rule rule) {
    return known.gauges().hasRoom(rule, amount(rule));
  }

  private long amount(Rule rule) {
    return request.cost().of(rule.measure());
  }
}
