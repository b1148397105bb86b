package dev.plantain.chat;

import dev.plantain.chat.Holding.Asker;
import dev.plantain.chat.Holding.Fate;
import dev.plantain.chat.Origins.Origin;
import dev.plantain.chat.Postbox.Letter;
import dev.plantain.command.PictureSettings;
import dev.plantain.command.PictureSettings.Choice;
import dev.plantain.command.RequestWords;
import dev.plantain.command.StyledWords;
import dev.plantain.conversation.Roster;
import dev.plantain.image.AspectRatio;
import dev.plantain.image.ImageSize;
import dev.plantain.job.Ending;
import dev.plantain.job.Job;
import dev.plantain.moderation.Screening;
import dev.plantain.moderation.SpamRules;
import dev.plantain.moderation.Verdict;
import dev.plantain.platform.Card;
import dev.plantain.platform.Place;
import dev.plantain.platform.Said;
import dev.plantain.platform.Sender;
import dev.plantain.storage.Tx;
import dev.plantain.text.Language;
import dev.plantain.text.Message;
import dev.plantain.text.Messages;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Admits a request for a picture: decides where its turn hangs and whether the model can do what is
 * asked, writes the turn, and posts the card.
 */
final class AdmitRequest {
  private final Stores stores;
  private final PictureSettings pictures;
  private final StyledWords styledWords;
  private final Gate gate;
  private final Holding holding;
  private final HeldRequests held;
  private final PressedDecision decisions;
  private final Refusal refusals;
  private final Postbox postbox;
  private final CardPoster poster;
  private final Messages messages;
  private final InstantSource clock;
  private final int maxWords;
  private final Origins origins;

  AdmitRequest(
      Stores stores,
      PictureSettings pictures,
      StyledWords styledWords,
      Origins origins,
      Gate gate,
      Holding holding,
      HeldRequests held,
      PressedDecision decisions,
      Postbox postbox,
      CardPoster poster,
      Messages messages,
      InstantSource clock,
      int maxWords) {
    this.stores = stores;
    this.pictures = pictures;
    this.styledWords = styledWords;
    this.origins = origins;
    this.gate = gate;
    this.holding = holding;
    this.held = held;
    this.decisions = decisions;
    this.refusals = new Refusal(messages);
    this.postbox = postbox;
    this.poster = poster;
    this.messages = messages;
    this.clock = clock;
    this.maxWords = maxWords;
  }

  /** What the transaction decided. */
  private sealed interface Decision {
    /** A turn and a card were written. */
    record Admitted(Roster.Chat chat, CardEntry card) implements Decision {}

    /** Nothing was written, and the member is told why. */
    record Declined(Roster.Chat chat, Card answer) implements Decision {}

    /** Moderators are against it; nothing was written. */
    record Closed(Visitor visitor, Verdict.Closed verdict) implements Decision {}

    /** It waits for approval unless a moderator asked for it; nothing was written. */
    record Unclear() implements Decision {}
  }

  /**
   * Called by the reception; blocks on the network for the card alone.
   *
   * @param fresh whatever was said before does not matter
   */
  Ending admit(Job job, Place place, Sender sender, Said said, boolean fresh)
      throws InterruptedException {
    if (!fresh && denies(job, place, sender, said)) {
      return Ending.done();
    }
    Decision first = decide(job, place, sender, said, fresh, Asker.UNKNOWN);
    Decision decision =
        switch (first) {
          case Decision.Closed closed when gate.spares(closed.verdict(), place, sender) ->
              decide(job, place, sender, said, fresh, Asker.MODERATOR);
          case Decision.Unclear unclear ->
              decide(job, place, sender, said, fresh, gate.asker(place, sender));
          case Decision.Closed closed -> closed;
          case Decision.Declined declined -> declined;
          case Decision.Admitted admitted -> admitted;
        };
    return switch (decision) {
      case Decision.Unclear unclear -> throw new IllegalStateException("the asker is known");
      case Decision.Declined declined -> {
        answer(job, declined.chat(), said, declined.answer());
        yield Ending.done();
      }
      case Decision.Closed closed -> {
        Gate.Reply reply = gate.reply(closed.visitor(), closed.verdict(), said.awaited());
        reply.card().ifPresent(card -> answer(job, closed.visitor().chat(), said, card));
        yield new Ending.Done(reply.rows());
      }
      case Decision.Admitted admitted -> {
        poster.post(admitted.chat(), admitted.card());
        yield new Ending.Next(FetchPhotos.KIND, admitted.card().currentLane(), "", tx -> {});
      }
    };
  }

