package dev.plantain.chat;

import dev.plantain.chat.Postbox.Letter;
import dev.plantain.command.Answer;
import dev.plantain.command.Command;
import dev.plantain.command.CommandCall;
import dev.plantain.command.Commands;
import dev.plantain.conversation.Part;
import dev.plantain.conversation.Roster;
import dev.plantain.conversation.Turn;
import dev.plantain.job.Ending;
import dev.plantain.job.Job;
import dev.plantain.media.Blob;
import dev.plantain.platform.Card;
import dev.plantain.platform.IncomingEvent;
import dev.plantain.platform.MessageRef;
import dev.plantain.platform.PlatformException;
import dev.plantain.settings.Setting;
import dev.plantain.storage.Tx;
import dev.plantain.text.Language;
import dev.plantain.text.Message;
import dev.plantain.text.Messages;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what the buttons say. All they need is in the database, so that they work for years. */
final class Presses {
  private static final Logger log = LoggerFactory.getLogger(Presses.class);

  private final Stores stores;
  private final Platforms platforms;
  private final Commands commands;
  private final Postbox postbox;
  private final CardPoster poster;
  private final Replies replies;
  private final Messages messages;
  private final InstantSource clock;
  private final LongConsumer interrupt;

  Presses(
      Stores stores,
      Platforms platforms,
      Commands commands,
      Postbox postbox,
      CardPoster poster,
      Replies replies,
      Messages messages,
      InstantSource clock,
      LongConsumer interrupt) {
    this.stores = stores;
    this.platforms = platforms;
    this.commands = commands;
    this.postbox = postbox;
    this.poster = poster;
    this.replies = replies;
    this.messages = messages;
    this.clock = clock;
    this.interrupt = interrupt;
  }

  /** A press, with whoever pressed. */
  private record Press(Job job, IncomingEvent.Button event, Visitor visitor) {
    private Roster.Chat chat() {
      return visitor.chat();
    }

    private Roster.Member member() {
      return visitor.member();
    }

    private Language language() {
      return visitor.language();
    }
  }

  Ending press(Job job, IncomingEvent.Button event) throws InterruptedException {
    Visitor visitor =
        stores
            .database()
            .write(
                tx -> Visitor.meet(tx, stores.roster(), messages, event.place(), event.sender()));
    Press press = new Press(job, event, visitor);
    String[] data = event.data().split(":", 2);
    if (data.length < 2) {
      return tell(press, new Message.AlertOutdated());
    }
    if (data[0].equals("set")) {
      return set(press, data[1]);
    }
    Optional<CardEntry> card = card(press, data[1]);
    if (card.isEmpty()) {
      return tell(press, new Message.AlertOutdated());
    }
    return switch (data[0]) {
      case "cancel" -> cancel(press, card.get());
      case "again" -> again(press, card.get());
      case "original" -> original(press, card.get());
      case "more" -> more(press, card.get());
      case "change" -> change(press, card.get());
      default -> tell(press, new Message.AlertOutdated());
    };
  }

  /** Only a card of this chat: what a client sends may be forged. */
  private Optional<CardEntry> card(Press press, String id) {
    if (!id.matches("\\d{1,18}")) {
      return Optional.empty();
    }
    return stores
        .database()
        .read(reading -> stores.cards().find(reading, Long.parseLong(id)))
        .filter(card -> card.chatId() == press.chat().id());
  }

  private Ending cancel(Press press, CardEntry card) {
    boolean theirs = card.memberId() == press.member().id() || governs(press);
    if (!theirs) {
      return tell(press, new Message.AlertNotYours());
    }
    if (stores.database().write(tx -> cancel(tx, press, card))) {
      interrupt.accept(card.jobId());
      return note(press, new Message.AlertCancelled());
    }
    // Perhaps it was this press that did it, and the process ended before it was answered.
    return card.state() == JobState.CANCELLED
        ? note(press, new Message.AlertCancelled())
        : tell(press, new Message.AlertTooLate());
  }

  private boolean cancel(Tx tx, Press press, CardEntry card) {
    boolean open = stores.cards().find(tx, card.id()).filter(now -> now.state().open()).isPresent();
    String lane = "cancelled:" + card.id();
    if (open
        && stores.jobs().redirect(tx, card.jobId(), DeliverResult.KIND, lane, clock.instant())) {
      Message words =
          card.memberId() == press.member().id()
              ? new Message.CardCancelled()
              : new Message.CardCancelledBy(press.member().name());
      String ending = replies.text(card, words);
      stores.cards().end(tx, card.id(), JobState.CANCELLED, ending, clock.instant());
      stores.conversations().withdraw(tx, card.turnId());
      return true;
    }
    return false;
  }

  private boolean governs(Press press) {
    return platforms
        .of(press.chat().ref())
        .isModerator(press.event().place(), press.event().sender().member());
  }

  /** The same turn is answered once more, on a card of its own, for whoever pressed. */
  private Ending again(Press press, CardEntry card) throws InterruptedException {
    Optional<CardEntry> next = stores.database().write(tx -> cardForAgain(tx, press, card));
    if (next.isEmpty()) {
      return tell(press, new Message.AlertStillWorking());
    }
    note(press, new Message.AlertAgain());
    poster.post(press.chat(), next.get());
    return new Ending.Next(FetchPhotos.KIND, next.get().lane(), "", tx -> {});
  }

  /**
   * The card of this press, added now if it is new; none while the turn is being answered, as
   * people press twice.
   */
  private Optional<CardEntry> cardForAgain(Tx tx, Press press, CardEntry card) {
    Optional<CardEntry> ours = stores.cards().ofJob(tx, press.job().id());
    boolean busy =
        stores.cards().ofTurn(tx, card.turnId()).filter(other -> other.state().open()).isPresent();
    return ours.isPresent() || busy ? ours : stores.cards().find(tx, addAgain(tx, press, card));
  }

