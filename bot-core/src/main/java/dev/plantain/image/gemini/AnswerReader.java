package dev.plantain.image.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plantain.image.Usage;
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

/**
 * Reads an answer of {@code generateContent}, several in an array, or the events of {@code
 * streamGenerateContent}. Whatever it does not know it passes over: fields and values have been
 * added without notice.
 */
final class AnswerReader {
  /** Pictures hide in the text at some gateways: gemini.md, section 6. */
  static final LongNames LONG_NAMES =
      new LongNames(
          Set.of("data"),
          Set.of("thoughtSignature", "thought_signature"),
          Set.of("text"),
          Optional.empty(),
          Set.of());

  private final AnswerJson json;
  private final AnswerParts parts = new AnswerParts();
  private @Nullable String blockReason;
  private @Nullable String finishReason;
  private @Nullable String words;
  private @Nullable JsonNode error;
  private long promptTokens;
  private long outputTokens;
  private long imageTokens;
  private long totalTokens;
  private boolean known;

  AnswerReader(AnswerJson json) {
    this.json = json;
  }

  /** Reads to the end of the answer. */
  static Answer read(AnswerJson json) throws IOException {
    AnswerReader reader = new AnswerReader(json);
    json.answers(reader::field);
    return reader.answer();
  }

  /** What was read. */
  Answer answer() {
    return new Answer(
        parts.parts(),
        Optional.ofNullable(blockReason),
        Optional.ofNullable(finishReason),
        Optional.ofNullable(words),
        new Usage(promptTokens, outputTokens, imageTokens, totalTokens, Optional.empty()),
        Optional.ofNullable(error),
        known);
  }

  /** Takes a field of an answer. */
  void field(String name) throws IOException {
    switch (name) {
      case "candidates" -> {
        known = true;
        json.elements(() -> json.object(this::candidate));
      }
      case "promptFeedback", "prompt_feedback" -> {
        known = true;
        json.object(this::promptFeedback);
      }
      case "usageMetadata", "usage_metadata" -> {
        known = true;
        json.object(this::usage);
      }
      case "error" -> error = json.error(error);
      default -> json.pass();
    }
  }

  private void promptFeedback(String name) throws IOException {
    switch (name) {
      case "blockReason", "block_reason" -> blockReason = json.text(blockReason);
      case "blockReasonMessage", "block_reason_message" -> words = json.text(words);
      default -> json.pass();
    }
  }

  private void candidate(String name) throws IOException {
    switch (name) {
      case "content" -> json.object(this::content);
      case "finishReason", "finish_reason" -> finishReason = json.text(finishReason);
      case "finishMessage", "finish_message" -> words = json.text(words);
      default -> json.pass();
    }
  }

  private void content(String name) throws IOException {
    if (!name.equals("parts")) {
      json.pass();
      return;
    }
    json.elements(() -> {
      PartFields part = new PartFields();
      json.object(part::field);
      part.add();
    });
  }

  private void usage(String name) throws IOException {
    switch (name) {
      case "promptTokenCount", "prompt_token_count" -> promptTokens = json.count();
      case "candidatesTokenCount", "candidates_token_count" -> outputTokens = json.count();
      case "totalTokenCount", "total_token_count" -> totalTokens = json.count();
      case "candidatesTokensDetails", "candidates_tokens_details" ->
          imageTokens = imageTokens(json.tree());
      default -> json.pass();
    }
  }

  private static long imageTokens(JsonNode details) {
    long tokens = 0;
    for (JsonNode detail : details) {
      if (detail.path("modality").asText().equals("IMAGE")) {
        tokens +=
            Math.max(0, detail.path("tokenCount").asLong(detail.path("token_count").asLong()));
      }
    }
    return tokens;
  }

  /** What is known of a part; its fields come in any order. */
  private final class PartFields {
    private Optional<Prose> text = Optional.empty();
    private Optional<LongString.Picture> picture = Optional.empty();
    private Optional<LongString.Signature> signature = Optional.empty();
    private boolean thought;

    void field(String name) throws IOException {
      switch (name) {
        case "text" -> text = json.longString(Prose.class).or(() -> text);
        case "thought" -> thought = json.truth();
        case "thoughtSignature", "thought_signature" ->
            signature = json.longString(LongString.Signature.class).or(() -> signature);
        case "inlineData", "inline_data" -> json.object(this::inlineData);
        default -> json.pass();
      }
    }

    // The type that is told here is not taken: the bytes say what they are.
    private void inlineData(String name) throws IOException {
      if (name.equals("data")) {
        picture = json.longString(LongString.Picture.class).or(() -> picture);
      } else {
        json.pass();
      }
    }

    void add() throws IOException {
      if (thought) {
        return;
      }
      if (picture.isPresent()) {
        parts.picture(picture.get(), signature);
      } else if (text.isPresent()) {
        parts.prose(text.get(), signature);
      } else {
        signature.ifPresent(parts::signature);
      }
    }
  }
}
