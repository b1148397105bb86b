package dev.plantain.chat;

import dev.plantain.conversation.Author;
import dev.plantain.conversation.Content;
import dev.plantain.conversation.ContextWindow;
import dev.plantain.conversation.ConversationStore;
import dev.plantain.conversation.Part;
import dev.plantain.conversation.Turn;
import dev.plantain.image.AspectRatio;
import dev.plantain.image.Guidance;
import dev.plantain.image.ImageRequest;
import dev.plantain.image.ImageSize;
import dev.plantain.image.ModelSpec;
import dev.plantain.image.Offer;
import dev.plantain.image.Safety;
import dev.plantain.media.Blob;
import dev.plantain.settings.Setting;
import dev.plantain.settings.SettingsStore;
import dev.plantain.storage.Reading;
import dev.plantain.text.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes of a card and the branch of its turn what a model is asked for. */
final class ImageRequests {
  private static final int SIGNED_TURNS = 2;

  /** Left free in a request for what is neither picture nor token. */
  private static final long BYTES_FOR_WORDS = 1_000_000;

  private final ConversationStore conversations;
  private final Gate gate;
  private final SettingsStore settings;
  private final Offer offer;
  private final Guidance guidance;
  private final Replies replies;

  ImageRequests(
      Stores stores,
      Gate gate,
      SettingsStore settings,
      Offer offer,
      Guidance guidance,
      Replies replies) {
    this.conversations = stores.conversations();
    this.gate = gate;
    this.settings = settings;
    this.offer = offer;
    this.guidance = guidance;
    this.replies = replies;
  }

  /** The branch as a model may see it: without what is hidden, or was answered elsewhere. */
  List<Turn> branch(Reading reading, CardEntry card) {
    List<Turn> branch = conversations.branch(reading, card.turnId());
    List<Turn> heard = new ArrayList<>();
    for (int i = 0; i < branch.size(); i++) {
      boolean another = i + 1 < branch.size() && branch.get(i + 1).author() == Author.MEMBER;
      Turn turn = branch.get(i);
      Turn shown = gate.hides(reading, turn.id()) ? turn.withoutPictures() : turn;
      heard.add(another && wasAnswered(reading, turn) ? shown.withdraw() : shown);
    }
    return heard;
  }

  /**
   * What a turn asked for and got elsewhere is not asked for again by those who go another way from
   * its photo.
   */
  private boolean wasAnswered(Reading reading, Turn turn) {
    return turn.author() == Author.MEMBER && conversations.answerTo(reading, turn.id()).isPresent();
  }

  /** The model of a card, or the usual one where nobody offers it any more. */
  ModelSpec model(CardEntry card) {
    return offer.find(card.model()).orElse(offer.standard());
  }

  /** What the model is asked for. */
  ImageRequest of(Reading reading, CardEntry card, List<Turn> branch) {
    ModelSpec spec = model(card);
    Safety safety =
        settings
            .ofChat(reading, card.chatId(), Setting.SAFETY)
            .flatMap(Safety::find)
            .orElse(Safety.USUAL);
    ContextWindow.Limits limits =
        new ContextWindow.Limits(
            // Those that take none say so where they are asked.
            Math.max(1, spec.maxImages()),
            Math.max(1, spec.maxRequestBytes() - BYTES_FOR_WORDS),
            spec.maxInputTokens(),
            SIGNED_TURNS);
    String left = replies.text(card, new Message.PictureLeftOut());
    List<Content> contents = new ContextWindow(limits, spec.id(), left).of(branch);
    Optional<AspectRatio> ratio =
        card.ratio()
            .flatMap(AspectRatio::parse)
            .or(() -> spec.keepsShape() ? Optional.empty() : shapeOfInput(spec, contents));
    return new ImageRequest(
        spec,
        contents,
        ratio,
        card.size().map(ImageSize::new),
        safety,
        guidance,
        Optional.of(left));
  }

  private static Optional<AspectRatio> shapeOfInput(ModelSpec spec, List<Content> contents) {
    return newestImage(contents).flatMap(blob -> spec.nearest(blob.width(), blob.height()));
  }

  private static Optional<Blob> newestImage(List<Content> contents) {
    return contents.reversed().stream()
        .flatMap(content -> content.parts().reversed().stream())
        .filter(Part.Image.class::isInstance)
        .map(part -> ((Part.Image) part).blob())
        .findFirst();
  }
}
