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
 */
public record ImageRequest(
    ModelSpec model,
    List<Content> contents,
    Optional<AspectRatio> ratio,
    Optional<ImageSize> size) {
  public ImageRequest {
    contents = List.copyOf(contents);
  }
}
