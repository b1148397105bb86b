package dev.plantain.command;

import dev.plantain.image.ImageSize;
import dev.plantain.image.ModelSpec;
import dev.plantain.image.Offer;
import dev.plantain.moderation.Access;
import dev.plantain.moderation.Access.Kind;
import java.util.List;
import java.util.Optional;

/**
 * The models that are open in a chat, each with those of its sizes that are.
 *
 * @param models in the order of the offer; a model of whose sizes none is open is not among them
 */
record OpenModels(Offer offer, List<ModelSpec> models) {
  OpenModels {
    models = List.copyOf(models);
  }

  static OpenModels of(Offer offer, Access access) {
    return new OpenModels(
        offer,
        offer.models().stream()
            .filter(model -> access.isOpen(Kind.MODEL, model.id()))
            .flatMap(model -> narrowed(model, access).stream())
            .toList());
  }

  private static Optional<ModelSpec> narrowed(ModelSpec model, Access access) {
    List<ImageSize> open =
        model.sizes().stream().filter(size -> access.isOpen(Kind.SIZE, size.label())).toList();
    return open.isEmpty() && !model.sizes().isEmpty()
        ? Optional.empty()
        : Optional.of(model.withSizes(open));
  }

  /** Finds an open model by what people call it. */
  Optional<ModelSpec> find(String called) {
    return offer
        .find(called)
        .flatMap(
            known -> models.stream().filter(model -> model.id().equals(known.id())).findFirst());
  }

  /** The standard one of the offer, or the first that is open; empty where none is. */
  Optional<ModelSpec> standard() {
    return find(offer.standard().id()).or(() -> models.stream().findFirst());
  }

  /** As it is without what is closed here. */
  ModelSpec whole(ModelSpec model) {
    return offer.find(model.id()).orElse(model);
  }
}
