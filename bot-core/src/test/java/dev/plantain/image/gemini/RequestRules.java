package dev.plantain.image.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plantain.image.ImageSize;
import dev.plantain.image.ModelSpec;
import dev.plantain.image.ModelSpec.Search;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/** What the real Gemini refuses with 400, in its words. */
final class RequestRules {
  private static final Set<String> TYPES =
      Set.of("image/png", "image/jpeg", "image/webp", "image/heic", "image/heif");

  private RequestRules() {}

  static Optional<String> complaint(JsonNode body, ModelSpec model) {
    return unknown(
            body,
            Set.of("contents", "generationConfig", "systemInstruction", "safetySettings", "tools"),
            "")
        .or(() ->
            unknown(
                body.path("generationConfig"),
                Set.of("responseModalities", "imageConfig", "thinkingConfig"),
                " at 'generation_config'"))
        .or(() -> thinking(body.path("generationConfig").path("thinkingConfig"), model))
        .or(() -> tools(body.path("tools"), model))
        .or(() -> instruction(body.path("systemInstruction")))
        .or(() -> imageConfig(body.path("generationConfig").path("imageConfig"), model))
        .or(() -> roles(body.path("contents")))
        .or(() -> parts(body.path("contents"), model));
  }

  /** What a model that answers in words refuses: gemini.md, section 1. */
  static Optional<String> complaintOfWriter(JsonNode body) {
    JsonNode config = body.path("generationConfig");
    if (config.has("imageConfig")) {
      return Optional.of("Aspect ratio is not enabled for this model");
    }
    if (config.path("responseModalities").toString().contains("IMAGE")) {
      return Optional.of(
          "The requested combination of response modalities (TEXT, IMAGE) is not supported by the model.");
    }
    return unknown(body, Set.of("contents", "generationConfig", "systemInstruction"), "")
        .or(() -> unknown(config, Set.of("responseModalities"), " at 'generation_config'"))
        .or(() -> instruction(body.path("systemInstruction")))
        .or(() -> roles(body.path("contents")))
        .or(() ->
            parts(body.path("contents"), ModelSpec.ofWords("", Duration.ZERO, Optional.empty())));
  }

  private static Optional<String> unknown(JsonNode object, Set<String> known, String where) {
    for (var field : object.properties()) {
      if (!known.contains(field.getKey())) {
        return Optional.of(
            "Invalid JSON payload received. Unknown name \"%s\"%s: Cannot find field."
                .formatted(field.getKey(), where));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> thinking(JsonNode config, ModelSpec model) {
    String level = config.path("thinkingLevel").asText("");
    boolean known =
        level.isEmpty()
            || model.thinking().stream().anyMatch(offered -> offered.name().equals(level));
    return known
        ? unknown(config, Set.of("thinkingLevel"), " at 'generation_config.thinking_config'")
        : Optional.of("Thinking level %s is not supported for this model.".formatted(level));
  }

  private static Optional<String> tools(JsonNode tools, ModelSpec model) {
    for (JsonNode tool : tools) {
      Optional<String> unknown =
          unknown(tool, Set.of("googleSearch"), " at 'tools'")
              .or(() -> unknown(tool.path("googleSearch"), Set.of("searchTypes"), " at 'tools'"));
      if (unknown.isPresent()) {
        return unknown;
      }
      boolean images = tool.path("googleSearch").path("searchTypes").has("imageSearch");
      if (!model.search().contains(images ? Search.IMAGE : Search.WEB)) {
        return Optional.of("Search Grounding is not supported for this model.");
      }
    }
    return Optional.empty();
  }

  private static Optional<String> instruction(JsonNode instruction) {
    return unknown(instruction, Set.of("parts"), " at 'system_instruction'");
  }

  private static Optional<String> imageConfig(JsonNode config, ModelSpec model) {
    if (config.isMissingNode()) {
      return Optional.empty();
    }
    if (model.ratios().isEmpty()) {
      return Optional.of("Aspect ratio is not enabled for this model");
    }
    JsonNode ratio = config.path("aspectRatio");
    if (!ratio.isMissingNode()
        && model.ratios().stream().noneMatch(known -> known.toString().equals(ratio.asText()))) {
      return Optional.of("Request contains an invalid argument.");
    }
    JsonNode size = config.path("imageSize");
    if (!size.isMissingNode() && !model.sizes().contains(new ImageSize(size.asText()))) {
      return Optional.of("Request contains an invalid argument.");
    }
    return unknown(
        config, Set.of("aspectRatio", "imageSize"), " at 'generation_config.image_config'");
  }

  private static Optional<String> roles(JsonNode contents) {
    if (!contents.isArray() || contents.isEmpty()) {
      return Optional.of("* GenerateContentRequest.contents: contents is not specified");
    }
    String expected = "user";
    for (JsonNode content : contents) {
      String role = content.path("role").asText();
      if (!role.equals(expected)) {
        return Optional.of(
            "Please ensure that multiturn requests alternate between user and model.");
      }
      expected = role.equals("user") ? "model" : "user";
    }
    return expected.equals("model")
        ? Optional.empty()
        : Optional.of("Please ensure that multiturn requests end with a user role.");
  }

  private static Optional<String> parts(JsonNode contents, ModelSpec model) {
    for (int index = 0; index < contents.size(); index++) {
      JsonNode parts = contents.get(index).path("parts");
      if (parts.isEmpty()) {
        return Optional.of(
            "* GenerateContentRequest.contents[%d].parts: contents.parts must not be empty."
                .formatted(index));
      }
      boolean ofModel = contents.get(index).path("role").asText().equals("model");
      for (int part = 0; part < parts.size(); part++) {
        Optional<String> complaint = part(parts.get(part));
        if (complaint.isPresent()) {
          return complaint;
        }
        if (ofModel && model.signatures() && lacksSignature(parts.get(part))) {
          return Optional.of(
              "Image part is missing a thought_signature in content position %d, part position %d. Please refer to https://ai.google.dev/gemini-api/docs/thought-signatures#model-behavior for more details."
                  .formatted(index + 1, part + 1));
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<String> part(JsonNode part) {
    Optional<String> unknown =
        unknown(
                part,
                Set.of("text", "inlineData", "fileData", "thoughtSignature"),
                " at 'contents.parts'")
            .or(() ->
                unknown(
                    part.path("fileData"),
                    Set.of("mimeType", "fileUri"),
                    " at 'contents.parts.file_data'"));
    JsonNode inline = part.path("inlineData");
    if (unknown.isPresent() || inline.isMissingNode()) {
      return unknown;
    }
    if (!TYPES.contains(inline.path("mimeType").asText())) {
      return Optional.of("Unsupported MIME type: " + inline.path("mimeType").asText());
    }
    try {
      return Base64.getDecoder().decode(inline.path("data").asText()).length == 0
          ? Optional.of("Unable to process input image.")
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of("Invalid value at 'contents.parts.inline_data.data' (TYPE_BYTES)");
    }
  }

  private static boolean lacksSignature(JsonNode part) {
    return (part.has("inlineData") || part.has("fileData"))
        && part.path("thoughtSignature").asText().isEmpty();
  }
}
