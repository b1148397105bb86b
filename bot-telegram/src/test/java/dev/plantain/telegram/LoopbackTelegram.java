package dev.plantain.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plantain.config.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A small Telegram on 127.0.0.1 with one bot: people talk in it by the methods of this class, the
 * bot by the Bot API. Every request of the bot is checked against the description of the API where
 * that is at hand; see {@link #violations}.
 */
public final class LoopbackTelegram implements AutoCloseable {
  public static final String BOT_NAME = "plantain_bot";
  public static final String TOKEN = "7000000001:AA-loopback_token-which-nobody-may-see";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long FIRST_UPDATE = 1001;

  private final LoopbackChats chats = new LoopbackChats(BOT_NAME);
  private final UpdateQueue updates = new UpdateQueue(FIRST_UPDATE);
  private final LoopbackMethods methods;
  private final LoopbackServer server;
  private final String prefix;

  public LoopbackTelegram() {
    this("", 0);
  }

  /**
   * One that is found elsewhere.
   *
   * @param prefix the path under which the API is found, such as {@code /bot-gateway}
   * @param port 0 for any
   */
  public LoopbackTelegram(String prefix, int port) {
    this.prefix = prefix;
    methods = new LoopbackMethods(chats, InstantSource.system());
    try {
      server = new LoopbackServer(chats, methods, updates, TOKEN, prefix, port);
    } catch (IOException unavailable) {
      throw new UncheckedIOException(unavailable);
    }
  }

  /** By hand: prints where it listens and stays until it is ended. */
  public static void main(String[] arguments) throws InterruptedException {
    int port = arguments.length == 0 ? 0 : Integer.parseInt(arguments[0]);
    try (LoopbackTelegram telegram = new LoopbackTelegram("", port)) {
      System.out.println("TELEGRAM_API_URL=" + telegram.apiUrl() + " TELEGRAM_TOKEN=" + TOKEN);
      new CountDownLatch(1).await();
    }
  }

  /** Somebody who talks. */
  public record User(long id, String firstName, String username) {}

  /** A chat that exists. */
  public record Chat(long id) {}

  /** A message that was posted. */
  public record Post(Chat chat, int messageId) {}

  /**
   * The press of a button and what the bot answered.
   *
   * @param answered the waiting circle on the button is gone
   */
  public record Query(String id, boolean answered, String text, boolean alert) {}

  /** How somebody posts something. */
  public record Manner(
      Optional<Post> replyTo, int topic, String album, boolean anonymous, Optional<User> mention) {
    public static Manner plain() {
      return new Manner(Optional.empty(), 0, "", false, Optional.empty());
    }

    public Manner replyingTo(Post post) {
      return new Manner(Optional.of(post), topic, album, anonymous, mention);
    }

    public Manner inTopic(int id) {
      return new Manner(replyTo, id, album, anonymous, mention);
    }

    public Manner inAlbum(String id) {
      return new Manner(replyTo, topic, id, anonymous, mention);
    }

    /** As an administrator who shows the group's name instead of their own. */
    public Manner anonymously() {
      return new Manner(replyTo, topic, album, true, mention);
    }

    /** The first occurrence of the user's first name is a mention of them. */
    public Manner mentioning(User user) {
      return new Manner(replyTo, topic, album, anonymous, Optional.of(user));
    }
  }

  /**
   * A message as somebody sees it who looks at the chat.
   *
   * @param author the first name
   * @param text of a message or below a picture
   * @param entities what is bold, quoted, linked ... by UTF-16 offsets
   * @param buttons the labels, row by row
   * @param photo what was sent; empty for a message without one
   * @param spoiler the photo is covered until somebody taps it
   * @param replyTo 0 for none
   * @param topic 0 for none
   * @param reaction the bot's
   */
  public record Shown(
      Post post,
      String author,
      boolean byBot,
      String text,
      JsonNode entities,
      List<List<String>> buttons,
      Optional<byte[]> photo,
      boolean spoiler,
      Optional<byte[]> document,
      String fileName,
      int replyTo,
      int topic,
      boolean edited,
      String reaction) {}

  /** What goes wrong with one request. */
  public sealed interface Fault {
    /** 429. */
    record TooMany(int retryAfterSeconds) implements Fault {}

    /** The API says no. */
    record Refuses(int code, String description) implements Fault {}

    /** A page of somebody else's. */
    record Html(int status) implements Fault {}

    /** The connection ends; nothing was executed. */
    record DropsBefore() implements Fault {}

    /** It was executed; the connection ends without an answer. */
    record DropsAfter() implements Fault {}

    /** The request waits until it is released, and is executed then. */
    record Hangs(CountDownLatch arrived, CountDownLatch released) implements Fault {
      public Hangs() {
        this(new CountDownLatch(1), new CountDownLatch(1));
      }
    }
  }

  public URI apiUrl() {
    return URI.create("http://127.0.0.1:" + server.port() + prefix);
  }

  public TelegramConfig config() {
    return new TelegramConfig(new Secret(TOKEN), apiUrl(), TelegramConfig.LONGEST_POLL);
  }

  // What the server is like.

  /** Whether the bot hears only what is meant for it: see {@code getMe}. Off at first. */
  public void privacyMode(boolean on) {
    synchronized (chats) {
      methods.readsAll = !on;
    }
  }

  /** As a local Bot API server: no limit on downloads. */
  public void localMode() {
    synchronized (chats) {
      methods.localMode = true;
    }
  }

  public void revokeToken() {
    server.tokenRevoked = true;
  }

  /**
   * The next request of a method, or {@code file} for a download, goes wrong; said several times,
   * so do the ones after it.
   */
  public void next(String method, Fault fault) {
    server.fault(method, fault);
  }

  /** What was wrong with the bot's requests. Tests assert that it is empty. */
  public List<String> violations() {
    return List.copyOf(server.violations);
  }

  /** Whether the description is at hand, so that requests are checked. */
  public boolean checksRequests() {
    return server.checksRequests();
  }

  public int calls(String method) {
    return server.requests(method).size();
  }

  /** The parameters of the bot's requests; in place of a file stands its size. */
  public List<ObjectNode> requests(String method) {
    return server.requests(method);
  }

  /** Update ids go on from here, as after a quiet week. What waits is forgotten. */
  public void restartUpdateIds(long next) {
    updates.restartIds(next);
  }

  /** Adds an update as it is, but for its id. */
  public void update(JsonNode update) {
    updates.addRaw((ObjectNode) update);
  }

  public int updatesWaiting() {
    return updates.waiting();
  }

  /** Of the newest request for updates; 0 when it named none. */
  public long lastOffset() {
    return updates.lastOffset();
  }

  /** Blocks until the bot waits for updates. */
  public void awaitPoll() throws InterruptedException {
    updates.awaitHeld();
  }

  // Who is there.

  public User user(String firstName) {
    return user(firstName, firstName.toLowerCase(java.util.Locale.ROOT) + "_name", "en");
  }

  /** Without a user name where that is empty. */
  public User user(String firstName, String username, String language) {
    synchronized (chats) {
      LoopbackChats.Person person = chats.person(firstName, username, language, false);
      return new User(person.id(), firstName, username);
    }
  }

  /** Another bot: ours never hears it. */
  public User otherBot(String username) {
    synchronized (chats) {
      LoopbackChats.Person person = chats.person(username, username, "", true);
      return new User(person.id(), username, username);
    }
  }

  public Chat privateChat(User user) {
    synchronized (chats) {
      return new Chat(chats.privateRoom(person(user)).id);
    }
  }

  /** A basic group whose first member made it. The bot is in it; it hears of that by addBot. */
  public Chat group(String title, User... members) {
    synchronized (chats) {
      return filled(chats.group(title), members);
    }
  }

  public Chat supergroup(String title, User... members) {
    synchronized (chats) {
      return filled(chats.supergroup(title), members);
    }
  }

  public Chat forum(String title, User... members) {
    synchronized (chats) {
      LoopbackChats.Room room = chats.supergroup(title);
      room.forum = true;
      return filled(room, members);
    }
  }

  private Chat filled(LoopbackChats.Room room, User... members) {
    for (User member : members) {
      room.members.put(member.id(), room.members.isEmpty() ? "creator" : "member");
    }
    room.members.put(chats.bot.id(), "member");
    return new Chat(room.id);
  }

  /** Makes a topic; its id is the id of the message that made it. */
  public int topic(Chat forum, User maker, String name) {
    synchronized (chats) {
      LoopbackChats.Entry entry = chats.entry(room(forum), person(maker), methods.now());
      entry.topic = entry.id;
      entry.extra.putObject("forum_topic_created").put("name", name).put("icon_color", 7322096);
      room(forum).topics.put(entry.id, name);
      return entry.id;
    }
  }

  /** {@code creator}, {@code administrator}, {@code member}, {@code left} or {@code kicked}. */
  public void status(Chat chat, User user, String status) {
    synchronized (chats) {
      room(chat).members.put(user.id(), status);
    }
  }

  /** Lets the bot in, which is told so. */
  public void addBot(Chat chat, User by) {
    botStatus(chat, by, "member");
  }

  /** Throws the bot out, or in a private chat blocks it; it is told so. */
  public void removeBot(Chat chat, User by) {
    botStatus(chat, by, "kicked");
  }

  public void botStatus(Chat chat, User by, String status) {
    synchronized (chats) {
      LoopbackChats.Room room = room(chat);
      boolean gone = status.equals("kicked") || status.equals("left");
      ObjectNode change = LoopbackChats.object();
      change.set("chat", room.json());
      change.set("from", person(by).json());
      change.put("date", methods.now());
      ObjectNode old = methods.member(room, chats.bot.id());
      if (!gone && old.path("status").asText().equals("member")) {
        old = LoopbackChats.object().put("status", "left");
        old.set("user", chats.bot.json());
      }
      change.set("old_chat_member", old);
      room.members.put(chats.bot.id(), status);
      room.botLeft = gone;
      change.set("new_chat_member", methods.member(room, chats.bot.id()));
      updates.add("my_chat_member", change);
    }
  }

  /** Takes from the bot the right to write. */
  public void mute(Chat chat) {
    synchronized (chats) {
      room(chat).muted = true;
    }
  }

  /** Makes a supergroup of a group; the bot is told in both. */
  public Chat migrate(Chat group) {
    synchronized (chats) {
      LoopbackChats.Room old = room(group);
      LoopbackChats.Room fresh = chats.supergroup(old.title);
      fresh.members.putAll(old.members);
      LoopbackChats.Entry farewell = chats.entry(old, creator(old), methods.now());
      farewell.extra.put("migrate_to_chat_id", fresh.id);
      LoopbackChats.Entry welcome = chats.entry(fresh, creator(old), methods.now());
      welcome.extra.put("migrate_from_chat_id", old.id);
      old.movedTo = Optional.of(fresh);
      updates.add("message", farewell.json());
      updates.add("message", welcome.json());
      return new Chat(fresh.id);
    }
  }

  private LoopbackChats.@Nullable Person creator(LoopbackChats.Room room) {
    return room.members.entrySet().stream()
        .filter(each -> each.getValue().equals("creator"))
        .findFirst()
        .map(each -> chats.people.get(each.getKey()))
        .orElse(null);
  }

  // What people do.

  public Post say(User user, Chat chat, String text) {
    return say(user, chat, text, Manner.plain());
  }

  public Post say(User user, Chat chat, String text, Manner manner) {
    synchronized (chats) {
      return posted(user, chat, text, manner, entry -> {});
    }
  }

  public Post photo(User user, Chat chat, byte[] bytes, String caption) {
    return photo(user, chat, bytes, caption, Manner.plain());
  }

  /**
   * Posts a photo, with an empty caption for none.
   *
   * @throws IllegalArgumentException it is none that Telegram takes as a photo: send a document
   */
  public Post photo(User user, Chat chat, byte[] bytes, String caption, Manner manner) {
    synchronized (chats) {
      List<LoopbackChats.Stored> sizes = LoopbackPhotos.sizes(chats, bytes, "image/jpeg");
      return posted(user, chat, caption, manner, entry -> entry.photo = sizes);
    }
  }

  public Post document(
      User user, Chat chat, byte[] bytes, String name, String type, String caption, Manner manner) {
    synchronized (chats) {
      LoopbackChats.Stored file = chats.store(bytes, name, type, 0, 0, "documents");
      return posted(user, chat, caption, manner, entry -> entry.document = Optional.of(file));
    }
  }

  private Post posted(
      User user,
      Chat chat,
      String text,
      Manner manner,
      java.util.function.Consumer<LoopbackChats.Entry> content) {
    LoopbackChats.Room room = room(chat);
    LoopbackChats.Person from =
        manner.anonymous()
            ? new LoopbackChats.Person(1087968824, "Group", "GroupAnonymousBot", "", true)
            : person(user);
    LoopbackChats.Entry entry = chats.entry(room, from, methods.now());
    entry.senderChat = manner.anonymous() ? room : null;
    entry.text = mentioning(FormattedText.typed(text), manner.mention());
    entry.topic = manner.topic();
    entry.album = manner.album();
    entry.replyTo = manner.replyTo().map(this::entry);
    content.accept(entry);
    if (hears(entry)) {
      updates.add("message", entry.json());
    }
    chats.notifyAll();
    return new Post(chat, entry.id);
  }

  private FormattedText mentioning(FormattedText text, Optional<User> mention) {
    if (mention.isEmpty()) {
      return text;
    }
    int at = text.text().indexOf(mention.get().firstName());
    ObjectNode entity =
        FormattedText.entity("text_mention", at, at + mention.get().firstName().length());
    entity.set("user", person(mention.get()).json());
    ArrayNode entities = text.entities().deepCopy();
    return new FormattedText(text.text(), entities.add(entity));
  }

  /** The rules of privacy mode (Bot API features, "Privacy mode"). */
  private boolean hears(LoopbackChats.Entry entry) {
    LoopbackChats.Room room = entry.room;
    LoopbackChats.Person from = entry.from;
    if (room.botLeft || (from != null && from.isBot() && entry.senderChat == null)) {
      return false;
    }
    if (room.isPrivate()
        || methods.readsAll
        || "administrator".equals(room.members.get(chats.bot.id()))
        || entry.replyTo.filter(post -> post.isBy(chats.bot)).isPresent()) {
      return true;
    }
    String first = entry.text.text().split("\\s", 2)[0];
    return first.startsWith("/")
        && (!first.contains("@") || first.endsWith("@" + chats.bot.username()));
  }

  /** Changes the text of somebody's own message. */
  public void edit(Post post, String text) {
    synchronized (chats) {
      LoopbackChats.Entry entry = entry(post);
      entry.text = FormattedText.typed(text);
      entry.editDate = methods.now();
      if (hears(entry)) {
        updates.add("edited_message", entry.json());
      }
    }
  }

  /** Removes a message; the bot is not told. */
  public void remove(Post post) {
    synchronized (chats) {
      entry(post).deleted = true;
      chats.notifyAll();
    }
  }

  /**
   * Presses a button.
   *
   * @throws IllegalArgumentException there is none with this label
   */
  public Query press(User user, Post post, String label) {
    synchronized (chats) {
      LoopbackChats.Entry entry = entry(post);
      String data =
          buttons(entry)
              .filter(button -> button.path("text").asText().equals(label))
              .findFirst()
              .orElseThrow(() -> new IllegalArgumentException("no button " + label))
              .path("callback_data")
              .asText();
      return press(user, entry, data);
    }
  }

  /** What a forged client can do: presses a button that is not there. */
  public Query pressForged(User user, Post post, String data) {
    synchronized (chats) {
      return press(user, entry(post), data);
    }
  }

  private Query press(User user, LoopbackChats.Entry entry, String data) {
    Query query = new Query("44" + (methods.queries.size() + 1), false, "", false);
    methods.queries.put(query.id(), query);
    ObjectNode json = LoopbackChats.object().put("id", query.id());
    json.set("from", person(user).json());
    json.set("message", entry.json());
    json.put("chat_instance", String.valueOf(entry.room.id)).put("data", data);
    updates.add("callback_query", json);
    return query;
  }

  private static java.util.stream.Stream<JsonNode> buttons(LoopbackChats.Entry entry) {
    return entry.markup.path("inline_keyboard").valueStream().flatMap(JsonNode::valueStream);
  }

  /** The press can no longer be answered. */
  public void expire(Query query) {
    synchronized (chats) {
      methods.queries.remove(query.id());
    }
  }

  // What people see.

  /** What the bot answered to a press until now. */
  public Query answer(Query query) {
    synchronized (chats) {
      return methods.queries.getOrDefault(query.id(), query);
    }
  }

  /** What stands in the chat, oldest first, without what was deleted. */
  public List<Shown> transcript(Chat chat) {
    synchronized (chats) {
      return room(chat).entries.values().stream()
          .filter(entry -> !entry.deleted)
          .map(entry -> shown(chat, entry))
          .toList();
    }
  }

  /** What the bot posted, oldest first. */
  public List<Shown> botPosts(Chat chat) {
    return transcript(chat).stream().filter(Shown::byBot).toList();
  }

  private Shown shown(Chat chat, LoopbackChats.Entry entry) {
    List<List<String>> rows = new ArrayList<>();
    for (JsonNode row : entry.markup.path("inline_keyboard")) {
      rows.add(row.valueStream().map(button -> button.path("text").asText()).toList());
    }
    return new Shown(
        new Post(chat, entry.id),
        entry.from == null ? "" : entry.from.firstName(),
        entry.isBy(chats.bot),
        entry.text.text(),
        entry.text.entities(),
        rows,
        entry.photo.isEmpty()
            ? Optional.empty()
            : Optional.of(entry.photo.getLast().bytes().array()),
        entry.spoiler,
        entry.document.map(file -> file.bytes().array()),
        entry.document.map(LoopbackChats.Stored::name).orElse(""),
        entry.replyTo.map(reply -> reply.id).orElse(0),
        entry.topic,
        entry.editDate > 0,
        entry.reactions.getOrDefault(chats.bot.id(), ""));
  }

  /** The chat actions that the bot showed. */
  public List<String> actions(Chat chat) {
    synchronized (chats) {
      return List.copyOf(room(chat).actions);
    }
  }

  /** The commands of a scope such as {@code default}, in a language or in none. */
  public JsonNode commands(String scope, String language) {
    synchronized (chats) {
      return methods.commands.getOrDefault(scope + "/" + language, LoopbackChats.array());
    }
  }

  /**
   * Blocks until what stands in the chat is as wanted.
   *
   * @throws AssertionError it is not so after a minute
   */
  public List<Shown> awaitMessages(Chat chat, Predicate<List<Shown>> wanted)
      throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    synchronized (chats) {
      while (true) {
        List<Shown> shown = transcript(chat);
        if (wanted.test(shown)) {
          return shown;
        }
        long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
        if (left <= 0) {
          throw new AssertionError("The chat shows something else: " + shown);
        }
        chats.wait(left);
      }
    }
  }

  /** The id by which the bot names a file of a post: the largest photo, or the document. */
  public String fileId(Post post) {
    synchronized (chats) {
      LoopbackChats.Entry entry = entry(post);
      return entry
          .document
          .map(LoopbackChats.Stored::id)
          .orElseGet(() -> entry.photo.getLast().id());
    }
  }

  /** The server says of the post's file that it is smaller than it is. */
  public void understate(Post post) {
    odd(post).put("file_size", 1);
  }

  /** As a local server: the post's file is found by a path on the disk that we share with it. */
  public void keepOnDisk(Post post, Path file) {
    synchronized (chats) {
      Bytes bytes = Objects.requireNonNull(chats.files.get(fileId(post))).bytes();
      try {
        Files.write(file, bytes.array());
      } catch (IOException unwritable) {
        throw new UncheckedIOException(unwritable);
      }
      odd(post).put("file_path", file.toString());
    }
  }

  /** As a local server on another machine: the post's file is found by a path on its disk. */
  public void nameAbsolute(Post post, String folder) {
    synchronized (chats) {
      String path = Objects.requireNonNull(chats.files.get(fileId(post))).path();
      odd(post).put("file_path", folder + "/" + TOKEN + "/" + path);
    }
  }

  private ObjectNode odd(Post post) {
    synchronized (chats) {
      return methods.oddFiles.computeIfAbsent(fileId(post), id -> LoopbackChats.object());
    }
  }

  /** A post of another bot's with a button that the library's types cannot read. */
  public Post postWithUnreadableButton(User user, Chat chat, String text) {
    synchronized (chats) {
      Post post = say(user, chat, text);
      ObjectNode markup = LoopbackChats.object();
      markup
          .putArray("inline_keyboard")
          .addArray()
          .addObject()
          .put("text", "Share")
          .putObject("switch_inline_query_chosen_chat")
          .put("query", "x");
      entry(post).markup = markup;
      return post;
    }
  }

  /** The message as the Bot API writes it. */
  public String json(Post post) {
    synchronized (chats) {
      return new ObjectMapper().valueToTree(entry(post).json()).toString();
    }
  }

  private LoopbackChats.Person person(User user) {
    LoopbackChats.Person person = chats.people.get(user.id());
    if (person == null) {
      throw new IllegalArgumentException("nobody of this name: " + user);
    }
    return person;
  }

  private LoopbackChats.Room room(Chat chat) {
    LoopbackChats.Room room = chats.rooms.get(chat.id());
    if (room == null) {
      throw new IllegalArgumentException("no such chat: " + chat);
    }
    return room;
  }

  private LoopbackChats.Entry entry(Post post) {
    LoopbackChats.Entry entry = room(post.chat()).entries.get(post.messageId());
    if (entry == null) {
      throw new IllegalArgumentException("no such message: " + post);
    }
    return entry;
  }

  @Override
  public void close() {
    server.close();
  }
}
