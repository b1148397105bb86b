package dev.plantain.quota;

import dev.plantain.quota.Decider.Circumstances;
import dev.plantain.quota.Decider.Verdict;
import dev.plantain.quota.Entry.Kind;
import dev.plantain.quota.QuotaDecision.Obstacle;
import dev.plantain.storage.Reading;
import dev.plantain.storage.Tx;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The book of what was spent, to which is only added, and the door through which every request
 * goes.
 *
 * <p>A request is reserved, then settled or released; what was settled may be refunded. What comes
 * after an end, or twice, changes nothing. All of it counts to the instant at which the request was
 * reserved, so that what comes back today gives no room to a day that has passed since. The running
 * sums are written in the same transaction.
 */
public final class Ledger {
  private final Caps caps;
  private final Allowances allowances = new Allowances();
  private final CommunityTermsStore communities = new CommunityTermsStore();
  private final Credits credits = new Credits();
  private final Entries entries = new Entries();
  private final Buckets buckets = new Buckets();
  private final PaidCalls paidCalls = new PaidCalls();
  private final CapWatch capWatch = new CapWatch();

  public Ledger(Caps caps) {
    this.caps = caps;
  }

  /**
   * Decides on a request and, where it may, writes it down at the price thought likely: nobody else
   * can spend the same room. A number that was written down is not decided again: the answer is the
   * one of then, with its warnings, even if the request has ended since. A refused one is decided
   * anew each time.
   *
   * @param now to when the request counts, also where it is earlier than that of other requests
   */
  public QuotaDecision reserve(Tx tx, Request request, Instant now) {
    List<Entry> written = entries.of(tx, request.number());
    if (!written.isEmpty()) {
      return new QuotaDecision.Allowed(
          request.number(), payment(written), capWatch.of(tx, request.number()));
    }
    Instant at = now.truncatedTo(ChronoUnit.MILLIS);
    Circumstances known = circumstances(tx, request.spender(), at);
    return write(tx, request, known, Decider.decide(request, known), Optional.empty());
  }

  /**
   * As {@link #reserve}, of a request that a moderator lets pass: where what holds in its community
   * refuses it, only what the operator decided counts, and the allowance pays. It counts everywhere
   * like any other.
   *
   * @param moderator who stands for it in the ledger
   */
  public QuotaDecision approve(Tx tx, Request request, long moderator, Instant now) {
    List<Entry> written = entries.of(tx, request.number());
    if (!written.isEmpty()) {
      return new QuotaDecision.Allowed(
          request.number(), payment(written), capWatch.of(tx, request.number()));
    }
    Instant at = now.truncatedTo(ChronoUnit.MILLIS);
    Circumstances known = circumstances(tx, request.spender(), at);
    return write(tx, request, known, approved(request, known), Optional.of(moderator));
  }

  /** What {@link #approve} would say now of a new request, without warnings; writes nothing. */
  public QuotaDecision decideApproved(Reading reading, Request request, Instant now) {
    Instant at = now.truncatedTo(ChronoUnit.MILLIS);
    return decision(request, approved(request, circumstances(reading, request.spender(), at)));
  }

  private static Verdict approved(Request request, Circumstances known) {
    Verdict usual = Decider.decide(request, known);
    return usual instanceof Verdict.Pass ? usual : Decider.decide(request, known.ofOperator());
  }

  private QuotaDecision write(
      Tx tx, Request request, Circumstances known, Verdict verdict, Optional<Long> moderator) {
    return switch (verdict) {
      case Verdict.Pass(Payment payment, List<Rule> counting) -> {
        capWatch.note(tx, caps, known.gauges(), request.microDollars(), request.number());
        reserve(tx, request, payment, counting, moderator, known.now());
        yield new QuotaDecision.Allowed(
            request.number(), payment, capWatch.of(tx, request.number()));
      }
      case Verdict.Stop(QuotaDecision.Refused refused) -> {
        boolean capped = refused.obstacle() instanceof Obstacle.CapReached;
        capWatch.note(
            tx, caps, known.gauges(), capped ? request.microDollars() : 0, request.number());
        yield new QuotaDecision.Refused(
            refused.obstacle(), refused.returnsAt(), capWatch.of(tx, request.number()));
      }
    };
  }

  /** What {@link #reserve} would say now of a new request, without warnings; writes nothing. */
  public QuotaDecision decide(Reading reading, Request request, Instant now) {
    Instant at = now.truncatedTo(ChronoUnit.MILLIS);
    return decision(
        request, Decider.decide(request, circumstances(reading, request.spender(), at)));
  }

