package dev.plantain.discord;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plantain.discord.LoopbackWorld.Entry;
import dev.plantain.discord.LoopbackWorld.Person;
import dev.plantain.discord.LoopbackWorld.Room;
import dev.plantain.discord.LoopbackWorld.Stored;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Makes messages of what the bot sends, and refuses what Discord would. */
final class LoopbackMessages {
  static final int EPHEMERAL = 1 << 6;
  static final int LOADING = 1 << 7;
  static final int COMPONENTS_V2 = 1 << 15;
  private static final int SUPPRESS = (1 << 2) | (1 << 12);
  private static final int ACTION_ROW = 1;
  private static final int BUTTON = 2;
  private static final int TEXT_DISPLAY = 10;
  private static final int LINK = 5;
  private static final int PREMIUM = 6;

  private final LoopbackWorld world;
  private final LoopbackGateway gateway;

  LoopbackMessages(LoopbackWorld world, LoopbackGateway gateway) {
    this.world = world;
    this.gateway = gateway;
  }

  /** What comes in a request: fields, and files by the names of their parts. */
  record Body(JsonNode fields, Map<String, LoopbackDiscord.File> files) {
    /** The same request, with what stands under {@code data} as its fields. */
    Body data() {
      return new Body(fields.path("data"), files);
    }
  }

  Entry entry(Room room, Person author) {
    return new Entry(world.id(), room, author, world.clock.instant());
  }

  void add(Entry entry) {
    entry.room.entries.put(entry.id, entry);
    gateway.message("MESSAGE_CREATE", entry);
    world.notifyAll();
  }

  /** What the bot posts in a channel by itself. */
  Entry post(Room room, Body body) {
    JsonNode fields = body.fields();
    String nonce = fields.path("nonce").asText("");
    if (fields.path("enforce_nonce").asBoolean() && !nonce.isEmpty()) {
      for (Entry earlier : room.entries.values()) {
        if (earlier.author == world.bot && earlier.nonce.equals(nonce)) {
          return earlier;
        }
      }
    }
    Entry entry = entry(room, world.bot);
    entry.nonce = nonce;
    refer(entry, fields.path("message_reference"));
    fill(entry, body);
    add(entry);
    return entry;
  }

  private void refer(Entry entry, JsonNode reference) {
    if (!reference.isObject()) {
      return;
    }
    Entry other = entry.room.entries.get(reference.path("message_id").asLong());
    if (other == null || other.deleted || other.onlyFor.isPresent()) {
      if (reference.path("fail_if_not_exists").asBoolean(true)) {
        throw LoopbackRefusal.form("message_reference: Unknown message");
      }
      return;
    }
    reply(entry, other);
  }

  void reply(Entry entry, Entry other) {
    entry.replyTo = Optional.of(other);
    entry.json.put("type", 19);
    ObjectNode reference = entry.json.putObject("message_reference").put("type", 0);
    reference.put("message_id", LoopbackWire.id(other.id));
    reference.put("channel_id", LoopbackWire.id(other.room.id));
    other.room.server.ifPresent(each -> reference.put("guild_id", LoopbackWire.id(each.id)));
  }

  /** Changes a message of the bot's. */
  void change(Entry entry, Body body) {
    checkFlags(entry, body);
    fill(entry, body);
    entry.edited = Optional.of(world.clock.instant());
    changed(entry);
  }

  static void checkFlags(Entry entry, Body body) {
    JsonNode flags = body.fields().path("flags");
    if (flags.isNumber() && entry.hasComponentLayout() && (flags.asInt() & COMPONENTS_V2) == 0) {
      throw LoopbackRefusal.form("flags: IS_COMPONENTS_V2 cannot be removed");
    }
  }

  void changed(Entry entry) {
    gateway.message("MESSAGE_UPDATE", entry);
    world.notifyAll();
  }

  void delete(Entry entry) {
    entry.deleted = true;
    gateway.deleted(entry);
    world.notifyAll();
  }

