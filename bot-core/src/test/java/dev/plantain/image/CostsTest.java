package dev.plantain.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.conversation.Author;
import dev.plantain.conversation.Content;
import dev.plantain.conversation.Part;
import dev.plantain.image.Attempt.Basis;
import dev.plantain.image.ImageResult.Cause;
import dev.plantain.image.ImageResult.Failed;
import dev.plantain.image.ImageResult.Problem;
import dev.plantain.image.ImageResult.Refused;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CostsTest {
  // 2 dollars a million tokens in, 12 out.
  private static final ModelSpec PRO =
      ModelCatalogue.packaged().find("gemini-3-pro-image").orElseThrow();
  private static final ImageRequest REQUEST =
      new ImageRequest(
          PRO,
          List.of(new Content(Author.MEMBER, List.of(Part.Text.of("a cat")))),
          Optional.empty(),
          Optional.empty());
  private static final Usage COUNTED = new Usage(1_000, 500, 0, 1_500, Optional.empty());
  private static final Usage TOLD = new Usage(1_000, 500, 0, 1_500, Optional.of(77L));

  @Test
  void tokensThatWereCountedAreOwedAlthoughNothingCameOfThem() {
    assertThat(of(Optional.empty(), failed(Problem.NO_PICTURE, COUNTED)))
        .contains(attempt(8_000, Basis.TOKENS));
    assertThat(of(Optional.empty(), failed(Problem.OVERLOADED, COUNTED)))
        .contains(attempt(8_000, Basis.TOKENS));
    assertThat(of(Optional.empty(), new Refused(Cause.UNSAFE, Optional.empty(), COUNTED)))
        .contains(attempt(8_000, Basis.TOKENS));
  }

  @Test
  void whatTheProviderToldOutweighsEverything() {
    assertThat(of(Optional.of(50_000L), failed(Problem.NO_PICTURE, TOLD)))
        .contains(attempt(77, Basis.TOLD));
    assertThat(of(Optional.of(50_000L), failed(Problem.GARBLED, TOLD)))
        .contains(attempt(77, Basis.TOLD));
  }

  @Test
  void anAnswerWithoutAPictureMayCostTheAgreedPrice() {
    assertThat(of(Optional.of(50_000L), failed(Problem.NO_PICTURE, COUNTED)))
        .contains(attempt(50_000, Basis.PERHAPS));
    assertThat(of(Optional.of(50_000L), failed(Problem.OVERLOADED, Usage.NONE))).isEmpty();
  }

  @Test
  void aRefusalIsOwedAtWhatWasCountedAndNotAtTheAgreedPrice() {
    assertThat(of(Optional.of(50_000L), new Refused(Cause.UNSAFE, Optional.empty(), COUNTED)))
        .contains(attempt(8_000, Basis.TOKENS));
    assertThat(of(Optional.of(50_000L), new Refused(Cause.UNSAFE, Optional.empty(), Usage.NONE)))
        .isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Problem.class)
  void withoutAnyCountOnlyWhatMayHaveBeenBilledIsWrittenDown(Problem problem) {
    Optional<Attempt> owed = of(Optional.empty(), failed(problem, Usage.NONE));
    assertThat(owed)
        .isEqualTo(
            problem.perhapsPaid()
                ? Optional.of(attempt(134_000, Basis.PERHAPS))
                : Optional.empty());
  }

  @Test
  void aModelOfWordsHasNoPriceOfAPictureButMayHaveUsedTokens() {
    ImageRequest request = toAWriter(400_000);
    // 1,000 tokens in by its words, and 2,000 out as a guess.
    Attempt likely = new Attempt("there", "a-writer", "", 0, 100 + 800, Basis.PERHAPS);
    assertThat(Costs.of("there", Optional.empty(), request, failed(Problem.TIMED_OUT, Usage.NONE)))
        .contains(likely);
    assertThat(Costs.of("there", Optional.empty(), request, said(Usage.NONE))).contains(likely);
    assertThat(Costs.of("there", Optional.of(70L), request, said(Usage.NONE)))
        .contains(new Attempt("there", "a-writer", "", 0, 70, Basis.AGREED));
    assertThat(Costs.of("there", Optional.empty(), request, said(COUNTED)))
        .contains(new Attempt("there", "a-writer", "", 0, 100 + 200, Basis.TOKENS));
    assertThat(Costs.of("there", Optional.empty(), request, failed(Problem.OVERLOADED, Usage.NONE)))
        .isEmpty();
  }

  private static ImageRequest toAWriter(long outputPrice) {
    ModelSpec writer =
        ModelSpec.ofWords(
            "a-writer",
            Duration.ofSeconds(20),
            Optional.of(
                new ModelSpec.Prices(
                    Map.of(),
                    Optional.of(new ModelSpec.TokenPrices(100_000, outputPrice, 0)),
                    LocalDate.EPOCH,
                    "a test")));
    return new ImageRequest(
        writer,
        List.of(new Content(Author.MEMBER, List.of(Part.Text.of("x".repeat(4_000))))),
        Optional.empty(),
        Optional.empty());
  }

  private static ImageResult said(Usage usage) {
    return new ImageResult.Spoke(List.of(Part.Text.of("Well.")), "a-writer", usage);
  }

  private static Optional<Attempt> of(Optional<Long> agreed, ImageResult result) {
    return Costs.of("there", agreed, REQUEST, result);
  }

  private static Failed failed(Problem problem, Usage usage) {
    return new Failed(problem, Optional.empty(), "as told", usage);
  }

  private static Attempt attempt(long microDollars, Basis basis) {
    return new Attempt("there", PRO.id(), "", 0, microDollars, basis);
  }
}
