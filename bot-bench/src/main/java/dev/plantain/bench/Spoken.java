package dev.plantain.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plantain.image.endpoint.Wire;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/** An answer with a picture of 16.8 MB as each wire carries it, and how one reads it first. */
enum Spoken {
  GEMINI(
      "Gemini",
      "generateContent",
      "{\"candidates\":[{\"content\":{\"parts\":[{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\"",
      "\"}}],\"role\":\"model\"},\"finishReason\":\"STOP\"}]}") {
    @Override
    String base64(String body) throws IOException {
      return tree(body).at("/candidates/0/content/parts/0/inlineData/data").asText();
    }
  },
  CHAT(
      "OpenAI chat",
      "chat/completions",
      "{\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":\"![image](data:image/png;base64,",
      ")\"},\"finish_reason\":\"stop\"}]}") {
    @Override
    String base64(String body) throws IOException {
      return withinMarkdown(tree(body).at("/choices/0/message/content").asText());
    }
  },
  CHAT_STREAMED(
      "OpenAI chat, streamed",
      "chat/completions",
      "data: {\"choices\":[{\"delta\":{\"content\":\"![image](data:image/png;base64,\"}}]}\n\n",
      "data: {\"choices\":[{\"delta\":{\"content\":\")\"},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n") {
    private static final int PIECE = 8 * 1024;

    @Override
    void write(OutputStream out, byte[] base64) throws IOException {
      for (int at = 0; at < base64.length; at += PIECE) {
        out.write(Samples.utf8("data: {\"choices\":[{\"delta\":{\"content\":\""));
        out.write(base64, at, Math.min(PIECE, base64.length - at));
        out.write(Samples.utf8("\"}}]}\n\n"));
      }
    }

    @Override
    String base64(String body) throws IOException {
      StringBuilder content = new StringBuilder();
      for (String line : body.split("\n", -1)) {
        if (line.startsWith("data: {")) {
          content.append(tree(line.substring(6)).at("/choices/0/delta/content").asText());
        }
      }
      return withinMarkdown(content.toString());
    }
  },
  OPENROUTER(
      "OpenRouter chat",
      "chat/completions",
      "{\"choices\":[{\"message\":{\"content\":\"\",\"images\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,",
      "\"}}]},\"finish_reason\":\"stop\"}],\"usage\":{\"cost\":0.134}}") {
    @Override
    String base64(String body) throws IOException {
      String url = tree(body).at("/choices/0/message/images/0/image_url/url").asText();
      return url.substring(url.indexOf(',') + 1);
    }
  },
  IMAGES(
      "OpenAI images", "images/generations", "{\"created\":1,\"data\":[{\"b64_json\":\"", "\"}]}") {
    @Override
    String base64(String body) throws IOException {
      return tree(body).at("/data/0/b64_json").asText();
    }
  },
  IMAGEN(
      "Imagen",
      "predict",
      "{\"predictions\":[{\"mimeType\":\"image/png\",\"bytesBase64Encoded\":\"",
      "\"}]}") {
    @Override
    String base64(String body) throws IOException {
      return tree(body).at("/predictions/0/bytesBase64Encoded").asText();
    }
  };

  private static final ObjectMapper JSON =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
              .build());

  private final String title;
  private final String path;
  private final String before;
  private final String after;

  Spoken(String title, String path, String before, String after) {
    this.title = title;
    this.path = path;
    this.before = before;
    this.after = after;
  }

  String title() {
    return title;
  }

  Wire wire() {
    return switch (this) {
      case GEMINI -> new Wire.Gemini();
      case CHAT -> new Wire.OpenAiChat(false);
      case CHAT_STREAMED -> new Wire.OpenAiChat(true);
      case OPENROUTER -> new Wire.OpenRouterChat(false);
      case IMAGES -> new Wire.OpenAiImages();
      case IMAGEN -> new Wire.Imagen();
    };
  }

  /** Where the naive reader asks. */
  String path() {
    return path;
  }

  /** The file of the whole answer, made where it is missing. */
  Path body(Path folder) throws IOException {
    Path file = folder.resolve("wire-" + name() + ".body");
    if (!Files.exists(file)) {
      byte[] picture = Files.readAllBytes(Samples.Answer.FOUR_K.picture(folder));
      try (OutputStream out = Files.newOutputStream(file)) {
        out.write(Samples.utf8(before));
        write(out, Base64.getEncoder().encode(picture));
        out.write(Samples.utf8(after));
      }
    }
    return file;
  }

  void write(OutputStream out, byte[] base64) throws IOException {
    out.write(base64);
  }

  /** The picture, out of the whole answer as a string. */
  byte[] picture(String body) throws IOException {
    return Base64.getDecoder().decode(base64(body).getBytes(StandardCharsets.ISO_8859_1));
  }

  /** What of the whole answer is the picture. */
  abstract String base64(String body) throws IOException;

  private static JsonNode tree(String json) throws IOException {
    return JSON.readTree(json);
  }

  private static String withinMarkdown(String content) {
    return content.substring(content.indexOf("base64,") + 7, content.lastIndexOf(')'));
  }
}