  /** Whether it is a moderator's reason against what they reply to; they are answered. */
  private boolean denies(Job job, Place place, Sender sender, Said said) {
    Optional<Long> asked = said.words().isBlank() ? Optional.empty() : decidedOn(place, said);
    if (asked.isEmpty()) {
      return false;
    }
    Visitor visitor =
        stores
            .database()
            .write(
                tx -> Visitor.meet(tx, stores.roster(), messages, place, sender, clock.instant()));
    Optional<String> told = decisions.deny(visitor, asked.get(), said.words().strip());
    told.ifPresent(words -> answer(job, visitor.chat(), said, Card.of(words)));
    return told.isPresent();
  }

  private Optional<Long> decidedOn(Place place, Said said) {
    return said.replyTo()
        .filter(Said.Quoted::ours)
        .flatMap(quoted ->
            stores
                .database()
                .read(reading ->
                    stores
                        .roster()
                        .chat(reading, place.chat())
                        .flatMap(
                            chat -> held.ofMessage(reading, chat.id(), quoted.message().value()))));
  }

  private void answer(Job job, Roster.Chat chat, Said said, Card card) {
    postbox.post(Letter.toAskerAlone("answer:" + job.id(), chat, said.message().value(), card));
  }

  private Decision decide(
      Job job, Place place, Sender sender, Said said, boolean fresh, Asker asker) {
    return stores.database().write(tx -> decide(tx, job, place, sender, said, fresh, asker));
  }

  private Decision decide(
      Tx tx, Job job, Place place, Sender sender, Said said, boolean fresh, Asker asker) {
    Visitor visitor = Visitor.meet(tx, stores.roster(), messages, place, sender, clock.instant());
    Roster.Chat chat = visitor.chat();
    Roster.Member member = visitor.member();
    Language language = visitor.language();
    Optional<CardEntry> earlier = stores.cards().ofJob(tx, job.id());
    if (earlier.isPresent()) {
      return new Decision.Admitted(chat, earlier.get());
    }
    StyledWords.Styled styled = styledWords.fill(RequestWords.parse(said.words()), language);
    RequestWords.Flags flags = styled.flags();
    // Closed models and sizes are left to the choice among them, which says what can be had.
    Screening.Wish wanted =
        new Screening.Wish.Picture(flags.words(), Optional.empty(), Optional.empty());
    if (gate.picture(tx, visitor, wanted, asker == Asker.MODERATOR)
        instanceof Verdict.Closed closed) {
      return new Decision.Closed(visitor, closed);
    }
    if (said.replyTo().filter(quoted -> gate.hides(tx, chat, quoted)).isPresent()) {
      return declined(chat, language, new Message.PictureIsHidden());
    }
    Optional<Message> early = tooEarly(tx, chat, said, fresh);
    if (early.isPresent()) {
      return declined(chat, language, early.get());
    }
    if (styled.refusal().isPresent()) {
      return declined(chat, language, styled.refusal().get());
    }
    Origin origin = origins.of(tx, visitor, said, fresh);
    Optional<Message> pictureMissing =
        styled.refusalWithoutPicture(language).filter(why -> origin.isBare());
    if (pictureMissing.isPresent()) {
      return declined(chat, language, pictureMissing.get());
    }
    if (flags.words().isEmpty() && origin.attachments().isEmpty()) {
      return declined(chat, language, nothingAsked(place, fresh));
    }
    Optional<Message> unfit = origins.unfit(place, origin, flags.words(), maxWords);
    if (unfit.isPresent()) {
      return declined(chat, language, unfit.get());
    }
    return switch (pictures.choose(tx, member.id(), chat.id(), flags)) {
      case Choice.Refused refused -> declined(chat, language, refused.why());
      case Choice.Fits fits when origin.attachments().size() > fits.model().maxImages() ->
          declined(
              chat,
              language,
              new Message.TooManyPictures(
                  origin.attachments().size(), fits.model().name(), fits.model().maxImages()));
      case Choice.Fits fits -> {
        SpamRules.Asking asking = SpamGuard.asking(visitor, flags.words(), origin.about());
        Optional<Verdict.Spam> spam = gate.spam().against(tx, asking, asker);
        if (spam.isPresent()) {
          yield new Decision.Closed(visitor, spam.get());
        }
        Billing.Wish wish =
            new Billing.Wish(
                job.id(), member.id(), chat, fits.model().id(), fits.size().map(ImageSize::label));
        yield switch (holding.of(tx, wish, fits.copies(), flags.words(), asker)) {
          case Fate.Refused refused -> {
            gate.spam().note(tx, asking, true);
            yield new Decision.Declined(
                chat, Card.of(refusals.text(refused.why(), clock.instant(), language)));
          }
          case Fate.TooMany tooMany -> declined(chat, language, tooMany.why());
          case Fate.Waits waits when asker == Asker.UNKNOWN -> new Decision.Unclear();
          case Fate.Waits waits -> {
            gate.spam().note(tx, asking, false);
            CardEntry card = write(tx, job, visitor, origin, flags.words(), said, fits);
            holding.hold(tx, card, wish, waits.reasons());
            // Nobody gets words past a moderator by continuing from them.
            stores.conversations().withdraw(tx, card.turnId());
            yield new Decision.Admitted(chat, stores.cards().find(tx, card.id()).orElseThrow());
          }
          case Fate.Passes passes -> {
            gate.spam().note(tx, asking, false);
            CardEntry card = write(tx, job, visitor, origin, flags.words(), said, fits);
            stores.conversations().setHead(tx, chat.id(), card.turnId(), clock.instant());
            holding.reserve(tx, wish, card.turnId());
            yield new Decision.Admitted(chat, card);
          }
        };
      }
    };
  }

