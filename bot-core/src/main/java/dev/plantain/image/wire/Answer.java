package dev.plantain.image.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plantain.image.Usage;
import java.util.List;
import java.util.Optional;

/**
 * What came over the wire, as it stands there: the parts are files yet to be judged.
 *
 * @param blockReason why the request was refused before anything was made
 * @param finishReason of the first candidate that gives one
 * @param words the provider's explanation of an end without a picture
 * @param error a fault where an answer was expected
 * @param known whether there was anything in it that an answer of this wire has
 */
public record Answer(
    List<AnswerPart> parts,
    Optional<String> blockReason,
    Optional<String> finishReason,
    Optional<String> words,
    Usage usage,
    Optional<JsonNode> error,
    boolean known) {

  public Answer {
    parts = List.copyOf(parts);
  }

  /** Whether there is anything that ought to be a picture. */
  boolean painted() {
    return parts.stream().anyMatch(AnswerPart.Picture.class::isInstance);
  }

  /** Whether it says why it ends. */
  boolean ended() {
    return finishReason.isPresent() || blockReason.isPresent() || error.isPresent();
  }

  Answer with(List<AnswerPart> others) {
    return new Answer(others, blockReason, finishReason, words, usage, error, known);
  }
}
