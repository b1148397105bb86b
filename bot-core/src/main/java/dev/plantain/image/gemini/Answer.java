package dev.plantain.image.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plantain.image.Usage;
import dev.plantain.image.wire.AnswerPart;
import java.util.List;
import java.util.Optional;

/**
 * What came over the wire, as it stands there: the parts are files yet to be judged.
 *
 * @param finishReason of the first candidate that gives one
 * @param words the provider's explanation of an end without a picture
 * @param error a fault where an answer was expected
 * @param known whether there was anything in it that an answer has
 */
record Answer(
    List<AnswerPart> parts,
    Optional<String> blockReason,
    Optional<String> finishReason,
    Optional<String> words,
    Optional<String> modelVersion,
    Usage usage,
    Optional<JsonNode> error,
    boolean known) {

  Answer {
    parts = List.copyOf(parts);
  }

  /** Whether there is anything that ought to be a picture. */
  boolean painted() {
    return parts.stream().anyMatch(AnswerPart.Picture.class::isInstance);
  }
}
