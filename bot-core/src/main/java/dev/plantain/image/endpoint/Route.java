package dev.plantain.image.endpoint;

import dev.plantain.image.ModelSpec;
import java.util.List;
import java.util.Optional;

/**
 * The way to a model.
 *
 * @param endpoints where it is served, the first choice first
 * @param fallback the model that stands in where none of them can serve it now
 */
public record Route(ModelSpec model, List<Endpoint> endpoints, Optional<ModelSpec> fallback) {
  public Route {
    endpoints = List.copyOf(endpoints);
    if (endpoints.isEmpty()) {
      throw new IllegalArgumentException("no endpoint serves " + model.id());
    }
  }
}
