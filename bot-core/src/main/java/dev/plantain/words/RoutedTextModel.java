package dev.plantain.words;

import dev.plantain.conversation.Author;
import dev.plantain.conversation.Content;
import dev.plantain.conversation.Part;
import dev.plantain.image.Attempt;
import dev.plantain.image.Costs;
import dev.plantain.image.Guidance;
import dev.plantain.image.ImageModel;
import dev.plantain.image.ImageRequest;
import dev.plantain.image.ImageResult;
import dev.plantain.image.ImageResult.Problem;
import dev.plantain.image.ModelSpec;
import dev.plantain.image.Rendering;
import dev.plantain.image.Safety;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A text model that is asked by the routes, keys and limits of the operator. */
public final class RoutedTextModel implements TextModel {
  /** What every provider takes in one request with its pictures inside: gemini.md, section 5. */
  private static final long MOST_BYTES = 19_000_000;

  private final ImageModel routed;
  private final ModelSpec model;

  /**
   * @param routed asks for nothing but words
   * @param model which one is asked, and its prices
   */
  public RoutedTextModel(ImageModel routed, ModelSpec model) {
    this.routed = routed;
    this.model = model;
  }

  @Override
  public TextAnswer answer(Question question) throws InterruptedException {
    ImageRequest request = request(question);
    if (request.within(Optional.of(MOST_BYTES), Optional.empty()).isEmpty()) {
      return new TextAnswer.Failed(
          Problem.REQUEST_REJECTED,
          Optional.empty(),
          "the pictures are too large together for one question",
          List.of());
    }
    Rendering rendering = routed.render(request);
    List<Attempt> paid = rendering.attempts();
    return switch (rendering.result()) {
      case ImageResult.Spoke spoke -> new TextAnswer.Said(words(spoke.parts()), paid);
      case ImageResult.Made _ ->
          new TextAnswer.Failed(
              Problem.GARBLED, Optional.empty(), model.id() + " painted instead of writing", paid);
      case ImageResult.Refused _ -> new TextAnswer.Refused(paid);
      case ImageResult.Failed failed ->
          new TextAnswer.Failed(failed.problem(), failed.retryAfter(), failed.detail(), paid);
      case ImageResult.Waits(Instant until, Problem why) -> new TextAnswer.Waits(until, why);
    };
  }

  @Override
  public Attempt perhaps(Question question) {
    return Costs.perhaps("?", Optional.empty(), request(question));
  }

  private ImageRequest request(Question question) {
    List<Part> parts = new ArrayList<>();
    parts.add(Part.Text.of(question.words()));
    question.pictures().forEach(picture -> parts.add(Part.Image.of(picture)));
    return new ImageRequest(
        model,
        List.of(new Content(Author.MEMBER, parts)),
        Optional.empty(),
        Optional.empty(),
        Safety.USUAL,
        new Guidance(Optional.of(question.instruction()), Optional.empty(), false),
        // Whoever judges must see all of it.
        Optional.empty());
  }

  private static String words(List<Part> parts) {
    return parts.stream()
        .filter(Part.Text.class::isInstance)
        .map(part -> ((Part.Text) part).words())
        .collect(Collectors.joining());
  }
}
