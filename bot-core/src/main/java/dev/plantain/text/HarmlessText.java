package dev.plantain.text;

import java.text.BreakIterator;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/**
 * Makes text fit to be shown beside other text: no control characters, no broken surrogates, no
 * change of direction that reaches beyond its own line.
 */
public final class HarmlessText {

  private static final String ELLIPSIS = "…";
  private static final char ISOLATE_END = '\u2069';
  private static final char EMBEDDING_END = '\u202c';

  /** More openings on one line than any writing needs are dropped. */
  private static final int DEEPEST_NESTING = 16;

  private HarmlessText() {}

  /** All lines, without white space around the whole. */
  public static String lines(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    text.replace("\r\n", "\n").codePoints().forEach(point -> append(clean, point));
    return balanced(clean.toString()).strip();
  }

  /** Everything on one line. */
  public static String line(String text) {
    return lines(text).replace('\n', ' ');
  }

  private static void append(StringBuilder clean, int point) {
    switch (point) {
      case '\r', '\n', '\u2028', '\u2029', '\u0085' -> clean.append('\n');
      case '\t' -> clean.append(' ');
      case '\u202d', '\u202e' -> {} // overrides show letters in an order in which nobody wrote them
      default -> {
        if (Character.getType(point) == Character.SURROGATE) {
          clean.append('\ufffd');
        } else if (!Character.isISOControl(point)) {
          clean.appendCodePoint(point);
        }
      }
    }
  }

  /** Ends on each line what was opened on it, and drops ends without a beginning. */
  private static String balanced(String text) {
    if (text.chars().noneMatch(HarmlessText::isDirectional)) {
      return text;
    }
    StringBuilder balanced = new StringBuilder(text.length() + 8);
    Deque<Character> open = new ArrayDeque<>();
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (character == '\n') {
        close(open, balanced);
        balanced.append('\n');
      } else if (!isDirectional((int) character)) {
        balanced.append(character);
      } else if (isEnd(character)) {
        end(character, open, balanced);
      } else if (open.size() < DEEPEST_NESTING) {
        open.push(character < '\u2066' ? EMBEDDING_END : ISOLATE_END);
        balanced.append(character);
      }
    }
    close(open, balanced);
    return balanced.toString();
  }

  private static void end(char character, Deque<Character> open, StringBuilder balanced) {
    if (character == EMBEDDING_END) {
      if (!open.isEmpty() && open.peek() == EMBEDDING_END) {
        balanced.append(open.pop());
      }
    } else if (open.contains(ISOLATE_END)) {
      char ended;
      do {
        ended = open.pop();
        balanced.append(ended);
      } while (ended != ISOLATE_END);
    }
  }

  private static void close(Deque<Character> open, StringBuilder balanced) {
    while (!open.isEmpty()) {
      balanced.append(open.pop());
    }
  }

  private static boolean isDirectional(int character) {
    return (character >= '\u202a' && character <= '\u202c')
        || (character >= '\u2066' && character <= '\u2069');
  }

  private static boolean isEnd(char character) {
    return character == EMBEDDING_END || character == ISOLATE_END;
  }

  /**
   * Cuts what {@link #lines} has made between two characters as a reader sees them, so that an
   * emoji of several code points stays whole.
   *
   * @param most UTF-16 code units, at least 1
   */
  public static String abbreviated(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);
    characters.setText(text);
    int end = most - ELLIPSIS.length();
    while (end > 0) {
      int boundary = characters.isBoundary(end) ? end : characters.preceding(end);
      String shorter = balanced(text.substring(0, boundary).stripTrailing()) + ELLIPSIS;
      if (shorter.length() <= most) {
        return shorter;
      }
      end = boundary - (shorter.length() - most);
    }
    return ELLIPSIS;
  }

  /** Whether there is nothing to see; platforms refuse a message of which that is true. */
  public static boolean isInvisible(String text) {
    return text.codePoints().noneMatch(HarmlessText::isVisible);
  }

  private static boolean isVisible(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.NON_SPACING_MARK ->
          false;
      // Hangul fillers and the blank Braille pattern are letters and symbols that show nothing.
      default ->
          point != 0x115f
              && point != 0x1160
              && point != 0x3164
              && point != 0xffa0
              && point != 0x2800;
    };
  }
}
