package dev.plantain.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the methods of the Bot API do in a small Telegram. Guarded by the monitor of the chats. */
final class LoopbackMethods {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int TEXT = 4096;
  private static final int CAPTION = 1024;
  private static final int BUTTON_DATA_BYTES = 64;
  private static final int LARGEST_UPLOAD_BYTES = 50 * 1024 * 1024;
  private static final int LARGEST_DOWNLOAD_BYTES = 20 * 1024 * 1024;
  private static final Set<String> REACTIONS =
      Set.of("👀", "👌", "🤔", "🔥", "🎉", "✍", "👍", "👎", "❤");

  private final LoopbackChats chats;
  private final InstantSource clock;
  final Map<String, LoopbackTelegram.Query> queries = new LinkedHashMap<>();
  final Map<String, JsonNode> commands = new LinkedHashMap<>();

  /** What getFile says of some files instead of the truth. */
  final Map<String, ObjectNode> oddFiles = new LinkedHashMap<>();

  boolean readsAll = true;
  boolean localMode;

  LoopbackMethods(LoopbackChats chats, InstantSource clock) {
    this.chats = chats;
    this.clock = clock;
  }

  /** The server says no, in its own words. */
  static final class Refusal extends RuntimeException {
    final int code;
    final ObjectNode parameters = LoopbackChats.object();

    Refusal(int code, String description) {
      super(description);
      this.code = code;
    }
  }

  /** A request: its fields as JSON or as text, and its files. */
  record Request(Map<String, JsonNode> fields, Map<String, MultipartForm.Part> files) {
    String text(String name) {
      JsonNode value = fields.get(name);
      return value == null ? "" : value.asText();
    }

    /** An object or array, which a form carries as text. */
    JsonNode json(String name) {
      JsonNode value = fields.get(name);
      if (value == null) {
        return MAPPER.missingNode();
      }
      try {
        return value.isTextual() ? MAPPER.readTree(value.asText()) : value;
      } catch (IOException notJson) {
        throw new Refusal(400, "Bad Request: can't parse " + name);
      }
    }

    long number(String name) {
      JsonNode value = fields.get(name);
      return value == null ? 0 : value.asLong();
    }

    Optional<MultipartForm.Part> file(String value) {
      return Optional.ofNullable(files.get(value.replaceFirst("^attach://", "")));
    }
  }

  JsonNode execute(String method, Request request) {
    return switch (method.toLowerCase(Locale.ROOT)) {
      case "getme" -> me();
      case "deletewebhook" -> BooleanNode.TRUE;
      case "getfile" -> file(request);
      case "sendmessage" -> send(request, "");
      case "sendphoto" -> send(request, "photo");
      case "senddocument" -> send(request, "document");
      case "editmessagetext" -> editText(request);
      case "editmessagecaption" -> editCaption(request);
      case "editmessagemedia" -> editMedia(request);
      case "editmessagereplymarkup" -> editMarkup(request);
      case "deletemessage" -> delete(request);
      case "answercallbackquery" -> answer(request);
      case "sendchataction" -> action(request);
      case "setmycommands" -> setCommands(request);
      case "getchatadministrators" -> administrators(request);
      case "getchatmember" -> member(room(request), request.number("user_id"));
      case "setmessagereaction" -> react(request);
      case "leavechat" -> leave(request);
      case "getchat" -> room(request).json();
      default -> throw new Refusal(404, "Not Found: method not found");
    };
  }

  private ObjectNode me() {
    return chats
        .bot
        .json()
        .put("can_join_groups", true)
        .put("can_read_all_group_messages", readsAll)
        .put("supports_inline_queries", false)
        .put("can_connect_to_business", false)
        .put("has_main_web_app", false);
  }

  private ObjectNode file(Request request) {
    LoopbackChats.Stored file = chats.files.get(request.text("file_id"));
    if (file == null) {
      throw bad("wrong file_id or the file is temporarily unavailable");
    }
    if (file.bytes().length() > LARGEST_DOWNLOAD_BYTES && !localMode) {
      throw bad("file is too big");
    }
    ObjectNode json = file.json().put("file_path", file.path());
    json.remove(List.of("width", "height"));
    json.setAll(oddFiles.getOrDefault(file.id(), LoopbackChats.object()));
    return json;
  }

