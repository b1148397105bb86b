package dev.plantain.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.plot.XYPlot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DrawingTest {
  private static final String LONG = "Søren 王小明 Ærøskøbing \ud83e\udd84 \u0007 ".repeat(9);
  private static final Chart.Heading LONG_HEADING = new Chart.Heading(LONG, LONG);
  private static final Chart.Heading HEADING = new Chart.Heading("Used here", "3 pictures");

  /** What is nearer to the edge would be cut, or touch the frame that a platform puts around. */
  private static final int BORDER = 12;

  private static List<String> days(int count) {
    return IntStream.range(0, count).mapToObj(day -> "Sep " + day).toList();
  }

  private static Chart.Series series(String name, int count, double most) {
    return new Chart.Series(
        name, IntStream.range(0, count).mapToObj(day -> most * (day % 7 + 1) / 7).toList());
  }

  private static List<Chart> all(int days) {
    List<Chart> charts = new ArrayList<>();
    for (double most : List.of(0.0, 1.0, 0.01, 123_456_789.0)) {
      charts.add(
          new Chart.Days(
              LONG_HEADING, days(days), series(LONG, days, most), series(LONG, days, most)));
      charts.add(
          new Chart.Piles(
              LONG_HEADING,
              days(days),
              "x",
              Collections.nCopies(Theme.piles(), series(LONG, days, most))));
      charts.add(
          new Chart.Ranking(
              LONG_HEADING,
              Collections.nCopies(9, new Chart.Bar(LONG, most, "123,456,789 · 123,456.78 USD"))));
    }
    charts.add(new Chart.Empty(LONG_HEADING, LONG));
    return charts;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 30, 90})
  void nothingIsCutWhateverIsDrawn(int days) {
    for (Chart chart : all(days)) {
      BufferedImage image = Drawing.drawn(chart, Theme.DARK, Locale.of("da"));
      assertThat(image.getWidth()).isEqualTo(Drawing.PIXELS);
      assertThat(image.getHeight()).isEqualTo(Drawing.PIXELS);
      assertThat(touchesTheEdge(image)).as("%s", chart).isFalse();
    }
  }

  private static boolean touchesTheEdge(BufferedImage image) {
    int background = image.getRGB(0, 0);
    int width = image.getWidth();
    int height = image.getHeight();
    for (int y = 0; y < height; y++) {
      boolean edge = y < BORDER || y >= height - BORDER;
      for (int x = 0; x < width; x++) {
        boolean inside = !edge && x >= BORDER && x < width - BORDER;
        if (!inside && image.getRGB(x, y) != background) {
          return true;
        }
      }
    }
    return false;
  }

  @ParameterizedTest
  @EnumSource(Theme.class)
  void wordsStandOutFromWhatIsBehindThem(Theme theme) {
    // WCAG 2.2, 1.4.3 and 1.4.11: 4.5 for words, 3 for what else has a meaning.
    assertThat(contrast(theme.text(), theme.background())).isGreaterThan(7);
    assertThat(contrast(theme.faint(), theme.background())).isGreaterThan(4.5);
    assertThat(contrast(theme.bars(), theme.background())).isGreaterThan(3);
    assertThat(contrast(theme.line(), theme.background())).isGreaterThan(3);
  }

  private static double contrast(Color one, Color other) {
    double lighter = Math.max(luminance(one), luminance(other));
    double darker = Math.min(luminance(one), luminance(other));
    return (lighter + 0.05) / (darker + 0.05);
  }

  /** Relative luminance as WCAG defines it. */
  private static double luminance(Color color) {
    return 0.2126 * linear(color.getRed())
        + 0.7152 * linear(color.getGreen())
        + 0.0722 * linear(color.getBlue());
  }

  private static double linear(int channel) {
    double part = channel / 255.0;
    return part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
  }

  private static Plots plots() {
    Graphics2D canvas = new BufferedImage(9, 9, BufferedImage.TYPE_INT_RGB).createGraphics();
    return new Plots(Theme.LIGHT, Locale.ENGLISH, canvas);
  }

  @Test
  void barsAndLineAreThoseOfTheDays() {
    Chart.Series pictures = new Chart.Series("Pictures", List.of(4.0, 0.0, 2.0));
    Chart.Series cost = new Chart.Series("USD", List.of(0.1, 0.0, 0.3));
    CombinedDomainXYPlot both =
        (CombinedDomainXYPlot)
            plots().of(new Chart.Days(HEADING, days(3), pictures, cost)).getPlot();
    List<List<Double>> drawn = new ArrayList<>();
    for (Object plot : both.getSubplots()) {
      drawn.add(values((XYPlot) plot, 0));
    }
    assertThat(drawn).containsExactly(pictures.values(), cost.values());
  }

  private static List<Double> values(XYPlot plot, int series) {
    return IntStream.range(0, plot.getDataset().getItemCount(series))
        .mapToObj(item -> plot.getDataset().getYValue(series, item))
        .toList();
  }

  @Test
  void modelsOfTheSameNameArePiledUpApart() {
    Chart.Series one = new Chart.Series("Nano", List.of(1.0, 2.0));
    Chart.Series other = new Chart.Series("Nano", List.of(3.0, 0.0));
    XYPlot plot =
        (XYPlot)
            plots()
                .of(new Chart.Piles(HEADING, days(2), "Pictures", List.of(one, other)))
                .getPlot();
    assertThat(values(plot, 0)).isEqualTo(one.values());
    assertThat(values(plot, 1)).isEqualTo(other.values());
    assertThat(plot.getLegendItems().get(1).getLabel()).isEqualTo("Nano");
  }

  @Test
  void membersOfTheSameNameHaveABarEach() {
    CategoryPlot plot =
        (CategoryPlot)
            plots()
                .of(
                    new Chart.Ranking(
                        HEADING,
                        List.of(new Chart.Bar("ann", 9, "9"), new Chart.Bar("ann", 1, "1"))))
                .getPlot();
    assertThat(plot.getDataset().getColumnCount()).isEqualTo(2);
    assertThat(plot.getDataset().getValue(0, 1)).isEqualTo(1.0);
  }

  @Test
  void whatNoFontHasIsLeftOut() {
    assertThat(Letters.legible("a\u0007b\uE123c\nd")).isEqualTo("abc d");
  }

  @Test
  void theBarsOfGaugesAreAsLongAsWhatIsLeft() {
    BufferedImage image =
        new Gauges(
                List.of(
                    new Gauges.Gauge(LONG, LONG, 0.5),
                    new Gauges.Gauge("none", "0 of 4 left", 0),
                    new Gauges.Gauge("all", "4 of 4 left", 1)))
            .drawn();
    assertThat(filled(image, 0)).isBetween(0.48, 0.52);
    assertThat(filled(image, 1)).isZero();
    assertThat(filled(image, 2)).isGreaterThan(0.99);
    assertThat(touchesTheEdge(image)).isFalse();
  }

  private static double filled(BufferedImage image, int row) {
    int y = Drawing.MARGIN / 2 + row * Gauges.ROW + 72 + 22;
    int room = image.getWidth() - 2 * Drawing.MARGIN;
    long filled =
        IntStream.range(Drawing.MARGIN, Drawing.MARGIN + room)
            .filter(x -> new Color(image.getRGB(x, y)).equals(Theme.NEUTRAL.bars()))
            .count();
    return (double) filled / room;
  }

  @Test
  void daysWithoutValuesAreRefused() {
    assertThatThrownBy(() -> new Chart.Piles(HEADING, days(2), "x", List.of(series("a", 3, 1))))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
