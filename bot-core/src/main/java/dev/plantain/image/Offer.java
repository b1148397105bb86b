package dev.plantain.image;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The models that this deployment offers to its members.
 *
 * @param standard the one that is used unless somebody chooses another
 * @param models all of them, the standard one among them, in the order in which they are shown
 * @param agreedPrices in micro-dollars by model id, where the endpoint that is asked first takes a
 *     price of its own for each picture
 */
public record Offer(ModelSpec standard, List<ModelSpec> models, Map<String, Long> agreedPrices) {
  public Offer {
    models = List.copyOf(models);
    agreedPrices = Map.copyOf(agreedPrices);
    if (!models.contains(standard)) {
      throw new IllegalArgumentException("the standard model is not offered: " + standard.id());
    }
  }

  /** At the listed prices. */
  public Offer(ModelSpec standard, List<ModelSpec> models) {
    this(standard, models, Map.of());
  }

  /**
   * What one picture will likely cost, in micro-dollars; nothing where nobody tells.
   *
   * @param called as in {@link #find}
   */
  public long price(String called, Optional<ImageSize> size) {
    return find(called)
        .map(model ->
            Optional.ofNullable(agreedPrices.get(model.id()))
                .orElseGet(() -> model.listedPrice(size)))
        .orElse(0L);
  }

  /** Finds a model by what people call it: its id, an older id, or its name, in any case. */
  public Optional<ModelSpec> find(String called) {
    String wanted = called.strip().toLowerCase(Locale.ROOT);
    return models.stream()
        .filter(model ->
            model.id().toLowerCase(Locale.ROOT).equals(wanted)
                || model.name().toLowerCase(Locale.ROOT).equals(wanted)
                || model.aliases().contains(wanted))
        .findFirst();
  }
}
