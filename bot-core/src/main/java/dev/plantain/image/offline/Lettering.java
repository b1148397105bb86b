package dev.plantain.image.offline;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.font.FontRenderContext;
import java.awt.font.LineBreakMeasurer;
import java.awt.font.TextAttribute;
import java.awt.font.TextLayout;
import java.text.AttributedString;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Writes words on pictures, as far as the machine has letters for them. */
final class Lettering {
  private static final int MAX_LETTERS = 600;

  /** A third of it holds one line of the smallest letters. */
  private static final int LEAST_SIDE = 36;

  private static final FontRenderContext CONTEXT = new FontRenderContext(null, true, true);

  private final Supplier<Optional<Font>> font;

  /**
   * @param font asked for when there is something to write: to look for fonts takes longer than
   *     anything else at the start of the program
   */
  Lettering(Supplier<Optional<Font>> font) {
    this.font = font;
  }

  /** With the fonts of this machine; a machine without any is usual for a small container. */
  static Lettering ofThisMachine() {
    return new Lettering(() -> Machine.FONT);
  }

  private static final class Machine {
    static final Optional<Font> FONT = find();

    private static Optional<Font> find() {
      try {
        Font font = new Font(Font.SANS_SERIF, Font.BOLD, 16);
        boolean works = font.canDisplay('a') && new TextLayout("a", font, CONTEXT).getAdvance() > 0;
        return works ? Optional.of(font) : Optional.empty();
      } catch (RuntimeException | LinkageError | InternalError withoutFonts) {
        // Java2D has no one way to say it: a missing font library, configuration or file each
        // throw something else.
        return Optional.empty();
      }
    }
  }

  /**
   * Lays a dark band with the words over the lower edge, at most over a third of the picture.
   *
   * @return false where nothing could be written, and the picture is as before
   */
  boolean band(Bitmap picture, String words) {
    return legible(words)
        .map(letters -> band(picture, letters, font.get().orElseThrow()))
        .orElse(false);
  }

  private static boolean band(Bitmap picture, String letters, Font font) {
    if (Math.min(picture.width(), picture.height()) < LEAST_SIDE) {
      return false;
    }
    float size = Math.max(9, Math.min(picture.width() / 16f, picture.height() / 11f));
    float margin = Math.max(3, picture.width() * 0.05f);
    float across = picture.width() - 2 * margin;
    float most = picture.height() / 3f - size * 0.9f;
    List<TextLayout> lines = fitting(letters, font, size, Math.max(8, size * 0.42f), across, most);
    if (lines.isEmpty()) {
      return false;
    }
    float padding = lines.getFirst().getAscent() * 0.55f;
    int top = Math.max(0, (int) (picture.height() - height(lines) - 2 * padding));
    shade(picture, top);
    write(picture, lines, top + padding, false);
    return true;
  }

  private static void shade(Bitmap picture, int top) {
    for (int i = top * picture.width(); i < picture.argb().length; i++) {
      int pixel = picture.argb()[i];
      float keep = 0.34f * (pixel >>> 24) / 255f;
      picture.argb()[i] =
          Bitmap.colour(
              Math.max(pixel >>> 24, 0xb0) << 24,
              ((pixel >> 16) & 0xff) * keep + 8,
              ((pixel >> 8) & 0xff) * keep + 9,
              (pixel & 0xff) * keep + 14);
    }
  }

  /** Writes large in the middle; false where nothing could be written. */
  boolean poster(Bitmap picture, String words) {
    return legible(words)
        .map(letters -> poster(picture, letters, font.get().orElseThrow()))
        .orElse(false);
  }

  private static boolean poster(Bitmap picture, String letters, Font font) {
    if (Math.min(picture.width(), picture.height()) < LEAST_SIDE) {
      return false;
    }
    float shorter = Math.min(picture.width(), picture.height());
    List<TextLayout> lines =
        fitting(
            letters,
            font,
            shorter / 9,
            shorter / 48,
            picture.width() * 0.78f,
            picture.height() * 0.68f);
    if (lines.isEmpty()) {
      return false;
    }
    write(picture, lines, (picture.height() - height(lines)) / 2, true);
    return true;
  }

