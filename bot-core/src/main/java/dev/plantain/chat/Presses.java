package dev.plantain.chat;

import dev.plantain.chat.Holding.Asker;
import dev.plantain.chat.Holding.Fate;
import dev.plantain.command.Commands;
import dev.plantain.conversation.Turn;
import dev.plantain.job.Ending;
import dev.plantain.job.Job;
import dev.plantain.moderation.Screening;
import dev.plantain.moderation.SpamRules;
import dev.plantain.moderation.Verdict;
import dev.plantain.platform.IncomingEvent;
import dev.plantain.platform.Place;
import dev.plantain.platform.Sender;
import dev.plantain.quota.QuotaDecision;
import dev.plantain.settings.Setting;
import dev.plantain.settings.SettingsStore;
import dev.plantain.storage.Tx;
import dev.plantain.text.Message;
import dev.plantain.text.Messages;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongConsumer;

/** Does what the buttons say. All they need is in the database, so that they work for years. */
final class Presses {
  private final Stores stores;
  private final Platforms platforms;
  private final SettingsStore settings;
  private final Holding holding;
  private final Gate gate;
  private final Cancellation cancellation;
  private final PressedDecision decisions;
  private final Refusal refusals;
  private final CardPoster poster;
  private final FurtherCards further;
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
      Holding holding,
      Gate gate,
      Cancellation cancellation,
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
    this.holding = holding;
    this.gate = gate;
    this.cancellation = cancellation;
    this.decisions = decisions;
    this.refusals = new Refusal(messages);
    this.poster = poster;
    this.further = new FurtherCards(stores, clock);
    this.reports = reports;
    this.improvements = improvements;
    this.answers = new PressAnswers(platforms, messages);
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
      case "again" -> again(press, card.get());
      case "original" -> pictures.original(press, card.get());
      case "more" -> pictures.more(press, card.get());
      case "change" -> pictures.change(press, card.get());
      default -> answers.tell(press, new Message.AlertOutdated());
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

  private boolean governs(Press press) {
    return platforms
        .of(press.chat().ref())
        .isModerator(press.event().place(), press.event().sender().member());
  }

  /** The same turn is answered once more, on a card of its own, for whoever pressed. */
  private Ending again(Press press, CardEntry card) throws InterruptedException {
    Place place = press.event().place();
    Sender sender = press.event().sender();
    Once first = cardForAgain(press, card, Asker.UNKNOWN);
    Once once =
        switch (first) {
          case Once.Closed closed when gate.spares(closed.verdict(), place, sender) ->
              cardForAgain(press, card, Asker.MODERATOR);
          case Once.Unclear unclear -> cardForAgain(press, card, gate.asker(place, sender));
          case Once.Closed closed -> closed;
          case Once.Busy busy -> busy;
          case Once.Refused refused -> refused;
          case Once.Declined declined -> declined;
          case Once.More more -> more;
        };
    return switch (once) {
      case Once.Unclear unclear -> throw new IllegalStateException("the asker is known");
      case Once.Declined declined -> answers.tell(press, declined.why());
      case Once.Busy busy -> answers.tell(press, new Message.AlertStillWorking());
      case Once.Closed closed -> gate.refuse(press, closed.verdict(), answers);
      case Once.Refused refused -> {
        answers.answer(
            press, refusals.text(refused.why(), clock.instant(), press.language()), true);
        yield Ending.done();
      }
      case Once.More more -> {
        boolean waits = more.card().heldUntil().isPresent();
        answers.note(press, waits ? new Message.AlertHeld() : new Message.AlertAgain());
        poster.post(press.chat(), more.card());
        yield new Ending.Next(FetchPhotos.KIND, more.card().currentLane(), "", tx -> {});
      }
    };
  }

  /** What comes of the wish for another answer. */
  private sealed interface Once {
    /** The card of this press, added now if it is new. */
    record More(CardEntry card) implements Once {}

    /** The turn is being answered, as people press twice. */
    record Busy() implements Once {}

    /** Moderators are against it. */
    record Closed(Verdict.Closed verdict) implements Once {}

    record Refused(QuotaDecision.Refused why) implements Once {}

    record Declined(Message why) implements Once {}

    /** It waits for approval unless a moderator pressed. */
    record Unclear() implements Once {}
  }

  private Once cardForAgain(Press press, CardEntry card, Asker asker) {
    return stores.database().write(tx -> cardForAgain(tx, press, card, asker));
  }

  private Once cardForAgain(Tx tx, Press press, CardEntry card, Asker asker) {
    long job = press.job().id();
    Optional<CardEntry> ours = stores.cards().ofJob(tx, job);
    if (ours.isPresent()) {
      return new Once.More(ours.get());
    }
    String words = stores.conversations().find(tx, card.turnId()).map(Turn::words).orElse("");
    Screening.Wish wanted =
        new Screening.Wish.Picture(words, Optional.of(card.model()), card.size());
    if (gate.picture(tx, press.visitor(), wanted, asker == Asker.MODERATOR)
        instanceof Verdict.Closed closed) {
      return new Once.Closed(closed);
    }
    long member = press.member().id();
    for (CardEntry other : stores.cards().openOfTurn(tx, card.turnId())) {
      // One that waits for a moderator keeps nobody else from asking.
      if (other.heldUntil().isEmpty()) {
        return new Once.Busy();
      } else if (other.memberId() == member) {
        return new Once.Declined(new Message.AlertHeld());
      }
    }
    // Each press is a wish for something new, never the same request.
    SpamRules.Asking asking = SpamGuard.asking(press.visitor(), words, "press " + job);
    Optional<Verdict.Spam> spam = gate.spam().against(tx, asking, asker);
    if (spam.isPresent()) {
      return new Once.Closed(spam.get());
    }
    Billing.Wish wish = new Billing.Wish(job, member, press.chat(), card.model(), card.size());
    return switch (holding.of(tx, wish, 1, words, asker)) {
      case Fate.Refused refused -> {
        gate.spam().note(tx, asking, true);
        yield new Once.Refused(refused.why());
      }
      case Fate.TooMany tooMany -> new Once.Declined(tooMany.why());
      case Fate.Waits waits when asker == Asker.UNKNOWN -> new Once.Unclear();
      case Fate.Waits waits -> {
        gate.spam().note(tx, asking, false);
        CardEntry more = add(tx, press, card);
        holding.hold(tx, more, wish, waits.reasons());
        yield new Once.More(stores.cards().find(tx, more.id()).orElseThrow());
      }
      case Fate.Passes passes -> {
        gate.spam().note(tx, asking, false);
        holding.reserve(tx, wish, card.turnId());
        stores.conversations().reinstate(tx, card.turnId());
        yield new Once.More(add(tx, press, card));
      }
    };
  }

  private CardEntry add(Tx tx, Press press, CardEntry card) {
    long id = further.add(tx, card, press.job().id(), press.member().id(), press.language().code());
    return stores.cards().find(tx, id).orElseThrow();
  }
}
