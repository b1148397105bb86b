package dev.plantain.discord;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Compares requests with the machine-readable description of Discord's API (OpenAPI). */
final class DiscordSchema {
  private static final Pattern NUMBER = Pattern.compile("[0-9]+");

  /** What JDA sends, the description does not name, and Discord takes. */
  private static final List<Pattern> TAKEN_NEVERTHELESS =
      List.of(
          Pattern.compile(".*/commands.*\\.(nsfw|autocomplete): not described"),
          Pattern.compile(".*\\.attachments\\[[0-9]+]\\.content_type: not described"));

  /** Where JDA writes numbers as text, which Discord takes. */
  private static final Pattern NUMBER_AS_TEXT =
      Pattern.compile(
          ".*\\.(contexts\\[[0-9]+]|integration_types\\[[0-9]+]|default_member_permissions)");

  private final JsonNode document;

  private DiscordSchema(JsonNode document) {
    this.document = document;
  }

  /** Where the description is not at hand nothing is checked. */
  static DiscordSchema fromSpecification() throws IOException {
    Path file =
        Path.of(System.getProperty("plantain.root", ".."))
            .resolve("../shared/specs/discord-openapi.json");
    return new DiscordSchema(
        Files.isReadable(file)
            ? LoopbackWire.MAPPER.readTree(file.toFile())
            : MissingNode.getInstance());
  }

  boolean isThere() {
    return !document.isMissingNode();
  }

  /** What is wrong with a request. */
  List<String> violations(LoopbackRest.Request request) {
    if (!isThere()) {
      return List.of();
    }
    JsonNode operation = operation(request);
    if (operation.isMissingNode()) {
      return List.of(request.route() + ": not described");
    }
    JsonNode content = operation.path("requestBody").path("content");
    JsonNode json = content.path("application/json").path("schema");
    JsonNode schema =
        json.isMissingNode() ? content.path("multipart/form-data").path("schema") : json;
    JsonNode body = request.body().fields();
    if (schema.isMissingNode()) {
      return body.isEmpty() ? List.of() : List.of(request.route() + ": takes no body");
    }
    return value(request.route(), body, schema).stream()
        .filter(
            each -> TAKEN_NEVERTHELESS.stream().noneMatch(taken -> taken.matcher(each).matches()))
        .toList();
  }

  /** Of several paths that fit the one with the fewest variables is meant. */
  private JsonNode operation(LoopbackRest.Request request) {
    return document.path("paths").properties().stream()
        .filter(each -> fits(List.of(each.getKey().substring(1).split("/", -1)), request.path()))
        .min(Comparator.comparingLong(each -> each.getKey().chars().filter(c -> c == '{').count()))
        .map(each -> each.getValue().path(request.method().toLowerCase(java.util.Locale.ROOT)))
        .orElse(MissingNode.getInstance());
  }

  private static boolean fits(List<String> template, List<String> path) {
    if (template.size() != path.size()) {
      return false;
    }
    for (int at = 0; at < template.size(); at++) {
      boolean variable = template.get(at).startsWith("{");
      if (variable ? path.get(at).isEmpty() : !template.get(at).equals(path.get(at))) {
        return false;
      }
    }
    return true;
  }

  private JsonNode resolved(JsonNode schema) {
    JsonNode found = schema;
    while (found.has("$ref")) {
      found = document.at(found.path("$ref").asText().substring(1));
    }
    return found;
  }

  private List<String> value(String path, JsonNode written, JsonNode given) {
    JsonNode schema = resolved(given);
    boolean number = written.isTextual() && NUMBER.matcher(written.asText()).matches();
    JsonNode value =
        number && NUMBER_AS_TEXT.matcher(path).matches() ? number(written.asText()) : written;
    List<String> wrong = new ArrayList<>();
    for (String union : List.of("oneOf", "anyOf")) {
      if (schema.has(union)) {
        wrong.addAll(bestOf(path, value, schema.path(union)));
      }
    }
    if (schema.has("const") && !schema.path("const").equals(value)) {
      wrong.add(path + ": " + value + " is not " + schema.path("const"));
    }
    if (schema.has("enum") && schema.path("enum").valueStream().noneMatch(value::equals)) {
      wrong.add(path + ": " + value + " is none of " + schema.path("enum"));
    }
    if (schema.has("type") && !typeFits(value, schema)) {
      wrong.add(path + ": " + value + " is no " + schema.path("type"));
      return wrong;
    }
    wrong.addAll(limits(path, value, schema));
    if (value.isArray()) {
      for (int at = 0; at < value.size(); at++) {
        wrong.addAll(value(path + "[" + at + "]", value.path(at), schema.path("items")));
      }
    }
    if (value.isObject()) {
      wrong.addAll(object(path, value, schema));
    }
    return wrong;
  }

