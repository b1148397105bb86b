package dev.plantain.quota;

import dev.plantain.quota.QuotaDecision.Obstacle;
import dev.plantain.quota.QuotaDecision.Refused;
import dev.plantain.quota.Window.Period;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What the ledger should say, from nothing but the list of all that happened, added up each time.
 */
final class Oracle {
  final List<Rule> rules = new ArrayList<>();
  final Map<Long, CommunityTerms> terms = new HashMap<>();
  final Map<Long, QuietHours> quietHours = new HashMap<>();
  final Map<Long, Booking> bookings = new HashMap<>();
  private final List<Moved> moved = new ArrayList<>();
  private final Set<List<Object>> told = new HashSet<>();
  private final Caps caps;
  private final LocalClock clock = new LocalClock();

  Oracle(Caps caps) {
    this.caps = caps;
  }

  /** A request that was reserved and what it takes out of each purse. */
  static final class Booking {
    final Request request;
    final Instant acceptedAt;
    final Payment payment;
    final List<CapWarning> warnings;
    final Map<Purse, Cost> costs = new EnumMap<>(Purse.class);
    String state = "reserved";

    Booking(Request request, Instant acceptedAt, Payment payment, List<CapWarning> warnings) {
      this.request = request;
      this.acceptedAt = acceptedAt;
      this.payment = payment;
      this.warnings = warnings;
      for (Measure measure : Measure.values()) {
        add(payment.of(measure), Cost.of(measure, request.cost().of(measure)));
      }
    }

    void add(Purse purse, Cost cost) {
      costs.merge(purse, cost, Cost::plus);
    }

    Cost of(Purse purse) {
      return costs.getOrDefault(purse, Cost.NONE);
    }

    Cost total() {
      return costs.values().stream().reduce(Cost.NONE, Cost::plus);
    }
  }

  private record Moved(long community, long member, Cost cost) {}

  CommunityTerms terms(long community) {
    return terms.getOrDefault(community, CommunityTerms.DEFAULT);
  }

  void move(long community, long member, Cost cost) {
    moved.add(new Moved(community, member, cost));
  }

  Cost own(long community, long member) {
    return moved(community, member)
        .minus(
            spent(
                Purse.OWN,
                request ->
                    request.spender().communityId() == community
                        && request.spender().memberId() == member));
  }

  Cost pool(long community) {
    return moved(community, 0)
        .minus(spent(Purse.POOL, request -> request.spender().communityId() == community));
  }

  private Cost moved(long community, long member) {
    return moved.stream()
        .filter(one -> one.community == community && one.member == member)
        .map(Moved::cost)
        .reduce(Cost.NONE, Cost::plus);
  }

  private Cost spent(Purse purse, Predicate<Request> which) {
    return bookings.values().stream()
        .filter(booking -> which.test(booking.request))
        .map(booking -> booking.of(purse))
        .reduce(Cost.NONE, Cost::plus);
  }

  /** All rules that have to do with the spender. */
  List<Rule> applying(Spender spender) {
    return rules.stream().filter(rule -> applies(rule.scope(), spender)).toList();
  }

  private static boolean applies(Scope scope, Spender spender) {
    return switch (scope) {
      case Scope.Deployment() -> true;
      case Scope.Platform(String name) -> name.equals(spender.platform());
      case Scope.Community(long id) -> id == spender.communityId();
      case Scope.Chat(_, long chat) -> chat == spender.chatId();
      case Scope.Members(long id) -> id == spender.communityId();
      case Scope.Role(long id, String role) ->
          id == spender.communityId() && spender.roles().contains(role);
      case Scope.Member(long id, long member) ->
          id == spender.communityId() && member == spender.memberId();
    };
  }

  /** What counts against a rule at an instant. */
  long used(Rule rule, Spender spender, Instant now) {
    return rule.limit() instanceof Limit.AtMost(_, Window window)
        ? used(rule, spender, span(rule, window, now))
        : 0;
  }

  private Span span(Rule rule, Window window, Instant now) {
    CommunityTerms of = rule.scope().community().map(this::terms).orElse(CommunityTerms.DEFAULT);
    return switch (window) {
      case Window.Slots(Duration length) ->
          new Span(now.minus(length).toEpochMilli() + 1, Long.MAX_VALUE);
      case Window.Calendar(Period period) -> clock.around(period, now, of);
    };
  }

  private long used(Rule rule, Spender spender, Span span) {
    long used = 0;
    for (Booking booking : bookings.values()) {
      long at = booking.acceptedAt.toEpochMilli();
      if (at >= span.from() && at < span.to() && counts(rule, spender, booking.request)) {
        Cost cost = rule.scope().personal() ? booking.of(Purse.ALLOWANCE) : booking.total();
        used += cost.of(rule.measure());
      }
    }
    return used;
  }