  private LoopbackChats.Room room(Request request) {
    LoopbackChats.Room room = chats.rooms.get(request.number("chat_id"));
    if (room == null) {
      throw bad("chat not found");
    }
    if (room.movedTo.isPresent()) {
      Refusal moved = bad("group chat was upgraded to a supergroup chat");
      moved.parameters.put("migrate_to_chat_id", room.movedTo.get().id);
      throw moved;
    }
    if (room.botLeft) {
      throw new Refusal(
          403,
          room.isPrivate()
              ? "Forbidden: bot was blocked by the user"
              : "Forbidden: bot was kicked from the " + room.type + " chat");
    }
    return room;
  }

  private LoopbackChats.Room writable(Request request) {
    LoopbackChats.Room room = room(request);
    if (room.muted) {
      throw bad("not enough rights to send text messages to the chat");
    }
    return room;
  }

  private JsonNode send(Request request, String media) {
    LoopbackChats.Room room = writable(request);
    int topic = (int) request.number("message_thread_id");
    if (topic > 0 && !room.topics.containsKey(topic)) {
      throw bad("message thread not found");
    }
    Optional<LoopbackChats.Entry> replyTo = replyTo(request, room);
    FormattedText text =
        media.isEmpty()
            ? text(request, "text", "entities", TEXT)
            : text(request, "caption", "caption_entities", CAPTION);
    if (media.isEmpty() && text.text().isBlank()) {
      throw bad("message text is empty");
    }
    JsonNode markup = markup(request);
    List<LoopbackChats.Stored> photo =
        media.equals("photo") ? photo(request, request.text("photo")) : List.of();
    Optional<LoopbackChats.Stored> document =
        media.equals("document")
            ? Optional.of(document(request, request.text("document")))
            : Optional.empty();
    LoopbackChats.Entry entry = chats.entry(room, chats.bot, now());
    entry.text = text;
    entry.photo = photo;
    entry.spoiler = !photo.isEmpty() && request.text("has_spoiler").equals("true");
    entry.document = document;
    entry.replyTo = replyTo;
    entry.topic = topic;
    entry.markup = markup;
    chats.notifyAll();
    return entry.json();
  }

  private Optional<LoopbackChats.Entry> replyTo(Request request, LoopbackChats.Room room) {
    JsonNode reply = request.json("reply_parameters");
    if (reply.isMissingNode()) {
      return Optional.empty();
    }
    Optional<LoopbackChats.Entry> found = chats.find(room, reply.path("message_id").asInt());
    if (found.isEmpty() && !reply.path("allow_sending_without_reply").asBoolean()) {
      throw bad("message to be replied not found");
    }
    return found;
  }

  private static FormattedText text(Request request, String field, String entities, int most) {
    String source = request.text(field);
    FormattedText text =
        switch (request.text("parse_mode")) {
          case "" -> {
            JsonNode given = request.json(entities);
            yield given instanceof ArrayNode array
                ? new FormattedText(source, array)
                : FormattedText.typed(source);
          }
          case "HTML" -> html(source);
          default -> throw bad("this server knows no parse mode but HTML");
        };
    for (JsonNode entity : text.entities()) {
      if (entity.path("offset").asInt() + entity.path("length").asInt() > text.text().length()) {
        throw bad("entity beyond the end of the text");
      }
    }
    if (text.text().length() > most) {
      throw bad(field.equals("text") ? "message is too long" : "message caption is too long");
    }
    return text;
  }

  private static FormattedText html(String source) {
    try {
      return FormattedText.html(source);
    } catch (IllegalArgumentException unreadable) {
      throw bad(String.valueOf(unreadable.getMessage()));
    }
  }

  private static JsonNode markup(Request request) {
    JsonNode markup = request.json("reply_markup");
    for (JsonNode row : markup.path("inline_keyboard")) {
      for (JsonNode button : row) {
        if (button.path("text").asText().isBlank()) {
          throw bad("can't parse inline keyboard button: Text buttons are unallowed");
        }
        int bytes = button.path("callback_data").asText().getBytes(StandardCharsets.UTF_8).length;
        if (bytes > BUTTON_DATA_BYTES || (button.has("callback_data") && bytes == 0)) {
          throw bad("BUTTON_DATA_INVALID");
        }
      }
    }
    return markup.isMissingNode() ? LoopbackChats.object() : markup;
  }

