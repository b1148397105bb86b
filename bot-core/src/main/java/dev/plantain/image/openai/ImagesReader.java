package dev.plantain.image.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plantain.image.wire.Answer;
import dev.plantain.image.wire.AnswerJson;
import dev.plantain.image.wire.AnswerParts;
import dev.plantain.image.wire.LongNames;
import dev.plantain.image.wire.LongString;
import dev.plantain.image.wire.Prose;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code data[]} of an answer of OpenAI's images, or of OpenRouter's. */
final class ImagesReader {
  static final LongNames LONG_NAMES =
      new LongNames(
          Set.of("b64_json"),
          Set.of(),
          Set.of("url", "data"),
          Optional.empty(),
          Set.of("revised_prompt"));

  private final AnswerJson json;
  private final UsageReader usage;
  private final AnswerParts parts = new AnswerParts();
  private @Nullable JsonNode error;
  private boolean known;

  private ImagesReader(AnswerJson json) {
    this.json = json;
    this.usage = new UsageReader(json);
  }

  /** Reads to the end of the answer. */
  static Answer read(AnswerJson json) throws IOException {
    ImagesReader reader = new ImagesReader(json);
    json.answers(reader::field);
    return new Answer(
        reader.parts.parts(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        reader.usage.usage(),
        Optional.ofNullable(reader.error),
        reader.known);
  }

  private void field(String name) throws IOException {
    switch (name) {
      case "data" -> {
        known = true;
        json.elements(() -> {
          if (json.isObject()) {
            json.object(this::image);
          } else {
            image("url");
          }
        });
      }
      case "usage" -> json.object(usage::field);
      case "error" -> error = json.error(error);
      default -> json.pass();
    }
  }

  private void image(String name) throws IOException {
    switch (name) {
      case "b64_json" ->
          json.longString(LongString.Picture.class)
              .ifPresent(picture -> parts.picture(picture, Optional.empty()));
      case "url" -> {
        Optional<Prose> address = json.longString(Prose.class);
        if (address.isPresent()) {
          parts.address(address.get());
        }
      }
      default -> json.pass();
    }
  }
}
