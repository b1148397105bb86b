package dev.plantain.chart;

import java.util.List;

/** What a picture of numbers shows; all words in it are in the language of the reader. */
public sealed interface Chart {

  /**
   * What stands above the numbers.
   *
   * @param totals the whole of it in one line
   */
  record Heading(String title, String totals) {}

  Heading heading();

  /** A quantity for each day, as long as there are labels. */
  record Series(String name, List<Double> values) {
    public Series {
      values = List.copyOf(values);
    }

    double sum() {
      return values.stream().mapToDouble(Double::doubleValue).sum();
    }
  }

  /**
   * Two quantities day by day, one below the other: bars and a line.
   *
   * @param days what each day is called
   */
  record Days(Heading heading, List<String> days, Series bars, Series line) implements Chart {
    public Days {
      days = List.copyOf(days);
      requireSameLength(days, List.of(bars, line));
    }
  }

  /** Several quantities day by day, piled up. */
  record Piles(Heading heading, List<String> days, String unit, List<Series> series)
      implements Chart {
    public Piles {
      days = List.copyOf(days);
      series = List.copyOf(series);
      requireSameLength(days, series);
    }
  }

  /** Quantities by name, the first on top. */
  record Ranking(Heading heading, List<Bar> bars) implements Chart {
    public Ranking {
      bars = List.copyOf(bars);
    }
  }

  /**
   * A bar with a name.
   *
   * @param words what stands at its end
   */
  record Bar(String name, double value, String words) {}

  /** There is nothing to show, and this says so. */
  record Empty(Heading heading, String words) implements Chart {}

  private static void requireSameLength(List<String> days, List<Series> series) {
    for (Series one : series) {
      if (one.values().size() != days.size()) {
        throw new IllegalArgumentException(
            one.name() + " has " + one.values().size() + " values for " + days.size() + " days");
      }
    }
  }
}
