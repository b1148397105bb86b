package dev.plantain.bench;

import dev.plantain.quota.Allowances;
import dev.plantain.quota.AuditResult;
import dev.plantain.quota.Caps;
import dev.plantain.quota.Ledger;
import dev.plantain.quota.QuotaDecision;
import dev.plantain.quota.Request;
import dev.plantain.quota.RuleNotation;
import dev.plantain.quota.Scope;
import dev.plantain.quota.Spender;
import dev.plantain.storage.Database;
import dev.plantain.storage.Tx;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Stream;

/**
 * A decision with 50 rules and its writing, beside ledgers of 30 days with ten thousand, a hundred
 * thousand and a million entries.
 */
final class QuotaDecisions implements Bench.Measurement {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final int[] ENTRIES = {10_000, 100_000, 1_000_000};
  private static final int BATCH = 1_000;
  private static final int WARM_UPS = 500;
  private static final int COUNTED = 1_000;
  private static final Instant NOW = Instant.parse("2026-03-31T15:17:21.345Z");
  private static final Duration HISTORY = Duration.ofDays(30);
  private static final int COMMUNITIES = 10;
  private static final int MEMBERS = 200;
  private static final List<String> MODELS = List.of("nano", "nano-pro", "offline");
  private static final List<String> SIZES = List.of("1K", "2K", "4K");
  private static final List<String> ROLES = List.of("a", "b", "c", "d");

  private final Ledger ledger =
      new Ledger(new Caps(Optional.of(1_000_000_000_000L), Optional.of(900_000_000_000L)));
  private final Random random = new Random(4);
  private long numbers;

  @Override
  public void measure(Path samples, Path scratch) throws Exception {
    List<Path> folders = filled(scratch);
    List<Database> databases = folders.stream().map(Database::open).toList();
    databases.forEach(QuotaDecisions::rules);
    double[][][] millis = new double[5][ENTRIES.length][COUNTED];
    for (int i = -WARM_UPS; i < COUNTED; i++) {
      for (int which = 0; which < ENTRIES.length; which++) {
        decide(databases.get(which), millis, which, i);
      }
    }
    Table table =
        new Table("Decision with 50 rules, " + COUNTED + " times", "ms", "entries", "p50", "p99");
    List<String> names =
        List.of(
            "allowed, read only",
            "refused, read only",
            "reserved",
            "reserved, its CPU time",
            "reserved and on disk");
    for (int row = 0; row < names.size(); row++) {
      for (int which = 0; which < ENTRIES.length; which++) {
        table.row(
            names.get(row),
            String.valueOf(ENTRIES[which]),
            Meter.decimals(2, Meter.percentile(millis[row][which], 50)),
            Meter.decimals(2, Meter.percentile(millis[row][which], 99)));
      }
    }
    table.print();
    Table screening = new Table("Before any limit, 1,000 times", "ms", "entries", "p50", "p99");
    Table charts = new Table("The sums of a chart of 90 days", "ms", "entries", "p50", "p99");
    for (int which = 0; which < ENTRIES.length; which++) {
      new Screenings(NOW).measure(databases.get(which), ENTRIES[which], screening, charts);
    }
    screening.print();
    charts.print();
    databases.forEach(Database::close);
  }

  private void decide(Database database, double[][][] millis, int which, int at) {
    Request allowed = request(1);
    Request refused = request(100_001);
    Instant now = NOW.plusSeconds(at);
    double[] taken = new double[millis.length];
    taken[0] =
        database.read(reading -> {
          long begin = System.nanoTime();
          expect(QuotaDecision.Allowed.class, ledger.decide(reading, allowed, now));
          return since(begin);
        });
    taken[1] =
        database.read(reading -> {
          long begin = System.nanoTime();
          expect(QuotaDecision.Refused.class, ledger.decide(reading, refused, now));
          return since(begin);
        });
    long begin = System.nanoTime();
    double[] reserved =
        database.write(tx -> {
          long inside = System.nanoTime();
          long cpu = THREADS.getCurrentThreadCpuTime();
          expect(QuotaDecision.Allowed.class, ledger.reserve(tx, allowed, now));
          return new double[] {since(inside), (THREADS.getCurrentThreadCpuTime() - cpu) / 1e6};
        });
    taken[2] = reserved[0];
    taken[3] = reserved[1];
    taken[4] = since(begin);
    for (int row = 0; at >= 0 && row < taken.length; row++) {
      millis[row][which][at] = taken[row];
    }
  }

  private static double since(long begin) {
    return (System.nanoTime() - begin) / 1e6;
  }

  private static void expect(Class<?> type, QuotaDecision decision) {
    if (!type.isInstance(decision)) {
      throw new IllegalStateException("not as it is measured: " + decision);
    }
  }

  /** Data folders with so many entries each; half of them reservations, half of them ends. */
  private List<Path> filled(Path scratch) throws Exception {
    List<Path> folders = new ArrayList<>();
    for (int entries : ENTRIES) {
      Path folder = Files.createDirectories(scratch.resolve("entries" + entries));
      try (Database database = Database.open(folder)) {
        long step = HISTORY.toMillis() / (entries / 2);
        for (int done = 0; done < entries / 2; done += BATCH) {
          Instant first = NOW.minus(HISTORY).plusMillis(done * step);
          database.update(tx -> fill(tx, first, step));
        }
        database.update(QuotaDecisions::sumUp);
        AuditResult audit = database.read(ledger::audit);
        System.out.println(
            Files.size(folder.resolve("plantain.db")) / 1_000_000 + " MB, audit: " + audit);
      }
      folders.add(folder);
    }
    return folders;
  }

