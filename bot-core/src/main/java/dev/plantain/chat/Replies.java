package dev.plantain.chat;

import dev.plantain.chat.Outcomes.WayOn;
import dev.plantain.chat.Results.Result;
import dev.plantain.conversation.Part;
import dev.plantain.conversation.Turn;
import dev.plantain.image.ImageResult.Trouble;
import dev.plantain.image.ModelSpec;
import dev.plantain.image.Offer;
import dev.plantain.media.Blob;
import dev.plantain.media.MediaStore;
import dev.plantain.platform.Capabilities;
import dev.plantain.platform.Card;
import dev.plantain.platform.Card.Button;
import dev.plantain.platform.Card.Paragraph;
import dev.plantain.platform.Card.Tone;
import dev.plantain.platform.Picture;
import dev.plantain.quota.QuotaDecision;
import dev.plantain.text.Language;
import dev.plantain.text.Message;
import dev.plantain.text.Messages;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What cards say and offer. */
final class Replies {
  /** As many names as stand beside each other on a phone. */
  private static final int MOST_OTHERS = 2;

  private static final int LONGEST_REMINDER = 80;

  private static final int LONGEST_DESCRIPTION = 300;
  private static final Duration STEP = Duration.ofSeconds(5);
  private static final int STEPS_OF_WAITING = 24;

  private final Messages messages;
  private final Offer offer;
  private final MediaStore media;
  private final Refusal refusals;
  private final InstantSource clock;

  Replies(Messages messages, Offer offer, MediaStore media, InstantSource clock) {
    this.messages = messages;
    this.offer = offer;
    this.media = media;
    this.refusals = new Refusal(messages);
    this.clock = clock;
  }

  /**
   * A card on its way.
   *
   * @param ahead how many jobs run before this one
   */
  Card progress(CardEntry card, int ahead, Instant now) {
    String told = text(card, progressMessage(card, ahead, now));
    Button cancel = button(card, new Message.ButtonCancel(), "cancel", Tone.DANGER);
    return new Card(
        List.of(new Paragraph.Told(told), new Paragraph.Told(join(wishes(card, card.model())))),
        Optional.empty(),
        List.of(List.of(cancel)));
  }

  private static Message progressMessage(CardEntry card, int ahead, Instant now) {
    if (card.heldUntil().isPresent()) {
      return new Message.CardHeld(left(card, card.heldUntil().get(), now));
    }
    if (card.renderingAt().isPresent()) {
      Duration elapsed = Duration.between(card.renderingAt().get(), now);
      // In steps, so that the text does not change with every look.
      long steps = Math.max(0, elapsed.dividedBy(STEP));
      return steps == 0
          ? new Message.CardRendering()
          : new Message.CardRenderingFor(STEP.multipliedBy(steps));
    }
    if (card.retryAt().filter(now::isBefore).isPresent()) {
      long steps =
          Duration.between(now, card.retryAt().get()).plus(STEP).minusMillis(1).dividedBy(STEP);
      return new Message.CardRetries(STEP.multipliedBy(steps));
    }
    return ahead > 0 ? new Message.CardQueued(ahead) : new Message.CardAccepted();
  }

  /** In steps of the whole time, so that the text does not change often. */
  private static Duration left(CardEntry card, Instant until, Instant now) {
    long whole = Duration.between(card.acceptedAt(), until).toMillis();
    long step = Math.max(Duration.ofMinutes(1).toMillis(), whole / STEPS_OF_WAITING);
    long left = Math.max(step, Duration.between(now, until).toMillis());
    return Duration.ofMillis(Math.min(whole, (left + step - 1) / step * step));
  }

  /** The card at its end, and further messages where its words are too many for one. */
  List<Card> result(Result result, Turn answer, Capabilities capabilities) {
    CardEntry card = result.card();
    List<Part.Image> images = answer.images();
    String words = answer.words();
    List<String> notes = new ArrayList<>();
    result.place().ifPresent(place -> notes.add(place(result, place)));
    card.ending().ifPresent(notes::add);
    notes.add(facts(card, answer));
    int room =
        (images.isEmpty() ? capabilities.maxWords() : capabilities.maxWordsWithPicture())
            - notes.stream().mapToInt(String::length).sum()
            - 2 * (notes.size() + 1);
    List<String> pieces = split(words, Math.max(0, room), capabilities.maxWords());
    List<Paragraph> paragraphs = new ArrayList<>();
    if (!pieces.getFirst().isEmpty()) {
      paragraphs.add(new Paragraph.Quoted(pieces.getFirst()));
    }
    notes.forEach(note -> paragraphs.add(new Paragraph.Told(note)));
    List<Card> pages = new ArrayList<>();
    pages.add(
        new Card(
            paragraphs,
            images.isEmpty()
                ? Optional.empty()
                : Optional.of(
                    picture(
                        card, result.asked(), images.getLast().blob(), false, result.spoiler())),
            buttons(card, images.size())));
    pieces.stream()
        .skip(1)
        .map(piece -> new Card(List.of(new Paragraph.Quoted(piece)), Optional.empty(), List.of()))
        .forEach(pages::add);
    return pages;
  }

  /** A picture as its file or, unless {@code untouched}, as the platform shows pictures. */
  Picture picture(CardEntry card, Turn asked, Blob blob, boolean untouched, boolean spoiler) {
    String description = asked.words();
    return new Picture(
        media.path(blob.id()),
        blob.type().mime(),
        blob.width(),
        blob.height(),
        blob.bytes(),
        "plantain-" + card.id() + "." + blob.type().extension(),
        description.length() <= LONGEST_DESCRIPTION
            ? description
            : description.substring(0, cut(description, LONGEST_DESCRIPTION - 1)) + "…",
        untouched,
        spoiler);
  }

