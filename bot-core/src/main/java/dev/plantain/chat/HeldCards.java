package dev.plantain.chat;

import dev.plantain.chat.HeldRequests.Held;
import dev.plantain.chat.HeldRequests.Outcome;
import dev.plantain.conversation.Part;
import dev.plantain.conversation.Roster;
import dev.plantain.conversation.Turn;
import dev.plantain.media.Blob;
import dev.plantain.moderation.ApprovalRules.Reason;
import dev.plantain.platform.Capabilities;
import dev.plantain.platform.Card;
import dev.plantain.platform.Card.Button;
import dev.plantain.platform.Card.Paragraph;
import dev.plantain.platform.Card.Tone;
import dev.plantain.platform.Picture;
import dev.plantain.quota.AmountNotation;
import dev.plantain.quota.Measure;
import dev.plantain.storage.Reading;
import dev.plantain.text.Language;
import dev.plantain.text.Message;
import dev.plantain.text.Messages;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What moderators see of a request that waits for them, or waited. */
final class HeldCards {
  private final Stores stores;
  private final Billing billing;
  private final Replies replies;
  private final Messages messages;

  HeldCards(Stores stores, Billing billing, Replies replies, Messages messages) {
    this.stores = stores;
    this.billing = billing;
    this.replies = replies;
    this.messages = messages;
  }

  /**
   * @param chat where moderators see it
   */
  Card card(
      Reading reading, Held held, CardEntry card, Roster.Chat chat, Capabilities capabilities) {
    Language language = messages.choose(chat.language().stream().toList());
    Roster.Member asker = stores.roster().member(reading, card.memberId());
    List<Turn> branch = stores.conversations().branch(reading, card.turnId());
    Turn asked = branch.getLast();
    Optional<Picture> picture =
        first(branch).map(blob -> replies.picture(card, asked, blob, false, false));
    List<Paragraph> told = new ArrayList<>();
    told.add(new Paragraph.Told(text(new Message.HeldAsks(asker.name()), language)));
    told.add(new Paragraph.Told(reasons(held, card, language)));
    List<Paragraph> facts = new ArrayList<>();
    if (asked.images().size() > 1) {
      facts.add(told(new Message.HeldMorePictures(asked.images().size() - 1), language));
    }
    facts.add(new Paragraph.Told(facts(card, language)));
    facts.add(new Paragraph.Told(fate(reading, held, card, language)));
    int room =
        (picture.isPresent() ? capabilities.maxWordsWithPicture() : capabilities.maxWords())
            - Stream.concat(told.stream(), facts.stream())
                .mapToInt(paragraph -> paragraph.text().length() + 2)
                .sum();
    words(asked.words(), room, language).forEach(told::add);
    told.addAll(facts);
    return new Card(told, picture, held.outcome().isPresent() ? List.of() : rows(held, language));
  }

  /** The first picture that the request came with, or the newest of what it continues. */
  private static Optional<Blob> first(List<Turn> branch) {
    List<Part.Image> own = branch.getLast().images();
    return own.isEmpty()
        ? branch.reversed().stream()
            .flatMap(turn -> turn.images().reversed().stream())
            .map(Part.Image::blob)
            .findFirst()
        : Optional.of(own.getFirst().blob());
  }

  /** Nobody should approve what they cannot see: what does not fit is said to be missing. */
  private List<Paragraph> words(String words, int room, Language language) {
    if (words.isEmpty()) {
      return List.of();
    }
    if (words.length() <= room) {
      return List.of(new Paragraph.Quoted(words));
    }
    Paragraph missing = told(new Message.HeldWordsCut(words.length()), language);
    String shown =
        Replies.split(words, Math.max(1, room - missing.text().length() - 3), words.length())
            .getFirst();
    return List.of(new Paragraph.Quoted(shown + "…"), missing);
  }

  private String reasons(Held held, CardEntry card, Language language) {
    return held.reasons().stream()
        .sorted()
        .map(reason -> text(reason(reason, card), language))
        .collect(Collectors.joining(" · "));
  }

  private static Message reason(Reason reason, CardEntry card) {
    return switch (reason) {
      case OVER_QUOTA -> new Message.HeldOverQuota();
      case SIZE -> new Message.HeldSize(card.size().orElse(""));
      case NEWCOMER -> new Message.HeldNewcomer();
      case WORD -> new Message.HeldWord();
      case PRICE -> new Message.HeldPrice();
    };
  }

  private String facts(CardEntry card, Language language) {
    long price = card.copies() * billing.price(card.model(), card.size());
    return Stream.concat(
            replies.wishes(card).stream(),
            Stream.of(
                text(
                    new Message.UsageTotals(
                        card.copies(), AmountNotation.write(Measure.MICRO_DOLLARS, price)),
                    language)))
        .collect(Collectors.joining(" · "));
  }

  private String fate(Reading reading, Held held, CardEntry card, Language language) {
    Optional<String> by =
        held.by().flatMap(id -> stores.roster().known(reading, id)).map(Roster.Member::name);
    Message fate =
        held.outcome()
            .map(outcome -> outcome(outcome, by.orElse("")))
            .orElseGet(
                () -> new Message.HeldEnds(Duration.between(card.acceptedAt(), held.until())));
    return text(fate, language);
  }

  private static Message outcome(Outcome outcome, String by) {
    return switch (outcome) {
      case APPROVED -> new Message.HeldWasApproved(by);
      case TRUSTED -> new Message.HeldWasTrusted(by);
      case DENIED -> new Message.HeldWasDenied(by);
      case EXPIRED -> new Message.HeldWasNotAnswered();
      case CANCELLED -> new Message.HeldWasCancelled();
      case ENDED -> new Message.HeldHasEnded();
    };
  }

  private List<List<Button>> rows(Held held, Language language) {
    return List.of(
        List.of(
            button(held, "approve", new Message.ButtonApprove(), Tone.PRIMARY, language),
            button(held, "deny", new Message.ButtonDeny(), Tone.DANGER, language)),
        List.of(button(held, "trust", new Message.ButtonTrust(), Tone.PLAIN, language)));
  }

  private Button button(Held held, String action, Message label, Tone tone, Language language) {
    String data = action + ":" + held.cardId() + ":" + held.edition();
    return new Button(text(label, language), data, tone);
  }

  private Paragraph told(Message message, Language language) {
    return new Paragraph.Told(text(message, language));
  }

  private String text(Message message, Language language) {
    return messages.text(message, language);
  }
}
