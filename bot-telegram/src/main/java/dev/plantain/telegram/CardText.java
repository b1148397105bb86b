package dev.plantain.telegram;

import dev.plantain.platform.Card.Paragraph;
import dev.plantain.text.HarmlessText;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.telegram.telegrambots.meta.api.objects.MessageEntity;

/**
 * The words of a card as Telegram takes them: plain text, and quotations marked by their offsets,
 * so that no markup has to be escaped.
 *
 * @param entities with offsets in UTF-16 code units
 */
record CardText(String text, List<MessageEntity> entities) {

  private static final int LONG_QUOTATION = 300;
  private static final int LONG_QUOTATION_LINES = 6;

  private static final char WORD_JOINER = '\u2060';

  /** Where Telegram would see a mention, which pings its bearer. */
  private static final Pattern MENTION = Pattern.compile("(?<![\\p{L}\\p{N}_])@(?=[A-Za-z0-9_])");

  /**
   * Quotations are cut before our own words are, from the last to the first.
   *
   * @param most UTF-16 code units: never fewer characters than Telegram counts
   */
  static CardText of(List<Paragraph> words, int most) {
    List<Paragraph> shown = new ArrayList<>();
    for (Paragraph paragraph : words) {
      Paragraph harmless =
          switch (paragraph) {
            case Paragraph.Told told -> new Paragraph.Told(HarmlessText.lines(told.text()));
            case Paragraph.Quoted quoted ->
                new Paragraph.Quoted(withoutMentions(HarmlessText.lines(quoted.text())));
          };
      if (!HarmlessText.isInvisible(harmless.text())) {
        shown.add(harmless);
      }
    }
    int excess = lengthOf(shown) - most;
    excess = shorten(shown, excess, true);
    excess = shorten(shown, excess, false);
    while (excess > 0) {
      excess -= shown.removeLast().text().length() + 1;
    }
    return joined(shown);
  }

  /** Breaks mentions up with nothing to be seen. */
  private static String withoutMentions(String text) {
    return MENTION.matcher(text).replaceAll("@" + WORD_JOINER);
  }

  private static int lengthOf(List<Paragraph> words) {
    return words.stream().mapToInt(each -> each.text().length() + 1).sum() - 1;
  }

  private static int shorten(List<Paragraph> words, int excess, boolean quotations) {
    int left = excess;
    for (int i = words.size() - 1; i >= 0 && left > 0; i--) {
      Paragraph paragraph = words.get(i);
      int length = paragraph.text().length();
      if (quotations == paragraph instanceof Paragraph.Quoted) {
        String shorter = HarmlessText.abbreviated(paragraph.text(), Math.max(1, length - left));
        words.set(
            i,
            switch (paragraph) {
              case Paragraph.Told told -> new Paragraph.Told(shorter);
              case Paragraph.Quoted quoted -> new Paragraph.Quoted(shorter);
            });
        left -= length - shorter.length();
      }
    }
    return left;
  }

  private static CardText joined(List<Paragraph> words) {
    StringBuilder text = new StringBuilder();
    List<MessageEntity> entities = new ArrayList<>();
    for (Paragraph paragraph : words) {
      if (!text.isEmpty()) {
        text.append('\n');
      }
      if (paragraph instanceof Paragraph.Quoted) {
        entities.add(quotation(text.length(), paragraph.text()));
      }
      text.append(paragraph.text());
    }
    return new CardText(text.toString(), List.copyOf(entities));
  }

  private static MessageEntity quotation(int offset, String text) {
    boolean isLong = text.length() > LONG_QUOTATION || text.lines().count() > LONG_QUOTATION_LINES;
    return new MessageEntity(
        isLong ? "expandable_blockquote" : "blockquote", offset, text.length());
  }
}
