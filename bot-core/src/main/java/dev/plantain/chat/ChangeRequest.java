package dev.plantain.chat;

import dev.plantain.chat.Postbox.Letter;
import dev.plantain.command.PictureSettings;
import dev.plantain.command.PictureSettings.Choice;
import dev.plantain.command.RequestWords;
import dev.plantain.conversation.ConversationStore;
import dev.plantain.conversation.Roster;
import dev.plantain.job.Ending;
import dev.plantain.platform.Card;
import dev.plantain.platform.IncomingEvent;
import dev.plantain.storage.Reading;
import dev.plantain.storage.Tx;
import dev.plantain.text.Message;
import java.util.Optional;

/**
 * Gives a request that has not been begun the words that its member changed it to; later changes
 * come too late.
 */
final class ChangeRequest {
  private final Stores stores;
  private final Roster roster;
  private final ConversationStore conversations;
  private final CardStore cards;
  private final Gate gate;
  private final Postbox postbox;
  private final Replies replies;
  private final PictureSettings pictures;
  private final int maxWords;

  ChangeRequest(
      Stores stores,
      Gate gate,
      Postbox postbox,
      Replies replies,
      PictureSettings pictures,
      int maxWords) {
    this.stores = stores;
    this.roster = stores.roster();
    this.conversations = stores.conversations();
    this.cards = stores.cards();
    this.gate = gate;
    this.postbox = postbox;
    this.replies = replies;
    this.pictures = pictures;
    this.maxWords = maxWords;
  }

  /** Blocks on the network where its member is to be told something. */
  Ending change(IncomingEvent.Edited edited) {
    RequestWords.Flags flags = RequestWords.parse(edited.words());
    stores
        .database()
        .read(reading ->
            waiting(reading, edited)
                .filter(card -> isSaid(flags) && !gate.lets(reading, card, flags.words()))
                .map(card -> denial(reading, card, edited)))
        .ifPresent(postbox::post);
    return new Ending.Done(tx -> waiting(tx, edited).ifPresent(found -> change(tx, found, flags)));
  }

  private Optional<CardEntry> waiting(Reading reading, IncomingEvent.Edited edited) {
    return roster
        .chat(reading, edited.place().chat())
        .flatMap(chat -> conversations.turnOf(reading, chat.id(), edited.message().value()))
        .flatMap(turn -> cards.ofTurn(reading, turn))
        .filter(card -> card.state() == JobState.ACCEPTED);
  }

  private boolean isSaid(RequestWords.Flags flags) {
    return !flags.words().isEmpty() && flags.words().length() <= maxWords;
  }

  /** Once for a request, however often it is changed: the key says so. */
  private Letter denial(Reading reading, CardEntry card, IncomingEvent.Edited edited) {
    return Letter.toAskerAlone(
        "unchanged:" + card.id(),
        roster.chat(reading, card.chatId()),
        edited.message().value(),
        Card.of(replies.text(card, new Message.ChangeIsDenied())));
  }

  /** Words that could not have been asked for in the first place change nothing. */
  private void change(Tx tx, CardEntry card, RequestWords.Flags flags) {
    String words = flags.words();
    if (!isSaid(flags) || !gate.lets(tx, card, words)) {
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
