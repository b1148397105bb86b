package dev.plantain.image;

import java.util.Optional;

/**
 * How the operator wants models to go about every request; followed where a model and its wire can.
 *
 * @param instruction words that are not a member's, such as a house style
 * @param thinking how long models think; empty for as long as they do by themselves
 * @param search whether models may look things up before they paint, which providers bill extra
 */
public record Guidance(Optional<String> instruction, Optional<Thinking> thinking, boolean search) {
  public static final Guidance NONE = new Guidance(Optional.empty(), Optional.empty(), false);

  /** How long a model thinks. */
  public enum Thinking {
    MINIMAL,
    MEDIUM,
    HIGH
  }
}
