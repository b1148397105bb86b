package dev.plantain.image;

import java.util.Map;

/** Gives each request to the provider of its model. */
public final class ModelRouter implements ImageModel {
  private final Map<String, ImageModel> byModel;
  private final ImageModel others;

  /**
   * @param byModel providers by the id of the one model that they serve
   * @param others the provider of all other models
   */
  public ModelRouter(Map<String, ImageModel> byModel, ImageModel others) {
    this.byModel = Map.copyOf(byModel);
    this.others = others;
  }

  @Override
  public ImageResult generate(ImageRequest request) throws InterruptedException {
    return byModel.getOrDefault(request.model().id(), others).generate(request);
  }
}