  /** As the parser writes numbers of this size, so that they are equal. */
  private static JsonNode number(String text) {
    long number = Long.parseLong(text);
    return number == (int) number ? IntNode.valueOf((int) number) : LongNode.valueOf(number);
  }

  private List<String> bestOf(String path, JsonNode value, JsonNode schemas) {
    return schemas
        .valueStream()
        .map(each -> value(path, value, each))
        .min(Comparator.comparingInt(wrong -> weight(path, wrong)))
        .orElse(List.of());
  }

  /** Of several readings the one with the right type and discriminator explains a mistake best. */
  private static int weight(String path, List<String> wrong) {
    return wrong.stream()
        .mapToInt(each -> {
          boolean discriminator = each.contains(".type: ") && each.contains(" none of ");
          boolean type = each.startsWith(path + ": ") && each.contains(" is no ");
          return discriminator || type ? 100 : 1;
        })
        .sum();
  }

  private static boolean typeFits(JsonNode value, JsonNode schema) {
    JsonNode type = schema.path("type");
    if (!type.isArray()) {
      return is(value, type.asText(), schema);
    }
    return type.valueStream().anyMatch(each -> is(value, each.asText(), schema));
  }

  private static boolean is(JsonNode value, String type, JsonNode schema) {
    // JDA writes some ids as numbers, which Discord takes.
    boolean id = schema.path("format").asText().equals("snowflake");
    return switch (type) {
      case "string" -> value.isTextual() || (id && value.isIntegralNumber());
      case "integer" -> value.isIntegralNumber();
      case "number" -> value.isNumber();
      case "boolean" -> value.isBoolean();
      case "array" -> value.isArray();
      case "null" -> value.isNull();
      default -> value.isObject();
    };
  }

  private static List<String> limits(String path, JsonNode value, JsonNode schema) {
    List<String> wrong = new ArrayList<>();
    if (value.isTextual()) {
      String text = value.asText();
      int length = text.codePointCount(0, text.length());
      range(wrong, path + ".length", length, schema, "minLength", "maxLength");
      boolean id = schema.path("format").asText().equals("snowflake");
      if (id && !NUMBER.matcher(text).matches()) {
        wrong.add(path + ": " + value + " is no snowflake");
      }
      if (schema.path("format").asText().equals("uri") && !isAddress(text)) {
        wrong.add(path + ": " + value + " is no uri");
      }
    }
    if (value.isArray()) {
      range(wrong, path + ".size", value.size(), schema, "minItems", "maxItems");
      if (schema.path("uniqueItems").asBoolean()
          && value.valueStream().distinct().count() < value.size()) {
        wrong.add(path + ": not unique");
      }
    }
    if (value.isNumber()) {
      range(wrong, path, value.asDouble(), schema, "minimum", "maximum");
    }
    return wrong;
  }

  private static boolean isAddress(String text) {
    try {
      return URI.create(text).isAbsolute();
    } catch (IllegalArgumentException broken) {
      // Discord takes file names in attachment:// that a URI would have to escape.
      return text.startsWith("attachment://");
    }
  }

  private static void range(
      List<String> wrong, String path, double value, JsonNode schema, String least, String most) {
    if (schema.has(least) && value < schema.path(least).asDouble()) {
      wrong.add(path + ": less than " + schema.path(least));
    }
    if (schema.has(most) && value > schema.path(most).asDouble()) {
      wrong.add(path + ": more than " + schema.path(most));
    }
  }

  private List<String> object(String path, JsonNode value, JsonNode schema) {
    List<String> wrong = new ArrayList<>();
    JsonNode known = schema.path("properties");
    JsonNode others = schema.path("additionalProperties");
    for (Map.Entry<String, JsonNode> field : value.properties()) {
      String name = path + "." + field.getKey();
      if (known.has(field.getKey())) {
        wrong.addAll(value(name, field.getValue(), known.path(field.getKey())));
      } else if (others.isObject()) {
        wrong.addAll(value(name, field.getValue(), others));
      } else if (schema.has("properties")) {
        wrong.add(name + ": not described");
      }
    }
    for (JsonNode required : schema.path("required")) {
      if (!value.has(required.asText())) {
        wrong.add(path + "." + required.asText() + ": required");
      }
    }
    return wrong;
  }
}
