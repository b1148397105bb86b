package dev.plantain.image;

import java.time.Duration;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known about an image model; an entry of {@code config/models.yaml}.
 *
 * @param id what the provider calls it
 * @param name what people call it
 * @param aliases older ids that mean it
 * @param sizes smallest first; empty where it has but one and takes no size
 * @param pixels documented sizes by size label and ratio; the bytes decide
 * @param maxImages how many pictures a request may hold
 * @param maxRequestBytes how many bytes a request may have, pictures encoded
 * @param signatures whether it signs its pictures and wants the signatures back
 * @param keepsShape whether it keeps the shape of the picture that it changes unless told otherwise
 * @param timeLimits by size label; {@code default} for requests without a size
 * @param thinking the levels of thought that it can be asked for
 * @param search what it can look up before it paints
 * @param prices empty where nobody tells
 * @param retires when its provider switches it off
 * @param successor the id of the model that takes over
 */
public record ModelSpec(
    String id,
    String name,
    List<String> aliases,
    List<AspectRatio> ratios,
    List<ImageSize> sizes,
    Map<String, Map<String, String>> pixels,
    int maxImages,
    long maxRequestBytes,
    int maxInputTokens,
    boolean signatures,
    boolean keepsShape,
    Map<String, Duration> timeLimits,
    List<Guidance.Thinking> thinking,
    List<Search> search,
    Optional<Prices> prices,
    Optional<LocalDate> retires,
    Optional<String> successor) {

  /** Stands for requests without a size wherever values are kept by size. */
  public static final String DEFAULT = "default";

  private static final Duration USUAL_TIME_LIMIT = Duration.ofMinutes(3);

  public ModelSpec {
    aliases = List.copyOf(aliases);
    ratios = List.copyOf(ratios);
    sizes = List.copyOf(sizes);
    pixels = Map.copyOf(pixels);
    timeLimits = Map.copyOf(timeLimits);
    thinking = List.copyOf(thinking);
    search = List.copyOf(search);
  }

  /** What a model can look up. */
  public enum Search {
    WEB,
    IMAGE
  }

  /**
   * A model that answers in words.
   *
   * @param timeLimit how long an answer is waited for
   */
  public static ModelSpec ofWords(String id, Duration timeLimit, Optional<Prices> prices) {
    return new ModelSpec(
        id,
        id,
        List.of(),
        List.of(),
        List.of(),
        Map.of(),
        Integer.MAX_VALUE,
        Long.MAX_VALUE,
        Integer.MAX_VALUE,
        false,
        false,
        Map.of(DEFAULT, timeLimit),
        List.of(),
        List.of(),
        prices,
        Optional.empty(),
        Optional.empty());
  }

  /** The same model with other sizes. */
  public ModelSpec withSizes(List<ImageSize> others) {
    return new ModelSpec(
        id,
        name,
        aliases,
        ratios,
        others,
        pixels,
        maxImages,
        maxRequestBytes,
        maxInputTokens,
        signatures,
        keepsShape,
        timeLimits,
        thinking,
        search,
        prices,
        retires,
        successor);
  }

  /** The same model that takes smaller or larger requests. */
  public ModelSpec withRequestBytes(long bytes) {
    return new ModelSpec(
        id,
        name,
        aliases,
        ratios,
        sizes,
        pixels,
        maxImages,
        bytes,
        maxInputTokens,
        signatures,
        keepsShape,
        timeLimits,
        thinking,
        search,
        prices,
        retires,
        successor);
  }

  /** How long an answer of this size is waited for. */
  public Duration timeLimit(Optional<ImageSize> size) {
    Duration usual = timeLimits.getOrDefault(DEFAULT, USUAL_TIME_LIMIT);
    return size.map(asked -> timeLimits.getOrDefault(asked.label(), usual)).orElse(usual);
  }

  /** The ratio of this model that comes closest to a picture's shape. */
  public Optional<AspectRatio> nearest(int width, int height) {
    return ratios.stream()
        .min(Comparator.comparingDouble(ratio -> ratio.distance((double) width / height)));
  }

  /** What one picture is listed at, in micro-dollars; nothing where nobody tells. */
  public long listedPrice(Optional<ImageSize> size) {
    return prices
        .map(known -> {
          long usual = known.microDollars().getOrDefault(DEFAULT, 0L);
          return size.map(asked -> known.microDollars().getOrDefault(asked.label(), usual))
              .orElse(usual);
        })
        .orElse(0L);
  }

  public boolean retired(LocalDate today) {
    return retires.filter(date -> !today.isBefore(date)).isPresent();
  }

  /**
   * What its provider takes.
   *
   * @param microDollars for one picture, in whole millionths of a US dollar by size label
   * @param tokens what decides in the end, where its provider bills by tokens
   * @param asOf the day on which the price was looked up
   * @param source where, in words
   */
  public record Prices(
      Map<String, Long> microDollars, Optional<TokenPrices> tokens, LocalDate asOf, String source) {
    public Prices {
      microDollars = Map.copyOf(microDollars);
    }
  }

  /**
   * What a million tokens cost, in whole millionths of a US dollar.
   *
   * @param output of words and thoughts
   * @param image of pictures
   */
  public record TokenPrices(long input, long output, long image) {
    private static final long MILLION = 1_000_000;

    /** What was used, in micro-dollars, rounded up; by the total, in which thoughts count, too. */
    public long of(Usage usage) {
      long words = Math.max(0, usage.totalTokens() - usage.promptTokens() - usage.imageTokens());
      long millionths = usage.promptTokens() * input + words * output + usage.imageTokens() * image;
      return (millionths + MILLION - 1) / MILLION;
    }
  }
}