  /** Takes over what a request says; on a refusal the message stays as it was. */
  void fill(Entry entry, Body body) {
    JsonNode fields = body.fields();
    int flags = entry.flags | (fields.path("flags").asInt(0) & (COMPONENTS_V2 | SUPPRESS));
    boolean layout = (flags & COMPONENTS_V2) != 0;
    ObjectNode next = entry.json.deepCopy();
    for (String field : List.of("content", "embeds", "components")) {
      if (fields.path(field).isNull()) {
        next.remove(field);
      } else if (fields.has(field)) {
        next.set(field, fields.path(field).deepCopy());
      }
    }
    List<Stored> files = files(entry, body);
    checkContent(next, layout);
    new Components(files, layout).check(next.path("components"));
    Set<Long> shown = shownFiles(next.path("components"));
    boolean empty =
        next.path("content").asText("").isBlank()
            && next.path("embeds").isEmpty()
            && next.path("components").isEmpty()
            && files.isEmpty();
    if (empty) {
      throw new LoopbackRefusal(400, 50006, "Cannot send an empty message");
    }
    if (layout
        && files.stream()
            .anyMatch(file -> !shown.contains(file.id) && !entry.files.contains(file))) {
      world.violation("a file was sent that no component shows");
    }
    entry.json.removeAll();
    entry.json.setAll(next);
    entry.flags = flags;
    entry.files.clear();
    entry.files.addAll(files);
    for (Stored file : files) {
      file.ephemeral = entry.onlyFor.isPresent();
      world.files.put(file.id, file);
    }
    mention(entry, fields.path("allowed_mentions"));
  }

  /** Who is pinged by words of the bot's. */
  private void mention(Entry entry, JsonNode allowed) {
    entry.mentions.clear();
    StringBuilder words = new StringBuilder(entry.json.path("content").asText(""));
    eachComponent(
        entry.json.path("components"),
        component -> words.append('\n').append(component.path("content").asText("")));
    if (!allowed.path("users").isEmpty()
        && allowed.path("parse").toString().contains("\"users\"")) {
      throw LoopbackRefusal.form("allowed_mentions: parse and users are mutually exclusive");
    }
    boolean users = !allowed.isObject();
    for (JsonNode kind : allowed.path("parse")) {
      users |= kind.asText().equals("users");
    }
    for (long mentioned : LoopbackWords.mentioned(words.toString())) {
      boolean named = false;
      for (JsonNode user : allowed.path("users")) {
        named |= user.asLong() == mentioned;
      }
      if ((users || named) && world.people.containsKey(mentioned)) {
        entry.mentions.add(mentioned);
      }
    }
    boolean pingsReplied = allowed.path("replied_user").asBoolean(!allowed.isObject());
    if (pingsReplied) {
      entry.replyTo.ifPresent(other -> entry.mentions.add(other.author.id));
    }
  }

  private static void checkContent(ObjectNode next, boolean layout) {
    if (next.path("content").asText("").codePointCount(0, next.path("content").asText("").length())
        > 2000) {
      throw LoopbackRefusal.form("content: Must be 2000 or fewer in length.");
    }
    if (layout && (!next.path("content").asText("").isEmpty() || !next.path("embeds").isEmpty())) {
      throw LoopbackRefusal.form(
          "content: The 'content' field cannot be used when using MessageFlags.IS_COMPONENTS_V2");
    }
  }

  /** The files that the message has afterwards: kept ones and new ones. */
  private List<Stored> files(Entry entry, Body body) {
    for (LoopbackDiscord.File file : body.files().values()) {
      if (file.bytes().length > entry.room.maxUploadBytes()) {
        throw new LoopbackRefusal(413, 40005, "Request entity too large");
      }
    }
    List<Stored> files = new ArrayList<>();
    Set<String> used = new HashSet<>();
    JsonNode listed = body.fields().path("attachments");
    if (!listed.isArray()) {
      files.addAll(entry.files);
    }
    for (JsonNode each : listed) {
      String part = "files[" + each.path("id").asText() + "]";
      LoopbackDiscord.File file = body.files().get(part);
      if (file != null) {
        used.add(part);
        String name = each.path("filename").asText(file.name());
        if (each.path("description").asText("").length() > 1024) {
          throw LoopbackRefusal.form("description: Must be 1024 or fewer in length.");
        }
        files.add(
            new Stored(
                world.id(),
                file.called(name, each.path("description").asText("")),
                each.path("is_spoiler").asBoolean() || name.startsWith("SPOILER_")));
      } else {
        long id = each.path("id").asLong();
        files.add(
            entry.files.stream()
                .filter(kept -> kept.id == id)
                .findFirst()
                .orElseThrow(() -> LoopbackRefusal.form("attachments: there is no " + part)));
      }
    }
    body.files()
        .forEach((part, file) -> {
          if (!used.contains(part)) {
            files.add(new Stored(world.id(), file, file.name().startsWith("SPOILER_")));
          }
        });
    if (files.size() > 10) {
      throw new LoopbackRefusal(400, 30015, "Maximum number of attachments in a message reached");
    }
    return files;
  }