  private long addAgain(Tx tx, Press press, CardEntry card) {
    stores.conversations().reinstate(tx, card.turnId());
    Optional<String> awaited = awaited(tx, card);
    return stores
        .cards()
        .add(
            tx,
            new CardStore.Request(
                press.job().id(),
                card.chatId(),
                press.member().id(),
                card.turnId(),
                awaited.orElse("again:" + press.job().id()),
                awaited.isPresent(),
                card.requestMessage(),
                card.model(),
                card.ratio(),
                card.size(),
                press.language().code()),
            clock.instant());
  }

  /** The lane of the job whose answer the turn continues from, if that is still to come. */
  private Optional<String> awaited(Tx tx, CardEntry card) {
    return Optional.of(card)
        .filter(CardEntry::follows)
        .flatMap(asked -> stores.conversations().find(tx, asked.turnId()))
        .flatMap(Turn::parent)
        .flatMap(parent -> stores.cards().ofTurn(tx, parent))
        .flatMap(parent -> stores.jobs().openLane(tx, parent.jobId()));
  }

  private Ending original(Press press, CardEntry card) {
    List<Blob> images = images(card);
    if (images.isEmpty()) {
      return tell(press, new Message.AlertOutdated());
    }
    note(press, new Message.AlertOriginal());
    try {
      postPicture(press, card, images.getLast(), true, "original:" + press.job().id());
    } catch (PlatformException.Rejected rejected) {
      if (rejected.reason() != PlatformException.Reason.TOO_LARGE) {
        throw rejected;
      }
      return tell(press, new Message.AlertOriginalTooLarge(images.getLast().bytes()));
    }
    return Ending.done();
  }

  private Ending more(Press press, CardEntry card) {
    List<Blob> images = images(card);
    if (images.size() < 2) {
      return tell(press, new Message.AlertOutdated());
    }
    note(press, new Message.AlertOriginal());
    for (int i = 0; i < images.size() - 1; i++) {
      postPicture(press, card, images.get(i), false, "more:" + press.job().id() + ":" + i);
    }
    return Ending.done();
  }

  private void postPicture(Press press, CardEntry card, Blob blob, boolean untouched, String key) {
    Turn asked =
        stores
            .database()
            .read(reading -> stores.conversations().find(reading, card.turnId()))
            .orElseThrow();
    Card picture =
        new Card(List.of(), Optional.of(replies.picture(card, asked, blob, untouched)), List.of());
    MessageRef message =
        postbox.post(new Letter(key, press.chat(), press.event().message().value(), picture));
    stores
        .database()
        .update(tx ->
            stores
                .conversations()
                .link(tx, press.chat().id(), message.value(), card.resultTurnId().orElseThrow()));
  }

  private List<Blob> images(CardEntry card) {
    return stores
        .database()
        .read(reading ->
            card.resultTurnId()
                .flatMap(turn -> stores.conversations().find(reading, turn))
                .map(turn -> turn.images().stream().map(Part.Image::blob).toList())
                .orElse(List.of()));
  }

  /** Opens the reply field of the member who asked; others are told how they can. */
  private Ending change(Press press, CardEntry card) {
    if (card.memberId() != press.member().id() || card.resultTurnId().isEmpty()) {
      return tell(press, new Message.AlertReplyToChange());
    }
    note(press, new Message.AlertReplyToChange());
    MessageRef message =
        postbox.post(
            new Letter(
                "change:" + press.job().id(),
                press.chat(),
                card.requestMessage(),
                Card.of(messages.text(new Message.ChangeWhat(), press.language())),
                true));
    return new Ending.Done(tx ->
        stores
            .conversations()
            .link(tx, press.chat().id(), message.value(), card.resultTurnId().get()));
  }

  /** A choice in the menu of a setting: {@code aspect:member:16:9}. */
  private Ending set(Press press, String data) {
    String[] parts = data.split(":", 3);
    Optional<Command> command = Setting.find(parts[0]).flatMap(name -> commands.find(parts[0]));
    if (parts.length < 3 || command.isEmpty()) {
      return tell(press, new Message.AlertOutdated());
    }
    String arguments = parts[1].equals("chat") ? parts[2] + " chat" : parts[2];
    CommandCall call =
        new CommandCall(
            press.chat(),
            press.member(),
            press.event().place(),
            arguments,
            List.of(),
            press.language(),
            () -> governs(press));
    return switch (command.get().run(call)) {
      case Answer.Picture picture -> tell(press, new Message.AlertOutdated());
      case Answer.Say say -> {
        stores.database().update(say.rows());
        answer(press, say.note(), false);
        if (!say.card().rows().isEmpty()) {
          editMenu(press, say.card());
        }
        yield Ending.done();
      }
    };
  }

  private void editMenu(Press press, Card menu) {
    try {
      platforms.of(press.chat().ref()).edit(press.event().message(), menu);
    } catch (PlatformException.Rejected e) {
      // The menu is gone; the setting is made and its presser knows.
      return;
    }
  }

  /** Something the presser must notice. */
  private Ending tell(Press press, Message message) {
    answer(press, messages.text(message, press.language()), true);
    return Ending.done();
  }

  private Ending note(Press press, Message message) {
    answer(press, messages.text(message, press.language()), false);
    return Ending.done();
  }

  private void answer(Press press, String words, boolean alert) {
    try {
      platforms.of(press.chat().ref()).answer(press.event().interaction(), words, alert);
    } catch (PlatformException e) {
      // What was pressed for matters, the words about it do not.
      log.debug("A press was not answered: {}", e.getMessage());
    }
  }
}
