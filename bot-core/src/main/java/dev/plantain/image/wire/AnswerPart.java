package dev.plantain.image.wire;

import java.util.Optional;

/** A part of an answer that is none of the model's thoughts, as it came over the wire. */
public sealed interface AnswerPart {

  Optional<LongString.Signature> signature();

  /** Words. */
  record Words(String text, Optional<LongString.Signature> signature) implements AnswerPart {}

  /** Bytes that ought to be a picture. */
  record Picture(LongString.Picture bytes, Optional<LongString.Signature> signature)
      implements AnswerPart {}
}
