package dev.plantain.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.geom.Ellipse2D;
import java.util.List;
import java.util.Locale;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.AxisLocation;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.labels.ItemLabelAnchor;
import org.jfree.chart.labels.ItemLabelPosition;
import org.jfree.chart.labels.StandardCategoryItemLabelGenerator;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.plot.Plot;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.category.BarRenderer;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.chart.renderer.xy.StackedXYBarRenderer;
import org.jfree.chart.renderer.xy.StandardXYBarPainter;
import org.jfree.chart.renderer.xy.XYBarRenderer;
import org.jfree.chart.renderer.xy.XYItemRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.category.CategoryDataset;
import org.jfree.data.category.DefaultCategoryDataset;
import org.jfree.data.xy.CategoryTableXYDataset;

/** Charts in the terms of JFreeChart. */
final class Plots {
  private static final int NAME_PIXELS = 320;
  private static final int LEGEND_PIXELS = 400;

  /** As many as fit below a chart without touching each other. */
  private static final int DAY_LABELS = 6;

  private static final double GAP_BETWEEN_BARS = 0.25;

  private final Theme theme;
  private final Locale locale;
  private final Graphics2D canvas;
  private final Font letters = Letters.plain(Drawing.SMALLEST_LETTERS);

  /**
   * @param canvas on which words are measured
   */
  Plots(Theme theme, Locale locale, Graphics2D canvas) {
    this.theme = theme;
    this.locale = locale;
    this.canvas = canvas;
  }

