package dev.plantain.chat;

import dev.plantain.conversation.ConversationStore;
import dev.plantain.conversation.GatheredPictures;
import dev.plantain.conversation.Part;
import dev.plantain.conversation.Roster;
import dev.plantain.platform.Attachment;
import dev.plantain.platform.Place;
import dev.plantain.platform.Said;
import dev.plantain.storage.Reading;
import dev.plantain.storage.Tx;
import dev.plantain.text.Message;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Decides where the turns of members hang, and writes them: rule 2 of a conversation. */
final class Origins {
  private final Stores stores;
  private final Platforms platforms;
  private final Gate gate;
  private final Duration idle;
  private final InstantSource clock;
  private final AttachmentStore attachments = new AttachmentStore();
  private final GatheredPictures gathered = new GatheredPictures();

  /**
   * @param idle how long a chat may pause before words alone begin a new conversation
   */
  Origins(Stores stores, Platforms platforms, Gate gate, Duration idle, InstantSource clock) {
    this.stores = stores;
    this.platforms = platforms;
    this.gate = gate;
    this.idle = idle;
    this.clock = clock;
  }

  /**
   * Where a turn hangs.
   *
   * @param lane that of the job whose answer this turn continues from, if that is still to come
   */
  record Origin(Optional<Long> parent, List<Attachment> attachments, Optional<String> lane) {
    Origin {
      attachments = List.copyOf(attachments);
    }

    /** There is nothing to begin with. */
    boolean isBare() {
      return parent.isEmpty() && attachments.isEmpty();
    }

    /** Tells apart what pictures are to be made from. */
    String about() {
      return parent.map(turn -> "turn " + turn).orElse("")
          + attachments.stream().map(photo -> photo.ref().value()).collect(Collectors.joining(" "));
    }
  }

  /**
   * Where what was said hangs.
   *
   * @param fresh whatever was said before does not matter
   */
  Origin of(Tx tx, Visitor visitor, Said said, boolean fresh) {
    Roster.Chat chat = visitor.chat();
    List<Attachment> attachments = new ArrayList<>();
    Optional<Long> parent = Optional.empty();
    if (said.replyTo().isPresent()) {
      Said.Quoted quoted = said.replyTo().get();
      parent = stores.conversations().turnOf(tx, chat.id(), quoted.message().value());
      if (fresh || parent.isEmpty()) {
        parent = Optional.empty();
        attachments.addAll(quoted.attachments());
      }
    }
    attachments.addAll(said.attachments());
    attachments.addAll(putAside(tx, visitor));
    if (parent.isEmpty() && attachments.isEmpty() && !fresh) {
      parent =
          stores
              .conversations()
              .head(tx, chat.id(), clock.instant(), idle)
              .filter(head -> !gate.hides(tx, head));
    }
    return new Origin(parent, attachments, parent.flatMap(turn -> openLane(tx, turn, said)));
  }

  /** What was hidden since then does not go along. */
  private List<Attachment> putAside(Reading reading, Visitor visitor) {
    Instant earliest = clock.instant().minus(idle);
    return gathered.since(reading, visitor.chat().id(), visitor.member().id(), earliest).stream()
        .filter(one -> one.turn().filter(turn -> gate.hidesPicturesOf(reading, turn)).isEmpty())
        .map(GatheredPictures.Gathered::picture)
        .toList();
  }

  /**
   * The lane of the job that answers the turn, if that is still going on and its answer is meant:
   * by a reply to its card, or by words alone. Who replies to the request itself goes another way
   * from the same photo.
   */
  private Optional<String> openLane(Tx tx, long turn, Said said) {
    boolean repliesToRequest = said.replyTo().filter(quoted -> !quoted.ours()).isPresent();
    return repliesToRequest
        ? Optional.empty()
        : stores.cards().ofTurn(tx, turn).flatMap(card -> stores.jobs().openLane(tx, card.jobId()));
  }

  /** What is too long, too large or no picture, as far as its platform tells. */
  Optional<Message> unfit(Place place, Origin origin, String words, int maxWords) {
    if (words.length() > maxWords) {
      return Optional.of(new Message.WordsTooLong(words.length(), maxWords));
    }
    long maxBytes = platforms.of(place.chat()).capabilities().maxDownloadBytes();
    for (Attachment attachment : origin.attachments()) {
      if (attachment.mediaType().filter(Origins::neverAPicture).isPresent()) {
        return Optional.of(new Message.NotAPicture());
      }
      if (attachment.bytes().filter(bytes -> bytes > maxBytes).isPresent()) {
        return Optional.of(new Message.PictureTooLarge(maxBytes / 1_000_000));
      }
    }
    return Optional.empty();
  }

  private static boolean neverAPicture(String mediaType) {
    return mediaType.startsWith("video/") || mediaType.startsWith("audio/");
  }

  /** Writes a member's turn, its photos to be fetched. */
  long addTurn(Tx tx, Visitor visitor, Origin origin, String words) {
    List<Part> parts = words.isEmpty() ? List.of() : List.of(Part.Text.of(words));
    ConversationStore conversations = stores.conversations();
    long turn =
        conversations.addMemberTurn(
            tx, visitor.chat().id(), visitor.member().id(), parts, clock.instant());
    origin.parent().ifPresent(parent -> conversations.hangUnder(tx, turn, parent));
    attachments.add(tx, turn, origin.attachments());
    return turn;
  }

  /** What was said is a turn now, and what was put aside for it is used up. */
  void taken(Tx tx, Visitor visitor, Said said, long turn) {
    gathered.clear(tx, visitor.chat().id(), visitor.member().id());
    stores.conversations().link(tx, visitor.chat().id(), said.message().value(), turn);
  }
}
