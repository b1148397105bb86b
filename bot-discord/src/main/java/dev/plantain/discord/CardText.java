package dev.plantain.discord;

import dev.plantain.platform.Card.Paragraph;
import dev.plantain.text.HarmlessText;
import java.util.ArrayList;
import java.util.List;

/** The words of a card as one text in Markdown. */
final class CardText {

  /** Characters of all texts of a message (Components, Text Display): 4000, half of it escapes. */
  static final int MOST_WORDS = 2000;

  private static final int MOST_MARKDOWN = 4000;
  private static final String NOTHING = "…";

  private CardText() {}

  /** Quotations get the room that our own words leave. */
  static String of(List<Paragraph> words) {
    List<Paragraph> shown = words.stream().filter(each -> !isInvisible(each)).toList();
    if (shown.isEmpty()) {
      return NOTHING;
    }
    Room forTold = new Room(MOST_WORDS, MOST_MARKDOWN);
    List<String> told = new ArrayList<>();
    for (Paragraph paragraph : shown) {
      told.add(
          switch (paragraph) {
            case Paragraph.Told own -> forTold.take(own);
            case Paragraph.Quoted later -> "";
          });
    }
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < shown.size(); i++) {
      lines.add(
          switch (shown.get(i)) {
            case Paragraph.Told own -> told.get(i);
            case Paragraph.Quoted quoted -> forTold.take(quoted);
          });
    }
    lines.removeIf(String::isEmpty);
    return String.join("\n", lines);
  }

  private static boolean isInvisible(Paragraph paragraph) {
    return HarmlessText.isInvisible(HarmlessText.lines(paragraph.text()));
  }

  /** What is left of the limits. */
  private static final class Room {
    private int words;
    private int markdown;

    Room(int words, int markdown) {
      this.words = words;
      this.markdown = markdown;
    }

    /** As much of a paragraph as fits, in Markdown; nothing when there is no room. */
    String take(Paragraph paragraph) {
      String text = HarmlessText.lines(paragraph.text());
      int most = Math.min(words, text.length());
      while (most > 0) {
        String shorter = HarmlessText.abbreviated(text, most);
        String written = markdown(paragraph, shorter);
        if (written.length() <= markdown) {
          words -= shorter.length() + 1;
          markdown -= written.length() + 1;
          return written;
        }
        most = Math.min(most - 1, most * markdown / written.length());
      }
      return "";
    }

    private static String markdown(Paragraph paragraph, String text) {
      return switch (paragraph) {
        case Paragraph.Told told -> Markdown.escaped(text);
        case Paragraph.Quoted quoted -> Markdown.quoted(text);
      };
    }
  }
}
