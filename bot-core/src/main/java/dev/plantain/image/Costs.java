package dev.plantain.image;

import dev.plantain.conversation.Part;
import dev.plantain.image.Attempt.Basis;
import dev.plantain.image.ModelSpec.TokenPrices;
import java.util.List;
import java.util.Optional;

/** Says what a call cost, by the best that is known of it. */
public final class Costs {
  private Costs() {}

  /**
   * What is owed for a call that ended so, which may be nothing where an answer came; empty where
   * no picture and no words came and nothing is.
   *
   * @param agreed what the endpoint takes for each answered request, where the operator set that
   */
  public static Optional<Attempt> of(
      String endpoint, Optional<Long> agreed, ImageRequest request, ImageResult result) {
    return switch (result) {
      case ImageResult.Made made ->
          Optional.of(
              answered(endpoint, agreed, request, made.answeredBy(), made.usage(), made.parts()));
      case ImageResult.Spoke spoke -> Optional.of(spoke(endpoint, agreed, request, spoke));
      case ImageResult.Refused refused ->
          owed(
              answered(
                  endpoint,
                  Optional.empty(),
                  request,
                  request.model().id(),
                  refused.usage(),
                  List.of()));
      case ImageResult.Failed failed -> owed(failed(endpoint, agreed, request, failed));
      case ImageResult.Waits _ -> Optional.empty();
    };
  }

  /** A model that has no price but by tokens is owed some, though nobody counted them. */
  private static Attempt spoke(
      String endpoint, Optional<Long> agreed, ImageRequest request, ImageResult.Spoke spoke) {
    boolean unknown =
        agreed.isEmpty()
            && spoke.usage().equals(Usage.NONE)
            && request.model().listedPrice(request.size()) == 0;
    return unknown
        ? perhaps(endpoint, agreed, request)
        : answered(endpoint, agreed, request, spoke.answeredBy(), spoke.usage(), List.of());
  }

  /** Tokens that were counted are billed, whatever came of them: gemini.md, section 4. */
  private static Attempt failed(
      String endpoint, Optional<Long> agreed, ImageRequest request, ImageResult.Failed failed) {
    boolean answeredAtItsPrice =
        agreed.isPresent() && failed.problem() == ImageResult.Problem.NO_PICTURE;
    if (failed.usage().toldMicroDollars().isEmpty()
        && (answeredAtItsPrice || failed.problem().perhapsPaid())) {
      return perhaps(endpoint, agreed, request);
    }
    return answered(
        endpoint, Optional.empty(), request, request.model().id(), failed.usage(), List.of());
  }

  /**
   * A call of which nobody knows how it ended: at the listed price of a picture, else by the tokens
   * that it will likely have used.
   */
  public static Attempt perhaps(String endpoint, Optional<Long> agreed, ImageRequest request) {
    return attempt(
        endpoint,
        request,
        request.model().id(),
        0,
        agreed.orElseGet(() -> likely(request)),
        Basis.PERHAPS);
  }

  private static long likely(ImageRequest request) {
    long listed = request.model().listedPrice(request.size());
    return listed > 0
        ? listed
        : request
            .model()
            .prices()
            .flatMap(ModelSpec.Prices::tokens)
            .map(prices -> prices.of(request.likelyUsage()))
            .orElse(0L);
  }

  private static Optional<Attempt> owed(Attempt attempt) {
    return attempt.microDollars() > 0 ? Optional.of(attempt) : Optional.empty();
  }

  private static Attempt answered(
      String endpoint,
      Optional<Long> agreed,
      ImageRequest request,
      String answeredBy,
      Usage usage,
      List<Part> parts) {
    int pictures = (int) parts.stream().filter(Part.Image.class::isInstance).count();
    if (usage.toldMicroDollars().isPresent()) {
      return attempt(
          endpoint, request, answeredBy, pictures, usage.toldMicroDollars().get(), Basis.TOLD);
    }
    if (agreed.isPresent()) {
      return attempt(endpoint, request, answeredBy, pictures, agreed.get(), Basis.AGREED);
    }
    Optional<TokenPrices> tokens = request.model().prices().flatMap(ModelSpec.Prices::tokens);
    if (tokens.isPresent() && usage.counted(pictures)) {
      return attempt(endpoint, request, answeredBy, pictures, tokens.get().of(usage), Basis.TOKENS);
    }
    long listed = request.model().listedPrice(request.size());
    return attempt(endpoint, request, answeredBy, pictures, pictures * listed, Basis.LISTED);
  }

  private static Attempt attempt(
      String endpoint,
      ImageRequest request,
      String model,
      int pictures,
      long microDollars,
      Basis basis) {
    return new Attempt(
        endpoint,
        model,
        request.size().map(ImageSize::label).orElse(""),
        pictures,
        microDollars,
        basis);
  }
}
