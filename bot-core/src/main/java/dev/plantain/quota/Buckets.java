package dev.plantain.quota;

import dev.plantain.quota.Place.Level;
import dev.plantain.storage.Reading;
import dev.plantain.storage.Tx;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * The running sums of the ledger by day, hour and minute of UTC. A window is read as days, with
 * hours and minutes at its edges and at last single entries, so that what is read does not grow
 * with the ledger.
 */
final class Buckets {
  private static final String ALL = "";

  /** Adds what an entry of the ledger changes, to the sums of when its request was accepted. */
  void add(Tx tx, Request request, long acceptedAt, Cost everybody, Cost member) {
    StringJoiner rows = new StringJoiner(", ");
    List<Object> arguments = new ArrayList<>();
    for (Place place : Place.all(request.spender())) {
      Cost cost = place instanceof Place.Member ? member : everybody;
      if (!cost.isNone()) {
        for (Level level : place.levels()) {
          row(rows, arguments, place, level, level.floor(acceptedAt), ALL, ALL, cost);
          row(
              rows,
              arguments,
              place,
              level,
              level.floor(acceptedAt),
              request.model(),
              request.size(),
              cost);
        }
      }
    }
    if (!arguments.isEmpty()) {
      tx.update(
          "insert into spending (place, level, start, model, size, pictures, micro_dollars) values "
              + rows
              + " on conflict (place, level, start, model, size) do update set"
              + " pictures = spending.pictures + excluded.pictures,"
              + " micro_dollars = spending.micro_dollars + excluded.micro_dollars",
          arguments.toArray());
    }
  }

  private static void row(
      StringJoiner rows,
      List<Object> arguments,
      Place place,
      Level level,
      long start,
      String model,
      String size,
      Cost cost) {
    rows.add("(?, ?, ?, ?, ?, ?, ?)");
    arguments.addAll(
        List.of(
            place.key(), level.minutes, start, model, size, cost.pictures(), cost.microDollars()));
  }

  /** What was spent in a span. */
  long sum(Reading reading, Place place, Measure measure, Filter filter, Span span) {
    StringJoiner pieces = new StringJoiner(" union all ");
    List<Object> arguments = new ArrayList<>();
    for (Slice slice : Slice.cut(span, place.levels())) {
      pieces.add("select sum(" + measure.word() + ") as amount" + from(slice, place, filter));
      arguments.addAll(arguments(slice, place, filter));
    }
    return pieces.length() == 0
        ? 0
        : reading
            .first(
                "select sum(amount) as used from (" + pieces + ") as pieces",
                row -> row.number("used"),
                arguments.toArray())
            .orElse(0L);
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
    String filters =
        filter.equals(Filter.ALL)
            ? " and model = '' and size = ''"
            : filter.model().map(_ -> " and model = ?").orElse(" and model <> ''")
                + filter.size().map(_ -> " and size = ?").orElse("");
    return " from spending where place = ? and level = ? and start >= ? and start < ?" + filters;
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
