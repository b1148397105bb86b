package dev.plantain.image;

import java.util.List;

/**
 * How a request ended, and what that cost.
 *
 * @param attempts all calls that cost something, or may have; the last is the one that made the
 *     picture, where one was made
 * @param replaced whether nobody serves the model that was asked for any more, so that its
 *     successor answered
 */
public record Rendering(ImageResult result, List<Attempt> attempts, boolean replaced) {
  public Rendering {
    attempts = List.copyOf(attempts);
  }
}
