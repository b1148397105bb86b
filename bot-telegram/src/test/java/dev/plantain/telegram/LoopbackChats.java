package dev.plantain.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The people, chats, messages and files of a small Telegram. Guarded by its own monitor. */
final class LoopbackChats {
  static final long FIRST_BOT = 7_000_000_001L;
  private static final long FIRST_USER = 5_000_000_001L;
  private static final long FIRST_GROUP = -4_000_000_001L;
  private static final long FIRST_SUPERGROUP = -1_002_000_000_001L;

  final Person bot;
  final Map<Long, Person> people = new LinkedHashMap<>();
  final Map<Long, Room> rooms = new LinkedHashMap<>();
  final Map<String, Stored> files = new LinkedHashMap<>();
  private long groups;
  private long supergroups;
  private int accountMessages;

  LoopbackChats(String botName) {
    bot = new Person(FIRST_BOT, "Plantain", botName, "", true);
    people.put(bot.id(), bot);
  }

  /** Somebody; without a user name or a language where these are empty. */
  record Person(long id, String firstName, String username, String language, boolean isBot) {
    ObjectNode json() {
      ObjectNode json = object().put("id", id).put("is_bot", isBot).put("first_name", firstName);
      if (!username.isEmpty()) {
        json.put("username", username);
      }
      if (!language.isEmpty()) {
        json.put("language_code", language);
      }
      return json;
    }
  }

  /** A file on the server; {@code width} is 0 for what is no photo. */
  record Stored(
      String id,
      String unique,
      String path,
      Bytes bytes,
      String name,
      String type,
      int width,
      int height) {
    ObjectNode json() {
      ObjectNode json =
          object()
              .put("file_id", id)
              .put("file_unique_id", unique)
              .put("file_size", bytes.length());
      if (width > 0) {
        json.put("width", width).put("height", height);
      }
      return json;
    }
  }

  /** A chat and who is in it. */
  static final class Room {
    final long id;
    final String type;
    final String title;
    boolean forum;
    final Map<Integer, String> topics = new TreeMap<>();
    final Map<Long, String> members = new LinkedHashMap<>();
    final TreeMap<Integer, Entry> entries = new TreeMap<>();
    int messages;
    boolean muted;
    boolean botLeft;
    Optional<Room> movedTo = Optional.empty();
    final List<String> actions = new ArrayList<>();

    Room(long id, String type, String title) {
      this.id = id;
      this.type = type;
      this.title = title;
    }

    boolean isPrivate() {
      return type.equals("private");
    }

    ObjectNode json() {
      ObjectNode json = object().put("id", id).put("type", type);
      json.put(isPrivate() ? "first_name" : "title", title);
      if (forum) {
        json.put("is_forum", true);
      }
      return json;
    }
  }

  /** A message in a room. */
  static final class Entry {
    final Room room;
    final int id;
    final @Nullable Person from;
    final long date;
    @Nullable Room senderChat;
    FormattedText text = new FormattedText("", array());
    List<Stored> photo = List.of();
    Optional<Stored> document = Optional.empty();
    Optional<Entry> replyTo = Optional.empty();
    int topic;
    String album = "";
    JsonNode markup = object();
    boolean deleted;
    long editDate;
    final ObjectNode extra = object();
    final Map<Long, String> reactions = new LinkedHashMap<>();

    boolean spoiler;

    Entry(Room room, int id, @Nullable Person from, long date) {
      this.room = room;
      this.id = id;
      this.from = from;
      this.date = date;
    }

    boolean isMedia() {
      return !photo.isEmpty() || document.isPresent();
    }

    boolean isBy(Person person) {
      return from != null && from.id() == person.id();
    }

    ObjectNode json() {
      ObjectNode json = alone();
      if (replyTo.isPresent() && !replyTo.get().deleted) {
        json.set("reply_to_message", replyTo.get().alone());
      } else if (topic > 0 && replyTo.isEmpty()) {
        // Every message of a topic answers the message that made the topic.
        Entry creation = room.entries.get(topic);
        if (creation != null) {
          json.set("reply_to_message", creation.alone());
        }
      }
      return json;
    }

    private ObjectNode alone() {
      ObjectNode json = object().put("message_id", id);
      if (from != null) {
        json.set("from", from.json());
      }
      if (senderChat != null) {
        json.set("sender_chat", senderChat.json());
      }
      json.put("date", date).set("chat", room.json());
      if (editDate > 0) {
        json.put("edit_date", editDate);
      }
      if (topic > 0) {
        json.put("message_thread_id", topic).put("is_topic_message", true);
      }
      if (!album.isEmpty()) {
        json.put("media_group_id", album);
      }
      if (!photo.isEmpty()) {
        ArrayNode sizes = json.putArray("photo");
        photo.forEach(size -> sizes.add(size.json()));
        if (spoiler) {
          json.put("has_media_spoiler", true);
        }
      }
      document.ifPresent(file ->
          json.set(
              "document", file.json().put("file_name", file.name()).put("mime_type", file.type())));
      if (!text.text().isEmpty()) {
        json.put(isMedia() ? "caption" : "text", text.text());
        if (!text.entities().isEmpty()) {
          json.set(isMedia() ? "caption_entities" : "entities", text.entities());
        }
      }
      if (markup.has("inline_keyboard")) {
        json.set("reply_markup", markup);
      }
      json.setAll(extra);
      return json;
    }
  }

  Person person(String firstName, String username, String language, boolean isBot) {
    Person person = new Person(FIRST_USER + people.size(), firstName, username, language, isBot);
    people.put(person.id(), person);
    return person;
  }

  Room privateRoom(Person person) {
    return rooms.computeIfAbsent(
        person.id(),
        id -> {
          Room room = new Room(id, "private", person.firstName());
          room.members.put(person.id(), "member");
          return room;
        });
  }

  Room group(String title) {
    return put(new Room(FIRST_GROUP - groups++, "group", title));
  }

  Room supergroup(String title) {
    return put(new Room(FIRST_SUPERGROUP - supergroups++, "supergroup", title));
  }

  private Room put(Room room) {
    rooms.put(room.id, room);
    return room;
  }

  /** A new message; ids count per supergroup, and per account everywhere else. */
  Entry entry(Room room, @Nullable Person from, long date) {
    int id = room.type.equals("supergroup") ? ++room.messages : ++accountMessages;
    Entry entry = new Entry(room, id, from, date);
    room.entries.put(id, entry);
    return entry;
  }

  Optional<Entry> find(Room room, int id) {
    return Optional.ofNullable(room.entries.get(id)).filter(entry -> !entry.deleted);
  }

  Stored store(byte[] bytes, String name, String type, int width, int height, String folder) {
    int number = files.size() + 1;
    String ending = name.contains(".") ? name.substring(name.lastIndexOf('.')) : "";
    Stored file =
        new Stored(
            (width > 0 ? "AgACAgIAAxk" : "BQACAgIAAxk") + number,
            "AQAD" + number,
            folder + "/file_" + number + ending,
            new Bytes(bytes),
            name,
            type,
            width,
            height);
    files.put(file.id(), file);
    return file;
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }
}
