package dev.plantain.bench;

import dev.plantain.moderation.ModerationRules;
import dev.plantain.moderation.Screening;
import dev.plantain.moderation.SpamRule;
import dev.plantain.moderation.SpamRules;
import dev.plantain.moderation.Verdict;
import dev.plantain.quota.Usage;
import dev.plantain.storage.Database;
import dev.plantain.storage.Tx;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * What a request is held against before any limit, in a community with all that moderators can
 * decide, and the sums of charts; beside ledgers, members and requests of the last day that become
 * more.
 */
final class Screenings {
  private static final int COUNTED = 1_000;
  private static final int WARM_UPS = 500;
  private static final int CHARTS = 5;
  private static final int WORDS = 500;
  private static final int RULES = 30;
  private static final long COMMUNITY = 1;
  private static final String ASKED =
      "make it nighttime, with a small red boat on the lake and stars above it".repeat(5);

  private final ModerationRules rules = new ModerationRules();
  private final Random random = new Random(5);
  private final Instant now;

  Screenings(Instant now) {
    this.now = now;
  }

  /**
   * @param entries of the ledger of the database; a tenth as many members, and as many requests of
   *     the last day, are written here
   */
  void measure(Database database, int entries, Table screening, Table charts) {
    int members = entries / 10;
    database.update(tx -> fill(tx, members, entries));
    double[][] millis = new double[2][COUNTED];
    for (int i = -WARM_UPS; i < COUNTED; i++) {
      long member = 1L + random.nextInt(members);
      double screened = screened(database, member);
      double counted = counted(database, member);
      if (i >= 0) {
        millis[0][i] = screened;
        millis[1][i] = counted;
      }
    }
    row(screening, "bans, open things, 500 words", entries, millis[0]);
    row(screening, "floods, repeats, refusals, newcomers", entries, millis[1]);
    row(charts, "a community", entries, charted(database, new Usage.Whose.Community(COMMUNITY)));
    row(charts, "everybody", entries, charted(database, new Usage.Whose.Everybody()));
  }

  private static void row(Table table, String what, int entries, double[] millis) {
    table.row(
        what,
        String.valueOf(entries),
        Meter.decimals(2, Meter.percentile(millis, 50)),
        Meter.decimals(2, Meter.percentile(millis, 99)));
  }

  private double screened(Database database, long member) {
    Screening.Who who = new Screening.Who(COMMUNITY, 10, member, Set.of("a", "b"), false);
    Screening.Wish wish = new Screening.Wish.Picture(ASKED, Optional.of("nano"), Optional.of("1K"));
    return database.read(reading -> {
      long begin = System.nanoTime();
      Verdict verdict = rules.screening().of(reading, who, wish, now);
      double taken = (System.nanoTime() - begin) / 1e6;
      expect(verdict instanceof Verdict.Open || verdict instanceof Verdict.Banned, verdict);
      return taken;
    });
  }

  private double counted(Database database, long member) {
    SpamRules.Asking asking = new SpamRules.Asking(COMMUNITY, member, ASKED, "");
    return database.read(reading -> {
      long begin = System.nanoTime();
      Optional<SpamRule> against = rules.spam().against(reading, asking, now);
      double taken = (System.nanoTime() - begin) / 1e6;
      expect(against.isEmpty(), against);
      return taken;
    });
  }

  private double[] charted(Database database, Usage.Whose whose) {
    Usage.Range range = Usage.Range.upTo(now, 90, ZoneOffset.UTC);
    double[] millis = new double[CHARTS];
    Arrays.setAll(
        millis,
        _ ->
            database.read(reading -> {
              long begin = System.nanoTime();
              Usage usage = Usage.of(reading, whose, range);
              double taken = (System.nanoTime() - begin) / 1e6;
              expect(usage.total().pictures() > 0, usage.total());
              return taken;
            }));
    return millis;
  }

  private static void expect(boolean is, Object found) {
    if (!is) {
      throw new IllegalStateException("not as it is measured: " + found);
    }
  }

  /** The members came over a year; their requests are spread over the last day. */
  private void fill(Tx tx, int members, int askings) {
    tx.update("insert into community (id, platform, ref) values (?, 'test', 'group')", COMMUNITY);
    tx.update(
        numbers(members)
            + "insert into member (id, platform, ref, name) select i, 'test', i, 'Ann' from n");
    long year = Duration.ofDays(365).toMillis();
    tx.update(
        numbers(members) + "insert into first_seen select ?, i, ? - i * (? / ?) from n",
        COMMUNITY,
        now,
        year,
        members);
    tx.update(
        numbers(askings)
            + """
            insert into asking (community_id, member_id, at, likeness, refused)
            select ?, 1 + i % ?, ? - i * (86400000 / ?), 'likeness ' || i, i % 7 = 0 from n
            """,
        COMMUNITY,
        members,
        now,
        askings);
    tx.update(
        numbers(members / 10) + "insert into ban select ?, i * 10, null, 'a reason', null from n",
        COMMUNITY);
    tx.update(
        numbers(WORDS)
            + "insert into word_rule (community_id, word) select ?, 'forbidden phrase ' || i from n",
        COMMUNITY);
    tx.update(
        numbers(RULES)
            + """
            insert into access_rule (community_id, chat_id, effect, kind, value, name)
            select ?, 0, 'denied', 'model', 'model ' || i, 'Model' from n
            """,
        COMMUNITY);
    for (String kind : new String[] {"floods", "repeats", "refusals", "newcomers"}) {
      tx.update("insert into spam_rule values (?, ?, 1000, 86400000, 60000)", COMMUNITY, kind);
    }
  }

  private static String numbers(int most) {
    return "with recursive n (i) as (select 1 union all select i + 1 from n where i < %d) "
        .formatted(most);
  }
}
