package dev.plantain.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Compares requests with a machine-readable description of the Bot API. */
final class RequestCheck {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String ARRAY = "Array of ";

  private final JsonNode types;
  private final Map<String, JsonNode> methods = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  private RequestCheck(JsonNode specification) {
    types = specification.path("types");
    specification
        .path("methods")
        .properties()
        .forEach(each -> methods.put(each.getKey(), each.getValue()));
  }

  /** Where the description is not at hand nothing is checked. */
  static RequestCheck fromSpecification() throws IOException {
    Path file =
        Path.of(System.getProperty("plantain.root", ".."))
            .resolve("../shared/specs/telegram-bot-api-10.3.json");
    return new RequestCheck(
        Files.isReadable(file) ? MAPPER.readTree(file.toFile()) : MissingNode.getInstance());
  }

  boolean isThere() {
    return !methods.isEmpty();
  }

  /**
   * What is wrong with a request.
   *
   * @param fields as they came: anything for JSON, text for forms
   * @param files the names of the parts that are files
   */
  List<String> violations(
      String method, Map<String, JsonNode> fields, Set<String> files, boolean form) {
    if (!isThere()) {
      return List.of();
    }
    JsonNode known = methods.get(method);
    if (known == null) {
      return List.of(method + ": no such method");
    }
    List<String> wrong = new ArrayList<>();
    Request request = new Request(files, form);
    for (Map.Entry<String, JsonNode> field : fields.entrySet()) {
      JsonNode expected = field(known, field.getKey());
      if (expected.isMissingNode()) {
        wrong.add(method + "." + field.getKey() + ": no such parameter");
      } else {
        JsonNode value = form ? unfolded(field.getValue(), expected) : field.getValue();
        wrong.addAll(request.value(method + "." + field.getKey(), value, expected));
      }
    }
    for (JsonNode expected : known.path("fields")) {
      String name = expected.path("name").asText();
      if (expected.path("required").booleanValue()
          && !fields.containsKey(name)
          && !files.contains(name)) {
        wrong.add(method + "." + name + ": required");
      }
    }
    for (String file : files) {
      if (field(known, file).isMissingNode() && !request.attached.contains(file)) {
        wrong.add(method + ": the file part " + file + " belongs to nothing");
      }
    }
    return wrong;
  }

  /** In a form everything but text is written as JSON. */
  private static JsonNode unfolded(JsonNode value, JsonNode expected) {
    for (JsonNode type : expected.path("types")) {
      if (type.asText().equals("String") || type.asText().equals("InputFile")) {
        return value;
      }
    }
    try {
      return MAPPER.readTree(value.asText());
    } catch (IOException notJson) {
      return value;
    }
  }

  private static JsonNode field(JsonNode holder, String name) {
    for (JsonNode field : holder.path("fields")) {
      if (field.path("name").asText().equals(name)) {
        return field;
      }
    }
    return MissingNode.getInstance();
  }

  /** One request's own facts while its values are looked at. */
  private final class Request {
    private final Set<String> files;
    private final boolean form;
    private final List<String> attached = new ArrayList<>();

    Request(Set<String> files, boolean form) {
      this.files = files;
      this.form = form;
    }

    List<String> value(String path, JsonNode value, JsonNode expected) {
      List<List<String>> attempts = new ArrayList<>();
      for (JsonNode type : expected.path("types")) {
        attempts.add(as(path, value, type.asText()));
      }
      List<String> least =
          attempts.stream().min(Comparator.comparingInt(RequestCheck::weight)).orElse(List.of());
      if (least.isEmpty() && expected.has("enum") && value.isTextual()) {
        for (JsonNode allowed : expected.path("enum")) {
          if (allowed.asText().equals(value.asText())) {
            return List.of();
          }
        }
        return List.of(path + ": " + value + " is none of " + expected.path("enum"));
      }
      return least;
    }

    private List<String> as(String path, JsonNode value, String type) {
      if (type.startsWith(ARRAY)) {
        return array(path, value, type.substring(ARRAY.length()));
      }
      boolean fits =
          switch (type) {
            case "String" -> value.isTextual();
            case "Integer" -> value.isIntegralNumber();
            case "Float" -> value.isNumber();
            case "Boolean" -> value.isBoolean();
            case "InputFile" -> isFile(value);
            default -> value.isObject();
          };
      if (!fits) {
        return List.of("%s: %s is no %s%s".formatted(path, value, type, form ? " in a form" : ""));
      }
      if (type.equals("String") && value.asText().startsWith("attach://") && !isFile(value)) {
        return List.of("%s: there is no part %s".formatted(path, value));
      }
      return value.isObject() ? object(path, value, type) : List.of();
    }

    private boolean isFile(JsonNode value) {
      String part = value.asText().replaceFirst("^attach://", "");
      boolean there = value.asText().startsWith("attach://") && files.contains(part);
      if (there) {
        attached.add(part);
      }
      return there;
    }

    private List<String> array(String path, JsonNode value, String type) {
      if (!value.isArray()) {
        return List.of("%s: %s is no array".formatted(path, value));
      }
      List<String> wrong = new ArrayList<>();
      for (int at = 0; at < value.size(); at++) {
        wrong.addAll(as(path + "[" + at + "]", value.path(at), type));
      }
      return wrong;
    }

    private List<String> object(String path, JsonNode value, String type) {
      JsonNode known = types.path(type);
      if (known.path("subtypes").size() > 0) {
        List<List<String>> attempts = new ArrayList<>();
        for (JsonNode subtype : known.path("subtypes")) {
          attempts.add(object(path, value, subtype.asText()));
        }
        return attempts.stream()
            .min(Comparator.comparingInt(RequestCheck::weight))
            .orElse(List.of());
      }
      List<String> wrong = new ArrayList<>();
      for (Map.Entry<String, JsonNode> field : value.properties()) {
        JsonNode expected = field(known, field.getKey());
        String name = path + "." + field.getKey();
        wrong.addAll(
            expected.isMissingNode()
                ? List.of("%s: not in %s".formatted(name, type))
                : value(name, field.getValue(), expected));
      }
      for (JsonNode expected : known.path("fields")) {
        String name = expected.path("name").asText();
        if (expected.path("required").booleanValue() && !value.has(name)) {
          wrong.add("%s.%s: required in %s".formatted(path, name, type));
        }
      }
      return wrong;
    }
  }

  /** Of several readings the one with the right discriminator explains the mistake best. */
  private static int weight(List<String> wrong) {
    return wrong.stream()
        .mapToInt(each -> each.toLowerCase(Locale.ROOT).contains("is none of") ? 100 : 1)
        .sum();
  }
}