  private static QuotaDecision decision(Request request, Verdict verdict) {
    return switch (verdict) {
      case Verdict.Pass(Payment payment, _) ->
          new QuotaDecision.Allowed(request.number(), payment, List.of());
      case Verdict.Stop(QuotaDecision.Refused refused) -> refused;
    };
  }

  /**
   * Ends a reserved request that was done, at what it really cost. Where that is more than was
   * thought and credits pay for it, they do so as far as they reach, and the rest counts against
   * the allowance, even beyond its limit.
   *
   * @return false where nothing was written: it was never reserved, or has ended
   */
  public boolean settle(Tx tx, long request, long pictures, long microDollars, Instant now) {
    List<Entry> written = entries.of(tx, request);
    if (!open(written)) {
      return false;
    }
    if (pictures < 0 || microDollars < 0) {
      throw new IllegalArgumentException(
          "a request does not cost " + pictures + ", " + microDollars);
    }
    Cost change = new Cost(pictures, microDollars).minus(total(written));
    Map<Purse, Cost> changes = new EnumMap<>(Purse.class);
    for (Measure measure : Measure.values()) {
      long wanted = change.of(measure);
      Purse purse = payment(written).of(measure);
      long paid = Math.min(wanted, reach(tx, written, purse, measure));
      changes.merge(purse, Cost.of(measure, paid), Cost::plus);
      changes.merge(Purse.ALLOWANCE, Cost.of(measure, wanted - paid), Cost::plus);
    }
    end(tx, written, Kind.SETTLED, changes, now);
    return true;
  }

  /**
   * Ends a reserved request that failed or was cancelled: all of it comes back.
   *
   * @return false where nothing was written: it was never reserved, or has ended
   */
  public boolean release(Tx tx, long request, Instant now) {
    List<Entry> written = entries.of(tx, request);
    if (!open(written)) {
      return false;
    }
    end(tx, written, Kind.RELEASED, back(written), now);
    return true;
  }

  /**
   * Gives back what a settled request cost, to the purses that paid for it.
   *
   * @return false where nothing was written: it was not settled, or is refunded already
   */
  public boolean refund(Tx tx, long request, long moderator, Instant now) {
    List<Entry> written = entries.of(tx, request);
    if (!has(written, Kind.SETTLED) || has(written, Kind.REFUNDED)) {
      return false;
    }
    book(
        tx,
        lines(written, Kind.REFUNDED, back(written), now).stream()
            .map(line -> line.by(moderator))
            .toList());
    return true;
  }

  /**
   * Writes down what a provider is owed, whoever pays for it: what is lost counts against the
   * operator's caps and nobody's limits.
   *
   * @return a number for {@link #notPaid}
   */
  public long paid(Tx tx, PaidCall call, Instant now) {
    return paidCalls.add(tx, call, now);
  }

  /** Takes back what was written down before a call of which it is known now how it ended. */
  public void notPaid(Tx tx, long call) {
    paidCalls.remove(tx, call);
  }

  /** The numbers of all requests that were reserved and have not ended. */
  public List<Long> open(Reading reading) {
    return reading.list(
        "select request from reservation order by request", row -> row.number("request"));
  }

  /** What bounds somebody now, for showing it to them or to who moderates. */
  public Standings standings(Reading reading, Spender spender, Instant now) {
    Instant at = now.truncatedTo(ChronoUnit.MILLIS);
    Circumstances known = circumstances(reading, spender, at);
    return new Standings(
        Standings.of(known.rules(), known.gauges()),
        known.balances().apply(Purse.OWN),
        known.balances().apply(Purse.POOL),
        Stream.of(known.terms().quietHours(), known.quietHoursOfChat())
            .flatMap(Optional::stream)
            .flatMap(hours -> hours.end(at, known.terms().zone()).stream())
            .max(Comparator.naturalOrder()));
  }

  /**
   * Adds the whole ledger up and compares it with the running sums, the balances and the open
   * reservations. Takes longer the longer the ledger is.
   */
  public AuditResult audit(Reading reading) {
    return Audit.of(reading);
  }

  /**
   * The lines of a community, the last accepted first, those before a line of that instant and id.
   *
   * @param most how many at most
   */
  public List<Entry> history(
      Reading reading, long communityId, Instant before, long beforeId, int most) {
    return entries.before(reading, communityId, new Entries.Cursor(before, beforeId), most);
  }

  private Circumstances circumstances(Reading reading, Spender spender, Instant now) {
    CommunityTerms terms = communities.of(reading, spender.communityId());
    return new Circumstances(
        terms,
        communities.quietHours(reading, spender.chatId()),
        allowances.applying(reading, spender),
        purse -> credits.balance(reading, spender, purse),
        caps,
        new Gauges(reading, buckets, spender, terms, now),
        now);
  }

