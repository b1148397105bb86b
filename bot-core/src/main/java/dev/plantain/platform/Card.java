package dev.plantain.platform;

import java.util.List;
import java.util.Optional;

/**
 * What one message of ours shows: words, at most one picture or document, and buttons.
 *
 * @param rows the buttons, row by row
 */
public record Card(
    List<Paragraph> words,
    Optional<Picture> picture,
    Optional<Document> document,
    List<List<Button>> rows) {

  public Card(List<Paragraph> words, Optional<Picture> picture, List<List<Button>> rows) {
    this(words, picture, Optional.empty(), rows);
  }

  public Card {
    if (picture.isPresent() && document.isPresent()) {
      throw new IllegalArgumentException("a card has room for a picture or a document");
    }
    words = List.copyOf(words);
    rows = rows.stream().map(List::copyOf).toList();
  }

  public static Card of(String told) {
    return new Card(List.of(new Paragraph.Told(told)), Optional.empty(), List.of());
  }

  /** The same with other words and another picture. */
  public Card with(List<Paragraph> otherWords, Optional<Picture> otherPicture) {
    return new Card(otherWords, otherPicture, document, rows);
  }

  /** Whether it shows more than words and buttons. */
  public boolean hasFile() {
    return picture.isPresent() || document.isPresent();
  }

  /** A piece of text that stands on lines of its own. */
  public sealed interface Paragraph {
    String text();

    /** Our own words. */
    record Told(String text) implements Paragraph {}

    /** What a member or a model wrote: shown as a quotation, escaped, pinging nobody. */
    record Quoted(String text) implements Paragraph {}
  }

  /**
   * A button.
   *
   * @param data comes back in {@link IncomingEvent.Button}: at most 64 bytes
   * @param question what to ask whoever presses it. A platform that can ask does so at once, and
   *     hands in the answer as a {@link IncomingEvent.Message} in reply to this card; others hand
   *     in the press. 45 characters at most.
   */
  public record Button(String label, String data, Tone tone, Optional<String> question) {
    public Button(String label, String data, Tone tone) {
      this(label, data, tone, Optional.empty());
    }

    /** The same button, asking something where the platform can. */
    public Button asking(String what) {
      return new Button(label, data, tone, Optional.of(what));
    }

    public Button {
      if (data.getBytes(java.nio.charset.StandardCharsets.UTF_8).length > 64) {
        throw new IllegalArgumentException("the data of a button has at most 64 bytes: " + data);
      }
    }
  }

  /** What pressing a button means, for platforms that can colour it. */
  public enum Tone {
    PLAIN,
    PRIMARY,
    DANGER
  }
}
