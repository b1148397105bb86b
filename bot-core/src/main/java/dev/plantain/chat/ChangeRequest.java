package dev.plantain.chat;

import dev.plantain.command.PictureSettings;
import dev.plantain.command.PictureSettings.Choice;
import dev.plantain.command.RequestWords;
import dev.plantain.conversation.ConversationStore;
import dev.plantain.conversation.Roster;
import dev.plantain.job.Ending;
import dev.plantain.platform.IncomingEvent;
import dev.plantain.storage.Tx;
import java.util.Optional;

/**
 * Gives a request that has not been begun the words that its member changed it to; later changes
 * come too late.
 */
final class ChangeRequest {
  private final Roster roster;
  private final ConversationStore conversations;
  private final CardStore cards;
  private final Gate gate;
  private final PictureSettings pictures;
  private final int maxWords;

  ChangeRequest(
      Roster roster,
      ConversationStore conversations,
      CardStore cards,
      Gate gate,
      PictureSettings pictures,
      int maxWords) {
    this.roster = roster;
    this.conversations = conversations;
    this.cards = cards;
    this.gate = gate;
    this.pictures = pictures;
    this.maxWords = maxWords;
  }

  Ending change(IncomingEvent.Edited edited) {
    return new Ending.Done(tx -> change(tx, edited));
  }

  private void change(Tx tx, IncomingEvent.Edited edited) {
    Optional<CardEntry> card =
        roster
            .chat(tx, edited.place().chat())
            .flatMap(chat -> conversations.turnOf(tx, chat.id(), edited.message().value()))
            .flatMap(turn -> cards.ofTurn(tx, turn));
    card.filter(found -> found.state() == JobState.ACCEPTED)
        .ifPresent(found -> change(tx, found, RequestWords.parse(edited.words())));
  }

  /** Words that could not have been asked for in the first place change nothing. */
  private void change(Tx tx, CardEntry card, RequestWords.Flags flags) {
    String words = flags.words();
    if (words.isEmpty() || words.length() > maxWords || !gate.lets(tx, card, words)) {
      return;
    }
    switch (pictures.choose(tx, card.memberId(), card.chatId(), flags)) {
      case Choice.Refused refused -> {}
      case Choice.Fits fits -> {
        conversations.replaceWords(tx, card.turnId(), words);
        cards.askFor(tx, card, fits);
      }
    }
  }
}
