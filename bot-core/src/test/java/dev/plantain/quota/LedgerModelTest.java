package dev.plantain.quota;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.quota.Oracle.Booking;
import dev.plantain.quota.QuotaDecision.Allowed;
import dev.plantain.quota.QuotaDecision.Obstacle;
import dev.plantain.quota.QuotaDecision.Refused;
import dev.plantain.quota.Window.Period;
import dev.plantain.storage.Database;
import dev.plantain.storage.QuickDatabase;
import dev.plantain.storage.Tx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random rules, requests, crashes and clocks, held to what a plain list of all that happened gives.
 */
class LedgerModelTest {
  private static final int STEPS = Integer.getInteger("quota.steps", 2_000);
  private static final long SEED = Long.getLong("quota.seed", 20_261_121);
  private static final int STEPS_OF_AN_EPISODE = 400;
  private static final List<String> ZONES =
      List.of(
          "UTC",
          "Europe/Berlin",
          "America/New_York",
          "Australia/Lord_Howe",
          "Asia/Kathmandu",
          "America/Havana");

  private static final List<Duration> LENGTHS =
      List.of(
          Duration.ofSeconds(90),
          Duration.ofMinutes(10),
          Duration.ofHours(5),
          Duration.ofHours(24),
          Duration.ofDays(31));

  /** Around each of them some clock of those zones is put forward or back. */
  private static final List<String> BEGINNINGS =
      List.of(
          "2026-03-07T20:00:00Z",
          "2026-03-28T20:00:00Z",
          "2026-10-03T10:00:00Z",
          "2026-10-24T20:00:00Z",
          "2026-10-31T20:00:00Z",
          "2026-12-31T12:00:00Z");

  @TempDir Path folder;

  @Test
  void decisionsAndBalancesAreThoseOfAPlainList() {
    int done = 0;
    for (long episode = 0; done < STEPS; episode++) {
      long seed = SEED + episode;
      try (Episode one = new Episode(folder.resolve("episode" + episode), new Random(seed))) {
        for (int step = 0; step < STEPS_OF_AN_EPISODE && done < STEPS; step++) {
          one.step();
          done++;
        }
        one.audit();
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("with -Dquota.seed=" + seed + ": " + e.getMessage(), e);
      }
    }
  }

  private static final class Crash extends RuntimeException {
    Crash(Object undone) {
      super(String.valueOf(undone));
    }
  }

  /** One ledger and its oracle. */
  private static final class Episode implements AutoCloseable {
    private final Random random;
    private final Path folder;
    private final Caps caps;
    private final Oracle oracle;
    private final Ledger ledger;
    private final Allowances allowances = new Allowances();
    private final Credits credits = new Credits();
    private final CommunityTermsStore communities = new CommunityTermsStore();
    private final List<Request> requests = new ArrayList<>();
    private Database database;
    private Instant now;
    private long numbers;

    Episode(Path folder, Random random) {
      this.folder = folder;
      this.random = random;
      this.caps =
          new Caps(
              random.nextInt(3) == 0 ? Optional.of(4_000_000L) : Optional.empty(),
              random.nextInt(3) == 0 ? Optional.of(1_000_000L) : Optional.empty());
      this.oracle = new Oracle(caps);
      this.ledger = new Ledger(caps);
      this.database = QuickDatabase.open(folder);
      this.now = Instant.parse(pick(BEGINNINGS));
      for (int i = 0; i < 8; i++) {
        setRule();
      }
    }

    void step() {
      moveClock();
      switch (random.nextInt(40)) {
        case 0 -> setRule();
        case 1 -> removeRule();
        case 2 -> setTerms();
        case 3 -> grant();
        case 4 -> give();
        case 5 -> donate();
        case 6 -> reopen();
        case 7 -> again();
        case 8 -> compareShown();
        case 9, 10, 11, 12, 13, 14, 15 -> settle();
        case 16, 17, 18 -> release();
        case 19 -> refund();
        case 20, 21 -> approve();
        default -> reserve();
      }
    }