  private List<LoopbackChats.Stored> photo(Request request, String value) {
    Optional<MultipartForm.Part> file =
        request.file(value).or(() -> Optional.ofNullable(request.files().get("photo")));
    if (file.isPresent()) {
      try {
        return LoopbackPhotos.sizes(chats, file.get().bytes().array(), file.get().contentType());
      } catch (IllegalArgumentException refused) {
        throw bad(String.valueOf(refused.getMessage()));
      }
    }
    return List.of(known(value, true));
  }

  private LoopbackChats.Stored document(Request request, String value) {
    Optional<MultipartForm.Part> file =
        request.file(value).or(() -> Optional.ofNullable(request.files().get("document")));
    if (file.isEmpty()) {
      return known(value, false);
    }
    if (file.get().bytes().length() > LARGEST_UPLOAD_BYTES && !localMode) {
      throw new Refusal(413, "Request Entity Too Large");
    }
    if (file.get().bytes().length() == 0) {
      throw bad("file must be non-empty");
    }
    return chats.store(
        file.get().bytes().array(),
        file.get().fileName(),
        file.get().contentType(),
        0,
        0,
        "documents");
  }

  private LoopbackChats.Stored known(String fileId, boolean photo) {
    LoopbackChats.Stored file = chats.files.get(fileId);
    if (file == null) {
      throw bad("wrong file identifier/HTTP URL specified");
    }
    if (photo != file.width() > 0) {
      throw bad("can't use file of type " + (photo ? "Document as Photo" : "Photo as Document"));
    }
    return file;
  }

  private LoopbackChats.Entry editable(Request request) {
    LoopbackChats.Room room = writable(request);
    LoopbackChats.Entry entry =
        chats
            .find(room, (int) request.number("message_id"))
            .orElseThrow(() -> bad("message to edit not found"));
    if (!entry.isBy(chats.bot)) {
      throw bad("message can't be edited");
    }
    return entry;
  }

  private JsonNode editText(Request request) {
    LoopbackChats.Entry entry = editable(request);
    if (entry.isMedia()) {
      throw bad("there is no text in the message to edit");
    }
    FormattedText text = text(request, "text", "entities", TEXT);
    if (text.text().isBlank()) {
      throw bad("message text is empty");
    }
    return changed(entry, text, markup(request), entry.photo, entry.document);
  }

  private JsonNode editCaption(Request request) {
    LoopbackChats.Entry entry = editable(request);
    if (!entry.isMedia()) {
      throw bad("there is no caption in the message to edit");
    }
    FormattedText text = text(request, "caption", "caption_entities", CAPTION);
    return changed(entry, text, markup(request), entry.photo, entry.document);
  }

  private JsonNode editMarkup(Request request) {
    LoopbackChats.Entry entry = editable(request);
    return changed(entry, entry.text, markup(request), entry.photo, entry.document);
  }

  private JsonNode editMedia(Request request) {
    LoopbackChats.Entry entry = editable(request);
    JsonNode media = request.json("media");
    Map<String, JsonNode> fields = new LinkedHashMap<>();
    media.properties().forEach(each -> fields.put(each.getKey(), each.getValue()));
    FormattedText text =
        text(new Request(fields, Map.of()), "caption", "caption_entities", CAPTION);
    boolean photo = media.path("type").asText().equals("photo");
    if (!photo && !media.path("type").asText().equals("document")) {
      throw bad("this server edits to photos and documents only");
    }
    String value = media.path("media").asText();
    entry.spoiler = photo && media.path("has_spoiler").asBoolean();
    return changed(
        entry,
        text,
        markup(request),
        photo ? photo(request, value) : List.of(),
        photo ? Optional.empty() : Optional.of(document(request, value)));
  }

  private JsonNode changed(
      LoopbackChats.Entry entry,
      FormattedText text,
      JsonNode markup,
      List<LoopbackChats.Stored> photo,
      Optional<LoopbackChats.Stored> document) {
    boolean same =
        entry.text.equals(text)
            && entry.markup.equals(markup)
            && last(entry.photo).equals(last(photo))
            && entry
                .document
                .map(LoopbackChats.Stored::id)
                .equals(document.map(LoopbackChats.Stored::id));
    if (same) {
      throw bad(
          "message is not modified: specified new message content and reply markup are exactly"
              + " the same as a current content and reply markup of the message");
    }
    entry.text = text;
    entry.markup = markup;
    entry.photo = photo;
    entry.document = document;
    entry.editDate = now();
    chats.notifyAll();
    return entry.json();
  }

