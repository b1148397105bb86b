package dev.plantain.image.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plantain.image.wire.Answer;
import dev.plantain.image.wire.AnswerJson;
import dev.plantain.image.wire.AnswerParts;
import dev.plantain.image.wire.LongNames;
import dev.plantain.image.wire.LongString;
import dev.plantain.image.wire.Prose;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads an answer of {@code /chat/completions}, whole or in events. Gateways put pictures into the
 * words, into parts of the content, or beside them: gemini.md, section 6. What the model thought
 * ({@code reasoning} by many names) is never shown.
 */
final class ChatReader {
  static final LongNames LONG_NAMES =
      new LongNames(
          Set.of("b64_json"),
          Set.of(),
          Set.of("url", "image_url", "text", "image", "images"),
          Optional.of(new LongNames.Running(Set.of("message", "delta"), "content")),
          Set.of(
              "reasoning",
              "reasoning_content",
              "thinking",
              "data",
              "signature",
              "thought_signature",
              "thoughtSignature"));

  private final AnswerJson json;
  private final UsageReader usage;
  private final AnswerParts parts = new AnswerParts();
  private final List<Prose> words = new ArrayList<>();
  private final StringBuilder refusal = new StringBuilder();
  private @Nullable String finishReason;
  private @Nullable String nativeReason;
  private @Nullable JsonNode error;
  private boolean known;

  private ChatReader(AnswerJson json) {
    this.json = json;
    this.usage = new UsageReader(json);
  }

  /** Reads to the end of the answer. */
  static Answer read(AnswerJson json) throws IOException {
    ChatReader reader = new ChatReader(json);
    json.answers(reader::field);
    return reader.answer();
  }

  private Answer answer() throws IOException {
    AnswerParts all = new AnswerParts();
    for (Prose prose : words) {
      all.prose(prose, Optional.empty());
    }
    all.addAll(parts);
    return new Answer(
        all.parts(),
        Optional.empty(),
        ending(),
        refusal.isEmpty() ? Optional.empty() : Optional.of(refusal.toString()),
        usage.usage(),
        Optional.ofNullable(error),
        known);
  }

  /** OpenRouter tells what the provider itself gave as a reason, which says more. */
  private Optional<String> ending() {
    if (!refusal.toString().isBlank()) {
      return Optional.of("refusal");
    }
    boolean vague =
        finishReason == null || Set.of("content_filter", "error").contains(finishReason);
    return Optional.ofNullable(vague && nativeReason != null ? nativeReason : finishReason);
  }

  private void field(String name) throws IOException {
    switch (name) {
      case "choices" -> {
        known = true;
        json.elements(() -> json.object(this::choice));
      }
      case "usage" -> json.object(usage::field);
      case "error" -> error = json.error(error);
      default -> json.pass();
    }
  }

  private void choice(String name) throws IOException {
    switch (name) {
      case "message", "delta" -> json.object(this::message);
      case "finish_reason" -> finishReason = json.text(finishReason);
      case "native_finish_reason" -> nativeReason = json.text(nativeReason);
      case "error" -> error = json.error(error);
      default -> json.pass();
    }
  }

  private void message(String name) throws IOException {
    switch (name) {
      case "content" -> content();
      case "images", "image" -> {
        if (json.isArray()) {
          json.elements(this::image);
        } else {
          image();
        }
      }
      case "refusal" -> refusal.append(Optional.ofNullable(json.text("")).orElse(""));
      default -> json.pass();
    }
  }

  private void image() throws IOException {
    if (json.isObject()) {
      json.object(this::part);
    } else {
      address("url");
    }
  }

  private void content() throws IOException {
    if (json.isArray()) {
      json.elements(() -> json.object(this::part));
    } else if (json.isObject()) {
      json.object(this::part);
    } else {
      json.longString(Prose.class).filter(prose -> !words.contains(prose)).ifPresent(words::add);
    }
  }

  private void part(String name) throws IOException {
    switch (name) {
      case "text" -> {
        Optional<Prose> text = json.longString(Prose.class);
        if (text.isPresent()) {
          parts.prose(text.get(), Optional.empty());
        }
      }
      case "image_url" -> {
        if (json.isObject()) {
          json.object(this::address);
        } else {
          address("url");
        }
      }
      case "url", "b64_json" -> address(name);
      default -> json.pass();
    }
  }

  private void address(String name) throws IOException {
    switch (name) {
      case "url" -> {
        Optional<Prose> address = json.longString(Prose.class);
        if (address.isPresent()) {
          parts.address(address.get());
        }
      }
      case "b64_json" ->
          json.longString(LongString.Picture.class)
              .ifPresent(picture -> parts.picture(picture, Optional.empty()));
      default -> json.pass();
    }
  }
}
