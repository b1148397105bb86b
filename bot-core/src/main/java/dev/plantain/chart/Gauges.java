package dev.plantain.chart;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;

/**
 * How much is left of several things, as a picture with a bar for each, in colours that suit light
 * and dark surroundings.
 */
public record Gauges(List<Gauge> gauges) {
  /** Of the picture; it is as high as there are gauges. */
  public static final int WIDTH = Drawing.PIXELS;

  /** How many are shown at most. */
  public static final int MOST = 8;

  static final int ROW = 150;
  private static final int BAR = 44;
  private static final int LETTERS = 34;

  /** Below this part of it, little is left. */
  private static final double LITTLE = 0.2;

  public Gauges {
    gauges = List.copyOf(gauges);
    if (gauges.isEmpty() || gauges.size() > MOST) {
      throw new IllegalArgumentException("a picture of " + gauges.size() + " gauges");
    }
  }

  /**
   * What is left of one thing.
   *
   * @param words how much that is
   * @param left from 0, nothing, to 1, all of it
   */
  public record Gauge(String name, String words, double left) {
    public Gauge {
      if (!(left >= 0 && left <= 1)) {
        throw new IllegalArgumentException(name + " with " + left + " of it left");
      }
    }
  }

  public int height() {
    return gauges.size() * ROW + 2 * Drawing.MARGIN / 2;
  }

  /**
   * The picture as a PNG.
   *
   * @throws LettersMissingException the system has no fonts, and nothing can be drawn
   */
  public byte[] png() {
    return Letters.drawing(() -> Drawing.encoded(drawn()));
  }

  BufferedImage drawn() {
    BufferedImage image = new BufferedImage(WIDTH, height(), BufferedImage.TYPE_INT_RGB);
    Graphics2D canvas = Drawing.canvas(image, Theme.NEUTRAL.background());
    try {
      for (int i = 0; i < gauges.size(); i++) {
        draw(canvas, gauges.get(i), Drawing.MARGIN / 2 + i * ROW);
      }
    } finally {
      canvas.dispose();
    }
    return image;
  }

  private static void draw(Graphics2D canvas, Gauge gauge, int top) {
    Theme theme = Theme.NEUTRAL;
    int room = WIDTH - 2 * Drawing.MARGIN;
    Font plain = Letters.plain(LETTERS);
    Font bold = Letters.bold(LETTERS);
    canvas.setFont(plain);
    canvas.setColor(theme.text());
    String words = Letters.fitting(canvas, plain, gauge.words(), room / 2);
    int wide = canvas.getFontMetrics(plain).stringWidth(words);
    canvas.drawString(words, Drawing.MARGIN + room - wide, top + 50);
    canvas.setFont(bold);
    canvas.drawString(
        Letters.fitting(canvas, bold, gauge.name(), room - wide - LETTERS),
        Drawing.MARGIN,
        top + 50);
    canvas.setColor(theme.grid());
    canvas.fillRoundRect(Drawing.MARGIN, top + 72, room, BAR, BAR, BAR);
    int filled = (int) Math.round(gauge.left() * room);
    if (filled > 0) {
      canvas.setColor(gauge.left() < LITTLE ? theme.line() : theme.bars());
      // A narrower one would not be round.
      canvas.fillRoundRect(Drawing.MARGIN, top + 72, Math.max(BAR, filled), BAR, BAR, BAR);
    }
  }
}
