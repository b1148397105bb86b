package dev.plantain.command;

import dev.plantain.platform.Card;
import dev.plantain.storage.Tx;
import java.util.function.Consumer;

/** What comes of a command. */
public sealed interface Answer {

  /**
   * Something is said, and written.
   *
   * @param card for the chat
   * @param note the same in one short sentence, for whoever pressed a button
   */
  record Say(Card card, String note, Consumer<Tx> rows) implements Answer {}

  /**
   * A picture is asked for.
   *
   * @param fresh it begins a conversation of its own, whatever was said before
   */
  record Picture(boolean fresh) implements Answer {}
}
