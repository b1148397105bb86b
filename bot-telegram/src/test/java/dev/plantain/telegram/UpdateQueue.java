package dev.plantain.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The updates that wait for the bot, with the offsets of Telegram's server. */
final class UpdateQueue {

  /** How far an offset may lie ahead before the server reads it as nonsense (tdlib, TQueue). */
  private static final long FUTURE = 10;

  private static final Set<String> ONLY_WHEN_ASKED =
      Set.of("chat_member", "message_reaction", "message_reaction_count");

  private final TreeMap<Long, ObjectNode> waiting = new TreeMap<>();
  private Set<String> allowed = Set.of();
  private long nextId;
  private long tail;
  private long polls;
  private long lastOffset;
  private boolean held;
  private boolean closed;

  UpdateQueue(long firstId) {
    nextId = firstId;
    tail = firstId - 1;
  }

  /** Adds an update of a type, unless the bot did not ask for that type. */
  synchronized void add(String type, JsonNode content) {
    boolean wanted = allowed.isEmpty() ? !ONLY_WHEN_ASKED.contains(type) : allowed.contains(type);
    if (wanted) {
      ObjectNode update = JsonNodeFactory.instance.objectNode().put("update_id", nextId);
      update.set(type, content);
      add(update);
    }
  }

  /** Adds whatever it is, under the next id. */
  synchronized void addRaw(ObjectNode update) {
    add(update.deepCopy().put("update_id", nextId));
  }

  private synchronized void add(ObjectNode update) {
    tail = nextId;
    waiting.put(nextId++, update);
    notifyAll();
  }

  /** What happens after a quiet week, or on another server: ids go on anywhere. */
  synchronized void restartIds(long next) {
    waiting.clear();
    nextId = next;
    tail = next - 1;
  }

  synchronized int waiting() {
    return waiting.size();
  }

  synchronized long lastOffset() {
    return lastOffset;
  }

  synchronized void awaitHeld() throws InterruptedException {
    while (!held) {
      wait();
    }
  }

  synchronized void close() {
    closed = true;
    notifyAll();
  }

  /** Forgets what lies before the offset, and gives what is left: all for an absurd offset. */
  private Map<Long, ObjectNode> confirmed(long offset) {
    long from = offset < 0 ? tail + offset + 1 : offset;
    if (from <= tail + FUTURE) {
      waiting.headMap(from, false).clear();
    }
    return waiting;
  }

  /** One request for updates; empty when a newer one has ended it. */
  synchronized Optional<ArrayNode> poll(long offset, int limit, Duration timeout, JsonNode types)
      throws InterruptedException {
    long me = ++polls;
    lastOffset = offset;
    notifyAll();
    if (types.isArray()) {
      allowed =
          StreamSupport.stream(types.spliterator(), false)
              .map(JsonNode::asText)
              .collect(Collectors.toSet());
    }
    long end = System.nanoTime() + timeout.toNanos();
    while (me == polls && !closed && confirmed(offset).isEmpty()) {
      long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
      if (left <= 0) {
        break;
      }
      held = true;
      wait(left);
    }
    if (me != polls) {
      return Optional.empty();
    }
    held = false;
    ArrayNode batch = JsonNodeFactory.instance.arrayNode();
    for (ObjectNode each : confirmed(offset).values()) {
      if (batch.size() < limit) {
        batch.add(each);
      }
    }
    return Optional.of(batch);
  }
}