  private void reserve(
      Tx tx,
      Request request,
      Payment payment,
      List<Rule> counting,
      Optional<Long> moderator,
      Instant now) {
    Map<Purse, Cost> costs = new EnumMap<>(Purse.class);
    for (Measure measure : Measure.values()) {
      costs.merge(payment.of(measure), Cost.of(measure, request.cost().of(measure)), Cost::plus);
    }
    book(
        tx,
        worthwhile(costs).entrySet().stream()
            .map(cost ->
                new Entry(
                    Entries.NEW,
                    now,
                    now,
                    Kind.RESERVED,
                    Optional.of(request),
                    request.spender().communityId(),
                    request.spender().memberId(),
                    cost.getKey(),
                    cost.getValue(),
                    counting.stream().map(Rule::id).toList(),
                    moderator,
                    Optional.empty()))
            .toList());
    tx.update("insert into reservation (request) values (?)", request.number());
  }

  private void end(Tx tx, List<Entry> written, Kind kind, Map<Purse, Cost> changes, Instant now) {
    book(tx, lines(written, kind, changes, now));
    long request = written.getFirst().request().map(Request::number).orElseThrow();
    tx.update("delete from reservation where request = ?", request);
  }

  private static List<Entry> lines(
      List<Entry> written, Kind kind, Map<Purse, Cost> changes, Instant now) {
    Entry first = written.getFirst();
    return worthwhile(changes).entrySet().stream()
        .map(change ->
            new Entry(
                Entries.NEW,
                now,
                first.acceptedAt(),
                kind,
                first.request(),
                first.communityId(),
                first.memberId(),
                change.getKey(),
                change.getValue(),
                List.of(),
                Optional.empty(),
                Optional.empty()))
        .toList();
  }

  /** Writes lines of one request and all sums that they change. */
  private void book(Tx tx, List<Entry> lines) {
    Entry first = lines.getFirst();
    Request request = first.request().orElseThrow();
    for (Entry line : lines) {
      entries.append(tx, line);
      credits.draw(tx, request.spender(), line.purse(), line.cost());
    }
    Cost allowance = total(lines.stream().filter(line -> line.purse() == Purse.ALLOWANCE).toList());
    buckets.add(tx, request, first.acceptedAt().toEpochMilli(), total(lines), allowance);
  }

  /** Without what changes nothing; one that changes nothing stays where there is no other. */
  private static Map<Purse, Cost> worthwhile(Map<Purse, Cost> changes) {
    Map<Purse, Cost> some = new EnumMap<>(Purse.class);
    changes.forEach((purse, cost) -> {
      if (!cost.isNone()) {
        some.put(purse, cost);
      }
    });
    return some.isEmpty() ? Map.of(Purse.ALLOWANCE, Cost.NONE) : some;
  }

  /** How much more a purse can pay; the allowance can always. */
  private long reach(Reading reading, List<Entry> written, Purse purse, Measure measure) {
    Spender spender = written.getFirst().request().map(Request::spender).orElseThrow();
    return purse == Purse.ALLOWANCE
        ? Long.MAX_VALUE
        : credits.balance(reading, spender, purse).of(measure);
  }

  /** Which purses paid when it was reserved. */
  private static Payment payment(List<Entry> written) {
    return new Payment(purse(written, Measure.PICTURES), purse(written, Measure.MICRO_DOLLARS));
  }

  private static Purse purse(List<Entry> written, Measure measure) {
    return written.stream()
        .filter(entry -> entry.kind() == Kind.RESERVED && entry.cost().of(measure) != 0)
        .map(Entry::purse)
        .findFirst()
        .orElse(Purse.ALLOWANCE);
  }

  private static Map<Purse, Cost> back(List<Entry> written) {
    Map<Purse, Cost> back = new EnumMap<>(Purse.class);
    written.forEach(entry -> back.merge(entry.purse(), entry.cost().negated(), Cost::plus));
    return back;
  }

  private static Cost total(List<Entry> entries) {
    return entries.stream().map(Entry::cost).reduce(Cost.NONE, Cost::plus);
  }

  private static boolean open(List<Entry> written) {
    return !written.isEmpty() && !has(written, Kind.SETTLED) && !has(written, Kind.RELEASED);
  }

  private static boolean has(List<Entry> written, Kind kind) {
    return written.stream().anyMatch(entry -> entry.kind() == kind);
  }
}
