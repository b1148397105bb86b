package dev.plantain.image;

/** The tokens of one call as the provider counted them; zero where it did not say. */
public record Usage(long promptTokens, long outputTokens, long totalTokens) {
  public static final Usage NONE = new Usage(0, 0, 0);
}
