package dev.plantain.chat;

import dev.plantain.chat.Holding.Asker;
import dev.plantain.chat.Postbox.Letter;
import dev.plantain.command.PictureSettings;
import dev.plantain.command.PictureSettings.Choice;
import dev.plantain.command.RequestWords;
import dev.plantain.command.StyledWords;
import dev.plantain.conversation.ConversationStore;
import dev.plantain.conversation.Roster;
import dev.plantain.conversation.Turn;
import dev.plantain.image.ImageSize;
import dev.plantain.job.Ending;
import dev.plantain.moderation.ApprovalRules.Reason;
import dev.plantain.platform.Card;
import dev.plantain.platform.IncomingEvent;
import dev.plantain.storage.Database;
import dev.plantain.storage.Reading;
import dev.plantain.storage.Tx;
import dev.plantain.text.Language;
import dev.plantain.text.Message;
import java.util.Optional;
import java.util.Set;

/**
 * Gives a request that has not been begun the words that its member changed it to; later changes
 * come too late.
 */
final class ChangeRequest {
  private final Database database;
  private final HeldRequests held;
  private final BatchStore batches;
  private final Holding holding;
  private final Roster roster;
  private final ConversationStore conversations;
  private final CardStore cards;
  private final Gate gate;
  private final PrecheckRequest precheck;
  private final Postbox postbox;
  private final Replies replies;
  private final PictureSettings pictures;
  private final StyledWords styledWords;
  private final int maxWords;

  ChangeRequest(
      Stores stores,
      HeldRequests held,
      BatchStore batches,
      Holding holding,
      Gate gate,
      PrecheckRequest precheck,
      Postbox postbox,
      Replies replies,
      PictureSettings pictures,
      StyledWords styledWords,
      int maxWords) {
    this.database = stores.database();
    this.held = held;
    this.batches = batches;
    this.holding = holding;
    this.roster = stores.roster();
    this.conversations = stores.conversations();
    this.cards = stores.cards();
    this.gate = gate;
    this.precheck = precheck;
    this.postbox = postbox;
    this.replies = replies;
    this.pictures = pictures;
    this.styledWords = styledWords;
    this.maxWords = maxWords;
  }

  /** May block on the network. */
  Ending change(IncomingEvent.Edited edited) {
    database
        .read(reading ->
            waiting(reading, edited)
                .filter(card -> {
                  StyledWords.Styled styled = styled(reading, card, edited);
                  return isSaid(styled) && !gate.lets(reading, card, styled.flags().words());
                })
                .map(card -> denial(reading, card, edited)))
        .ifPresent(postbox::post);
    boolean unclear = database.write(tx -> change(tx, edited, Asker.UNKNOWN));
    if (!unclear) {
      return Ending.done();
    }
    Asker asker = gate.asker(edited.place(), edited.sender());
    return new Ending.Done(tx -> change(tx, edited, asker));
  }

  /** Whether it depends on the asker's being a moderator; then nothing was changed. */
  private boolean change(Tx tx, IncomingEvent.Edited edited, Asker asker) {
    return waiting(tx, edited)
        .filter(found -> change(tx, found, styled(tx, found, edited), edited, asker))
        .isPresent();
  }

  private Optional<CardEntry> waiting(Reading reading, IncomingEvent.Edited edited) {
    return roster
        .chat(reading, edited.place().chat())
        .flatMap(chat -> conversations.turnOf(reading, chat.id(), edited.message().value()))
        .flatMap(turn -> cards.ofTurn(reading, turn))
        .filter(found -> found.state() == JobState.ACCEPTED)
        // The message holds the words of all of a batch, of which some may be on their way.
        .filter(found -> batches.item(reading, found.id()).isEmpty())
        .filter(found -> !held.wasApproved(reading, found.turnId()));
  }

  private StyledWords.Styled styled(Reading reading, CardEntry card, IncomingEvent.Edited edited) {
    String earlier = conversations.find(reading, card.turnId()).map(Turn::words).orElse("");
    return styledWords.change(
        RequestWords.parse(edited.words()), earlier, new Language(card.language()));
  }

  private boolean isSaid(StyledWords.Styled styled) {
    RequestWords.Flags flags = styled.flags();
    return styled.refusal().isEmpty()
        && !flags.words().isEmpty()
        && flags.words().length() <= maxWords;
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
  private boolean change(
      Tx tx, CardEntry card, StyledWords.Styled styled, IncomingEvent.Edited edited, Asker asker) {
    RequestWords.Flags flags = styled.flags();
    String words = flags.words();
    if (!isSaid(styled) || !gate.lets(tx, card, words)) {
      return false;
    }
    return switch (pictures.choose(tx, card.memberId(), card.chatId(), flags)) {
      case Choice.Refused refused -> false;
      case Choice.Fits fits -> {
        Set<Reason> reasons = reasons(tx, card, fits, words, edited);
        boolean slipsPast = card.heldUntil().isEmpty() && !reasons.isEmpty();
        if (!slipsPast || asker == Asker.MODERATOR) {
          conversations.replaceWords(tx, card.turnId(), words);
          cards.askFor(tx, card, fits);
          precheck.lookAgain(tx, card.turnId());
          held.waitingOnTurn(tx, card.turnId()).forEach(each -> held.change(tx, each, reasons));
        }
        yield slipsPast && asker == Asker.UNKNOWN;
      }
    };
  }

  /** Why it would wait if whoever changed it asked for it now; nobody gets past it by a change. */
  private Set<Reason> reasons(
      Tx tx, CardEntry card, Choice.Fits fits, String words, IncomingEvent.Edited edited) {
    long editor =
        roster.find(tx, edited.sender().member()).map(Roster.Member::id).orElse(card.memberId());
    Billing.Wish wish =
        new Billing.Wish(
            card.jobId(),
            editor,
            roster.chat(tx, card.chatId()),
            fits.model().id(),
            fits.size().map(ImageSize::label));
    return holding.reasons(tx, wish, card.copies(), words);
  }
}