  /** The words without what cannot be drawn; empty where nothing remains. */
  private Optional<String> legible(String words) {
    return font.get().flatMap(letters -> legible(words, letters));
  }

  private static Optional<String> legible(String words, Font font) {
    StringBuilder letters = new StringBuilder();
    int count = 0;
    for (int point : words.codePoints().limit(20L * MAX_LETTERS).toArray()) {
      if (Character.isWhitespace(point) || Character.isSpaceChar(point) || isControl(point)) {
        if (!letters.isEmpty() && letters.charAt(letters.length() - 1) != ' ') {
          letters.append(' ');
        }
      } else if (font.canDisplay(point) && !isInvisible(point)) {
        letters.appendCodePoint(point);
        count++;
      }
      if (count == MAX_LETTERS) {
        letters.append('…');
        break;
      }
    }
    String written = letters.toString().strip();
    return written.isEmpty() ? Optional.empty() : Optional.of(written);
  }

  private static boolean isControl(int point) {
    return Character.getType(point) == Character.CONTROL;
  }

  /** Joins of emoji, marks of direction and variation; the joiner of Persian words stays. */
  private static boolean isInvisible(int point) {
    int type = Character.getType(point);
    boolean variation = point >= 0xfe00 && point <= 0xfe0f;
    return variation
        || type == Character.SURROGATE
        || type == Character.PRIVATE_USE
        || type == Character.UNASSIGNED
        || (type == Character.FORMAT && point != 0x200c);
  }

  /** The largest letters with which the words fit; with the smallest, what is too much is cut. */
  private static List<TextLayout> fitting(
      String letters, Font font, float largest, float smallest, float across, float most) {
    float size = largest;
    while (true) {
      boolean last = size <= smallest;
      List<TextLayout> lines = lines(letters, font.deriveFont(size), across, last ? most : -1);
      if (last || height(lines) <= most) {
        return lines;
      }
      size = Math.max(smallest, size * 0.86f);
    }
  }

  private static List<TextLayout> lines(String letters, Font font, float across, float most) {
    Map<TextAttribute, Font> look = Map.of(TextAttribute.FONT, font);
    AttributedString text = new AttributedString(letters, look);
    LineBreakMeasurer measurer = new LineBreakMeasurer(text.getIterator(), CONTEXT);
    List<TextLayout> lines = new ArrayList<>();
    while (measurer.getPosition() < letters.length()) {
      int start = measurer.getPosition();
      TextLayout line = measurer.nextLayout(across);
      lines.add(line);
      boolean more = measurer.getPosition() < letters.length();
      if (most >= 0 && more && height(lines) + line.getAscent() > most) {
        String cut = letters.substring(start, Math.max(start, measurer.getPosition() - 2));
        lines.set(lines.size() - 1, new TextLayout(cut + "…", look, CONTEXT));
        break;
      }
    }
    return lines;
  }

  private static float height(List<TextLayout> lines) {
    float height = 0;
    for (TextLayout line : lines) {
      height += line.getAscent() + line.getDescent() + line.getLeading();
    }
    return height;
  }

  private static void write(Bitmap picture, List<TextLayout> lines, float top, boolean shadow) {
    Graphics2D graphics = picture.draw();
    float y = top;
    for (TextLayout line : lines) {
      y += line.getAscent();
      float x = (picture.width() - line.getVisibleAdvance()) / 2;
      if (shadow) {
        graphics.setColor(new Color(10, 12, 30, 90));
        float offset = line.getAscent() * 0.05f;
        line.draw(graphics, x + offset, y + offset);
      }
      graphics.setColor(new Color(255, 253, 248));
      line.draw(graphics, x, y);
      y += line.getDescent() + line.getLeading();
    }
    graphics.dispose();
  }
}
