package dev.plantain.chart;

import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.util.function.Supplier;

/** The letters of charts: the fonts of the system, and never a box for a character without one. */
final class Letters {
  private static final int SMALLEST = 1;
  private static final String ELLIPSIS = "…";

  private Letters() {}

  /**
   * Runs what draws. Without fontconfig, or with it and no font at all, Java 25 throws an Error at
   * the first use of a font, a RuntimeException, or NoClassDefFoundError ever after
   * (sun.font.FontManagerFactory, sun.awt.FontConfiguration).
   */
  static <T> T drawing(Supplier<T> work) {
    try {
      plain(SMALLEST).canDisplay('0');
    } catch (RuntimeException | Error e) {
      if (e instanceof VirtualMachineError && !(e instanceof InternalError)) {
        throw e;
      }
      throw new LettersMissingException(e);
    }
    return work.get();
  }

  static Font plain(int pixels) {
    return new Font(Font.SANS_SERIF, Font.PLAIN, pixels);
  }

  static Font bold(int pixels) {
    return new Font(Font.SANS_SERIF, Font.BOLD, pixels);
  }

  /** Without what cannot be drawn, such as a script or an emoji that no font here has. */
  static String legible(String words) {
    Font font = plain(SMALLEST);
    StringBuilder legible = new StringBuilder(words.length());
    words
        .codePoints()
        .filter(point -> Character.isWhitespace(point) || font.canDisplay(point))
        .filter(point -> !Character.isISOControl(point) || Character.isWhitespace(point))
        .map(point -> Character.isWhitespace(point) ? ' ' : point)
        .forEach(legible::appendCodePoint);
    return legible.toString().strip();
  }

  /** As much of the legible words as there is room for. */
  static String fitting(Graphics2D canvas, Font font, String words, int pixels) {
    FontMetrics metrics = canvas.getFontMetrics(font);
    String legible = legible(words);
    if (metrics.stringWidth(legible) <= pixels) {
      return legible;
    }
    int fits = 0;
    int tooMany = legible.codePointCount(0, legible.length());
    while (tooMany - fits > 1) {
      int middle = (fits + tooMany) / 2;
      if (metrics.stringWidth(beginning(legible, middle) + ELLIPSIS) <= pixels) {
        fits = middle;
      } else {
        tooMany = middle;
      }
    }
    return beginning(legible, fits).strip() + ELLIPSIS;
  }

  private static String beginning(String words, int characters) {
    return words.substring(0, words.offsetByCodePoints(0, characters));
  }
}
