package dev.plantain.image.endpoint;

import java.util.Optional;

/**
 * What one key of an endpoint lets through, as its provider counts; empty where there is no limit
 * or nobody knows it.
 *
 * @param requestsPerMinute in any sixty seconds
 * @param requestsPerDay until midnight in California, when Google's days end
 * @param tokensPerMinute in any sixty seconds
 * @param concurrency at the same time
 */
public record Limits(
    Optional<Integer> requestsPerMinute,
    Optional<Integer> requestsPerDay,
    Optional<Integer> tokensPerMinute,
    Optional<Integer> concurrency) {
  public static final Limits NONE =
      new Limits(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}
