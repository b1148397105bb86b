package dev.plantain.image;

import dev.plantain.conversation.Content;
import java.util.List;
import java.util.Optional;

/**
 * What a model is asked for.
 *
 * @param contents alternating authors, the last being a member
 * @param ratio empty where the model is to choose
 * @param size empty where the model has but one
 * @param safety followed where the provider can be told
 * @param guidance the operator's
 */
public record ImageRequest(
    ModelSpec model,
    List<Content> contents,
    Optional<AspectRatio> ratio,
    Optional<ImageSize> size,
    Safety safety,
    Guidance guidance) {
  public ImageRequest {
    contents = List.copyOf(contents);
  }

  /** Judged and guided as its provider does by itself. */
  public ImageRequest(
      ModelSpec model,
      List<Content> contents,
      Optional<AspectRatio> ratio,
      Optional<ImageSize> size) {
    this(model, contents, ratio, size, Safety.USUAL, Guidance.NONE);
  }

  /** The same with other contents. */
  public ImageRequest withContents(List<Content> others) {
    return new ImageRequest(model, others, ratio, size, safety, guidance);
  }

  /**
   * The same for another model: without the signatures of the first, and with the nearest ratio
   * that the other takes.
   */
  public ImageRequest forModel(ModelSpec other) {
    return other.id().equals(model.id())
        ? this
        : new ImageRequest(
            other,
            Unsigned.flattened(contents),
            ratio.flatMap(asked ->
                other.ratios().contains(asked)
                    ? Optional.of(asked)
                    : other.nearest(asked.width(), asked.height())),
            size,
            safety,
            guidance);
  }
}
