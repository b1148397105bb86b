package dev.plantain.chat;

import dev.plantain.chat.Holding.Asker;
import dev.plantain.chat.Holding.Fate;
import dev.plantain.command.PictureSettings;
import dev.plantain.command.PictureSettings.Choice;
import dev.plantain.conversation.Turn;
import dev.plantain.image.ImageSize;
import dev.plantain.image.ModelSpec;
import dev.plantain.job.Ending;
import dev.plantain.moderation.Screening;
import dev.plantain.moderation.SpamRules;
import dev.plantain.moderation.Verdict;
import dev.plantain.platform.Place;
import dev.plantain.platform.Sender;
import dev.plantain.quota.QuotaDecision;
import dev.plantain.storage.Reading;
import dev.plantain.storage.Tx;
import dev.plantain.text.Message;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Presses that want a turn answered once more, by the same model or by another: each on a card of
 * its own, for whoever pressed.
 */
final class PressedAgain {
  private static final String OTHER_MODEL = "other-";

  private final Stores stores;
  private final Holding holding;
  private final Gate gate;
  private final PictureSettings choices;
  private final CardPoster poster;
  private final FurtherCards further;
  private final PressAnswers answers;
  private final Refusal refusals;
  private final InstantSource clock;

  PressedAgain(
      Stores stores,
      Holding holding,
      Gate gate,
      PictureSettings choices,
      CardPoster poster,
      PressAnswers answers,
      Refusal refusals,
      InstantSource clock) {
    this.stores = stores;
    this.holding = holding;
    this.gate = gate;
    this.choices = choices;
    this.poster = poster;
    this.further = new FurtherCards(stores, clock);
    this.answers = answers;
    this.refusals = refusals;
    this.clock = clock;
  }

  /** What the button says that asks another model; ids of models may be too long for a button. */
  static String data(CardEntry card, ModelSpec model) {
    return mark(model) + ":" + card.id();
  }

  private static String mark(ModelSpec model) {
    return OTHER_MODEL + Integer.toHexString(model.id().hashCode());
  }

  /**
   * What is wanted once more.
   *
   * @param other another model, and what it can do of what was asked for
   */
  private record Wanted(CardEntry card, Optional<Choice.Fits> other) {
    String model() {
      return other.map(fits -> fits.model().id()).orElse(card.model());
    }

    Optional<String> size() {
      return other.isPresent() ? other.get().size().map(ImageSize::label) : card.size();
    }
  }

  Ending press(Press press, CardEntry card) throws InterruptedException {
    return press(press, new Wanted(card, Optional.empty()));
  }

  /** A button that is none of ours, or whose model is not open any more, is outdated. */
  Ending pressOther(Press press, CardEntry card, String action) throws InterruptedException {
    Optional<Choice.Fits> other = stores.database().read(reading -> other(reading, card, action));
    return other.isPresent()
        ? press(press, new Wanted(card, other))
        : answers.tell(press, new Message.AlertOutdated());
  }

  private Optional<Choice.Fits> other(Reading reading, CardEntry card, String action) {
    return choices.others(reading, card.chatId(), card.model()).stream()
        .filter(model -> mark(model).equals(action))
        .findFirst()
        .flatMap(model ->
            choices.instead(reading, card.chatId(), model.id(), card.ratio(), card.size()));
  }

  private Ending press(Press press, Wanted wanted) throws InterruptedException {
    Place place = press.event().place();
    Sender sender = press.event().sender();
    Once first = card(press, wanted, Asker.UNKNOWN);
    Once once =
        switch (first) {
          case Once.Closed closed when gate.spares(closed.verdict(), place, sender) ->
              card(press, wanted, Asker.MODERATOR);
          case Once.Unclear unclear -> card(press, wanted, gate.asker(place, sender));
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

  private Once card(Press press, Wanted wanted, Asker asker) {
    return stores.database().write(tx -> card(tx, press, wanted, asker));
  }

  private Once card(Tx tx, Press press, Wanted wanted, Asker asker) {
    CardEntry card = wanted.card();
    long job = press.job().id();
    Optional<CardEntry> ours = stores.cards().ofJob(tx, job);
    if (ours.isPresent()) {
      return new Once.More(ours.get());
    }
    String words = stores.conversations().find(tx, card.turnId()).map(Turn::words).orElse("");
    Screening.Wish screened =
        new Screening.Wish.Picture(words, Optional.of(wanted.model()), wanted.size());
    if (gate.picture(tx, press.visitor(), screened, asker == Asker.MODERATOR)
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
    Billing.Wish wish = new Billing.Wish(job, member, press.chat(), wanted.model(), wanted.size());
    return switch (holding.of(tx, wish, 1, words, asker)) {
      case Fate.Refused refused -> {
        gate.spam().note(tx, asking, true);
        yield new Once.Refused(refused.why());
      }
      case Fate.TooMany tooMany -> new Once.Declined(tooMany.why());
      case Fate.Waits waits when asker == Asker.UNKNOWN -> new Once.Unclear();
      case Fate.Waits waits -> {
        gate.spam().note(tx, asking, false);
        CardEntry more = add(tx, press, wanted);
        holding.hold(tx, more, wish, waits.reasons());
        yield new Once.More(stores.cards().find(tx, more.id()).orElseThrow());
      }
      case Fate.Passes passes -> {
        gate.spam().note(tx, asking, false);
        holding.reserve(tx, wish, card.turnId());
        stores.conversations().reinstate(tx, card.turnId());
        yield new Once.More(add(tx, press, wanted));
      }
    };
  }

  private CardEntry add(Tx tx, Press press, Wanted wanted) {
    long id =
        further.add(
            tx, wanted.card(), press.job().id(), press.member().id(), press.language().code());
    CardEntry more = stores.cards().find(tx, id).orElseThrow();
    wanted.other().ifPresent(other -> stores.cards().askFor(tx, more, other));
    return stores.cards().find(tx, id).orElseThrow();
  }
}