    private void moveClock() {
      now =
          switch (random.nextInt(30)) {
            case 0 -> now.plus(Duration.ofHours(random.nextInt(60)));
            case 1 -> now.minus(Duration.ofMinutes(random.nextInt(200)));
            case 2 -> now.plus(Duration.ofDays(random.nextInt(12)));
            case 3 -> now.minus(Duration.ofHours(random.nextInt(40)));
            case 4, 5, 6, 7 -> now.plus(Duration.ofMinutes(random.nextInt(60)));
            case 8 -> Instant.ofEpochMilli(now.toEpochMilli() / 3_600_000 * 3_600_000 + 3_599_999);
            case 10 -> toTheMillisecond();
            case 9 -> Instant.ofEpochMilli(now.toEpochMilli() / 60_000 * 60_000);
            default -> now.plusMillis(random.nextInt(90_000));
          };
    }

    /** When a use leaves its slot, or just before. */
    private Instant toTheMillisecond() {
      return requests.isEmpty()
          ? now
          : booking(requests.getLast().number())
              .acceptedAt
              .plus(pick(LENGTHS))
              .minusMillis(random.nextInt(2));
    }

    private void reserve() {
      numbers++;
      long number = numbers;
      Request request =
          new Request(
              number,
              spender(),
              number + 5,
              pick(List.of("nano", "pro")),
              pick(List.of("1K", "4K", "")),
              random.nextInt(4),
              random.nextInt(4) == 0 ? 0 : random.nextInt(120_000));
      Oracle.Answer expected = oracle.decide(request, now);
      assertDecision(read(ledger, request), expected, request, false);
      QuotaDecision decision = write(tx -> ledger.reserve(tx, request, now));
      List<CapWarning> warnings = assertDecision(decision, expected, request, true);
      if (expected.payment().isPresent()) {
        requests.add(request);
        oracle.bookings.put(number, new Booking(request, now, expected.payment().get(), warnings));
      }
    }

    /** A moderator lets a request pass; what its community decided does not stop it. */
    private void approve() {
      numbers++;
      Request request =
          new Request(
              numbers,
              spender(),
              numbers + 5,
              pick(List.of("nano", "pro")),
              pick(List.of("1K", "4K", "")),
              1 + random.nextInt(4),
              random.nextInt(120_000));
      Oracle.Answer expected = oracle.approve(request, now);
      assertDecision(
          database.read(reading -> ledger.decideApproved(reading, request, now)),
          expected,
          request,
          false);
      QuotaDecision decision = write(tx -> ledger.approve(tx, request, 9, now));
      List<CapWarning> warnings = assertDecision(decision, expected, request, true);
      assertThat(approvals(request)).isEqualTo(expected.payment().isPresent());
      if (expected.payment().isPresent()) {
        requests.add(request);
        oracle.bookings.put(
            request.number(), new Booking(request, now, expected.payment().get(), warnings));
      }
    }

    /** Whether the moderator stands for all that was reserved for a request. */
    private boolean approvals(Request request) {
      List<Long> moderators =
          database.read(reading ->
              reading.list(
                  "select by_member_id from ledger_entry where request = ? and kind = 'reserved'",
                  row -> row.optionalNumber("by_member_id").orElse(0L),
                  request.number()));
      assertThat(moderators).allMatch(moderator -> moderator == 9);
      return !moderators.isEmpty();
    }

    private QuotaDecision read(Ledger of, Request request) {
      return database.read(reading -> of.decide(reading, request, now));
    }

    private List<CapWarning> assertDecision(
        QuotaDecision decision, Oracle.Answer expected, Request request, boolean written) {
      boolean adds =
          decision instanceof Allowed
              || (decision instanceof Refused refused
                  && refused.obstacle() instanceof Obstacle.CapReached);
      List<CapWarning> warnings = written ? oracle.warnings(request, adds, now) : List.of();
      switch (decision) {
        case Allowed allowed -> {
          assertThat(expected.refusals()).isEmpty();
          assertThat(Optional.of(allowed.payment())).isEqualTo(expected.payment());
          assertThat(allowed.warnings()).containsExactlyInAnyOrderElementsOf(warnings);
        }
        case Refused refused -> {
          assertThat(expected.refusals())
              .contains(new Refused(refused.obstacle(), refused.returnsAt(), List.of()));
          assertThat(refused.warnings()).containsExactlyInAnyOrderElementsOf(warnings);
        }
      }
      return warnings;
    }

