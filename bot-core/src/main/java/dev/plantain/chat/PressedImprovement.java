package dev.plantain.chat;

import dev.plantain.chat.ImprovementStore.Entry;
import dev.plantain.chat.ImprovementStore.State;
import dev.plantain.chat.Postbox.Letter;
import dev.plantain.job.Ending;
import dev.plantain.platform.Card;
import dev.plantain.platform.IncomingEvent;
import dev.plantain.platform.PlatformException;
import dev.plantain.platform.Said;
import dev.plantain.text.Message;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Presses on the card of better words: whoever asked for them chooses, once. */
final class PressedImprovement {
  private static final Logger log = LoggerFactory.getLogger(PressedImprovement.class);
  private static final List<String> ACTIONS =
      List.of(ImprovementCards.MAKE, ImprovementCards.OWN, ImprovementCards.DROP);

  private final Stores stores;
  private final ImprovementStore improvements;
  private final AdmitRequest requests;
  private final Postbox postbox;
  private final ImprovementCards cards;
  private final PressAnswers answers;
  private final EventCodec codec = new EventCodec();

  PressedImprovement(
      Stores stores,
      ImprovementStore improvements,
      AdmitRequest requests,
      Postbox postbox,
      ImprovementCards cards,
      PressAnswers answers) {
    this.stores = stores;
    this.improvements = improvements;
    this.requests = requests;
    this.postbox = postbox;
    this.cards = cards;
    this.answers = answers;
  }

  boolean concerns(String action) {
    return ACTIONS.contains(action);
  }

  /**
   * May block on the network.
   *
   * @param number that of the improvement: untrusted, as clients can forge it
   */
  Ending press(Press press, String action, String number) throws InterruptedException {
    Optional<Entry> found = number.matches("\\d{1,18}") ? find(press, number) : Optional.empty();
    if (found.isEmpty()) {
      return answers.tell(press, new Message.AlertOutdated());
    }
    Entry entry = found.get();
    if (entry.memberId() != press.member().id()) {
      return answers.tell(press, new Message.AlertImproveYours());
    }
    boolean ours = entry.takenBy().filter(by -> by == press.job().id()).isPresent();
    if (!entry.state().open() && !ours) {
      return answers.tell(press, new Message.AlertOutdated());
    }
    return switch (action) {
      case ImprovementCards.DROP -> drop(press, entry);
      case ImprovementCards.OWN -> make(press, entry, given(entry).words());
      default ->
          entry.improved().isPresent()
              ? make(press, entry, entry.withFlags(entry.improved().get()))
              : answers.tell(press, new Message.AlertOutdated());
    };
  }

  private Optional<Entry> find(Press press, String number) {
    return stores
        .database()
        .read(reading -> improvements.find(reading, Long.parseLong(number)))
        .filter(entry -> entry.chatId() == press.chat().id());
  }

  private Ending drop(Press press, Entry entry) {
    if (!choose(press, entry, State.DROPPED)) {
      return answers.tell(press, new Message.AlertOutdated());
    }
    answers.note(press, new Message.AlertCancelled());
    show(press, entry, cards.dropped(entry));
    return new Ending.Done(tx -> improvements.empty(tx, entry.id()));
  }

  /**
   * Asks for a picture by these words, as if the member had said them now. What is refused leaves
   * the choice open: perhaps there is room later.
   */
  private Ending make(Press press, Entry entry, String words) throws InterruptedException {
    if (!choose(press, entry, State.TAKEN)) {
      return answers.tell(press, new Message.AlertOutdated());
    }
    IncomingEvent.Button event = press.event();
    Said given = given(entry);
    Said said =
        new Said(
            event.message(),
            words,
            given.attachments(),
            given.replyTo(),
            Optional.empty(),
            given.mentions());
    Ending ending = requests.admit(press.job(), event.place(), event.sender(), said, false);
    if (!(ending instanceof Ending.Next next)) {
      answers.answer(press, "", false);
      return new Ending.Done(tx -> {
        ending.rows().accept(tx);
        improvements.reopen(tx, press.job().id());
      });
    }
    answers.note(press, new Message.AlertMakingIt());
    show(press, entry, cards.taken(entry, words));
    return new Ending.Next(
        next.kind(),
        next.lane(),
        next.payload(),
        tx -> {
          next.rows().accept(tx);
          improvements.empty(tx, entry.id());
        });
  }

  private Said given(Entry entry) {
    return ((IncomingEvent.Command) codec.read(entry.event())).said();
  }

  private boolean choose(Press press, Entry entry, State choice) {
    return stores
        .database()
        .write(tx -> improvements.choose(tx, entry.id(), choice, press.job().id()));
  }

  private void show(Press press, Entry entry, Card card) {
    try {
      postbox.show(
          new Letter(entry.postingKey(), press.chat(), press.event().message().value(), card));
    } catch (PlatformException e) {
      // What was chosen counts; the buttons say that they are outdated.
      log.info("The card of better words {} was not changed: {}", entry.id(), e.getMessage());
    }
  }
}
