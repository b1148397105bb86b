package dev.plantain.telegram;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.telegram.telegrambots.meta.api.objects.Update;

/**
 * Reads what Telegram sends into the library's types, leaving out the pieces that the library
 * cannot read.
 *
 * <p>The library is older than the API and stricter than its documentation: a button in somebody
 * else's post is enough to make a reply to that post unreadable. Such a piece says nothing that we
 * need, so it is cut out of the tree, from the innermost outwards, until the rest can be read.
 */
final class TolerantReader {

  /** Reads the library's types, passing over what it does not know. */
  static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  /** Without these a message is another message: better unread than misread. */
  private static final Set<String> VITAL =
      Set.of(
          "update_id",
          "message_id",
          "id",
          "chat",
          "from",
          "sender_chat",
          "date",
          "text",
          "caption",
          "data",
          "type",
          "file_id",
          "photo",
          "document",
          "migrate_to_chat_id",
          "migrate_from_chat_id",
          "old_chat_member",
          "new_chat_member");

  /** Messages within an update that are as important as itself. */
  private static final Set<String> MESSAGES = Set.of("message", "reply_to_message");

  /** How many pieces may be cut out: far more than one update was ever seen to need. */
  private static final int MOST_CUTS = 200;

  private TolerantReader() {}

  /** Reads one tree; throws {@link JsonMappingException} somewhere in the chain of causes. */
  interface Reading<T> {
    T read(JsonNode tree) throws Exception;
  }

  /** The update, or nothing when a vital part of it cannot be read. */
  static Optional<Update> update(JsonNode tree) {
    return read(tree, pruned -> MAPPER.treeToValue(pruned, Update.class));
  }

  /** Reads an update or an answer, with as many cuts as it takes. */
  static <T> Optional<T> read(JsonNode tree, Reading<T> reading) {
    JsonNode pruned = tree.deepCopy();
    for (int cuts = 0; cuts <= MOST_CUTS; cuts++) {
      try {
        return Optional.of(reading.read(pruned));
      } catch (Exception failure) {
        Optional<List<Object>> path = pathOf(failure);
        if (path.isEmpty()) {
          return Optional.empty();
        }
        if (!cut(pruned, path.get())) {
          return Optional.empty();
        }
      }
    }
    return Optional.empty();
  }

  /** Names and indexes from the root to what could not be read. */
  private static Optional<List<Object>> pathOf(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof JsonMappingException mapping) {
        List<Object> path = new ArrayList<>();
        for (JsonMappingException.Reference reference : mapping.getPath()) {
          path.add(
              reference.getFieldName() != null ? reference.getFieldName() : reference.getIndex());
        }
        return Optional.of(path);
      }
    }
    return Optional.empty();
  }

  private static boolean cut(JsonNode tree, List<Object> path) {
    List<JsonNode> holders = new ArrayList<>();
    JsonNode node = tree;
    for (Object step : path) {
      holders.add(node);
      node = step instanceof String name ? node.path(name) : node.path((Integer) step);
    }
    for (int depth = path.size() - 1; depth >= 0; depth--) {
      if (isVital(path, depth)) {
        return false;
      }
      if (removed(holders.get(depth), path.get(depth))) {
        return true;
      }
    }
    return false;
  }

  /** The message itself, what matters in it, and what matters in the message it answers. */
  private static boolean isVital(List<Object> path, int depth) {
    return switch (depth) {
      case 0 -> true;
      case 1 -> VITAL.contains(path.get(1)) || MESSAGES.contains(path.get(1));
      case 2 -> MESSAGES.contains(path.get(1)) && VITAL.contains(path.get(2));
      default -> false;
    };
  }

  private static boolean removed(JsonNode holder, Object step) {
    return switch (holder) {
      case ObjectNode object when step instanceof String name -> object.remove(name) != null;
      case ArrayNode array when step instanceof Integer index && array.has(index) ->
          array.remove(index) != null;
      default -> false;
    };
  }
}
