package dev.plantain.quota;

import dev.plantain.quota.Place.Level;
import dev.plantain.storage.Reading;
import dev.plantain.storage.Tx;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The running sums of the ledger by day, hour and minute of UTC. A window is read as days, with
 * hours and minutes at its edges and at last single entries, so that what is read does not grow
 * with the ledger.
 */
final class Buckets {
  /** Adds what an entry of the ledger changes, to the sums of when its request was accepted. */
  void add(Tx tx, Request request, long acceptedAt, Cost everybody, Cost member) {
    List<Object> totals = new ArrayList<>();
    List<Object> ofModel = new ArrayList<>();
    for (Place place : Place.all(request.spender())) {
      Cost cost = place instanceof Place.Member ? member : everybody;
      if (!cost.isNone()) {
        for (Level level : place.levels()) {
          List<Object> key = List.of(place.key(), level.minutes, level.floor(acceptedAt));
          List<Object> amounts = List.of(cost.pictures(), cost.microDollars());
          totals.addAll(key);
          totals.addAll(amounts);
          ofModel.addAll(key);
          ofModel.addAll(List.of(request.model(), request.size()));
          ofModel.addAll(amounts);
        }
      }
    }
    add(tx, "spending", "place, level, start", totals);
    add(tx, "spending_of_model", "place, level, start, model, size", ofModel);
  }

  private static void add(Tx tx, String table, String key, List<Object> rows) {
    if (rows.isEmpty()) {
      return;
    }
    int columns = key.split(", ", -1).length + 2;
    String row = "(" + String.join(", ", Collections.nCopies(columns, "?")) + ")";
    tx.update(
        "insert into "
            + table
            + " ("
            + key
            + ", pictures, micro_dollars) values "
            + String.join(", ", Collections.nCopies(rows.size() / columns, row))
            + " on conflict ("
            + key
            + ") do update set pictures = "
            + table
            + ".pictures + excluded.pictures, micro_dollars = "
            + table
            + ".micro_dollars + excluded.micro_dollars",
        rows.toArray());
  }

  /** When the last entry was accepted, of all places; 0 where there is none. */
  long latest(Reading reading) {
    return reading
        .first("select max(accepted_at) as latest from ledger_entry", row -> row.number("latest"))
        .orElse(0L);
  }

  /**
   * What was spent in a span. One small statement for each slice, the same for all of a level: it
   * is prepared once, which takes longer than running it.
   */
  Cost sum(Reading reading, Place place, Filter filter, Span span) {
    Cost sum = Cost.NONE;
    for (Slice slice : Slice.cut(span, place.levels())) {
      sum =
          sum.plus(
              reading
                  .first(
                      "select sum(pictures) as p, sum(micro_dollars) as m"
                          + from(slice, place, filter),
                      row -> new Cost(row.number("p"), row.number("m")),
                      arguments(slice, place, filter).toArray())
                  .orElse(Cost.NONE));
    }
    return sum;
  }

  /**
   * When the entry was accepted with which the spending of a span, counted from its beginning,
   * reaches an amount; empty where it does not.
   */
  Optional<Long> reaching(
      Reading reading, Place place, Measure measure, Filter filter, Span span, long amount) {
    return reaching(reading, place, measure, filter, Slice.cut(span, place.levels()), amount);
  }

  private Optional<Long> reaching(
      Reading reading,
      Place place,
      Measure measure,
      Filter filter,
      List<Slice> slices,
      long amount) {
    long missing = amount;
    for (Slice slice : slices) {
      for (Step step : steps(reading, place, measure, filter, slice)) {
        if (step.amount < missing) {
          missing -= step.amount;
        } else if (slice.level().isEmpty()) {
          return Optional.of(step.start);
        } else {
          return reaching(
              reading,
              place,
              measure,
              filter,
              Slice.cut(
                  new Span(step.start, step.start + slice.level().get().millis),
                  finer(place, slice.level().get())),
              missing);
        }
      }
    }
    return Optional.empty();
  }

  private static List<Step> steps(
      Reading reading, Place place, Measure measure, Filter filter, Slice slice) {
    String start = slice.level().isPresent() ? "start" : "accepted_at";
    return reading.list(
        "select "
            + start
            + " as begins, sum("
            + measure.word()
            + ") as amount"
            + from(slice, place, filter)
            + " group by "
            + start
            + " order by "
            + start,
        row -> new Step(row.number("begins"), row.number("amount")),
        arguments(slice, place, filter).toArray());
  }

  private static List<Level> finer(Place place, Level level) {
    return place.levels().subList(place.levels().indexOf(level) + 1, place.levels().size());
  }

  private static String from(Slice slice, Place place, Filter filter) {
    if (slice.level().isEmpty()) {
      return " from ledger_entry where "
          + place.condition()
          + " and accepted_at >= ? and accepted_at < ?"
          + filter.model().map(_ -> " and model = ?").orElse("")
          + filter.size().map(_ -> " and size = ?").orElse("");
    }
    return (filter.equals(Filter.ALL) ? " from spending" : " from spending_of_model")
        + " where place = ? and level = ? and start >= ? and start < ?"
        + filter.model().map(_ -> " and model = ?").orElse("")
        + filter.size().map(_ -> " and size = ?").orElse("");
  }

  private static List<Object> arguments(Slice slice, Place place, Filter filter) {
    List<Object> arguments = new ArrayList<>();
    if (slice.level().isEmpty()) {
      arguments.addAll(place.arguments());
    } else {
      arguments.add(place.key());
      arguments.add(slice.level().get().minutes);
    }
    arguments.add(slice.span().from());
    arguments.add(slice.span().to());
    filter.model().ifPresent(arguments::add);
    filter.size().ifPresent(arguments::add);
    return arguments;
  }

  /** What was spent from an instant on until the next. */
  private record Step(long start, long amount) {}
}
