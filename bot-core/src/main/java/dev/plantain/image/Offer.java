package dev.plantain.image;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The models that this deployment offers to its members.
 *
 * @param standard the one that is used unless somebody chooses another
 * @param models all of them, the standard one among them, in the order in which they are shown
 */
public record Offer(ModelSpec standard, List<ModelSpec> models) {
  public Offer {
    models = List.copyOf(models);
    if (!models.contains(standard)) {
      throw new IllegalArgumentException("the standard model is not offered: " + standard.id());
    }
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
