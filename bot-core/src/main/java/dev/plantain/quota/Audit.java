package dev.plantain.quota;

import dev.plantain.quota.AuditResult.Difference;
import dev.plantain.quota.AuditResult.Kind;
import dev.plantain.quota.Place.Level;
import dev.plantain.storage.Reading;
import java.util.ArrayList;
import java.util.List;

/**
 * Adds the whole ledger up again and compares. The database does the work, so that little memory is
 * needed however long the ledger is.
 */
final class Audit {
  /** More would tell nobody more. */
  private static final int MOST = 100;

  private static final String WITH_MINUTES =
      "(place = 'all' or place like 'platform:%' or place like 'community:%')";

  private static final String NAME = "place || ' ' || start";
  private static final String NAME_OF_MODEL = NAME + " || ' ' || model || ' ' || size";

  private final Reading reading;
  private final List<Difference> differences = new ArrayList<>();

  private Audit(Reading reading) {
    this.reading = reading;
  }

  static AuditResult of(Reading reading) {
    return new Audit(reading).run();
  }

  private AuditResult run() {
    for (Measure measure : Measure.values()) {
      smallest(measure, "'all'", "place = 'all'", Level.MINUTE);
      smallest(measure, "'platform:' || platform", "place like 'platform:%'", Level.MINUTE);
      smallest(measure, "'community:' || community_id", "place like 'community:%'", Level.MINUTE);
      smallest(measure, "'chat:' || chat_id", "place like 'chat:%'", Level.HOUR);
      smallest(
          measure,
          "case when purse = 'allowance' then 'member:' || community_id || ':' || member_id end",
          "place like 'member:%'",
          Level.HOUR);
      larger(measure, Level.MINUTE, Level.HOUR, " and " + WITH_MINUTES);
      larger(measure, Level.HOUR, Level.DAY, "");
      totals(measure);
      credits(measure);
    }
    reservations();
    ends();
    return differences.isEmpty()
        ? new AuditResult.Agrees(entries())
        : new AuditResult.Differs(differences);
  }

  /** The smallest sums of a kind of place, against the ledger. */
  private void smallest(Measure measure, String place, String places, Level level) {
    compare(
        Kind.SUM,
        "select place || ' ' || start || ' ' || model || ' ' || size as name, amount as ledger, 0 as"
            + " found from (select "
            + place
            + " as place, accepted_at - accepted_at % "
            + level.millis
            + " as start, model, size, "
            + measure.word()
            + " as amount from ledger_entry where request is not null) as entries"
            + " where place is not null",
        sums(measure, "spending_of_model", NAME_OF_MODEL, level, " and " + places));
  }

  /** Sums against the next smaller ones. */
  private void larger(Measure measure, Level small, Level large, String places) {
    compare(
        Kind.SUM,
        "select place || ' ' || (start - start % "
            + large.millis
            + ") || ' ' || model || ' ' || size as name, "
            + measure.word()
            + " as ledger, 0 as found from spending_of_model where level = "
            + small.minutes
            + places,
        sums(measure, "spending_of_model", NAME_OF_MODEL, large, places));
  }

  /** Sums over all models and sizes, against those of each. */
  private void totals(Measure measure) {
    for (Level level : Level.values()) {
      compare(
          Kind.SUM,
          "select "
              + NAME
              + " as name, "
              + measure.word()
              + " as ledger, 0 as found from spending_of_model where level = "
              + level.minutes,
          sums(measure, "spending", NAME, level, ""));
    }
  }

  private static String sums(
      Measure measure, String table, String name, Level level, String condition) {
    return "select "
        + name
        + " as name, 0 as ledger, "
        + measure.word()
        + " as found from "
        + table
        + " where level = "
        + level.minutes
        + condition;
  }

  private void credits(Measure measure) {
    compare(
        Kind.CREDIT,
        "select community_id || ' ' || case when purse = 'pool' then 0 else member_id end as name,"
            + " case when request is null then "
            + measure.word()
            + " else -"
            + measure.word()
            + " end as ledger, 0 as found from ledger_entry where purse <> 'allowance'",
        "select community_id || ' ' || member_id as name, 0 as ledger, "
            + measure.word()
            + " as found from credit");
  }

  private void reservations() {
    compare(
        Kind.RESERVATION,
        """
        select cast(request as text) as name, max(case when kind = 'reserved' then 1 else 0 end)
            - max(case when kind in ('settled', 'released') then 1 else 0 end) as ledger, 0 as found
          from ledger_entry where request is not null group by request\
        """,
        "select cast(request as text) as name, 0 as ledger, 1 as found from reservation");
  }

  /** A request is reserved, has at most one end, is refunded only after it was settled. */
  private void ends() {
    differences.addAll(
        reading.list(
            """
            select request, settled + released as ends from (
              select request, max(case when kind = 'reserved' then 1 else 0 end) as reserved,
                max(case when kind = 'settled' then 1 else 0 end) as settled,
                max(case when kind = 'released' then 1 else 0 end) as released,
                max(case when kind = 'refunded' then 1 else 0 end) as refunded,
                sum(pictures) as pictures, sum(micro_dollars) as micro_dollars,
                min(accepted_at) as earliest, max(accepted_at) as latest
              from ledger_entry where request is not null group by request) as requests
            where reserved = 0 or settled + released > 1 or refunded > settled or pictures < 0
              or micro_dollars < 0 or earliest <> latest
            order by request limit ?
            """,
            row ->
                new Difference(
                    Kind.ENDS, String.valueOf(row.number("request")), 1, row.number("ends")),
            MOST - Math.min(MOST, differences.size())));
  }

  /** Notes each name for which the two add up to something else. */
  private void compare(Kind kind, String ledger, String found) {
    differences.addAll(
        reading.list(
            "select name, sum(ledger) as ledger, sum(found) as found from ("
                + ledger
                + " union all "
                + found
                + ") as both_sides group by name having sum(ledger) <> sum(found) order by name limit ?",
            row ->
                new Difference(kind, row.text("name"), row.number("ledger"), row.number("found")),
            MOST - Math.min(MOST, differences.size())));
  }

  private long entries() {
    return reading
        .first("select count(*) as entries from ledger_entry", row -> row.number("entries"))
        .orElse(0L);
  }
}
