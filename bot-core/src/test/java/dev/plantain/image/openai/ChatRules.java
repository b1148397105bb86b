package dev.plantain.image.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plantain.image.endpoint.Wire;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;

/** What a strict provider of OpenAI's family refuses with 400, in words like its own. */
final class ChatRules {
  private static final Pattern DATA_URI =
      Pattern.compile("data:image/(png|jpeg|webp|gif);base64,([A-Za-z0-9+/]+={0,2})");
  private static final Pattern RATIO = Pattern.compile("\\d{1,2}:\\d{1,2}");
  private static final Pattern SIZE = Pattern.compile("512|[124]K");

  private final List<String> words = new ArrayList<>();
  private final List<String> pictures = new ArrayList<>();

  /** Carries what is wrong out of the depth. */
  static final class Refused extends IOException {
    Refused(String message) {
      super(message);
    }
  }

  List<String> words() {
    return words;
  }

  List<String> pictures() {
    return pictures;
  }

  void check(JsonNode body, Wire wire) throws Refused {
    switch (wire) {
      case Wire.OpenAiChat chat -> chat(body, chat.streamed(), Set.of("stream_options"));
      case Wire.OpenRouterChat chat -> {
        chat(body, chat.streamed(), Set.of("modalities", "image_config", "usage"));
        require(body.path("modalities").toString().equals("[\"image\",\"text\"]"), "modalities");
        require(body.path("usage").path("include").asBoolean(), "usage.include");
        onlyFields(body.path("image_config"), Set.of("aspect_ratio", "image_size"));
        ratioAndSize(body.path("image_config"), "image_size");
      }
      case Wire.OpenRouterImages _ -> {
        onlyFields(
            body, Set.of("model", "prompt", "n", "aspect_ratio", "resolution", "input_references"));
        prompt(body);
        ratioAndSize(body, "resolution");
        for (JsonNode reference : body.path("input_references")) {
          require(reference.path("type").asText().equals("image_url"), "input_references.type");
          imageUrl(reference);
        }
      }
      case Wire.OpenAiImages _ -> {
        onlyFields(body, Set.of("model", "prompt", "n", "size", "response_format"));
        prompt(body);
        require(body.path("response_format").asText().equals("b64_json"), "response_format");
        require(body.path("size").asText("1x1").matches("\\d+x\\d+"), "size");
      }
      case Wire.Imagen _ -> {
        onlyFields(body, Set.of("instances", "parameters"));
        require(body.path("instances").size() == 1, "instances");
        onlyFields(body.path("instances").get(0), Set.of("prompt"));
        words.add(body.path("instances").get(0).path("prompt").asText());
        require(!words.getFirst().isBlank(), "prompt");
        JsonNode parameters = body.path("parameters");
        onlyFields(parameters, Set.of("sampleCount", "aspectRatio", "imageSize"));
        require(parameters.path("sampleCount").asInt() == 1, "sampleCount");
      }
      case Wire.Gemini _, Wire.Vertex _ -> throw new IllegalArgumentException("not of this family");
    }
  }

  /** What a model that answers in words takes: an instruction first, and nothing of pictures. */
  void checkWriter(JsonNode body, Wire wire) throws Refused {
    switch (wire) {
      case Wire.OpenAiChat chat -> chat(body, chat.streamed(), Set.of("stream_options"));
      case Wire.OpenRouterChat chat -> {
        chat(body, chat.streamed(), Set.of("usage"));
        require(body.path("usage").path("include").asBoolean(), "usage.include");
      }
      case Wire.OpenRouterImages _,
          Wire.OpenAiImages _,
          Wire.Imagen _,
          Wire.Gemini _,
          Wire.Vertex _ ->
          throw new Refused("it makes pictures only");
    }
  }

  private void chat(JsonNode body, boolean streamed, Set<String> more) throws Refused {
    Set<String> known = new HashSet<>(Set.of("model", "messages", "stream"));
    known.addAll(more);
    onlyFields(body, known);
    require(
        body.path("stream").isBoolean() && body.path("stream").asBoolean() == streamed,
        "only stream=" + streamed + " is served here; stream");
    require(streamed || !body.has("stream_options"), "stream_options");
    String expected = "user";
    boolean first = true;
    for (JsonNode message : body.path("messages")) {
      onlyFields(message, Set.of("role", "content"));
      String role = message.path("role").asText();
      if (first && role.equals("system")) {
        require(!message.path("content").asText().isBlank(), "content");
        first = false;
        continue;
      }
      first = false;
      require(role.equals(expected), "roles must alternate and begin with user; role");
      if (role.equals("user")) {
        require(message.path("content").size() > 0, "content");
        for (JsonNode part : message.path("content")) {
          part(part);
        }
      } else {
        require(message.path("content").isTextual(), "content");
        words.add(message.path("content").asText());
      }
      expected = role.equals("user") ? "assistant" : "user";
    }
    require(expected.equals("assistant"), "the last message must be the user's; role");
  }

  private void part(JsonNode part) throws Refused {
    switch (part.path("type").asText()) {
      case "text" -> {
        onlyFields(part, Set.of("type", "text"));
        require(!part.path("text").asText().isEmpty(), "text");
        words.add(part.path("text").asText());
      }
      case "image_url" -> imageUrl(part);
      default -> throw new Refused("Invalid value: 'type'");
    }
  }

  private void imageUrl(JsonNode part) throws Refused {
    onlyFields(part, Set.of("type", "image_url"));
    onlyFields(part.path("image_url"), Set.of("url"));
    Matcher uri = DATA_URI.matcher(part.path("image_url").path("url").asText());
    require(uri.matches(), "image_url.url");
    byte[] picture = Base64.getDecoder().decode(uri.group(2));
    try {
      require(ImageIO.read(new ByteArrayInputStream(picture)) != null, "image_url: no picture");
    } catch (Refused e) {
      throw e;
    } catch (IOException e) {
      throw new Refused("Invalid image: " + e.getMessage());
    }
    pictures.add(sha256(picture));
  }

  private void prompt(JsonNode body) throws Refused {
    require(body.path("n").asInt() == 1, "n");
    require(!body.path("prompt").asText().isBlank(), "prompt");
    words.add(body.path("prompt").asText());
  }

  private static void ratioAndSize(JsonNode config, String size) throws Refused {
    require(RATIO.matcher(config.path("aspect_ratio").asText("1:1")).matches(), "aspect_ratio");
    require(SIZE.matcher(config.path(size).asText("1K")).matches(), size);
  }

  private static void onlyFields(JsonNode object, Set<String> known) throws Refused {
    for (var field : object.properties()) {
      require(known.contains(field.getKey()), "Unknown parameter");
    }
  }

  private static void require(boolean holds, String what) throws Refused {
    if (!holds) {
      throw new Refused("Invalid value: '" + what + "'");
    }
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
