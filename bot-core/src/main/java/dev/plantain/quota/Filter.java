package dev.plantain.quota;

import java.util.Locale;
import java.util.Optional;

/**
 * Which pictures count: those of one model, of one size, of both, or all. Sizes are the same
 * whatever their case; models are not.
 */
public record Filter(Optional<String> model, Optional<String> size) {
  public static final Filter ALL = new Filter(Optional.empty(), Optional.empty());

  public Filter {
    size = size.map(word -> word.toUpperCase(Locale.ROOT));
    if (model.filter(String::isEmpty).isPresent() || size.filter(String::isEmpty).isPresent()) {
      throw new IllegalArgumentException("a filter names a model or a size, or neither");
    }
  }

  /** Whether a picture of that model and size counts; both as a request has them. */
  boolean holds(String ofModel, String ofSize) {
    return model.map(ofModel::equals).orElse(true) && size.map(ofSize::equals).orElse(true);
  }
}