    private void again() {
      if (!requests.isEmpty()) {
        Request request = pick(requests);
        Booking booking = booking(request.number());
        QuotaDecision repeated = write(tx -> ledger.reserve(tx, request, now));
        assertThat(repeated)
            .isInstanceOfSatisfying(
                Allowed.class,
                allowed -> {
                  assertThat(allowed.payment()).isEqualTo(booking.payment);
                  assertThat(allowed.warnings()).containsAll(booking.warnings);
                });
      }
    }

    private void settle() {
      long number = number();
      long pictures = random.nextInt(5);
      long microDollars = random.nextInt(200_000);
      boolean settled = write(tx -> ledger.settle(tx, number, pictures, microDollars, now));
      assertThat(settled).isEqualTo(in(number, "reserved"));
      if (settled) {
        Booking booking = booking(number);
        Cost change = new Cost(pictures, microDollars).minus(booking.total());
        Spender spender = booking.request.spender();
        Cost own = oracle.own(spender.communityId(), spender.memberId());
        Cost pool = oracle.pool(spender.communityId());
        for (Measure measure : Measure.values()) {
          Purse purse = booking.payment.of(measure);
          long wanted = change.of(measure);
          long most =
              switch (purse) {
                case ALLOWANCE -> wanted;
                case OWN -> own.of(measure);
                case POOL -> pool.of(measure);
              };
          booking.add(purse, Cost.of(measure, Math.min(wanted, most)));
          booking.add(Purse.ALLOWANCE, Cost.of(measure, wanted - Math.min(wanted, most)));
        }
        booking.state = "settled";
      }
    }

    private void release() {
      long number = number();
      boolean released = write(tx -> ledger.release(tx, number, now));
      assertThat(released).isEqualTo(in(number, "reserved"));
      if (released) {
        booking(number).costs.clear();
        booking(number).state = "released";
      }
    }

    private void refund() {
      long number = number();
      boolean refunded = write(tx -> ledger.refund(tx, number, 9, now));
      assertThat(refunded).isEqualTo(in(number, "settled"));
      if (refunded) {
        booking(number).costs.clear();
        booking(number).state = "refunded";
      }
    }

    private void grant() {
      long community = community();
      long member = 1L + random.nextInt(3);
      Measure measure = pick(List.of(Measure.values()));
      long amount =
          measure == Measure.PICTURES ? random.nextInt(12) - 3 : random.nextInt(400_000) - 100_000;
      long granted = write(tx -> credits.grant(tx, community, member, measure, amount, 9, now));
      assertThat(granted).isEqualTo(Math.max(amount, -oracle.own(community, member).of(measure)));
      oracle.move(community, member, Cost.of(measure, granted));
    }

    private void give() {
      long community = community();
      long from = 1L + random.nextInt(3);
      long to = 1L + random.nextInt(3);
      long amount = 1L + random.nextInt(4);
      Credits.Transfer transfer =
          write(tx -> credits.give(tx, community, from, to, Measure.PICTURES, amount, now));
      long has = oracle.own(community, from).pictures();
      if (from == to) {
        assertThat(transfer).isEqualTo(new Credits.Transfer.ToOneself());
      } else if (has < amount) {
        assertThat(transfer).isEqualTo(new Credits.Transfer.TooFew(has));
      } else {
        assertThat(transfer).isEqualTo(new Credits.Transfer.Moved(has - amount));
        oracle.move(community, from, new Cost(-amount, 0));
        oracle.move(community, to, new Cost(amount, 0));
      }
    }

    private void donate() {
      long community = community();
      long from = 1L + random.nextInt(3);
      long amount = 1L + random.nextInt(200_000);
      Credits.Transfer transfer =
          write(tx -> credits.donate(tx, community, from, Measure.MICRO_DOLLARS, amount, now));
      long has = oracle.own(community, from).microDollars();
      if (has < amount) {
        assertThat(transfer).isEqualTo(new Credits.Transfer.TooFew(has));
      } else {
        assertThat(transfer).isEqualTo(new Credits.Transfer.Moved(has - amount));
        oracle.move(community, from, new Cost(0, -amount));
        oracle.move(community, 0, new Cost(0, amount));
      }
    }

