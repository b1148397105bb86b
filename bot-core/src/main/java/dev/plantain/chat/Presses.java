package dev.plantain.chat;

import dev.plantain.command.Commands;
import dev.plantain.command.PictureSettings;
import dev.plantain.job.Ending;
import dev.plantain.job.Job;
import dev.plantain.platform.IncomingEvent;
import dev.plantain.settings.Setting;
import dev.plantain.settings.SettingsStore;
import dev.plantain.storage.Tx;
import dev.plantain.text.Message;
import dev.plantain.text.Messages;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/** Does what the buttons say. All they need is in the database, so that they work for years. */
final class Presses {
  private final Stores stores;
  private final Platforms platforms;
  private final SettingsStore settings;
  private final Gate gate;
  private final Cancellation cancellation;
  private final BatchStore batches;
  private final PressedDecision decisions;
  private final PressedAgain again;
  private final PressedPicture pictures;
  private final PressedReport reports;
  private final PressedImprovement improvements;
  private final PressedMenu menus;
  private final PressAnswers answers;
  private final Messages messages;
  private final InstantSource clock;
  private final LongConsumer interrupt;

  /**
   * @param interrupt ends the step that a job is in
   */
  Presses(
      Stores stores,
      Platforms platforms,
      Commands commands,
      SettingsStore settings,
      PictureSettings choices,
      Holding holding,
      Gate gate,
      Cancellation cancellation,
      BatchStore batches,
      PressedDecision decisions,
      ReportedCards reported,
      PressedReport reports,
      PressedImprovement improvements,
      Postbox postbox,
      CardPoster poster,
      Replies replies,
      Messages messages,
      InstantSource clock,
      LongConsumer interrupt) {
    this.stores = stores;
    this.platforms = platforms;
    this.settings = settings;
    this.gate = gate;
    this.cancellation = cancellation;
    this.batches = batches;
    this.decisions = decisions;
    this.reports = reports;
    this.improvements = improvements;
    this.answers = new PressAnswers(platforms, messages);
    this.again =
        new PressedAgain(
            stores, holding, gate, choices, poster, answers, new Refusal(messages), clock);
    this.pictures =
        new PressedPicture(stores, settings, postbox, replies, messages, answers, reported);
    this.menus = new PressedMenu(stores, platforms, commands, gate, answers);
    this.messages = messages;
    this.clock = clock;
    this.interrupt = interrupt;
  }

  Ending press(Job job, IncomingEvent.Button event) throws InterruptedException {
    Visitor visitor =
        stores
            .database()
            .write(tx ->
                Visitor.meet(
                    tx, stores.roster(), messages, event.place(), event.sender(), clock.instant()));
    Press press = new Press(job, event, visitor);
    String[] data = event.data().split(":", 2);
    if (data.length < 2) {
      return answers.tell(press, new Message.AlertOutdated());
    }
    if (data[0].equals("set")) {
      return menus.set(press, data[1]);
    }
    if (data[0].equals("run")) {
      return menus.run(press, data[1]);
    }
    if (reports.concerns(data[0])) {
      return reports.press(press, data[0], data[1]);
    }
    if (improvements.concerns(data[0])) {
      return improvements.press(press, data[0], data[1]);
    }
    Optional<HeldRequests.Outcome> decision = PressedDecision.outcome(data[0]);
    if (decision.isPresent()) {
      return decisions.press(press, decision.get(), data[1]);
    }
    if (data[0].equals(BatchMessage.CANCEL)) {
      return cancelBatch(press, data[1]);
    }
    Optional<CardEntry> card = card(press, data[1]);
    if (card.isEmpty()) {
      return answers.tell(press, new Message.AlertOutdated());
    }
    if (!data[0].equals("cancel") && !isOpenTo(press, card.get())) {
      return answers.tell(press, new Message.AlertButtonsOfAsker());
    }
    if (!data[0].equals("cancel")
        && stores.database().read(reading -> gate.hides(reading, card.get()))) {
      return answers.tell(press, new Message.PictureIsHidden());
    }
    return switch (data[0]) {
      case "cancel" -> cancel(press, card.get());
      case "again" -> again.press(press, card.get());
      case "original" -> pictures.original(press, card.get());
      case "more" -> pictures.more(press, card.get());
      case "change" -> pictures.change(press, card.get());
      default -> again.pressOther(press, card.get(), data[0]);
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

  /** Whether the chat lets this presser press the buttons of this card. */
  private boolean isOpenTo(Press press, CardEntry card) {
    boolean askerOnly =
        stores
            .database()
            .read(reading -> settings.ofChat(reading, card.chatId(), Setting.BUTTONS))
            .filter("asker"::equals)
            .isPresent();
    return !askerOnly || theirsOrGoverned(press, card);
  }

  private boolean theirsOrGoverned(Press press, CardEntry card) {
    return card.memberId() == press.member().id() || governs(press);
  }

  private Ending cancel(Press press, CardEntry card) {
    if (!theirsOrGoverned(press, card)) {
      return answers.tell(press, new Message.AlertNotYours());
    }
    if (stores.database().write(tx -> cancel(tx, press, card))) {
      interrupt.accept(card.jobId());
      return answers.note(press, new Message.AlertCancelled());
    }
    // Perhaps it was this press that did it, and the process ended before it was answered.
    return card.state() == JobState.CANCELLED
        ? answers.note(press, new Message.AlertCancelled())
        : answers.tell(press, new Message.AlertTooLate());
  }

  private boolean cancel(Tx tx, Press press, CardEntry card) {
    Message words =
        card.memberId() == press.member().id()
            ? new Message.CardCancelled()
            : new Message.CardCancelledBy(press.member().name());
    return cancellation.cancel(tx, card, words);
  }

  private Ending cancelBatch(Press press, String id) {
    Optional<BatchStore.Batch> batch =
        id.matches("\\d{1,18}")
            ? stores
                .database()
                .read(reading -> batches.find(reading, Long.parseLong(id)))
                .filter(found -> found.chatId() == press.chat().id())
            : Optional.empty();
    if (batch.isEmpty()) {
      return answers.tell(press, new Message.AlertOutdated());
    }
    boolean theirs = batch.get().memberId() == press.member().id();
    if (!theirs && !governs(press)) {
      return answers.tell(press, new Message.AlertNotYours());
    }
    Message words =
        theirs ? new Message.CardCancelled() : new Message.CardCancelledBy(press.member().name());
    List<Long> ended = stores.database().write(tx -> cancellation.cancel(tx, batch.get(), words));
    ended.forEach(interrupt::accept);
    return !ended.isEmpty() || batch.get().cancelled()
        ? answers.note(press, new Message.AlertCancelled())
        : answers.tell(press, new Message.AlertTooLate());
  }

  private boolean governs(Press press) {
    return platforms
        .of(press.chat().ref())
        .isModerator(press.event().place(), press.event().sender().member());
  }
}