  /** Quicker than through the ledger, whose audit then finds that it is the same. */
  private void fill(Tx tx, Instant first, long step) {
    StringJoiner rows = new StringJoiner(", ");
    List<Object> arguments = new ArrayList<>();
    for (int i = 0; i < BATCH; i++) {
      Request request = request(1);
      Instant accepted = first.plusMillis(i * step);
      for (String kind : List.of("reserved", "settled")) {
        rows.add("(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'allowance', ?, ?, '1,2,3,4,5,6,7,8,9')");
        arguments.addAll(
            List.of(
                kind.equals("settled") ? accepted.plusSeconds(20) : accepted,
                accepted,
                kind,
                request.number(),
                request.spender().memberId(),
                request.spender().chatId(),
                request.spender().communityId(),
                request.spender().platform(),
                request.turnId(),
                request.model(),
                request.size(),
                kind.equals("settled") ? 0 : 1,
                kind.equals("settled") ? -500 : request.microDollars()));
      }
    }
    tx.update(
        "insert into ledger_entry (at, accepted_at, kind, request, member_id, chat_id, community_id,"
            + " platform, turn_id, model, size, purse, pictures, micro_dollars, rules) values "
            + rows,
        arguments.toArray());
  }

  private static void sumUp(Tx tx) {
    smallest(tx, "'all'", 1);
    smallest(tx, "'platform:' || platform", 1);
    smallest(tx, "'community:' || community_id", 1);
    smallest(tx, "'chat:' || chat_id", 60);
    smallest(tx, "'member:' || community_id || ':' || member_id", 60);
    larger(tx, 60, 1);
    larger(tx, 24 * 60, 60);
    tx.update(
        "insert into spending select place, level, start, sum(pictures), sum(micro_dollars)"
            + " from spending_of_model group by place, level, start");
  }

  private static void smallest(Tx tx, String place, int minutes) {
    tx.update(
        "insert into spending_of_model select "
            + place
            + ", ?, accepted_at - accepted_at % ?, model, size, sum(pictures), sum(micro_dollars)"
            + " from ledger_entry group by 1, 3, model, size",
        minutes,
        minutes * 60_000);
  }

  private static void larger(Tx tx, int minutes, int of) {
    tx.update(
        "insert into spending_of_model select place, ?, start - start % ?, model, size, sum(pictures),"
            + " sum(micro_dollars) from spending_of_model where level = ? group by place, 3, model, size",
        minutes, minutes * 60_000, of);
  }

  private Request request(long pictures) {
    numbers++;
    long community = 1L + random.nextInt(COMMUNITIES);
    Spender spender =
        new Spender(
            community * 1_000 + random.nextInt(MEMBERS),
            community * 10 + random.nextInt(4),
            community,
            random.nextInt(3) == 0 ? "telegram" : "discord",
            Set.copyOf(ROLES));
    return new Request(
        numbers,
        spender,
        numbers,
        MODELS.get(random.nextInt(MODELS.size())),
        SIZES.get(random.nextInt(SIZES.size())),
        pictures,
        39_000 + random.nextInt(100_000));
  }

  /** Fifty for each spender: 19 of all together, 4 of each of 4 roles, 15 of members. */
  private static void rules(Database database) {
    set(database, new Scope.Deployment(), "1000000/day", "900000 USD/month", "90000 USD/24h");
    for (String platform : List.of("telegram", "discord")) {
      set(database, new Scope.Platform(platform), "1000000/month", "900000/31d", "90000 USD/hour");
    }
    for (long community = 1; community <= COMMUNITIES; community++) {
      set(
          database,
          new Scope.Community(community),
          "900000/month",
          "900000/day",
          "100000/31d",
          "90000 USD/month",
          "90000 USD/week",
          "9000 USD/day",
          "900000/12h",
          "900000/30m");
      for (int chat = 0; chat < 4; chat++) {
        set(
            database,
            new Scope.Chat(community, community * 10 + chat),
            "900000/month",
            "900000/day",
            "900000/31d",
            "9000 USD/month",
            "900000/7d");
      }
      for (String role : ROLES) {
        set(
            database,
            new Scope.Role(community, role),
            "500000/day",
            "500000/month",
            "0/31d",
            "500000/2d");
      }
      set(
          database,
          new Scope.Members(community),
          "900000/day",
          "900000/week",
          "900000/month",
          "900000/31d",
          "900000/24h",
          "900000/5h",
          "900000/30m",
          "9000 USD/day",
          "9000 USD/week",
          "9000 USD/month",
          "9000 USD/24h",
          "9000 USD/31d",
          "90000 4K/day",
          "90000 2K/31d",
          "90000/month model nano-pro");
    }
  }

  private static void set(Database database, Scope scope, String... words) {
    database.update(tx ->
        Stream.of(words)
            .map(RuleNotation::read)
            .map(RuleNotation.Result.Read.class::cast)
            .flatMap(read -> read.allowances().stream())
            .forEach(
                allowance -> new Allowances().set(tx, scope, allowance, Allowances.OPERATOR, NOW)));
  }
}