    private void setRule() {
      Scope scope = scope();
      Measure measure = pick(List.of(Measure.values()));
      Filter filter =
          new Filter(
              random.nextInt(4) == 0 ? Optional.of("pro") : Optional.empty(),
              random.nextInt(4) == 0 ? Optional.of("4K") : Optional.empty());
      long shared = scope.personal() ? 1 : 4;
      long amount = random.nextInt(measure == Measure.PICTURES ? 12 : 600_000) * shared;
      boolean unlimited = scope.personal() && random.nextInt(8) == 0;
      Allowance allowance =
          new Allowance(
              measure,
              filter,
              unlimited ? new Limit.Unlimited() : new Limit.AtMost(amount, window()));
      Allowances.Outcome outcome = write(tx -> allowances.set(tx, scope, allowance, 9, now));
      if (outcome instanceof Allowances.Outcome.Changed(List<Rule> before, Rule after)) {
        assertThat(after.scope()).isEqualTo(scope);
        assertThat(after.allowance()).isEqualTo(allowance);
        List<Rule> replaced = oracle.rules.stream().filter(rule -> replaces(after, rule)).toList();
        assertThat(before).containsExactlyInAnyOrderElementsOf(replaced);
        oracle.rules.removeAll(replaced);
        oracle.rules.add(after);
      } else {
        assertThat(oracle.rules)
            .anyMatch(rule -> rule.scope().equals(scope) && rule.allowance().equals(allowance));
      }
    }

    private static boolean replaces(Rule next, Rule old) {
      boolean alike =
          next.scope().equals(old.scope())
              && next.measure() == old.measure()
              && next.filter().equals(old.filter());
      boolean sameWindow =
          next.limit() instanceof Limit.AtMost(_, Window one)
              && old.limit() instanceof Limit.AtMost(_, Window other)
              && one.equals(other);
      boolean exemption =
          next.limit() instanceof Limit.Unlimited || old.limit() instanceof Limit.Unlimited;
      return alike && (sameWindow || exemption);
    }

    private void removeRule() {
      if (oracle.rules.size() > 4) {
        Rule rule = pick(oracle.rules);
        boolean removed = write(tx -> allowances.remove(tx, rule, 9, now));
        assertThat(removed).isTrue();
        oracle.rules.remove(rule);
      }
    }

    private void setTerms() {
      Optional<QuietHours> quiet =
          random.nextInt(4) == 0
              ? Optional.of(
                  new QuietHours(
                      LocalTime.of(random.nextInt(24), 15), LocalTime.of(random.nextInt(24), 30)))
              : Optional.empty();
      if (random.nextInt(3) == 0) {
        long chat = 10L + random.nextInt(4);
        if (quiet.isPresent()) {
          update(tx -> communities.setQuietHours(tx, chat, quiet.get()));
          oracle.quietHours.put(chat, quiet.get());
        } else {
          update(tx -> communities.clearQuietHours(tx, chat));
          oracle.quietHours.remove(chat);
        }
      } else {
        long community = community();
        CommunityTerms terms =
            new CommunityTerms(
                ZoneId.of(pick(ZONES)), random.nextInt(24), random.nextBoolean(), quiet);
        update(tx -> communities.set(tx, community, terms));
        oracle.terms.put(community, terms);
      }
    }

    private void reopen() {
      database.close();
      database = QuickDatabase.open(folder);
      assertThat(database.read(ledger::open).stream().toList())
          .containsExactlyInAnyOrderElementsOf(
              oracle.bookings.values().stream()
                  .filter(booking -> booking.state.equals("reserved"))
                  .map(booking -> booking.request.number())
                  .toList());
    }

