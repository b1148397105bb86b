package dev.plantain.quota;

import dev.plantain.quota.PastRequests.PastRequest;
import dev.plantain.quota.Window.Period;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What counts against one rule while past requests are gone through in their order. */
final class Tally {
  private final Rule rule;
  private final CommunityTerms terms;
  private final Map<Long, Long> used = new HashMap<>();

  /** The same requests again: those that leave a window of slots. */
  private final PastRequests leaving;

  /** Which requests passed, by their place in the order. */
  private final BitSet passed;

  private Span span = new Span(Long.MIN_VALUE, Long.MIN_VALUE);
  private int left;

  Tally(Rule rule, CommunityTerms terms, PastRequests leaving, BitSet passed) {
    this.rule = rule;
    this.terms = terms;
    this.leaving = leaving;
    this.passed = passed;
  }

  Rule rule() {
    return rule;
  }

  /** Whether there is room for what a request takes, now that its instant was advanced to. */
  boolean hasRoom(PastRequest request) {
    long amount = amount(rule, request);
    return switch (rule.limit()) {
      case Limit.Unlimited() -> true;
      case Limit.AtMost(long limit, _) ->
          amount == 0 || used.getOrDefault(holder(request), 0L) + amount <= limit;
    };
  }

  /** Counts a request that passed, at the instant that was advanced to. */
  void add(PastRequest request) {
    used.merge(holder(request), amount(rule, request), Long::sum);
  }

  /** Lets go what does not count any more. Instants never go back. */
  void advance(Instant now) {
    switch (rule.limit()) {
      case Limit.Unlimited() -> {}
      case Limit.AtMost(_, Window.Calendar(Period period)) -> begin(period, now);
      case Limit.AtMost(_, Window.Slots(Duration length)) -> letGo(now.minus(length));
    }
  }

  private void begin(Period period, Instant now) {
    if (now.toEpochMilli() >= span.to()) {
      span = Boundaries.around(period, now, terms);
      used.clear();
    }
  }

  private void letGo(Instant gone) {
    for (Optional<PastRequest> first = leaving.peek();
        first.isPresent() && !first.get().acceptedAt().isAfter(gone);
        first = leaving.peek()) {
      if (passed.get(left)) {
        used.merge(holder(first.get()), -amount(rule, first.get()), Long::sum);
      }
      leaving.take();
      left++;
    }
  }

  /** Whose spending is summed up apart from others'. */
  private long holder(PastRequest request) {
    return rule.scope().personal() ? request.memberId() : 0;
  }

  /** What a rule counts of a request; nothing where it is about others. */
  static long amount(Rule rule, PastRequest request) {
    boolean about =
        rule.filter().holds(request.model(), request.size())
            && (!(rule.scope() instanceof Scope.Chat(_, long chat)) || chat == request.chatId());
    Cost cost = rule.scope().personal() ? request.allowance() : request.cost();
    return about ? cost.of(rule.measure()) : 0;
  }
}
