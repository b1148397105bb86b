package dev.plantain.image.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.Headers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A request that the loopback Gemini was sent.
 *
 * @param headers by name in lower case
 * @param ratio as asked for
 * @param size as asked for
 */
public record AskedOfGemini(
    String model,
    Map<String, String> headers,
    List<Said> contents,
    Optional<String> ratio,
    Optional<String> size) {

  /** One of the contents. */
  public record Said(String role, List<Piece> parts) {}

  /**
   * One of the parts.
   *
   * @param sha256 of the picture's bytes, wherever they are
   * @param fileUri where it is a file to which is referred
   */
  public record Piece(
      Optional<String> text,
      Optional<String> mimeType,
      Optional<String> sha256,
      Optional<String> signature,
      Optional<String> fileUri) {}

  static AskedOfGemini of(String model, Headers headers, JsonNode body, LoopbackFiles uploads) {
    JsonNode config = body.path("generationConfig").path("imageConfig");
    Map<String, String> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.forEach((name, values) -> byName.put(name, values.getFirst()));
    List<Said> contents = new ArrayList<>();
    for (JsonNode content : body.path("contents")) {
      List<Piece> parts = new ArrayList<>();
      content.path("parts").forEach(part -> parts.add(piece(part, uploads)));
      contents.add(new Said(content.path("role").asText(), parts));
    }
    return new AskedOfGemini(
        model, byName, contents, text(config, "aspectRatio"), text(config, "imageSize"));
  }

  /** The words of the last of the contents, joined by blanks. */
  public String words() {
    return String.join(
        " ", contents.getLast().parts().stream().flatMap(piece -> piece.text().stream()).toList());
  }

  private static Piece piece(JsonNode part, LoopbackFiles uploads) {
    JsonNode inline = part.path("inlineData");
    JsonNode file = part.path("fileData");
    return new Piece(
        text(part, "text"),
        text(inline, "mimeType").or(() -> text(file, "mimeType")),
        text(inline, "data")
            .map(data -> sha256(Base64.getDecoder().decode(data)))
            .or(() -> text(file, "fileUri").map(uploads::sha256)),
        text(part, "thoughtSignature"),
        text(file, "fileUri"));
  }

  private static Optional<String> text(JsonNode node, String field) {
    return Optional.ofNullable(node.path(field).textValue());
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new UncheckedIOException(new IOException(e));
    }
  }
}
