package dev.plantain.image;

import dev.plantain.conversation.Content;
import dev.plantain.conversation.ContextWindow;
import dev.plantain.conversation.Part;
import dev.plantain.conversation.Turn;
import dev.plantain.media.Blob;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A conversation that is cut once more, by the rules of the {@link ContextWindow}, as the way to
 * the model takes less than the model, or another model stands in that takes less.
 */
final class Fitting {
  /** Left free in a request for what is neither picture nor token. */
  private static final long BYTES_FOR_WORDS = 1_000_000;

  private final ModelSpec model;
  private final Optional<String> insteadOfPicture;
  private final long maxBytes;
  private final long maxPictureBytes;

  /**
   * @param insteadOfPicture empty where nothing may be left out
   */
  Fitting(
      ModelSpec model,
      Optional<String> insteadOfPicture,
      long maxRequestBytes,
      long maxPictureBytes) {
    this.model = model;
    this.insteadOfPicture = insteadOfPicture;
    this.maxBytes =
        Math.max(1, Math.min(model.maxRequestBytes(), maxRequestBytes) - BYTES_FOR_WORDS);
    this.maxPictureBytes = maxPictureBytes;
  }

  /** What fits of the contents; empty where not even the newest picture does. */
  Optional<List<Content>> of(List<Content> contents) {
    return insteadOfPicture.isPresent()
        ? cut(contents, insteadOfPicture.get())
        : Optional.of(contents).filter(this::fits);
  }

  private boolean fits(List<Content> contents) {
    return bytes(contents) <= maxBytes
        && contents.stream()
            .flatMap(content -> content.parts().stream())
            .allMatch(part -> !(part instanceof Part.Image image) || !isTooLarge(image));
  }

  private boolean isTooLarge(Part.Image image) {
    return image.blob().bytes() > maxPictureBytes;
  }

  private Optional<List<Content>> cut(List<Content> contents, String instead) {
    if (newest(contents).filter(picture -> picture.bytes() > maxPictureBytes).isPresent()) {
      return Optional.empty();
    }
    // How many signatures go back was decided before.
    ContextWindow.Limits limits =
        new ContextWindow.Limits(
            Math.max(1, model.maxImages()), maxBytes, model.maxInputTokens(), Integer.MAX_VALUE);
    List<Content> fitting =
        new ContextWindow(limits, model.id(), instead).of(turns(contents, instead));
    return bytes(fitting) <= maxBytes ? Optional.of(fitting) : Optional.empty();
  }

  private static Optional<Blob> newest(List<Content> contents) {
    return contents.reversed().stream()
        .flatMap(content -> content.parts().reversed().stream())
        .filter(Part.Image.class::isInstance)
        .map(part -> ((Part.Image) part).blob())
        .findFirst();
  }

  private List<Turn> turns(List<Content> contents, String instead) {
    List<Turn> turns = new ArrayList<>();
    for (Content content : contents) {
      Optional<String> by =
          switch (content.author()) {
            case MEMBER -> Optional.empty();
            case MODEL -> Optional.of(model.id());
          };
      List<Part> parts = content.parts().stream().map(part -> small(part, instead)).toList();
      turns.add(
          new Turn(
              turns.size(),
              0,
              Optional.empty(),
              content.author(),
              by,
              false,
              parts,
              Instant.EPOCH));
    }
    return turns;
  }

  private Part small(Part part, String instead) {
    return switch (part) {
      case Part.Text text -> text;
      case Part.Image image -> isTooLarge(image) ? Part.Text.of(instead) : image;
    };
  }

  private static long bytes(List<Content> contents) {
    long bytes = 0;
    for (Content content : contents) {
      for (Part part : content.parts()) {
        bytes +=
            part.token().map(Part.Token::characters).orElse(0L)
                + switch (part) {
                  case Part.Text _ -> 0;
                  case Part.Image image -> (image.blob().bytes() + 2) / 3 * 4;
                };
      }
    }
    return bytes;
  }
}
