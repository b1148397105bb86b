package dev.plantain.image.gemini;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.plantain.image.Usage;
import dev.plantain.image.wire.AnswerPart;
import dev.plantain.image.wire.GarbledAnswer;
import dev.plantain.image.wire.LongNames;
import dev.plantain.image.wire.LongString;
import dev.plantain.image.wire.LongStrings;
import dev.plantain.image.wire.Prose;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads an answer of {@code generateContent}, or several in an array. Whatever it does not know it
 * passes over: fields and values have been added without notice.
 */
final class AnswerReader {
  private static final int MOST_WORDS = 64 * 1024;
  private static final int MOST_PARTS = 256;

  /** Pictures hide in the text at some gateways: gemini.md, section 6. */
  static final LongNames LONG_NAMES =
      new LongNames(
          Set.of("data"),
          Set.of("thoughtSignature", "thought_signature"),
          Set.of("text"),
          Optional.empty());

  private static final JsonMapper JSON =
      new JsonMapper(
          JsonFactory.builder()
              .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
              .streamReadConstraints(
                  StreamReadConstraints.builder()
                      .maxNestingDepth(64)
                      .maxStringLength(1024 * 1024)
                      .maxNameLength(1024)
                      .build())
              .build());

  private final LongStrings strings;
  private final List<AnswerPart> parts = new ArrayList<>();
  private final List<AnswerPart> hidden = new ArrayList<>();
  private @Nullable String blockReason;
  private @Nullable String finishReason;
  private @Nullable String words;
  private @Nullable String modelVersion;
  private @Nullable JsonNode error;
  private long promptTokens;
  private long outputTokens;
  private long imageTokens;
  private long totalTokens;
  private boolean known;
  private int wordsSoFar;

  private AnswerReader(LongStrings strings) {
    this.strings = strings;
  }

  /**
   * Reads to the end of the answer.
   *
   * @throws GarbledAnswer it is none, or ends too early
   * @throws IOException the connection broke
   */
  static Answer read(LongStrings strings) throws IOException {
    AnswerReader reader = new AnswerReader(strings);
    try (JsonParser json = JSON.createParser(strings)) {
      reader.answers(json);
    } catch (JsonProcessingException e) {
      throw new GarbledAnswer("it is no JSON, or ends too early (" + e.getOriginalMessage() + ")");
    }
    return reader.answer();
  }

  private Answer answer() {
    return new Answer(
        withoutRepetitions(),
        Optional.ofNullable(blockReason),
        Optional.ofNullable(finishReason),
        Optional.ofNullable(words),
        Optional.ofNullable(modelVersion),
        new Usage(promptTokens, outputTokens, imageTokens, totalTokens, Optional.empty()),
        Optional.ofNullable(error),
        known);
  }

  /** What stands as a picture of its own is not shown again where the words repeat it. */
  private List<AnswerPart> withoutRepetitions() {
    boolean shown =
        parts.stream()
            .anyMatch(part -> part instanceof AnswerPart.Picture && !hidden.contains(part));
    return shown ? parts.stream().filter(part -> !hidden.contains(part)).toList() : parts;
  }

  private void answers(JsonParser json) throws IOException {
    JsonToken first = json.nextToken();
    if (first == JsonToken.START_ARRAY) {
      while (json.nextToken() == JsonToken.START_OBJECT) {
        oneAnswer(json);
      }
    } else if (first == JsonToken.START_OBJECT) {
      oneAnswer(json);
    } else {
      throw new GarbledAnswer("it is no JSON object");
    }
    if (json.currentToken() == null) {
      throw new GarbledAnswer("it ends too early");
    }
  }