  /** The card of a job that ended without a result. */
  Card ended(Result result) {
    CardEntry card = result.card();
    String told = card.ending().orElseGet(() -> text(card, new Message.SomethingBroke()));
    List<Paragraph> words = new ArrayList<>();
    result.place().ifPresent(place -> words.add(new Paragraph.Told(place(result, place))));
    words.add(new Paragraph.Told(told));
    return new Card(
        words,
        Optional.empty(),
        waysOn(card, result.trouble(), result.others()).stream()
            .filter(row -> !row.isEmpty())
            .toList());
  }

  /** Which request of a batch it was, by its words. */
  private String place(Result result, Message place) {
    String words = result.asked().words();
    String begin =
        words.length() <= LONGEST_REMINDER
            ? words
            : words.substring(0, cut(words, LONGEST_REMINDER - 1)) + "…";
    return text(result.card(), place) + " · " + begin;
  }

  private List<List<Button>> waysOn(
      CardEntry card, Optional<Trouble> trouble, List<ModelSpec> others) {
    Set<WayOn> ways =
        switch (card.state()) {
          case FAILED, REFUSED ->
              trouble
                  .map(known -> Outcomes.of(known).waysOn())
                  .orElse(card.state() == JobState.FAILED ? Set.of(WayOn.TRY_AGAIN) : Set.of());
          case CANCELLED -> Set.of(WayOn.TRY_AGAIN);
          case ACCEPTED, RENDERING, RENDERED, DELIVERED -> Set.of();
        };
    List<Button> same = new ArrayList<>();
    if (ways.contains(WayOn.TRY_AGAIN)) {
      same.add(button(card, new Message.ButtonTryAgain(), "again", Tone.PRIMARY));
    }
    if (ways.contains(WayOn.REPHRASE)) {
      same.add(
          button(card, new Message.ButtonRephrase(), "change", Tone.PRIMARY)
              .asking(text(card, new Message.QuestionRephrase())));
    }
    List<Button> elsewhere =
        others.stream()
            .filter(model -> ways.contains(WayOn.OTHER_MODEL))
            .limit(MOST_OTHERS)
            .map(model -> new Button(model.name(), PressedAgain.data(card, model), Tone.PLAIN))
            .toList();
    return List.of(same, elsewhere);
  }

  private List<List<Button>> buttons(CardEntry card, int images) {
    Button again = button(card, new Message.ButtonAgain(), "again", Tone.PLAIN);
    if (images == 0) {
      return List.of(List.of(again));
    }
    List<Button> files = new ArrayList<>();
    files.add(button(card, new Message.ButtonOriginal(), "original", Tone.PLAIN));
    if (images > 1) {
      files.add(button(card, new Message.ButtonMore(images - 1), "more", Tone.PLAIN));
    }
    Button change =
        button(card, new Message.ButtonChange(), "change", Tone.PRIMARY)
            .asking(text(card, new Message.QuestionChange()));
    return List.of(List.of(change, again), files);
  }

  /** The model, shape and size, and how long it took. */
  private String facts(CardEntry card, Turn answer) {
    List<String> facts = wishes(card, answer.model().orElse(card.model()));
    card.renderingAt()
        .map(begun -> Duration.between(begun, answer.createdAt()))
        .ifPresent(took -> facts.add(messages.inWords(took, language(card))));
    return join(facts);
  }

  /** The model, shape and size that are asked for. */
  List<String> wishes(CardEntry card) {
    return wishes(card, card.model());
  }

  private List<String> wishes(CardEntry card, String model) {
    List<String> wishes = new ArrayList<>();
    wishes.add(offer.find(model).map(ModelSpec::name).orElse(model));
    card.ratio().ifPresent(wishes::add);
    card.size().ifPresent(wishes::add);
    return wishes;
  }

  private static String join(List<String> facts) {
    return String.join(" · ", facts);
  }

  private Button button(CardEntry card, Message label, String action, Tone tone) {
    return new Button(text(card, label), action + ":" + card.id(), tone);
  }

  /** A message in the language of the card. */
  String text(CardEntry card, Message message) {
    return messages.text(message, language(card));
  }

  /** Why its picture may not be made now. */
  String text(CardEntry card, QuotaDecision.Refused refused) {
    return refusals.text(refused, clock.instant(), language(card));
  }

  /** The language of a card. */
  Language language(CardEntry card) {
    return messages.choose(List.of(card.language()));
  }

  /**
   * Pieces of at most {@code first} and then {@code others} characters, cut at white space where
   * there is any.
   */
  static List<String> split(String words, int first, int others) {
    List<String> pieces = new ArrayList<>();
    String rest = words.strip();
    int room = first;
    while (rest.length() > room) {
      int cut = cut(rest, room);
      pieces.add(rest.substring(0, cut).stripTrailing());
      rest = rest.substring(cut).stripLeading();
      room = others;
    }
    pieces.add(rest);
    return pieces;
  }

  private static int cut(String text, int room) {
    for (int i = room; i > room / 2; i--) {
      if (Character.isWhitespace(text.charAt(i))) {
        return i;
      }
    }
    return room > 0 && Character.isHighSurrogate(text.charAt(room - 1)) ? room - 1 : room;
  }
}