  /** The ids of the files that components show. */
  static Set<Long> shownFiles(JsonNode components) {
    Set<Long> shown = new HashSet<>();
    components.findValues("attachment_id").forEach(each -> shown.add(each.asLong()));
    return shown;
  }

  static void eachComponent(JsonNode holder, Consumer<ObjectNode> visitor) {
    if (holder instanceof ObjectNode object && object.path("type").isInt()) {
      visitor.accept(object);
    }
    holder.forEach(inner -> eachComponent(inner, visitor));
  }

  /** What the components of one message have to be like. */
  private static final class Components {
    private final List<Stored> files;
    private final boolean layout;
    private final Set<String> customIds = new HashSet<>();
    private int count;
    private int characters;

    Components(List<Stored> files, boolean layout) {
      this.files = files;
      this.layout = layout;
    }

    void check(JsonNode components) {
      for (JsonNode component : components) {
        if (!layout && component.path("type").asInt() != ACTION_ROW) {
          throw LoopbackRefusal.form("components: only rows without IS_COMPONENTS_V2");
        }
      }
      eachComponent(components, this::component);
      media(components);
      if (count > 40 || (!layout && components.size() > 5)) {
        throw LoopbackRefusal.form("components: too many");
      }
      if (characters > 4000) {
        throw LoopbackRefusal.form("components: more than 4000 characters of text");
      }
    }

    private void component(ObjectNode component) {
      count++;
      if (component.path("id").asInt() == 0) {
        component.put("id", count);
      }
      String customId = component.path("custom_id").asText("");
      if (customId.length() > 100 || component.path("label").asText("").length() > 80) {
        throw LoopbackRefusal.form("components: an id of 100 or a label of 80 is the most");
      }
      if (!customId.isEmpty() && !customIds.add(customId)) {
        throw LoopbackRefusal.form("components: Component custom id cannot be duplicated");
      }
      switch (component.path("type").asInt()) {
        case ACTION_ROW -> row(component.withArray("components"));
        case BUTTON -> button(component, customId);
        case TEXT_DISPLAY -> characters += component.path("content").asText("").length();
        default -> {}
      }
    }

    private static void row(ArrayNode inner) {
      long buttons =
          inner.valueStream().filter(each -> each.path("type").asInt() == BUTTON).count();
      if (inner.isEmpty() || inner.size() > 5 || (buttons == 0 && inner.size() > 1)) {
        throw LoopbackRefusal.form("components: a row has 1 to 5 buttons or one menu");
      }
    }

    private static void button(ObjectNode button, String customId) {
      int style = button.path("style").asInt();
      boolean named = !button.path("label").asText("").isEmpty() || button.path("emoji").isObject();
      boolean linked = !button.path("url").asText("").isEmpty();
      if (style == PREMIUM) {
        return;
      }
      if (!named || (style == LINK) != linked || (style == LINK) == !customId.isEmpty()) {
        throw LoopbackRefusal.form("components: a button lacks its label, id or link");
      }
    }

    /** An {@code attachment://} becomes the file that it names. */
    private void media(JsonNode holder) {
      if (holder instanceof ObjectNode object) {
        String url = object.path("url").asText("");
        if (url.startsWith("attachment://")) {
          String name = url.substring("attachment://".length());
          Stored file =
              files.stream()
                  .filter(each -> each.file.name().equals(name))
                  .findFirst()
                  .orElseThrow(() -> LoopbackRefusal.form("components: there is no " + url));
          object.put("attachment_id", LoopbackWire.id(file.id));
        } else if (!object.has("attachment_id")) {
          // A link that Discord gave out for a file of this message is that file.
          files.stream()
              .filter(each -> url.contains("/" + each.id + "/"))
              .findFirst()
              .ifPresent(file -> object.put("attachment_id", LoopbackWire.id(file.id)));
        }
      }
      holder.forEach(this::media);
    }
  }
}