  private static String last(List<LoopbackChats.Stored> photo) {
    return photo.isEmpty() ? "" : photo.getLast().id();
  }

  private JsonNode delete(Request request) {
    LoopbackChats.Room room = room(request);
    LoopbackChats.Entry entry =
        chats
            .find(room, (int) request.number("message_id"))
            .orElseThrow(() -> bad("message to delete not found"));
    boolean admin = "administrator".equals(room.members.get(chats.bot.id()));
    if (!entry.isBy(chats.bot) && !admin) {
      throw bad("message can't be deleted");
    }
    entry.deleted = true;
    chats.notifyAll();
    return BooleanNode.TRUE;
  }

  private JsonNode answer(Request request) {
    LoopbackTelegram.Query query = queries.get(request.text("callback_query_id"));
    if (query == null || query.answered()) {
      throw bad("query is too old and response timeout expired or query ID is invalid");
    }
    if (request.text("text").length() > 200) {
      throw bad("MESSAGE_TOO_LONG");
    }
    queries.put(
        query.id(),
        new LoopbackTelegram.Query(
            query.id(), true, request.text("text"), request.text("show_alert").equals("true")));
    chats.notifyAll();
    return BooleanNode.TRUE;
  }

  private JsonNode action(Request request) {
    writable(request).actions.add(request.text("action"));
    chats.notifyAll();
    return BooleanNode.TRUE;
  }

  private JsonNode setCommands(Request request) {
    for (JsonNode command : request.json("commands")) {
      if (!command.path("command").asText().matches("[a-z0-9_]{1,32}")) {
        throw bad("BOT_COMMAND_INVALID");
      }
      int length = command.path("description").asText().length();
      if (length < 1 || length > 256) {
        throw bad("BOT_COMMAND_DESCRIPTION_INVALID");
      }
    }
    String scope = request.json("scope").path("type").asText("default");
    commands.put(scope + "/" + request.text("language_code"), request.json("commands"));
    return BooleanNode.TRUE;
  }

  private JsonNode administrators(Request request) {
    LoopbackChats.Room room = room(request);
    if (room.isPrivate()) {
      throw bad("there are no administrators in the private chat");
    }
    ArrayNode all = LoopbackChats.array();
    room.members.forEach((id, status) -> {
      if (!status.equals("member") && id != chats.bot.id()) {
        all.add(member(room, id));
      }
    });
    return all;
  }

  ObjectNode member(LoopbackChats.Room room, long id) {
    LoopbackChats.Person person = chats.people.get(id);
    if (person == null) {
      throw bad("user not found");
    }
    String status = room.members.getOrDefault(id, "left");
    ObjectNode json = LoopbackChats.object().put("status", status);
    json.set("user", person.json());
    if (status.equals("creator")) {
      json.put("is_anonymous", false);
    }
    if (status.equals("administrator")) {
      for (String right :
          List.of(
              "can_be_edited",
              "is_anonymous",
              "can_manage_chat",
              "can_delete_messages",
              "can_manage_video_chats",
              "can_restrict_members",
              "can_promote_members",
              "can_change_info",
              "can_invite_users",
              "can_post_stories",
              "can_edit_stories",
              "can_delete_stories",
              "can_send_welcome_messages")) {
        json.put(right, right.equals("can_manage_chat") || right.equals("can_delete_messages"));
      }
    }
    if (status.equals("kicked")) {
      json.put("until_date", 0);
    }
    return json;
  }

  private JsonNode react(Request request) {
    LoopbackChats.Entry entry =
        chats
            .find(room(request), (int) request.number("message_id"))
            .orElseThrow(() -> bad("message to react not found"));
    String emoji = request.json("reaction").path(0).path("emoji").asText();
    if (!emoji.isEmpty() && !REACTIONS.contains(emoji)) {
      throw bad("REACTION_INVALID");
    }
    entry.reactions.put(chats.bot.id(), emoji);
    chats.notifyAll();
    return BooleanNode.TRUE;
  }

  private JsonNode leave(Request request) {
    LoopbackChats.Room room = room(request);
    room.botLeft = true;
    room.members.put(chats.bot.id(), "left");
    chats.notifyAll();
    return BooleanNode.TRUE;
  }

  long now() {
    return clock.instant().getEpochSecond();
  }

  private static Refusal bad(String description) {
    return new Refusal(400, "Bad Request: " + description);
  }
}
