package dev.plantain.command;

import dev.plantain.platform.Card;
import dev.plantain.storage.Tx;
import java.util.Optional;
import java.util.function.Consumer;

/** What comes of a command. */
public sealed interface Answer {

  /**
   * Something is said, and written.
   *
   * @param card for the chat
   * @param note the same in one short sentence, for whoever pressed a button
   * @param menu takes the place of the menu whose button was pressed
   */
  record Say(Card card, String note, Consumer<Tx> rows, boolean menu) implements Answer {

    /** What has no buttons says why nothing was done, and leaves a menu as it is. */
    Say(Card card, String note, Consumer<Tx> rows) {
      this(card, note, rows, !card.rows().isEmpty());
    }
  }

  /**
   * Nothing new.
   *
   * @param card what was said before, for whoever is shown that an answer is coming
   */
  record Known(Card card) implements Answer {}

  /** Better words are asked for, in the place of those that were given with the command. */
  record Improve() implements Answer {}

  /** Many pictures are asked for, by the words that were given with the command. */
  record Batch() implements Answer {}

  /**
   * A picture is asked for.
   *
   * @param fresh it begins a conversation of its own, whatever was said before
   * @param words take the place of those that were given with the command
   */
  record Picture(boolean fresh, Optional<String> words) implements Answer {

    /** By the words that were given with the command. */
    Picture(boolean fresh) {
      this(fresh, Optional.empty());
    }
  }
}
