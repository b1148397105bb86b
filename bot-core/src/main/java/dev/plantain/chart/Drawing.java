package dev.plantain.chart;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import javax.imageio.ImageIO;

/** Draws charts: squares that can be read on a phone. */
public final class Drawing {
  /** Of a chart, each way. */
  public static final int PIXELS = 1080;

  static final int MARGIN = 48;
  static final int SMALLEST_LETTERS = 28;
  private static final int TITLE_LETTERS = 44;
  private static final int HEAD = 170;

  private Drawing() {}

  /**
   * A chart as a PNG. Loads what draws when it is called first, which takes about a second; waits
   * for nothing else.
   *
   * @param locale how numbers are written
   * @throws LettersMissingException the system has no fonts, and nothing can be drawn
   */
  public static byte[] png(Chart chart, Theme theme, Locale locale) {
    return Letters.drawing(() -> encoded(drawn(chart, theme, locale)));
  }

  static BufferedImage drawn(Chart chart, Theme theme, Locale locale) {
    BufferedImage image = new BufferedImage(PIXELS, PIXELS, BufferedImage.TYPE_INT_RGB);
    Graphics2D canvas = canvas(image, theme.background());
    try {
      int room = PIXELS - 2 * MARGIN;
      write(canvas, Letters.bold(TITLE_LETTERS), theme.text(), chart.heading().title(), 92, room);
      Font letters = Letters.plain(SMALLEST_LETTERS + 4);
      write(canvas, letters, theme.faint(), chart.heading().totals(), 146, room);
      Rectangle2D below =
          new Rectangle2D.Double(MARGIN, HEAD, room, PIXELS - HEAD - (double) MARGIN / 2);
      Plots plots = new Plots(theme, locale, canvas);
      switch (chart) {
        case Chart.Days days -> plots.of(days).draw(canvas, below);
        case Chart.Piles piles -> plots.of(piles).draw(canvas, below);
        case Chart.Ranking ranking -> plots.of(ranking).draw(canvas, below);
        case Chart.Empty empty ->
            write(canvas, letters, theme.faint(), empty.words(), PIXELS / 2, room);
      }
    } finally {
      canvas.dispose();
    }
    return image;
  }

  static Graphics2D canvas(BufferedImage image, Color background) {
    Graphics2D canvas = image.createGraphics();
    canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    canvas.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    canvas.setColor(background);
    canvas.fillRect(0, 0, image.getWidth(), image.getHeight());
    return canvas;
  }

  private static void write(
      Graphics2D canvas, Font font, Color color, String words, int baseline, int pixels) {
    canvas.setFont(font);
    canvas.setColor(color);
    canvas.drawString(Letters.fitting(canvas, font, words, pixels), MARGIN, baseline);
  }

  static byte[] encoded(BufferedImage image) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, "png", bytes)) {
        throw new IllegalStateException("this Java writes no PNG");
      }
    } catch (IOException memoryDoesNotFail) {
      throw new UncheckedIOException(memoryDoesNotFail);
    }
    return bytes.toByteArray();
  }
}
