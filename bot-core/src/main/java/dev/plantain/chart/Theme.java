package dev.plantain.chart;

import java.awt.Color;
import java.util.List;

/** The colours of a chart. */
public enum Theme {
  LIGHT(0xFFFFFF, 0x1F2328, 0x57606A, 0xD8DEE4, 0x1A7F37, 0xBC4C00),
  DARK(0x1B1F24, 0xF0F3F6, 0xADB5BD, 0x3D444D, 0x57AB5A, 0xF0883E),
  /** Beside light and dark alike. */
  NEUTRAL(0x343B44, 0xFFFFFF, 0xC9D1D9, 0x57606A, 0x6BC46D, 0xF69D50);

  /** Told apart also by people who do not see red or green, on white and on black (Okabe, Ito). */
  private static final List<Integer> PILES =
      List.of(0x0072B2, 0xE69F00, 0x009E73, 0xCC79A7, 0x56B4E9, 0xD55E00, 0x8C8C8C);

  private final Color background;
  private final Color text;
  private final Color faint;
  private final Color grid;
  private final Color bars;
  private final Color line;

  Theme(int background, int text, int faint, int grid, int bars, int line) {
    this.background = new Color(background);
    this.text = new Color(text);
    this.faint = new Color(faint);
    this.grid = new Color(grid);
    this.bars = new Color(bars);
    this.line = new Color(line);
  }

  Color background() {
    return background;
  }

  Color text() {
    return text;
  }

  /** For text beside the main one. */
  Color faint() {
    return faint;
  }

  Color grid() {
    return grid;
  }

  Color bars() {
    return bars;
  }

  Color line() {
    return line;
  }

  /** The colour of one of several quantities that are piled up. */
  Color pile(int number) {
    return new Color(PILES.get(number % PILES.size()));
  }

  /** How many quantities can be told apart. */
  public static int piles() {
    return PILES.size();
  }
}
