package dev.plantain.image;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** The shape of {@code models.yaml}. */
record ModelFile(
    @JsonProperty(value = "default", required = true) String standard,
    Map<String, Map<String, Map<String, String>>> pixelTables,
    @JsonProperty(required = true) List<Entry> models,
    @JsonProperty(required = true) Limits unlisted) {

  ModelFile {
    Objects.requireNonNull(standard, "default");
    Objects.requireNonNull(unlisted, "unlisted");
    pixelTables = orEmpty(pixelTables);
    models = orEmpty(models);
  }

  /** One model. Its pixels are those of the table for the ratios and sizes that it has. */
  record Entry(
      @JsonProperty(required = true) String id,
      @JsonProperty(required = true) String name,
      List<Alias> aliases,
      List<String> ratios,
      List<String> sizes,
      Optional<String> pixelTable,
      @JsonProperty(required = true) int maxImages,
      @JsonProperty(required = true) long maxRequestBytes,
      @JsonProperty(required = true) int maxInputTokens,
      @JsonProperty(required = true) boolean signatures,
      Map<String, Duration> timeLimits,
      List<Guidance.Thinking> thinking,
      List<ModelSpec.Search> search,
      Optional<Price> prices,
      Optional<LocalDate> retires,
      Optional<String> successor) {

    Entry {
      Objects.requireNonNull(id, "id");
      Objects.requireNonNull(name, "name");
      aliases = orEmpty(aliases);
      ratios = orEmpty(ratios);
      sizes = orEmpty(sizes);
      timeLimits = orEmpty(timeLimits);
      thinking = orEmpty(thinking);
      search = orEmpty(search);
    }

    ModelSpec spec(Map<String, Map<String, Map<String, String>>> pixelTables) {
      return new ModelSpec(
          id,
          name,
          aliases.stream().map(Alias::id).toList(),
          parsed(ratios),
          sizes.stream().map(ImageSize::new).toList(),
          pixelTable.map(table -> pixels(pixelTables, table)).orElse(Map.of()),
          maxImages,
          maxRequestBytes,
          maxInputTokens,
          signatures,
          false,
          timeLimits,
          thinking,
          search,
          prices.map(Price::toPrices),
          retires,
          successor);
    }

    private Map<String, Map<String, String>> pixels(
        Map<String, Map<String, Map<String, String>>> pixelTables, String table) {
      Map<String, Map<String, String>> bySize = pixelTables.get(table);
      if (bySize == null) {
        throw new IllegalArgumentException(
            "The list of models has no pixel table " + table + ", which " + id + " names.");
      }
      return bySize.entrySet().stream()
          .filter(size ->
              sizes.isEmpty()
                  ? size.getKey().equals(ModelSpec.DEFAULT)
                  : sizes.contains(size.getKey()))
          .collect(Collectors.toMap(Map.Entry::getKey, size -> ofRatios(size.getValue())));
    }

    private Map<String, String> ofRatios(Map<String, String> byRatio) {
      return byRatio.entrySet().stream()
          .filter(pixels -> ratios.contains(pixels.getKey()))
          .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
  }

  /** An older id, and when it was switched off. */
  record Alias(@JsonProperty(required = true) String id, Optional<LocalDate> retired) {}

  /** What one picture costs. */
  record Price(
      Map<String, Long> microDollars,
      Optional<Tokens> microDollarsPerMillionTokens,
      @JsonProperty(required = true) LocalDate asOf,
      @JsonProperty(required = true) String source) {
    Price {
      microDollars = orEmpty(microDollars);
    }

    ModelSpec.Prices toPrices() {
      return new ModelSpec.Prices(
          microDollars, microDollarsPerMillionTokens.map(Tokens::toPrices), asOf, source);
    }
  }

  /** What a million tokens cost. */
  record Tokens(
      @JsonProperty(required = true) long input,
      @JsonProperty(required = true) long output,
      @JsonProperty(required = true) long image) {
    ModelSpec.TokenPrices toPrices() {
      return new ModelSpec.TokenPrices(input, output, image);
    }
  }

  /** What a model is taken to do of which only the id is known. */
  record Limits(
      List<String> ratios,
      List<String> sizes,
      @JsonProperty(required = true) int maxImages,
      @JsonProperty(required = true) long maxRequestBytes,
      @JsonProperty(required = true) int maxInputTokens,
      @JsonProperty(required = true) boolean signatures,
      Map<String, Duration> timeLimits) {

    Limits {
      ratios = orEmpty(ratios);
      sizes = orEmpty(sizes);
      timeLimits = orEmpty(timeLimits);
    }

    ModelSpec spec(String id) {
      return new ModelSpec(
          id,
          id,
          List.of(),
          parsed(ratios),
          sizes.stream().map(ImageSize::new).toList(),
          Map.of(),
          maxImages,
          maxRequestBytes,
          maxInputTokens,
          signatures,
          false,
          timeLimits,
          List.of(),
          List.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
    }
  }

  private static List<AspectRatio> parsed(List<String> ratios) {
    return ratios.stream()
        .map(written ->
            AspectRatio.parse(written)
                .orElseThrow(() ->
                    new IllegalArgumentException(
                        "The list of models has " + written + ", which is no ratio.")))
        .toList();
  }

  // Jackson hands over null for a list that the file leaves out.
  private static <T> List<T> orEmpty(List<T> list) {
    return Objects.requireNonNullElse(list, List.of());
  }

  private static <K, V> Map<K, V> orEmpty(Map<K, V> map) {
    return Objects.requireNonNullElse(map, Map.of());
  }
}
