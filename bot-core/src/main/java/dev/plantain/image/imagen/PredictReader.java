package dev.plantain.image.imagen;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plantain.image.Usage;
import dev.plantain.image.wire.Answer;
import dev.plantain.image.wire.AnswerJson;
import dev.plantain.image.wire.AnswerParts;
import dev.plantain.image.wire.LongNames;
import dev.plantain.image.wire.LongString;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code predictions[]}: pictures, and for each that was filtered out perhaps a reason in
 * words. An answer without any, even {@code {}}, says that all were filtered out.
 */
final class PredictReader {
  static final LongNames LONG_NAMES =
      new LongNames(
          Set.of("bytesBase64Encoded", "bytes_base64_encoded"),
          Set.of(),
          Set.of(),
          Optional.empty(),
          Set.of("prompt"));

  private final AnswerJson json;
  private final AnswerParts parts = new AnswerParts();
  private @Nullable String filtered;
  private @Nullable JsonNode error;
  private boolean painted;
  private boolean strange;

  private PredictReader(AnswerJson json) {
    this.json = json;
  }

  /** Reads to the end of the answer. */
  static Answer read(AnswerJson json) throws IOException {
    PredictReader reader = new PredictReader(json);
    json.answers(reader::field);
    return reader.answer();
  }

  private Answer answer() {
    Optional<String> reason =
        painted ? Optional.empty() : Optional.of(name(Optional.ofNullable(filtered).orElse("")));
    return new Answer(
        parts.parts(),
        Optional.empty(),
        reason,
        Optional.ofNullable(filtered),
        Usage.NONE,
        Optional.ofNullable(error),
        !strange || painted || filtered != null);
  }

  /** What is told about a filtered picture are words; those about rules of use name them. */
  private static String name(String words) {
    String lower = words.toLowerCase(Locale.ROOT);
    return lower.contains("prohibited") || lower.contains("guidelines") || lower.contains("policy")
        ? "IMAGE_PROHIBITED_CONTENT"
        : "IMAGE_SAFETY";
  }

  private void field(String name) throws IOException {
    switch (name) {
      case "predictions" -> json.elements(() -> json.object(this::prediction));
      case "error" -> error = json.error(error);
      case "deployedModelId", "model", "modelDisplayName", "modelVersionId", "metadata" ->
          json.pass();
      default -> {
        strange = true;
        json.pass();
      }
    }
  }

  private void prediction(String name) throws IOException {
    switch (name) {
      case "bytesBase64Encoded", "bytes_base64_encoded" ->
          json.longString(LongString.Picture.class)
              .ifPresent(picture -> {
                painted = true;
                parts.picture(picture, Optional.empty());
              });
      case "raiFilteredReason", "rai_filtered_reason" -> filtered = json.text(filtered);
      default -> json.pass();
    }
  }
}