  JFreeChart of(Chart.Days chart) {
    XYBarRenderer bars = new XYBarRenderer(GAP_BETWEEN_BARS);
    bars.setBarPainter(new StandardXYBarPainter());
    bars.setShadowVisible(false);
    bars.setSeriesPaint(0, theme.bars());
    boolean alone = chart.days().size() == 1;
    XYLineAndShapeRenderer line = new XYLineAndShapeRenderer(true, alone);
    line.setSeriesPaint(0, theme.line());
    line.setSeriesShape(0, new Ellipse2D.Double(-9, -9, 18, 18));
    line.setSeriesStroke(0, new BasicStroke(5, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    CombinedDomainXYPlot both = new CombinedDomainXYPlot(days(chart.days()));
    both.setGap(36);
    both.add(plot(table(List.of(chart.bars())), values(chart.bars().name(), true), bars), 3);
    both.add(plot(table(List.of(chart.line())), values(chart.line().name(), false), line), 2);
    return finished(both, false);
  }

  JFreeChart of(Chart.Piles chart) {
    StackedXYBarRenderer renderer = new StackedXYBarRenderer(GAP_BETWEEN_BARS);
    renderer.setBarPainter(new StandardXYBarPainter());
    renderer.setShadowVisible(false);
    for (int i = 0; i < chart.series().size(); i++) {
      renderer.setSeriesPaint(i, theme.pile(i));
    }
    renderer.setLegendBar(new Rectangle(-14, -14, 28, 28));
    renderer.setLegendItemLabelGenerator((data, number) ->
        Letters.fitting(canvas, letters, chart.series().get(number).name(), LEGEND_PIXELS));
    XYPlot plot = plot(table(chart.series()), values(chart.unit(), true), renderer);
    plot.setDomainAxis(days(chart.days()));
    return finished(plot, true);
  }

  JFreeChart of(Chart.Ranking chart) {
    List<Chart.Bar> bars = chart.bars();
    CategoryAxis names = new CategoryAxis();
    names.setTickLabelFont(letters);
    names.setTickLabelPaint(theme.text());
    names.setAxisLineVisible(false);
    names.setTickMarksVisible(false);
    names.setMaximumCategoryLabelWidthRatio(0.5f);
    names.setCategoryMargin(0.35);
    names.setTickLabelInsets(new RectangleInsets(0, 0, 0, 12));
    NumberAxis values = new NumberAxis();
    values.setVisible(false);
    values.setUpperMargin(0.9);
    CategoryPlot plot = new CategoryPlot(named(bars), names, values, ranks(bars));
    plot.setOrientation(PlotOrientation.HORIZONTAL);
    plot.setRangeGridlinesVisible(false);
    plot.setRangeAxisLocation(AxisLocation.BOTTOM_OR_LEFT);
    return finished(plot, false);
  }

  private DefaultCategoryDataset named(List<Chart.Bar> bars) {
    DefaultCategoryDataset named = new DefaultCategoryDataset();
    for (int i = 0; i < bars.size(); i++) {
      String name = Letters.fitting(canvas, letters, bars.get(i).name(), NAME_PIXELS);
      named.addValue(bars.get(i).value(), "", new Name(i, name));
    }
    return named;
  }

  /** A name that stands at its place, though others may be called the same. */
  private record Name(int place, String words) implements Comparable<Name> {
    @Override
    public int compareTo(Name other) {
      return Integer.compare(place, other.place);
    }

    @Override
    public String toString() {
      return words;
    }
  }

  private BarRenderer ranks(List<Chart.Bar> bars) {
    BarRenderer renderer = new BarRenderer();
    renderer.setBarPainter(new StandardBarPainter());
    renderer.setShadowVisible(false);
    renderer.setSeriesPaint(0, theme.bars());
    renderer.setMaximumBarWidth(0.12);
    renderer.setMinimumBarLength(4);
    renderer.setItemLabelInsets(new RectangleInsets(0, 10, 0, 10));
    renderer.setDefaultItemLabelFont(letters);
    renderer.setDefaultItemLabelPaint(theme.text());
    renderer.setDefaultItemLabelsVisible(true);
    renderer.setDefaultPositiveItemLabelPosition(
        new ItemLabelPosition(ItemLabelAnchor.OUTSIDE3, TextAnchor.CENTER_LEFT));
    renderer.setDefaultItemLabelGenerator(
        new StandardCategoryItemLabelGenerator() {
          @Override
          public String generateLabel(CategoryDataset data, int row, int column) {
            return Letters.legible(bars.get(column).words());
          }
        });
    return renderer;
  }

  /** Under numbers, as names may be alike. */
  private static CategoryTableXYDataset table(List<Chart.Series> series) {
    CategoryTableXYDataset table = new CategoryTableXYDataset();
    for (int i = 0; i < series.size(); i++) {
      List<Double> values = series.get(i).values();
      for (int day = 0; day < values.size(); day++) {
        table.add(day, values.get(day), String.valueOf(i));
      }
    }
    return table;
  }

  private XYPlot plot(CategoryTableXYDataset data, NumberAxis values, XYItemRenderer renderer) {
    XYPlot plot = new XYPlot(data, null, values, renderer);
    plot.setDomainGridlinesVisible(false);
    plot.setRangeGridlinePaint(theme.grid());
    plot.setRangeGridlineStroke(new BasicStroke(2));
    plot.setBackgroundPaint(null);
    plot.setOutlineVisible(false);
    return plot;
  }

  private NumberAxis days(List<String> labels) {
    NumberAxis axis = new NumberAxis();
    axis.setRange(-0.5, labels.size() - 0.5);
    int step = Math.max(1, Math.ceilDiv(labels.size() - 1, DAY_LABELS));
    axis.setTickUnit(
        new NumberTickUnit(step) {
          @Override
          public String valueToString(double value) {
            int day = (int) Math.round(value);
            return day >= 0 && day < labels.size() ? Letters.legible(labels.get(day)) : "";
          }
        });
    styled(axis);
    return axis;
  }

  private NumberAxis values(String name, boolean whole) {
    NumberAxis axis = new NumberAxis(Letters.legible(name));
    axis.setAutoRangeIncludesZero(true);
    axis.setStandardTickUnits(
        whole
            ? NumberAxis.createIntegerTickUnits(locale)
            : NumberAxis.createStandardTickUnits(locale));
    axis.setLowerBound(0);
    axis.setAutoRange(true);
    axis.setAutoRangeMinimumSize(whole ? 4 : 0.01);
    styled(axis);
    axis.setAxisLineVisible(false);
    return axis;
  }

  private void styled(ValueAxis axis) {
    axis.setTickLabelFont(letters);
    axis.setTickLabelPaint(theme.text());
    axis.setLabelFont(letters);
    axis.setLabelPaint(theme.faint());
    axis.setTickMarksVisible(false);
    axis.setAxisLinePaint(theme.faint());
  }

  private JFreeChart finished(Plot plot, boolean legend) {
    plot.setBackgroundPaint(null);
    plot.setOutlineVisible(false);
    plot.setInsets(new RectangleInsets(8, 0, 8, 30));
    JFreeChart chart = new JFreeChart("", letters, plot, false);
    chart.setBackgroundPaint(theme.background());
    chart.setPadding(RectangleInsets.ZERO_INSETS);
    if (legend) {
      LegendTitle names = new LegendTitle(plot);
      names.setItemFont(letters);
      names.setItemLabelPadding(new RectangleInsets(4, 8, 4, 24));
      names.setItemPaint(theme.text());
      names.setBackgroundPaint(new Color(0, 0, 0, 0));
      names.setPosition(RectangleEdge.BOTTOM);
      chart.addSubtitle(names);
    }
    return chart;
  }
}
