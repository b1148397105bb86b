package dev.plantain.image.wire;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An error as Google or a gateway words it: an object, an object in an array, a string, or an
 * object written into the message of another.
 *
 * @param code the HTTP status inside, which gateways set beside another outside
 * @param name a gateway's own name for it, where its code is no number
 * @param status such as {@code RESOURCE_EXHAUSTED}; empty where none is told
 */
public record ErrorBody(
    Optional<Integer> code, String name, String status, String message, List<JsonNode> details) {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int DEEPEST = 4;

  public ErrorBody {
    details = List.copyOf(details);
  }

  /** Reads a body; empty where it is no JSON object with an error. */
  public static Optional<ErrorBody> parse(String body) {
    return Optional.of(json(body))
        .map(ErrorBody::unwrapped)
        .filter(JsonNode::isObject)
        .map(ErrorBody::of);
  }

  /** Reads the value of {@code error}. */
  public static ErrorBody of(JsonNode error) {
    return of(error, 0);
  }

  private static ErrorBody of(JsonNode given, int depth) {
    JsonNode error = unwrapped(given);
    if (error.isTextual()) {
      return new ErrorBody(Optional.empty(), "", "", error.asText(), List.of());
    }
    JsonNode inner = error.path("error");
    if (inner.isObject() || inner.isTextual()) {
      return of(inner, depth + 1);
    }
    String message = error.path("message").asText("");
    if (message.strip().startsWith("{") && depth < DEEPEST) {
      JsonNode nested = json(message);
      if (nested.isObject()) {
        return of(nested, depth + 1);
      }
    }
    JsonNode code = error.path("code");
    String name = code.isTextual() ? code.asText() : "";
    int number = code.asInt(0);
    List<JsonNode> details = new ArrayList<>();
    error.path("details").forEach(details::add);
    return new ErrorBody(
        number >= 400 && number < 600 ? Optional.of(number) : Optional.empty(),
        name.matches("\\d+") ? "" : name,
        error.path("status").asText(""),
        message,
        details);
  }

  private static JsonNode unwrapped(JsonNode node) {
    return node.isArray() && !node.isEmpty() ? node.get(0) : node;
  }

  private static JsonNode json(String text) {
    try {
      return Optional.ofNullable(JSON.readTree(text)).orElse(MissingNode.getInstance());
    } catch (JacksonException e) {
      return MissingNode.getInstance();
    }
  }

  /**
   * A field of the details of this kind; the key of the kind has been seen with a blank before it.
   */
  Optional<JsonNode> detail(String type, String field) {
    return details.stream()
        .filter(detail -> type(detail).endsWith("." + type))
        .map(detail -> detail.path(field))
        .filter(value -> !value.isMissingNode() && !value.isNull())
        .findFirst();
  }

  private static String type(JsonNode detail) {
    return detail.properties().stream()
        .filter(entry -> entry.getKey().strip().equals("@type"))
        .map(entry -> entry.getValue().asText().strip())
        .findFirst()
        .orElse("");
  }
}
