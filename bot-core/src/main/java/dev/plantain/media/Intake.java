package dev.plantain.media;

/** What became of a picture that a member sent. */
public sealed interface Intake {
  /**
   * It is kept, upright where that could be done, and without metadata.
   *
   * @param blob its width and height are those that are seen
   */
  record Accepted(Blob blob) implements Intake {}

  /** There were no bytes. */
  record Empty() implements Intake {}

  /** The bytes are of no format that we know. */
  record NotAPicture() implements Intake {}

  /** It begins as a picture of this type, but it is truncated or broken. */
  record Damaged(MediaType type) implements Intake {}

  record TooManyBytes(long limit) implements Intake {}

  /** The header says more pixels than we decode. */
  record TooManyPixels(int width, int height, long limit) implements Intake {}
}