  private static boolean counts(Rule rule, Spender spender, Request request) {
    boolean filtered =
        rule.filter().model().map(request.model()::equals).orElse(true)
            && rule.filter().size().map(request.size()::equals).orElse(true);
    boolean here =
        rule.scope().personal()
            ? request.spender().communityId() == spender.communityId()
                && request.spender().memberId() == spender.memberId()
            : applies(rule.scope(), request.spender());
    return filtered && here;
  }

  /** Whether a request may pass: the purses that pay, or everything that may be named instead. */
  record Answer(Optional<Payment> payment, List<Refused> refusals) {}

  Answer decide(Request request, Instant now) {
    List<Refused> refusals = new ArrayList<>();
    Spender spender = request.spender();
    CommunityTerms ours = terms(spender.communityId());
    ours.quietHours().ifPresent(hours -> quiet(hours, false, ours, now, refusals));
    Optional.ofNullable(quietHours.get(spender.chatId()))
        .ifPresent(hours -> quiet(hours, true, ours, now, refusals));
    return decide(request, now, refusals, applying(spender));
  }

  /** With what only the operator decided, where the community's own terms refuse it. */
  Answer approve(Request request, Instant now) {
    Answer usual = decide(request, now);
    List<Rule> operators =
        applying(request.spender()).stream()
            .filter(rule ->
                rule.scope() instanceof Scope.Deployment || rule.scope() instanceof Scope.Platform)
            .toList();
    return usual.payment().isPresent() ? usual : decide(request, now, new ArrayList<>(), operators);
  }

  private Answer decide(Request request, Instant now, List<Refused> refusals, List<Rule> applying) {
    Spender spender = request.spender();
    CommunityTerms ours = terms(spender.communityId());
    cap(Period.DAY, caps.dailyMicroDollars(), request, now, refusals);
    cap(Period.MONTH, caps.monthlyMicroDollars(), request, now, refusals);
    List<Rule> matching = applying.stream().filter(rule -> counts(rule, spender, request)).toList();
    matching.stream()
        .filter(rule -> !rule.scope().personal() && !hasRoom(rule, request, now))
        .forEach(rule -> refusals.add(full(rule, request, now)));
    Map<Measure, Purse> purses = new EnumMap<>(Measure.class);
    for (Measure measure : Measure.values()) {
      List<Refused> personal = personal(measure, matching, request, now);
      long amount = request.cost().of(measure);
      long own = own(spender.communityId(), spender.memberId()).of(measure);
      long pool = pool(spender.communityId()).of(measure);
      if (personal.isEmpty()) {
        purses.put(measure, Purse.ALLOWANCE);
      } else if (pool >= amount && (ours.poolFirst() || own < amount)) {
        purses.put(measure, Purse.POOL);
      } else if (own >= amount) {
        purses.put(measure, Purse.OWN);
      } else {
        refusals.addAll(personal);
      }
    }
    if (!refusals.isEmpty()) {
      Instant last = refusals.stream().map(Oracle::at).max(Comparator.naturalOrder()).orElseThrow();
      return new Answer(
          Optional.empty(), refusals.stream().filter(one -> at(one).equals(last)).toList());
    }
    return new Answer(
        Optional.of(
            new Payment(
                purses.getOrDefault(Measure.PICTURES, Purse.ALLOWANCE),
                purses.getOrDefault(Measure.MICRO_DOLLARS, Purse.ALLOWANCE))),
        List.of());
  }

  private void quiet(
      QuietHours hours, boolean ofChat, CommunityTerms ours, Instant now, List<Refused> refusals) {
    LocalDate today = now.atZone(ours.zone()).toLocalDate();
    for (int days = 2; days >= 0; days--) {
      LocalDate day = today.minusDays(days);
      Instant begins = clock.first(day.atTime(hours.from()), ours.zone());
      boolean wraps = hours.to().isBefore(hours.from());
      Instant ends = clock.first(day.plusDays(wraps ? 1 : 0).atTime(hours.to()), ours.zone());
      if (!now.isBefore(begins) && now.isBefore(ends)) {
        refusals.add(new Refused(new Obstacle.Quiet(hours, ofChat), Optional.of(ends), List.of()));
      }
    }
  }

  private long usedOfCap(Span span) {
    return bookings.values().stream()
        .filter(booking -> booking.acceptedAt.toEpochMilli() >= span.from())
        .filter(booking -> booking.acceptedAt.toEpochMilli() < span.to())
        .mapToLong(booking -> booking.total().microDollars())
        .sum();
  }

