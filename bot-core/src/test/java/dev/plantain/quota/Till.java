package dev.plantain.quota;

import dev.plantain.storage.Database;
import dev.plantain.storage.QuickDatabase;
import dev.plantain.storage.Reading;
import dev.plantain.storage.Tx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** A ledger in a database of its own, with a community and a clock. */
final class Till implements AutoCloseable {
  static final long COMMUNITY = 7;
  static final long CHAT = 70;
  static final long ANN = 1;
  static final long BOB = 2;
  static final long MODERATOR = 9;
  static final String MODEL = "nano";

  final Allowances allowances = new Allowances();
  final CommunityTermsStore communities = new CommunityTermsStore();
  final Credits credits = new Credits();
  private final Path folder;
  Ledger ledger;
  Database database;
  Instant now = Instant.parse("2026-03-04T12:00:00Z");
  private long requests;

  Till(Path folder, Caps caps) {
    this.folder = folder;
    this.ledger = new Ledger(caps);
    this.database = QuickDatabase.open(folder);
  }

  Till(Path folder) {
    this(folder, Caps.NONE);
  }

  static Spender spender(long member, String... roles) {
    return new Spender(member, CHAT, COMMUNITY, "test", Set.of(roles));
  }

  /** A request that nobody has made yet. */
  Request request(Spender spender, String size, long pictures, long microDollars) {
    requests++;
    return new Request(requests, spender, 1000 + requests, MODEL, size, pictures, microDollars);
  }

  Request request(long member, long pictures, long microDollars) {
    return request(spender(member), "1K", pictures, microDollars);
  }

  /** Makes rules hold, in the words of moderators. */
  void rule(Scope scope, String words) {
    for (Allowance allowance : allowance(words)) {
      write(tx -> allowances.set(tx, scope, allowance, MODERATOR, now));
    }
  }

  static List<Allowance> allowance(String words) {
    if (RuleNotation.read(words) instanceof RuleNotation.Result.Read(List<Allowance> read)) {
      return read;
    }
    throw new IllegalArgumentException(words + ": " + RuleNotation.read(words));
  }

  QuotaDecision reserve(Request request) {
    return write(tx -> ledger.reserve(tx, request, now));
  }

  boolean settle(Request request, long pictures, long microDollars) {
    return write(tx -> ledger.settle(tx, request.number(), pictures, microDollars, now));
  }

  boolean release(Request request) {
    return write(tx -> ledger.release(tx, request.number(), now));
  }

  boolean refund(Request request) {
    return write(tx -> ledger.refund(tx, request.number(), MODERATOR, now));
  }

  void grant(long member, Measure measure, long amount) {
    write(tx -> credits.grant(tx, COMMUNITY, member, measure, amount, MODERATOR, now));
  }

  /** The newest lines of the ledger. */
  List<Entry> history() {
    return read(reading -> ledger.history(reading, COMMUNITY, now.plusSeconds(1), 0, 100));
  }

  Cost own(long member) {
    return read(reading -> credits.own(reading, COMMUNITY, member));
  }

  void advance(Duration duration) {
    now = now.plus(duration);
  }

  <T> T write(Function<Tx, T> work) {
    return database.write(work);
  }

  <T> T read(Function<Reading, T> work) {
    return database.read(work);
  }

  /** As after a crash. */
  void reopen() {
    database.close();
    database = QuickDatabase.open(folder);
  }

  @Override
  public void close() {
    database.close();
  }
}
