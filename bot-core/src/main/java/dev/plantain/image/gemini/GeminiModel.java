package dev.plantain.image.gemini;

import dev.plantain.conversation.Content;
import dev.plantain.image.ImageModel;
import dev.plantain.image.ImageRequest;
import dev.plantain.image.ImageResult;
import dev.plantain.image.ModelCatalogue;
import dev.plantain.image.ModelSpec;
import dev.plantain.media.MediaStore;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The image models of Google's Gemini, or of a gateway that speaks its wire. */
public final class GeminiModel implements ImageModel {
  private final ModelCatalogue catalogue;
  private final GeminiWire wire;
  private final Set<String> gone = ConcurrentHashMap.newKeySet();

  /**
   * @param catalogue knows the successor of a model that is gone
   * @param store where the pictures of the request lie, and those of the answer will
   */
  public GeminiModel(GeminiConfig config, ModelCatalogue catalogue, MediaStore store) {
    this.catalogue = catalogue;
    this.wire = new GeminiWire(config, store);
  }

  /**
   * {@inheritDoc}
   *
   * <p>Three refusals are mended and asked again, once each, as the provider did no work: a model
   * that is gone (its successor is asked, from now on at once), a signature that is missing or
   * wrong, and a ratio or size that the model takes after all not.
   */
  @Override
  public ImageResult generate(ImageRequest request) throws InterruptedException {
    Set<Fault.Remedy> tried = EnumSet.noneOf(Fault.Remedy.class);
    ModelSpec model = living(request.model());
    while (true) {
      switch (wire.ask(
          shaped(request, model, tried), !tried.contains(Fault.Remedy.WITHOUT_IMAGE_CONFIG))) {
        case GeminiWire.Reply.Ended ended -> {
          return ended.result();
        }
        case GeminiWire.Reply.Faulty faulty -> {
          Optional<Fault.Remedy> remedy = faulty.fault().remedy();
          if (remedy.isEmpty()) {
            return faulty.fault().result();
          }
          if (remedy.get() == Fault.Remedy.SUCCESSOR) {
            gone.add(model.id());
            ModelSpec next = living(model);
            if (next.id().equals(model.id())) {
              return faulty.fault().result();
            }
            model = next;
          } else if (!tried.add(remedy.get())) {
            return faulty.fault().result();
          }
        }
      }
    }
  }

  /** The model itself, or the first in the row of its successors that is not known to be gone. */
  private ModelSpec living(ModelSpec asked) {
    ModelSpec model = asked;
    for (int step = 0; step < catalogue.models().size() && gone.contains(model.id()); step++) {
      Optional<ModelSpec> successor = model.successor().flatMap(catalogue::find);
      if (successor.isEmpty()) {
        return asked;
      }
      model = successor.get();
    }
    return gone.contains(model.id()) ? asked : model;
  }

  private static ImageRequest shaped(
      ImageRequest request, ModelSpec model, Set<Fault.Remedy> tried) {
    boolean same = model.id().equals(request.model().id());
    boolean flat = !same || tried.contains(Fault.Remedy.WITHOUT_SIGNATURES);
    List<Content> contents =
        flat
            ? Unsigned.flattened(request.contents())
            : Unsigned.repaired(request.contents(), model);
    return new ImageRequest(
        model,
        contents,
        request
            .ratio()
            .flatMap(asked ->
                model.ratios().contains(asked)
                    ? Optional.of(asked)
                    : model.nearest(asked.width(), asked.height())),
        request.size(),
        request.safety());
  }
}
