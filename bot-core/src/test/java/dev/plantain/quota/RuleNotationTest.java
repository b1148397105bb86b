package dev.plantain.quota;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.quota.RuleNotation.Problem;
import dev.plantain.quota.RuleNotation.Result;
import dev.plantain.quota.Window.Calendar;
import dev.plantain.quota.Window.Period;
import dev.plantain.quota.Window.Slots;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuleNotationTest {
  private static final long SEED = 5;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "20/day",
        "20 per day",
        " 20 / DAY ",
        "20 pictures/day",
        "20 images per day",
        "20pics/day",
        "20.0/day",
        "20/day pictures"
      })
  void picturesOfADay(String words) {
    assertRead(words, pictures(20, new Calendar(Period.DAY)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"5 USD/month", "$5/month", "5$ per month", "5usd/month", "5.00 dollars/month"})
  void dollarsOfAMonth(String words) {
    assertRead(
        words,
        new Allowance(
            Measure.MICRO_DOLLARS,
            Filter.ALL,
            new Limit.AtMost(5_000_000, new Calendar(Period.MONTH))));
  }

  @Test
  void partsOfADollarAreExact() {
    assertRead(
        "0.50 usd/week",
        new Allowance(
            Measure.MICRO_DOLLARS,
            Filter.ALL,
            new Limit.AtMost(500_000, new Calendar(Period.WEEK))));
    assertRead(
        "0.000001 usd/hour",
        new Allowance(
            Measure.MICRO_DOLLARS, Filter.ALL, new Limit.AtMost(1, new Calendar(Period.HOUR))));
  }

  @Test
  void aNumberInTheWindowMakesSlots() {
    assertRead("20 pictures/24h", pictures(20, new Slots(Duration.ofHours(24))));
    assertRead("5/10m", pictures(5, new Slots(Duration.ofMinutes(10))));
    assertRead("5 per 10 minutes", pictures(5, new Slots(Duration.ofMinutes(10))));
    assertRead("1/1h", pictures(1, new Slots(Duration.ofHours(1))));
    assertRead("9/31d", pictures(9, new Slots(Duration.ofDays(31))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"3 4k/day", "3/day size 4K", "3 4K pictures / day", "3/day 4k"})
  void oneSize(String words) {
    assertRead(
        words,
        new Allowance(
            Measure.PICTURES,
            new Filter(Optional.empty(), Optional.of("4K")),
            new Limit.AtMost(3, new Calendar(Period.DAY))));
  }

  @Test
  void oneModelWhoseNameMayHaveASlash() {
    assertRead(
        "10/day model google/Gemini-3:free",
        new Allowance(
            Measure.PICTURES,
            new Filter(Optional.of("google/Gemini-3:free"), Optional.empty()),
            new Limit.AtMost(10, new Calendar(Period.DAY))));
  }

  @Test
  void zeroShuts() {
    assertRead("0/day", pictures(0, new Calendar(Period.DAY)));
  }

  @Test
  void unlimitedIsOfBothMeasuresUnlessItSaysOtherwise() {
    Limit unlimited = new Limit.Unlimited();
    assertRead(
        "unlimited",
        new Allowance(Measure.PICTURES, Filter.ALL, unlimited),
        new Allowance(Measure.MICRO_DOLLARS, Filter.ALL, unlimited));
    assertRead("Unlimited USD", new Allowance(Measure.MICRO_DOLLARS, Filter.ALL, unlimited));
  }

  @Test
  void offRemoves() {
    assertThat(RuleNotation.read("none")).isEqualTo(new Result.Off(Filter.ALL));
    assertThat(RuleNotation.read("OFF size 4k"))
        .isEqualTo(new Result.Off(new Filter(Optional.empty(), Optional.of("4K"))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|EMPTY|''",
        "'   '|EMPTY|''",
        "twenty/day|NOT_A_NUMBER|twenty",
        "1,000/day|NOT_A_NUMBER|1,000",
        "1e9/day|NOT_A_NUMBER|1e9",
        "/day|NOT_A_NUMBER|/",
        "-5/day|NEGATIVE|-5",
        "$-5/day|NEGATIVE|$-5",
        "\u22125/day|NEGATIVE|\u22125",
        "1000000001/day|TOO_LARGE|1000000001",
        "99999999999999999999/day|TOO_LARGE|99999999999999999999",
        "2.5/day|FRACTION_OF_PICTURE|2.5",
        "0.0000001 USD/day|TOO_FINE|0.0000001",
        "5 EUR/month|UNKNOWN_UNIT|EUR",
        "5 usd pictures/month|UNKNOWN_UNIT|pictures",
        "20|NO_WINDOW|''",
        "20/|NO_WINDOW|''",
        "20 per|NO_WINDOW|''",
        "20/fortnight|UNKNOWN_WINDOW|fortnight",
        "20/10y|UNKNOWN_WINDOW|y",
        "20/0m|WINDOW_TOO_SHORT|0",
        "20/32d|WINDOW_TOO_LONG|32d",
        "20/999999999w|WINDOW_TOO_LONG|6999999993d",
        "20/day size|BAD_FILTER|size",
        "20/day model|BAD_FILTER|model",
        "3 4k/day size 2k|BAD_FILTER|4k",
        "20/day please|LEFT_OVER|please",
        "off 5|LEFT_OVER|5",
        "unlimited fun|LEFT_OVER|fun",
        "\u0662\u0660/day|FOREIGN_DIGITS|\u0662\u0660/day",
      })
  void eachFaultHasItsProblem(String words, Problem problem, String what) {
    assertThat(RuleNotation.read(words)).isEqualTo(new Result.Faulty(problem, what));
  }

  @Test
  void aLongTextIsRefusedAndQuotedShortly() {
    assertThat(RuleNotation.read("9".repeat(10_000)))
        .isEqualTo(new Result.Faulty(Problem.TOO_LONG, "9".repeat(40)));
  }

  @Test
  void whatIsWrittenIsReadAsTheSame() {
    Random random = new Random(SEED);
    for (int i = 0; i < 20_000; i++) {
      Allowance allowance = allowance(random);
      String words = RuleNotation.write(allowance);
      assertThat(RuleNotation.read(words))
          .as(words + " of seed " + SEED)
          .isEqualTo(new Result.Read(List.of(allowance)));
    }
  }

  @Test
  void noWordsAreTooStrange() {
    Random random = new Random(SEED);
    List<String> pieces =
        List.of(
            "20",
            "/",
            "day",
            " ",
            "$",
            "usd",
            "4k",
            "size",
            "model",
            "per",
            "10m",
            "-",
            ".",
            ",",
            "off",
            "unlimited",
            "\uD83C",
            "\uDF4C",
            "\u0000",
            "٣",
            "x");
    for (int i = 0; i < 20_000; i++) {
      StringBuilder words = new StringBuilder();
      for (int j = random.nextInt(9); j >= 0; j--) {
        words.append(pieces.get(random.nextInt(pieces.size())));
      }
      if (RuleNotation.read(words.toString()) instanceof Result.Read(List<Allowance> read)) {
        read.forEach(allowance ->
            assertThat(RuleNotation.read(RuleNotation.write(allowance)))
                .as(words + " of seed " + SEED)
                .isEqualTo(new Result.Read(List.of(allowance))));
      }
    }
  }

  @Test
  void itsWordsAreShort() {
    assertThat(
            List.of(
                    "20 pictures per day",
                    "5.0 dollars/month",
                    "0.5$/week",
                    "5/600s",
                    "1/24h",
                    "1/48h",
                    "3 4k/day model X",
                    "unlimited images")
                .stream()
                .map(words -> RuleNotation.write(Till.allowance(words).getFirst())))
        .containsExactly(
            "20/day",
            "5 USD/month",
            "0.50 USD/week",
            "5/10m",
            "1/24h",
            "1/2d",
            "3/day size 4K model X",
            "unlimited pictures");
  }

  private static Allowance allowance(Random random) {
    Measure measure = random.nextBoolean() ? Measure.PICTURES : Measure.MICRO_DOLLARS;
    Filter filter =
        new Filter(
            random.nextInt(3) == 0 ? Optional.of("a/b-" + random.nextInt(9)) : Optional.empty(),
            random.nextInt(3) == 0 ? Optional.of(random.nextInt(9) + "K") : Optional.empty());
    long most = measure == Measure.PICTURES ? 1_000_000_000L : Request.MOST;
    Window window =
        random.nextBoolean()
            ? new Calendar(List.of(Period.values()).get(random.nextInt(4)))
            : new Slots(Duration.ofSeconds(1 + random.nextInt(31 * 86_400)));
    Limit limit =
        random.nextInt(5) == 0
            ? new Limit.Unlimited()
            : new Limit.AtMost(
                random.nextInt(2) == 0 ? random.nextInt(2_000_000) : random.nextLong(most + 1),
                window);
    return new Allowance(measure, filter, limit);
  }

  private static Allowance pictures(long amount, Window window) {
    return new Allowance(Measure.PICTURES, Filter.ALL, new Limit.AtMost(amount, window));
  }

  private static void assertRead(String words, Allowance... allowances) {
    assertThat(RuleNotation.read(words)).isEqualTo(new Result.Read(List.of(allowances)));
  }
}