  private CardEntry write(
      Tx tx, Job job, Visitor visitor, Origin origin, String words, Said said, Choice.Fits fits) {
    Roster.Chat chat = visitor.chat();
    long turn = origins.addTurn(tx, visitor, origin, words);
    origins.taken(tx, visitor, said, turn);
    long card =
        stores
            .cards()
            .add(
                tx,
                new CardStore.Request(
                    job.id(),
                    chat.id(),
                    visitor.member().id(),
                    turn,
                    origin.lane().orElse(branchLane(turn)),
                    origin.lane().isPresent(),
                    Optional.of(said.message().value()),
                    fits.model().id(),
                    fits.ratio().map(AspectRatio::toString),
                    fits.size().map(ImageSize::label),
                    fits.copies(),
                    visitor.language().code()),
                clock.instant());
    return stores.cards().find(tx, card).orElseThrow();
  }

  /** Nothing can continue from an answer that moderators have not allowed yet. */
  private Optional<Message> tooEarly(Tx tx, Roster.Chat chat, Said said, boolean fresh) {
    Optional<String> quoted =
        said.replyTo().filter(Said.Quoted::ours).map(message -> message.message().value());
    if (quoted.filter(message -> held.ofMessage(tx, chat.id(), message).isPresent()).isPresent()) {
      return Optional.of(new Message.HeldByButtons());
    }
    return quoted
        .filter(message -> !fresh)
        .flatMap(message -> stores.conversations().turnOf(tx, chat.id(), message))
        .flatMap(turn -> stores.cards().ofTurn(tx, turn))
        .filter(card -> card.heldUntil().isPresent())
        .map(card -> new Message.HeldStill());
  }

  private Decision declined(Roster.Chat chat, Language language, Message why) {
    return new Decision.Declined(chat, Card.of(messages.text(why, language)));
  }

  private static Message nothingAsked(Place place, boolean fresh) {
    if (fresh) {
      return new Message.ImagineWhat();
    }
    return place.direct() ? new Message.AskDirect() : new Message.AskGroup();
  }

  static String branchLane(long turn) {
    return "branch:" + turn;
  }

  /** The request could not be admitted: its card says so; empty where none was written. */
  Optional<Ending> giveUp(Job job) {
    return stores
        .database()
        .read(reading -> stores.cards().ofJob(reading, job.id()))
        .map(card -> {
          Language language = messages.choose(List.of(card.language()));
          String ending = messages.text(new Message.SomethingBroke(), language);
          return new Ending.Next(
              DeliverResult.KIND,
              job.lane(),
              "",
              tx -> stores.cards().end(tx, card, JobState.FAILED, ending, clock.instant()));
        });
  }
}
