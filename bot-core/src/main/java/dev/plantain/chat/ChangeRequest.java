package dev.plantain.chat;

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
  private final int maxWords;

  ChangeRequest(Roster roster, ConversationStore conversations, CardStore cards, int maxWords) {
    this.roster = roster;
    this.conversations = conversations;
    this.cards = cards;
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
    String words = RequestWords.parse(edited.words()).words();
    boolean fit = !words.isEmpty() && words.length() <= maxWords;
    if (fit && card.filter(found -> found.state() == JobState.ACCEPTED).isPresent()) {
      conversations.replaceWords(tx, card.orElseThrow().turnId(), words);
    }
  }
}