  private void oneAnswer(JsonParser json) throws IOException {
    for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
      JsonToken value = json.nextToken();
      switch (field) {
        case "candidates" -> {
          known = true;
          objects(json, value, this::candidate);
        }
        case "promptFeedback", "prompt_feedback" -> {
          known = true;
          object(json, value, this::promptFeedback);
        }
        case "usageMetadata", "usage_metadata" -> {
          known = true;
          object(json, value, this::usage);
        }
        case "modelVersion", "model_version" -> modelVersion = text(json, modelVersion);
        case "error" -> error = JSON.readTree(json);
        default -> json.skipChildren();
      }
    }
  }

  private void promptFeedback(JsonParser json, String field) throws IOException {
    switch (field) {
      case "blockReason", "block_reason" -> blockReason = text(json, blockReason);
      case "blockReasonMessage", "block_reason_message" -> words = text(json, words);
      default -> json.skipChildren();
    }
  }

  private void candidate(JsonParser json, String field) throws IOException {
    switch (field) {
      case "content" -> object(json, json.currentToken(), this::content);
      case "finishReason", "finish_reason" -> finishReason = text(json, finishReason);
      case "finishMessage", "finish_message" -> words = text(json, words);
      default -> json.skipChildren();
    }
  }

  private void content(JsonParser json, String field) throws IOException {
    if (!field.equals("parts") || json.currentToken() != JsonToken.START_ARRAY) {
      json.skipChildren();
      return;
    }
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (json.currentToken() == JsonToken.START_OBJECT) {
        PartFields part = new PartFields();
        fields(json, part::field);
        part.parts().forEach(this::add);
      } else {
        mustGoOn(json);
        json.skipChildren();
      }
    }
  }

  private void add(AnswerPart part) {
    if (parts.size() < MOST_PARTS) {
      parts.add(part);
    }
  }

  private void usage(JsonParser json, String field) throws IOException {
    switch (field) {
      case "promptTokenCount", "prompt_token_count" -> promptTokens = number(json);
      case "candidatesTokenCount", "candidates_token_count" -> outputTokens = number(json);
      case "totalTokenCount", "total_token_count" -> totalTokens = number(json);
      case "candidatesTokensDetails", "candidates_tokens_details" ->
          imageTokens = imageTokens(JSON.readTree(json));
      default -> json.skipChildren();
    }
  }

  private static long number(JsonParser json) throws IOException {
    long number = json.currentToken().isNumeric() ? Math.max(0, json.getValueAsLong()) : 0;
    json.skipChildren();
    return number;
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
    private @Nullable Prose text;
    private LongString.@Nullable Picture picture;
    private LongString.@Nullable Signature signature;
    private boolean thought;

    void field(JsonParser json, String field) throws IOException {
      switch (field) {
        case "text" -> {
          if (string(json) instanceof Prose found) {
            text = found;
          }
        }
        case "thought" -> thought = json.currentToken() == JsonToken.VALUE_TRUE;
        case "thoughtSignature", "thought_signature" -> {
          if (string(json) instanceof LongString.Signature found) {
            signature = found;
          }
        }
        case "inlineData", "inline_data" -> object(json, json.currentToken(), this::inlineData);
        default -> json.skipChildren();
      }
    }

    // The type that is told here is not taken: the bytes say what they are.
    private void inlineData(JsonParser json, String field) throws IOException {
      if (field.equals("data") && string(json) instanceof LongString.Picture found) {
        picture = found;
      } else {
        json.skipChildren();
      }
    }

    private @Nullable LongString string(JsonParser json) throws IOException {
      if (json.currentToken() != JsonToken.VALUE_STRING) {
        json.skipChildren();
        return null;
      }
      // A name that is written with escapes is none that was looked for: its value is still there.
      String number = json.getText();
      if (!number.matches("\\d{1,3}") || Integer.parseInt(number) >= strings.found().size()) {
        throw new GarbledAnswer("it has escapes in the names of its fields");
      }
      return strings.found().get(Integer.parseInt(number));
    }

    List<AnswerPart> parts() throws IOException {
      Optional<LongString.Signature> signed = Optional.ofNullable(signature);
      if (thought) {
        return List.of();
      }
      if (picture != null) {
        return List.of(new AnswerPart.Picture(picture, signed));
      }
      List<AnswerPart> said = new ArrayList<>();
      for (Prose.Segment segment : text == null ? List.<Prose.Segment>of() : text.segments()) {
        said.add(
            switch (segment) {
              case Prose.Segment.Words spoken ->
                  new AnswerPart.Words(cut(spoken.text()), Optional.empty());
              case Prose.Segment.Hidden found ->
                  new AnswerPart.Picture(found.picture(), Optional.empty());
            });
      }
      if (said.isEmpty()) {
        return signature == null ? List.of() : List.of(new AnswerPart.Words("", signed));
      }
      said.set(
          said.size() - 1,
          switch (said.getLast()) {
            case AnswerPart.Words spoken -> new AnswerPart.Words(spoken.text(), signed);
            case AnswerPart.Picture found -> new AnswerPart.Picture(found.bytes(), signed);
          });
      said.stream().filter(AnswerPart.Picture.class::isInstance).forEach(hidden::add);
      return said;
    }

    private String cut(String said) {
      String kept = said.substring(0, Math.min(said.length(), MOST_WORDS - wordsSoFar));
      wordsSoFar += kept.length();
      return kept;
    }
  }

  /** Takes the value of a field, whole, where the parser stands at its first token. */
  private interface Field {
    void take(JsonParser json, String name) throws IOException;
  }

  private static void objects(JsonParser json, JsonToken value, Field field) throws IOException {
    if (value != JsonToken.START_ARRAY) {
      json.skipChildren();
      return;
    }
    while (json.nextToken() != JsonToken.END_ARRAY) {
      mustGoOn(json);
      object(json, json.currentToken(), field);
    }
  }

  private static void object(JsonParser json, JsonToken value, Field field) throws IOException {
    if (value == JsonToken.START_OBJECT) {
      fields(json, field);
    } else {
      json.skipChildren();
    }
  }

  private static void fields(JsonParser json, Field field) throws IOException {
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      json.nextToken();
      field.take(json, name);
    }
  }

  private static void mustGoOn(JsonParser json) throws GarbledAnswer {
    if (json.currentToken() == null) {
      throw new GarbledAnswer("it ends too early");
    }
  }

  private static @Nullable String text(JsonParser json, @Nullable String otherwise)
      throws IOException {
    if (json.currentToken() == JsonToken.VALUE_STRING) {
      return json.getText();
    }
    json.skipChildren();
    return otherwise;
  }
}
