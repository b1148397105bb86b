package dev.plantain.quota;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.quota.Usage.Range;
import dev.plantain.quota.Usage.Whose;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsageTest {
  private static final List<String> MODELS = List.of("nano", "pro", "small");
  private static final List<Long> MEMBERS = List.of(1L, 2L, 3L, 4L);

  @TempDir Path folder;
  private Till till;

  @BeforeEach
  void open() {
    till = new Till(folder);
  }

  @AfterEach
  void close() {
    till.close();
  }

  /** What a request came to in the end. */
  private record Past(Instant at, long community, long member, String model, Cost cost) {}

  private Past happens(long number, Random random) {
    long community = Till.COMMUNITY + random.nextInt(2);
    long member = MEMBERS.get(random.nextInt(MEMBERS.size()));
    String model = MODELS.get(random.nextInt(MODELS.size()));
    Instant at = till.now;
    Spender spender = new Spender(member, Till.CHAT, community, "test", Set.of());
    Request request = new Request(number, spender, number, model, "1K", 1, 40_000);
    till.reserve(request);
    till.now = at.plus(Duration.ofMinutes(random.nextInt(3000)));
    Cost cost =
        switch (random.nextInt(4)) {
          case 0 -> new Cost(1, 40_000);
          case 1 -> {
            till.release(request);
            yield Cost.NONE;
          }
          case 2 -> {
            till.settle(request, 1, 39_000);
            till.refund(request);
            yield Cost.NONE;
          }
          default -> {
            till.settle(request, 2, 90_001);
            yield new Cost(2, 90_001);
          }
        };
    till.now = at;
    return new Past(at, community, member, model, cost);
  }

  @ParameterizedTest
  @CsvSource({
    "UTC, 0",
    "UTC, 6",
    "Europe/Copenhagen, 2",
    "Europe/Copenhagen, 23",
    "Asia/Kathmandu, 0",
    "Pacific/Apia, 5"
  })
  void theSumsAreThoseOfAddingUpByHand(String name, int resetHour) {
    CommunityTerms terms = new CommunityTerms(ZoneId.of(name), resetHour, false, Optional.empty());
    Random random = new Random(42);
    // Copenhagen's clocks change on the 29th.
    Instant end = Instant.parse("2026-04-02T12:00:00Z");
    List<Past> past = new ArrayList<>();
    for (long number = 1; number <= 200; number++) {
      till.now = end.minus(Duration.ofMinutes(random.nextInt(14 * 24 * 60)));
      past.add(happens(number, random));
    }
    Range range = Range.upTo(end, 7, terms);
    for (Whose whose :
        List.of(new Whose.Everybody(), new Whose.Community(7), new Whose.Member(8, 2))) {
      Usage usage = till.read(reading -> Usage.of(reading, whose, range));
      List<Past> counted =
          past.stream().filter(one -> belongs(one, whose)).filter(one -> in(one, range)).toList();
      assertThat(usage.days()).isEqualTo(byDay(counted, range));
      TreeMap<Long, Cost> members = new TreeMap<>();
      TreeMap<String, List<Past>> models = new TreeMap<>();
      counted.stream()
          .filter(one -> !one.cost().isNone())
          .forEach(one -> {
            members.merge(one.member(), one.cost(), Cost::plus);
            models.computeIfAbsent(one.model(), _ -> new ArrayList<>()).add(one);
          });
      assertThat(usage.members()).isEqualTo(members);
      TreeMap<String, List<Cost>> daysOfModels = new TreeMap<>();
      models.forEach((model, ones) -> daysOfModels.put(model, byDay(ones, range)));
      assertThat(usage.models()).isEqualTo(daysOfModels);
      assertThat(usage.members().values())
          .extracting(Cost::pictures)
          .isSortedAccordingTo(Collections.reverseOrder());
      assertThat(usage.total())
          .isEqualTo(counted.stream().map(Past::cost).reduce(Cost.NONE, Cost::plus));
    }
  }

  private static boolean belongs(Past past, Whose whose) {
    return switch (whose) {
      case Whose.Everybody() -> true;
      case Whose.Community(long community) -> past.community() == community;
      case Whose.Member(long community, long member) ->
          past.community() == community && past.member() == member;
    };
  }

  private static boolean in(Past past, Range range) {
    LocalDate day = day(past.at(), range.terms());
    return !day.isBefore(range.first()) && !day.isAfter(range.last());
  }

  /** The latest that had begun; where its hour was skipped, it began with the next one. */
  private static LocalDate day(Instant at, CommunityTerms terms) {
    LocalDate day = LocalDate.ofInstant(at, terms.zone()).plusDays(1);
    while (begin(day, terms).isAfter(at)) {
      day = day.minusDays(1);
    }
    return day;
  }

  private static Instant begin(LocalDate day, CommunityTerms terms) {
    LocalDateTime local = day.atTime(terms.resetHour(), 0);
    ZonedDateTime zoned = local.atZone(terms.zone());
    return zoned.toLocalDateTime().equals(local)
        ? zoned.toInstant()
        : zoned.withMinute(0).toInstant();
  }

  private static List<Cost> byDay(List<Past> past, Range range) {
    return range.days().stream()
        .map(day ->
            past.stream()
                .filter(one -> day(one.at(), range.terms()).equals(day))
                .map(Past::cost)
                .reduce(Cost.NONE, Cost::plus))
        .toList();
  }

  @Test
  void creditsThatMoveAreNotUsed() {
    till.grant(Till.ANN, Measure.PICTURES, 5);
    Usage usage =
        till.read(reading ->
            Usage.of(
                reading,
                new Whose.Community(Till.COMMUNITY),
                Range.upTo(till.now, 1, ZoneOffset.UTC)));
    assertThat(usage.total()).isEqualTo(Cost.NONE);
    assertThat(usage.members()).isEmpty();
    assertThat(usage.days()).hasSize(1);
  }
}
