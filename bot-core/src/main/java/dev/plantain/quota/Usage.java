package dev.plantain.quota;

import dev.plantain.storage.Reading;
import dev.plantain.storage.Row;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What was used in a range of days: what requests cost, without what came back of it, on the day on
 * which they were accepted.
 *
 * @param days one sum for each day of the range
 * @param members by their numbers, who made most pictures first; nobody who got all of it back
 * @param models by their ids, day by day, what made most pictures first
 */
public record Usage(
    Range range,
    List<Cost> days,
    SequencedMap<Long, Cost> members,
    SequencedMap<String, List<Cost>> models) {

  public Usage {
    days = List.copyOf(days);
    members = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(members));
    models = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(models));
  }

  /** Days as limits count them, each named after the date on which it begins; the last is in it. */
  public record Range(LocalDate first, LocalDate last, CommunityTerms terms) {
    public Range {
      if (last.isBefore(first)) {
        throw new IllegalArgumentException("a range from " + first + " to " + last);
      }
    }

    /** So many days up to that of an instant. */
    public static Range upTo(Instant now, int days, CommunityTerms terms) {
      LocalDate last = Boundaries.begun(Window.Period.DAY, now, terms);
      return new Range(last.minusDays(days - 1L), last, terms);
    }

    /** The same of days that begin at midnight. */
    public static Range upTo(Instant now, int days, ZoneId zone) {
      return upTo(now, days, new CommunityTerms(zone, 0, false, Optional.empty()));
    }

    public List<LocalDate> days() {
      return first.datesUntil(last.plusDays(1)).toList();
    }
  }

  /** Whose requests are added up. */
  public sealed interface Whose {
    record Everybody() implements Whose {}

    record Community(long communityId) implements Whose {}

    record Member(long communityId, long memberId) implements Whose {}
  }

  /**
   * Adds up in one pass, without holding the lines of the ledger. Takes longer the more was spent.
   */
  public static Usage of(Reading reading, Whose whose, Range range) {
    Sums sums = new Sums(range);
    String columns =
        "select accepted_at, member_id, model, pictures, micro_dollars from ledger_entry where ";
    String within = "request is not null and accepted_at >= ? and accepted_at < ?";
    Instant from = sums.start();
    Instant to = sums.end();
    switch (whose) {
      case Whose.Everybody() -> reading.each(columns + within, sums::add, from, to);
      case Whose.Community(long community) ->
          reading.each(columns + within + " and community_id = ?", sums::add, from, to, community);
      case Whose.Member(long community, long member) ->
          reading.each(
              columns + within + " and community_id = ? and member_id = ?",
              sums::add,
              from,
              to,
              community,
              member);
    }
    return sums.usage();
  }

  /** All of it. */
  public Cost total() {
    return sum(days);
  }

  /** The sum of several. */
  public static Cost sum(List<Cost> costs) {
    return costs.stream().reduce(Cost.NONE, Cost::plus);
  }

  /** Sums in the making; for each day two numbers: pictures and micro-dollars. */
  private static final class Sums {
    private final Range range;
    private final long[] starts;
    private final Map<Long, long[]> members = new HashMap<>();
    private final Map<String, long[]> models = new HashMap<>();

    Sums(Range range) {
      this.range = range;
      this.starts =
          range
              .first()
              .datesUntil(range.last().plusDays(2))
              .mapToLong(day -> Boundaries.begin(day, range.terms()).toEpochMilli())
              .toArray();
    }

    Instant start() {
      return Instant.ofEpochMilli(starts[0]);
    }

    Instant end() {
      return Instant.ofEpochMilli(starts[starts.length - 1]);
    }

    void add(Row row) {
      int found = Arrays.binarySearch(starts, row.number("accepted_at"));
      int day = found >= 0 ? found : -found - 2;
      long pictures = row.number("pictures");
      long microDollars = row.number("micro_dollars");
      add(
          members.computeIfAbsent(row.number("member_id"), _ -> new long[2]),
          0,
          pictures,
          microDollars);
      add(
          models.computeIfAbsent(row.text("model"), _ -> new long[2 * (starts.length - 1)]),
          day,
          pictures,
          microDollars);
    }

    private static void add(long[] sums, int at, long pictures, long microDollars) {
      sums[2 * at] = Math.addExact(sums[2 * at], pictures);
      sums[2 * at + 1] = Math.addExact(sums[2 * at + 1], microDollars);
    }

    Usage usage() {
      List<Cost> days = new ArrayList<>(Collections.nCopies(starts.length - 1, Cost.NONE));
      Map<String, List<Cost>> ofModels = new HashMap<>();
      models.forEach((model, sums) -> {
        List<Cost> costs = costs(sums);
        ofModels.put(model, costs);
        for (int day = 0; day < costs.size(); day++) {
          days.set(day, days.get(day).plus(costs.get(day)));
        }
      });
      Map<Long, Cost> ofMembers =
          members.entrySet().stream()
              .collect(
                  Collectors.toMap(
                      Map.Entry::getKey, member -> costs(member.getValue()).getFirst()));
      return new Usage(range, days, ranked(ofMembers, cost -> cost), ranked(ofModels, Usage::sum));
    }

    private static List<Cost> costs(long[] sums) {
      List<Cost> costs = new ArrayList<>(sums.length / 2);
      for (int i = 0; i < sums.length; i += 2) {
        costs.add(new Cost(sums[i], sums[i + 1]));
      }
      return costs;
    }

    private static <K extends Comparable<K>, V> SequencedMap<K, V> ranked(
        Map<K, V> sums, Function<V, Cost> total) {
      Comparator<Map.Entry<K, V>> most =
          Comparator.comparing(
              entry -> total.apply(entry.getValue()),
              Comparator.comparingLong(Cost::pictures).thenComparingLong(Cost::microDollars));
      SequencedMap<K, V> ranked = new LinkedHashMap<>();
      sums.entrySet().stream()
          .filter(entry -> !total.apply(entry.getValue()).isNone())
          .sorted(most.reversed().thenComparing(Map.Entry.comparingByKey()))
          .forEach(entry -> ranked.put(entry.getKey(), entry.getValue()));
      return ranked;
    }
  }
}
