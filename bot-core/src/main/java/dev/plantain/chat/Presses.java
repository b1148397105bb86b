package dev.plantain.chat;

import dev.plantain.command.Answer;
import dev.plantain.command.CommandCall;
import dev.plantain.command.Commands;
import dev.plantain.conversation.ConversationStore;
import dev.plantain.conversation.Part;
import dev.plantain.conversation.Roster;
import dev.plantain.conversation.Turn;
import dev.plantain.job.Ending;
import dev.plantain.job.Job;
import dev.plantain.job.JobStore;
import dev.plantain.media.Blob;
import dev.plantain.platform.Card;
import dev.plantain.platform.ChatPlatform;
import dev.plantain.platform.IncomingEvent;
import dev.plantain.platform.MessageRef;
import dev.plantain.platform.PlatformException;
import dev.plantain.storage.Database;
import dev.plantain.storage.Tx;
import dev.plantain.text.Language;
import dev.plantain.text.Message;
import dev.plantain.text.Messages;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/** Does what the buttons say. All they need is in the database, so that they work for years. */
final class Presses {
  private final Database database;
  private final Platforms platforms;
  private final Roster roster;
  private final ConversationStore conversations;
  private final CardStore cards;
  private final JobStore jobs;
  private final Commands commands;
  private final AdmitRequest requests;
  private final Postbox postbox;
  private final Replies replies;
  private final Messages messages;
  private final InstantSource clock;
  private final LongConsumer interrupt;

  Presses(
      Database database,
      Platforms platforms,
      Roster roster,
      ConversationStore conversations,
      CardStore cards,
      JobStore jobs,
      Commands commands,
      AdmitRequest requests,
      Postbox postbox,
      Replies replies,
      Messages messages,
      InstantSource clock,
      LongConsumer interrupt) {
    this.database = database;
    this.platforms = platforms;
    this.roster = roster;
    this.conversations = conversations;
    this.cards = cards;
    this.jobs = jobs;
    this.commands = commands;
    this.requests = requests;
    this.postbox = postbox;
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

  Ending press(Job job, IncomingEvent.Button event) {
    Visitor visitor =
        database.write(tx -> Visitor.meet(tx, roster, messages, event.place(), event.sender()));
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
    return database
        .read(reading -> cards.find(reading, Long.parseLong(id)))
        .filter(card -> card.chatId() == press.chat().id());
  }

  private Ending cancel(Press press, CardEntry card) {
    boolean theirs = card.memberId() == press.member().id() || governs(press);
    if (!theirs) {
      return tell(press, new Message.AlertNotYours());
    }
    boolean cancelled = database.write(tx -> cancel(tx, press, card));
    if (!cancelled) {
      return tell(press, new Message.AlertTooLate());
    }
    interrupt.accept(card.jobId());
    return note(press, new Message.AlertCancelled());
  }

  private boolean cancel(Tx tx, Press press, CardEntry card) {
    boolean open = cards.find(tx, card.id()).filter(now -> now.state().open()).isPresent();
    if (open && jobs.redirect(tx, card.jobId(), DeliverResult.KIND, clock.instant())) {
      Message words =
          card.memberId() == press.member().id()
              ? new Message.CardCancelled()
              : new Message.CardCancelledBy(press.member().name());
      String ending = replies.text(card, words);
      cards.end(tx, card.id(), JobState.CANCELLED, ending, clock.instant());
      conversations.withdraw(tx, card.turnId());
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
  private Ending again(Press press, CardEntry card) {
    if (card.state().open()) {
      return tell(press, new Message.AlertStillWorking());
    }
    CardEntry next =
        database.write(tx ->
            cards
                .ofJob(tx, press.job().id())
                .orElseGet(() -> cards.find(tx, addAgain(tx, press, card)).orElseThrow()));
    note(press, new Message.AlertAgain());
    requests.postCard(press.chat(), next);
    return new Ending.Next(FetchPhotos.KIND, next.lane(), "", tx -> {});
  }

  private long addAgain(Tx tx, Press press, CardEntry card) {
    tx.update("update turn set withdrawn = 0 where id = ?", card.turnId());
    return cards.add(
        tx,
        new CardStore.Request(
            press.job().id(),
            card.chatId(),
            press.member().id(),
            card.turnId(),
            "again:" + press.job().id(),
            false,
            card.requestMessage(),
            card.model(),
            card.ratio(),
            card.size(),
            press.language().code()),
        clock.instant());
  }

  private Ending original(Press press, CardEntry card) {
    List<Blob> images = images(card);
    if (images.isEmpty()) {
      return tell(press, new Message.AlertOutdated());
    }
    note(press, new Message.AlertOriginal());
    postPicture(press, card, images.getLast(), true, "original:" + press.job().id());
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
    Turn asked = database.read(reading -> conversations.find(reading, card.turnId())).orElseThrow();
    Card picture =
        new Card(List.of(), Optional.of(replies.picture(card, asked, blob, untouched)), List.of());
    MessageRef message =
        postbox.post(
            key, press.chat(), Optional.of(press.event().message().value()), picture, false);
    database.update(tx ->
        conversations.link(
            tx, press.chat().id(), message.value(), card.resultTurnId().orElseThrow()));
  }

  private List<Blob> images(CardEntry card) {
    return database.read(reading ->
        card.resultTurnId()
            .flatMap(turn -> conversations.find(reading, turn))
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
            "change:" + press.job().id(),
            press.chat(),
            card.requestMessage(),
            Card.of(messages.text(new Message.ChangeWhat(), press.language())),
            true);
    return new Ending.Done(tx ->
        conversations.link(tx, press.chat().id(), message.value(), card.resultTurnId().get()));
  }

  /** A choice in the menu of a setting: {@code aspect:member:16:9}. */
  private Ending set(Press press, String data) {
    String[] parts = data.split(":", 3);
    if (parts.length < 3 || commands.find(parts[0]).isEmpty()) {
      return tell(press, new Message.AlertOutdated());
    }
    String arguments = parts[1].equals("chat") ? parts[2] + " chat" : parts[2];
    CommandCall call =
        new CommandCall(
            press.chat(),
            press.member(),
            press.event().place(),
            arguments,
            press.language(),
            () -> governs(press));
    return switch (commands.find(parts[0]).get().run(call)) {
      case Answer.Picture picture -> tell(press, new Message.AlertOutdated());
      case Answer.Say say -> {
        database.update(say.rows());
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
    ChatPlatform platform = platforms.of(press.chat().ref());
    platform.answer(press.event().interaction(), words, alert);
  }
}