    private void compareBalances() {
      for (long community = 1; community <= 2; community++) {
        for (long member = 1; member <= 3; member++) {
          Cost own = balance(community, member);
          assertThat(own).isEqualTo(oracle.own(community, member));
        }
        long of = community;
        Cost pool = database.read(reading -> credits.pool(reading, of));
        assertThat(pool).isEqualTo(oracle.pool(of));
      }
    }

    /** What is shown of a rule is what it counts. */
    private void compareShown() {
      Spender spender = spender();
      Standings shown = database.read(reading -> ledger.standings(reading, spender, now));
      assertThat(shown.rules())
          .extracting(Standing::rule)
          .containsExactlyInAnyOrderElementsOf(oracle.applying(spender));
      for (Standing standing : shown.rules()) {
        Rule rule = standing.rule();
        assertThat(standing.used()).isEqualTo(oracle.used(rule, spender, now));
        standing
            .returnsAt()
            .ifPresent(at -> {
              assertThat(oracle.used(rule, spender, at.minusMillis(1)))
                  .isGreaterThanOrEqualTo(standing.used());
              if (rule.limit() instanceof Limit.AtMost(_, Window.Slots _)) {
                assertThat(oracle.used(rule, spender, at)).isLessThan(standing.used());
              }
            });
        assertThat(standing.returnsAt().isEmpty()).isEqualTo(standing.used() == 0);
      }
      assertThat(shown.own()).isEqualTo(oracle.own(spender.communityId(), spender.memberId()));
      assertThat(shown.pool()).isEqualTo(oracle.pool(spender.communityId()));
    }

    private Cost balance(long community, long member) {
      return database.read(reading -> credits.own(reading, community, member));
    }

    void audit() {
      compareBalances();
      AuditResult result = database.read(ledger::audit);
      assertThat(result).isInstanceOf(AuditResult.Agrees.class);
    }

    private Scope scope() {
      long community = community();
      return switch (random.nextInt(11)) {
        case 0 -> new Scope.Deployment();
        case 1 -> new Scope.Platform(pick(List.of("one", "two")));
        case 2 -> new Scope.Community(community);
        case 3 -> new Scope.Chat(community, community * 10 + random.nextInt(2));
        case 4, 5, 6 -> new Scope.Members(community);
        case 7, 8, 9 -> new Scope.Role(community, pick(List.of("a", "b:c")));
        default -> new Scope.Member(community, 1 + random.nextInt(3));
      };
    }

    private Window window() {
      return random.nextInt(3) == 0
          ? new Window.Slots(pick(LENGTHS))
          : new Window.Calendar(pick(List.of(Period.values())));
    }

    private Spender spender() {
      long community = community();
      Set<String> roles = new HashSet<>();
      for (String role : List.of("a", "b:c")) {
        if (random.nextInt(3) == 0) {
          roles.add(role);
        }
      }
      return new Spender(
          1 + random.nextInt(3),
          community * 10 + random.nextInt(2),
          community,
          community == 1 ? "one" : "two",
          roles);
    }

    private long community() {
      return 1L + random.nextInt(2);
    }

    /** Of a request that was allowed once, seldom of one that never was. */
    private long number() {
      return requests.isEmpty() || random.nextInt(50) == 0
          ? 1_000_000
          : requests.get(Math.max(0, requests.size() - 1 - random.nextInt(12))).number();
    }

    private boolean in(long number, String state) {
      return oracle.bookings.containsKey(number) && booking(number).state.equals(state);
    }

    private Booking booking(long number) {
      return Optional.ofNullable(oracle.bookings.get(number)).orElseThrow();
    }

    private void update(java.util.function.Consumer<Tx> work) {
      write(tx -> {
        work.accept(tx);
        return true;
      });
    }

    /** Sometimes all of it is undone first, as when the process is killed before the commit. */
    private <T> T write(Function<Tx, T> work) {
      if (random.nextInt(10) == 0) {
        try {
          database.write(tx -> {
            throw new Crash(work.apply(tx));
          });
        } catch (Crash undone) {
          // As it was meant.
        }
      }
      return database.write(work);
    }

    private <T> T pick(List<T> from) {
      return from.get(random.nextInt(from.size()));
    }

    @Override
    public void close() {
      database.close();
    }
  }
}
