package dev.plantain.image;

import java.util.Optional;

/**
 * What one call used, as the provider counted it; zero where it did not say.
 *
 * @param outputTokens of pictures, words and thoughts, where they are told apart from the request's
 * @param imageTokens those of the output that are pictures
 * @param toldMicroDollars what it cost in whole millionths of a US dollar, where the provider says
 *     so
 */
public record Usage(
    long promptTokens,
    long outputTokens,
    long imageTokens,
    long totalTokens,
    Optional<Long> toldMicroDollars) {
  public static final Usage NONE = new Usage(0, 0, 0, 0, Optional.empty());

  /** Whether the tokens tell what was used for so many pictures. */
  boolean counted(int pictures) {
    return totalTokens > 0 && (pictures == 0 || imageTokens > 0);
  }
}