  private void cap(
      Period period, Optional<Long> cap, Request request, Instant now, List<Refused> refusals) {
    long amount = request.microDollars();
    Span span = clock.around(period, now, CommunityTerms.DEFAULT);
    long used = usedOfCap(span);
    if (cap.isPresent() && amount > 0 && used + amount > cap.get()) {
      Optional<Instant> returns = Optional.empty();
      while (amount <= cap.get() && returns.isEmpty()) {
        span = clock.around(period, Instant.ofEpochMilli(span.to()), CommunityTerms.DEFAULT);
        if (usedOfCap(span) + amount <= cap.get()) {
          returns = Optional.of(Instant.ofEpochMilli(span.from()));
        }
      }
      refusals.add(
          new Refused(new Obstacle.CapReached(period, used, cap.get()), returns, List.of()));
    }
  }

  /** What is said about the caps at a request, given what else was said before. */
  List<CapWarning> warnings(Request request, boolean adds, Instant now) {
    List<CapWarning> warnings = new ArrayList<>();
    for (Period period : List.of(Period.DAY, Period.MONTH)) {
      Optional<Long> cap =
          period == Period.DAY ? caps.dailyMicroDollars() : caps.monthlyMicroDollars();
      if (cap.isPresent()) {
        Span span = clock.around(period, now, CommunityTerms.DEFAULT);
        long used = usedOfCap(span) + (adds ? request.microDollars() : 0);
        for (int percent : List.of(50, 80, 100)) {
          if (used > 0
              && used * 100 >= cap.get() * percent
              && told.add(List.of(period, span.from(), percent))) {
            warnings.add(new CapWarning(period, percent, used, cap.get()));
          }
        }
      }
    }
    return warnings;
  }

  /** For each measure and filter that stops a member, what may be named for it. */
  private List<Refused> personal(
      Measure measure, List<Rule> matching, Request request, Instant now) {
    List<Refused> refusals = new ArrayList<>();
    List<Rule> personal =
        matching.stream()
            .filter(rule -> rule.scope().personal() && rule.measure() == measure)
            .toList();
    for (Filter filter : new HashSet<>(personal.stream().map(Rule::filter).toList())) {
      List<Rule> alike = personal.stream().filter(rule -> rule.filter().equals(filter)).toList();
      Set<String> scopes = new TreeSet<>();
      for (Rule rule : alike) {
        scopes.add(rule.scope().key());
      }
      if (alike.stream().anyMatch(rule -> rule.scope() instanceof Scope.Member)) {
        scopes.removeIf(scope -> !scope.startsWith("member:"));
      }
      Optional<List<Refused>> named = Optional.empty();
      boolean passes = false;
      for (String scope : scopes) {
        List<Refused> failing =
            alike.stream()
                .filter(rule -> rule.scope().key().equals(scope) && !hasRoom(rule, request, now))
                .map(rule -> full(rule, request, now))
                .toList();
        passes |= failing.isEmpty();
        if (!failing.isEmpty()) {
          Instant last = failing.stream().map(Oracle::at).max(Comparator.naturalOrder()).get();
          List<Refused> latest = failing.stream().filter(one -> at(one).equals(last)).toList();
          if (named.isEmpty() || last.isBefore(at(named.get().getFirst()))) {
            named = Optional.of(latest);
          } else if (last.equals(at(named.get().getFirst()))) {
            List<Refused> both = new ArrayList<>(named.get());
            both.addAll(latest);
            named = Optional.of(both);
          }
        }
      }
      if (!passes) {
        refusals.addAll(named.orElseThrow());
      }
    }
    return refusals;
  }

  private boolean hasRoom(Rule rule, Request request, Instant now) {
    long amount = request.cost().of(rule.measure());
    return amount == 0
        || !(rule.limit() instanceof Limit.AtMost(long limit, _))
        || used(rule, request.spender(), now) + amount <= limit;
  }

  private Refused full(Rule rule, Request request, Instant now) {
    if (!(rule.limit() instanceof Limit.AtMost(long limit, Window window))) {
      throw new IllegalStateException("an exemption is never full");
    }
    long used = used(rule, request.spender(), now);
    return new Refused(
        new Obstacle.NoRoom(rule, used, limit),
        request.cost().of(rule.measure()) > limit
            ? Optional.empty()
            : Optional.of(returns(rule, window, request, now)),
        List.of());
  }

  private Instant returns(Rule rule, Window window, Request request, Instant now) {
    return switch (window) {
      case Window.Slots(Duration length) ->
          bookings.values().stream()
              .map(booking -> booking.acceptedAt.plus(length))
              .filter(freed -> freed.isAfter(now) && hasRoom(rule, request, freed))
              .min(Comparator.naturalOrder())
              .orElseThrow();
      case Window.Calendar(_) -> {
        Instant begins = now;
        do {
          begins = Instant.ofEpochMilli(span(rule, window, begins).to());
        } while (!hasRoom(rule, request, begins));
        yield begins;
      }
    };
  }

  private static Instant at(Refused refused) {
    return refused.returnsAt().orElse(Instant.MAX);
  }
}
