package dev.plantain.image;

import dev.plantain.conversation.Content;
import dev.plantain.conversation.Part;
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
 * @param insteadOfPicture stands in the place of a picture for which there is no room, in the
 *     member's language; empty where the model must see all or nothing
 */
public record ImageRequest(
    ModelSpec model,
    List<Content> contents,
    Optional<AspectRatio> ratio,
    Optional<ImageSize> size,
    Safety safety,
    Guidance guidance,
    Optional<String> insteadOfPicture) {
  public ImageRequest {
    contents = List.copyOf(contents);
  }

  // Rough: what rests on it is held back a little too early or too late, or owed a little too much.
  private static final int TOKENS_OF_AN_ANSWER = 2_000;
  private static final int TOKENS_OF_A_PICTURE = 1_120;
  private static final int CHARACTERS_OF_A_TOKEN = 4;

  /** Judged and guided as its provider does by itself. */
  public ImageRequest(
      ModelSpec model,
      List<Content> contents,
      Optional<AspectRatio> ratio,
      Optional<ImageSize> size) {
    this(model, contents, ratio, size, Safety.USUAL, Guidance.NONE, Optional.of("(a picture)"));
  }

  /** The same with other contents. */
  public ImageRequest withContents(List<Content> others) {
    return new ImageRequest(model, others, ratio, size, safety, guidance, insteadOfPicture);
  }

  /**
   * The same with as much of its contents as a request may carry on the way to the model; empty
   * where not even the newest picture may be sent, or where some may not and the model must see
   * all. Without limits of the way's own nothing is cut.
   *
   * @param maxRequestBytes of the whole request, pictures encoded
   * @param maxPictureBytes of each picture's file
   */
  public Optional<ImageRequest> within(
      Optional<Long> maxRequestBytes, Optional<Long> maxPictureBytes) {
    return maxRequestBytes.isEmpty() && maxPictureBytes.isEmpty()
        ? Optional.of(this)
        : fitted(maxRequestBytes.orElse(Long.MAX_VALUE), maxPictureBytes.orElse(Long.MAX_VALUE));
  }

  private Optional<ImageRequest> fitted(long maxRequestBytes, long maxPictureBytes) {
    return new Fitting(model, insteadOfPicture, maxRequestBytes, maxPictureBytes)
        .of(contents)
        .map(this::withContents);
  }

  /**
   * The same for another model: without the signatures of the first, with the nearest ratio that
   * the other takes, and with no more pictures than it takes.
   */
  public ImageRequest forModel(ModelSpec other) {
    if (other.id().equals(model.id())) {
      return this;
    }
    ImageRequest whole = whole(other);
    return whole.fitted(Long.MAX_VALUE, Long.MAX_VALUE).orElse(whole);
  }

  private ImageRequest whole(ModelSpec other) {
    return new ImageRequest(
        other,
        Unsigned.flattened(contents),
        ratio.flatMap(asked ->
            other.ratios().contains(asked)
                ? Optional.of(asked)
                : other.nearest(asked.width(), asked.height())),
        size,
        safety,
        guidance,
        insteadOfPicture);
  }

  /** What the model will likely use for it, in tokens. */
  public Usage likelyUsage() {
    long characters = guidance.instruction().map(String::length).orElse(0);
    long pictures = 0;
    for (Content content : contents) {
      for (Part part : content.parts()) {
        switch (part) {
          case Part.Text text -> characters += text.words().length();
          case Part.Image _ -> pictures++;
        }
      }
    }
    long prompt = characters / CHARACTERS_OF_A_TOKEN + pictures * TOKENS_OF_A_PICTURE;
    return new Usage(
        prompt, TOKENS_OF_AN_ANSWER, 0, prompt + TOKENS_OF_AN_ANSWER, Optional.empty());
  }
}
