package dev.plantain.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ModelCatalogueTest {
  private static final LocalDate TODAY = LocalDate.parse("2026-11-21");

  private final ModelCatalogue catalogue = ModelCatalogue.packaged();

  @Test
  void theStandardModelIsTheOneThatGoogleRecommends() {
    ModelSpec model = catalogue.standard();
    assertThat(model.id()).isEqualTo("gemini-nano-banana-2.1");
    assertThat(model.ratios()).hasSize(14);
    assertThat(model.sizes()).extracting(ImageSize::label).containsExactly("1K", "2K", "4K");
    assertThat(model.maxRequestBytes()).isEqualTo(100_000_000);
    assertThat(model.prices().orElseThrow().microDollars()).containsEntry("1K", 33_600L);
    assertThat(model.pixels().get("4K")).containsEntry("16:9", "5504x3072");
  }

  @Test
  void largerPicturesAreWaitedForLonger() {
    ModelSpec model = catalogue.standard();
    assertThat(model.timeLimit(Optional.of(new ImageSize("1K")))).isEqualTo(Duration.ofMinutes(3));
    assertThat(model.timeLimit(Optional.of(new ImageSize("2K")))).isEqualTo(Duration.ofMinutes(5));
    assertThat(model.timeLimit(Optional.of(new ImageSize("4K")))).isEqualTo(Duration.ofMinutes(6));
    assertThat(model.timeLimit(Optional.empty())).isEqualTo(Duration.ofMinutes(3));
  }

  @Test
  void everyPixelTableCoversExactlyTheRatiosAndSizesOfItsModel() {
    for (ModelSpec model : catalogue.models()) {
      if (model.pixels().isEmpty()) {
        continue;
      }
      var ratios = model.ratios().stream().map(AspectRatio::toString).toList();
      var sizes = model.sizes().stream().map(ImageSize::label).collect(Collectors.toSet());
      assertThat(model.pixels().keySet()).isEqualTo(sizes.isEmpty() ? Set.of("default") : sizes);
      model
          .pixels()
          .values()
          .forEach(table -> assertThat(table).containsOnlyKeys(ratios.toArray(String[]::new)));
    }
  }

  @Test
  void documentedPixelsComeCloseToTheirRatio() {
    for (ModelSpec model : catalogue.models()) {
      for (Map<String, String> table : model.pixels().values()) {
        table.forEach((ratio, pixels) -> {
          int cross = pixels.indexOf('x');
          double width = Integer.parseInt(pixels.substring(0, cross));
          double height = Integer.parseInt(pixels.substring(cross + 1));
          // 21:9 at 512 is documented as 792x168, which is 4.7:1.
          double allowed = pixels.equals("792x168") ? 0.8 : 0.05;
          assertThat(AspectRatio.parse(ratio).orElseThrow().distance(width / height))
              .as("%s %s %s", model.id(), ratio, pixels)
              .isLessThan(allowed);
        });
      }
    }
  }

  @Test
  void everyModelThatWasSwitchedOffHasASuccessorThatLives() {
    assertThat(catalogue.models()).filteredOn(model -> model.retired(TODAY)).hasSize(6);
    for (ModelSpec model : catalogue.models()) {
      if (model.retires().isPresent()) {
        ModelSpec successor = catalogue.find(model.successor().orElseThrow()).orElseThrow();
        assertThat(successor.retired(TODAY)).as(successor.id()).isFalse();
      }
    }
  }

  @Test
  void pricesAreThereForEverySizeOfALivingModel() {
    for (ModelSpec model : catalogue.models()) {
      if (!model.retired(TODAY)) {
        assertThat(model.prices().orElseThrow().microDollars().keySet())
            .containsAll(model.sizes().stream().map(ImageSize::label).toList())
            .contains(ModelSpec.DEFAULT);
        assertThat(model.prices().orElseThrow().source()).isNotBlank();
      }
    }
  }

  @Test
  void aPreviewMeansTheModelThatCameOfIt() {
    assertThat(catalogue.find("Gemini-3-Pro-Image-Preview"))
        .map(ModelSpec::id)
        .contains("gemini-3-pro-image");
    assertThat(catalogue.warnings("gemini-3-pro-image-preview", TODAY))
        .containsExactly(
            "The model gemini-3-pro-image-preview was switched off on 2026-06-25;"
                + " gemini-3-pro-image is used instead.");
  }

  @Test
  void aModelThatWasSwitchedOffIsUsedAsNamedWithAWarning() {
    assertThat(catalogue.named("gemini-2.5-flash-image").id()).isEqualTo("gemini-2.5-flash-image");
    assertThat(catalogue.warnings("gemini-2.5-flash-image", TODAY))
        .singleElement()
        .asString()
        .contains("2026-10-02", "gemini-nano-banana-2.1 if it is gone");
    assertThat(catalogue.warnings("gemini-nano-banana-2.1", TODAY)).isEmpty();
  }

  @Test
  void anIdThatIsNotListedIsUsedAsNamed() {
    assertThat(catalogue.find("house-model")).isEmpty();
    assertThat(catalogue.named(" house-model ").id()).isEqualTo("house-model");
    assertThat(catalogue.named("house-model").ratios()).hasSize(10);
    assertThat(catalogue.warnings("house-model", TODAY)).hasSize(1);
  }

  @Test
  void aListThatContradictsItselfIsRefusedInWords() {
    String limits =
        "unlisted: {maxImages: 1, maxRequestBytes: 1, maxInputTokens: 1, signatures: true}";
    String model =
        "{id: a, name: A, maxImages: 1, maxRequestBytes: 1, maxInputTokens: 1, signatures: true%s}";
    assertThatThrownBy(() -> read("default: b\nmodels: [" + model.formatted("") + "]\n" + limits))
        .hasMessage("The list of models does not hold b, which it names as the default.");
    assertThatThrownBy(() ->
            read("default: a\nmodels: [" + model.formatted(", successor: c") + "]\n" + limits))
        .hasMessageContaining("does not hold c");
    assertThatThrownBy(
            () -> read("default: a\nmodels: [" + model.formatted(", sices: []") + "]\n" + limits))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("line 2")
        .hasMessageContaining("sices");
    assertThatThrownBy(() -> read("default: a\nmodels: []"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static ModelCatalogue read(String yaml) throws IOException {
    return ModelCatalogue.read(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)));
  }
}
