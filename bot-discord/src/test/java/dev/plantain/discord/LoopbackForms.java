package dev.plantain.discord;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plantain.discord.LoopbackDiscord.Field;
import dev.plantain.discord.LoopbackDiscord.File;
import dev.plantain.discord.LoopbackInteractions.Pending;
import dev.plantain.discord.LoopbackWorld.Room;
import dev.plantain.discord.LoopbackWorld.Stored;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Forms: what the bot may open, and how people fill them in. */
final class LoopbackForms {
  static final int LABEL = 18;
  private static final int FILE_UPLOAD = 19;

  private LoopbackForms() {}

  /**
   * Refuses what Discord would.
   *
   * @throws LoopbackRefusal the form is not as it must be
   */
  static void check(JsonNode modal) {
    between("title", modal.path("title").asText().length(), 1, 45);
    between("custom_id", modal.path("custom_id").asText().length(), 1, 100);
    between("components", modal.path("components").size(), 1, 5);
    Set<String> ids = new HashSet<>();
    for (JsonNode label : modal.path("components")) {
      if (label.path("type").asInt() == LABEL) {
        Field field = field(label);
        between("label", field.label().length(), 1, 45);
        between("description", label.path("description").asText("").length(), 0, 100);
        between("custom_id", field.customId().length(), 1, 100);
        between("value", field.value().length(), 0, 4000);
        between(
            "placeholder",
            label.path("component").path("placeholder").asText("").length(),
            0,
            field.type() == FILE_UPLOAD ? 0 : 150);
        between("max_values", label.path("component").path("max_values").asInt(1), 1, 25);
        if (!ids.add(field.customId())) {
          throw LoopbackRefusal.form("components: Component custom id cannot be duplicated");
        }
      }
    }
  }

  private static void between(String what, int size, int least, int most) {
    if (size < least || size > most) {
      throw LoopbackRefusal.form(
          "%s: Must be between %d and %d in length, not %d.".formatted(what, least, most, size));
    }
  }

  /**
   * Writes what somebody enters into a form.
   *
   * @throws IllegalArgumentException it does not fit
   */
  static void fill(
      LoopbackWorld world, Pending pending, Map<String, Object> values, ObjectNode data) {
    ArrayNode components = data.putArray("components");
    Set<String> left = new HashSet<>(values.keySet());
    for (JsonNode label : pending.modal.path("components")) {
      if (label.path("type").asInt() == LABEL) {
        Field field = field(label);
        left.remove(field.customId());
        left.remove(field.label());
        Object value = values.getOrDefault(field.customId(), values.get(field.label()));
        ObjectNode json = components.addObject().put("type", LABEL).put("id", 1);
        json.set(
            "component", filled(world, field, label.path("component"), value, data, pending.room));
      }
    }
    if (!left.isEmpty()) {
      throw new IllegalArgumentException("the form has no fields " + left);
    }
  }

  private static ObjectNode filled(
      LoopbackWorld world,
      Field field,
      JsonNode component,
      @Nullable Object value,
      ObjectNode data,
      Room room) {
    ObjectNode json = LoopbackWire.object().put("type", field.type()).put("id", 2);
    json.put("custom_id", field.customId());
    if (field.type() == FILE_UPLOAD) {
      ArrayNode ids = json.putArray("values");
      List<?> files =
          value instanceof List<?> several ? several : value == null ? List.of() : List.of(value);
      files.forEach(file -> ids.add(upload(world, (File) file, data, room)));
      boolean fits =
          ids.size() <= component.path("max_values").asInt(1)
              && (ids.size() >= component.path("min_values").asInt(1)
                  || (ids.isEmpty() && !field.required()));
      if (!fits) {
        throw new IllegalArgumentException(ids.size() + " files are not what " + field + " takes");
      }
      return json;
    }
    String text = value == null ? field.value() : value.toString();
    boolean fits =
        text.length() <= component.path("max_length").asInt(4000)
            && (text.length() >= component.path("min_length").asInt(field.required() ? 1 : 0)
                || (text.isEmpty() && !field.required()));
    if (!fits) {
      throw new IllegalArgumentException(text.length() + " characters do not fit into " + field);
    }
    return json.put("value", text);
  }

  static Field field(JsonNode label) {
    JsonNode inner = label.path("component");
    return new Field(
        inner.path("custom_id").asText(),
        label.path("label").asText(),
        inner.path("type").asInt(),
        inner.path("required").asBoolean(true),
        inner.path("value").asText(""));
  }

  /** What is uploaded with a command or a form belongs to no message. */
  static String upload(LoopbackWorld world, File file, ObjectNode data, Room room) {
    Stored stored = world.store(file, false);
    stored.ephemeral = true;
    data.withObject("resolved")
        .withObject("attachments")
        .set(LoopbackWire.id(stored.id), LoopbackWire.attachment(world, room.id, stored));
    return LoopbackWire.id(stored.id);
  }
}
