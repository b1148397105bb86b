package dev.plantain.image;

/**
 * How large a picture is to be, in the provider's word for it: {@code 1K}, {@code 2K}, {@code 4K}.
 */
public record ImageSize(String label) {
  @Override
  public String toString() {
    return label;
  }
}
