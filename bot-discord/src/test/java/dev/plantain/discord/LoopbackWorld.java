package dev.plantain.discord;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Everybody and everything in a small Discord. Whoever reads or changes it holds its monitor, which
 * is notified after changes.
 */
final class LoopbackWorld {
  static final long ADMINISTRATOR = 1L << 3;
  static final long MANAGE_GUILD = 1L << 5;
  static final long VIEW_CHANNEL = 1L << 10;
  static final long SEND_MESSAGES = 1L << 11;
  static final long MANAGE_MESSAGES = 1L << 13;
  static final long ATTACH_FILES = 1L << 15;
  static final long READ_HISTORY = 1L << 16;
  static final long CREATE_THREADS = 1L << 35;
  static final long SEND_IN_THREADS = 1L << 38;
  static final long EVERY_RIGHT = (1L << 53) - 1;

  /** See, write, link, attach, read, react, use commands, make and use threads, external apps. */
  static final long USUAL_RIGHTS =
      VIEW_CHANNEL
          | SEND_MESSAGES
          | ATTACH_FILES
          | READ_HISTORY
          | CREATE_THREADS
          | SEND_IN_THREADS
          | (1L << 6)
          | (1L << 14)
          | (1L << 31)
          | (1L << 50);

  static final long DISCORD_EPOCH_MILLIS = 1_420_070_400_000L;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  final InstantSource clock;
  final Person bot;
  final Map<Long, Person> people = new LinkedHashMap<>();
  final Map<Long, Server> servers = new LinkedHashMap<>();
  final Map<Long, Room> rooms = new LinkedHashMap<>();
  final Map<Long, Stored> files = new LinkedHashMap<>();
  final List<String> violations = new CopyOnWriteArrayList<>();

  /** Where files are found; set once it is known. */
  String cdn = "";

  /** Links of an earlier generation are over. */
  int linkGeneration = 1;

  /** As it is set for the application: without it the bot sees only what is meant for it. */
  boolean contentIntent;

  /** How many shards are recommended. */
  int shards = 1;

  boolean tokenRevoked;
  private long lastId;

  LoopbackWorld(InstantSource clock, String botName) {
    this.clock = clock;
    bot = new Person(id(), botName, true, "en-US");
    people.put(bot.id, bot);
  }

  /** Somebody. */
  static final class Person {
    final long id;
    final String name;
    final boolean bot;
    final String locale;
    Optional<Stored> avatar = Optional.empty();

    Person(long id, String name, boolean bot, String locale) {
      this.id = id;
      this.name = name;
      this.bot = bot;
      this.locale = locale;
    }
  }

  /** A guild. */
  static final class Server {
    final long id;
    final String name;
    final long owner;
    final Set<Long> members = new LinkedHashSet<>();
    final List<Room> rooms = new ArrayList<>();
    final Map<Long, Long> permissions = new LinkedHashMap<>();
    long everyone = USUAL_RIGHTS;
    int tier;
    boolean botIsIn = true;

    Server(long id, String name, long owner) {
      this.id = id;
      this.name = name;
      this.owner = owner;
    }

    /** Everybody who has more rights than others has a role of their own. */
    long roleOf(long user) {
      return user + 1;
    }

    long permissionsOf(long user) {
      long granted = everyone | permissions.getOrDefault(user, 0L);
      return user == owner || (granted & ADMINISTRATOR) != 0 ? EVERY_RIGHT : granted;
    }

    int maxUploadBytes() {
      return switch (tier) {
        case 2 -> 50 << 20;
        case 3 -> 100 << 20;
        default -> 10 << 20;
      };
    }
  }

  /** A channel, a thread or a direct conversation. */
  static final class Room {
    static final int TEXT = 0;
    static final int DIRECT = 1;
    static final int GROUP = 3;
    static final int THREAD = 11;
    static final int FORUM = 15;

    final long id;
    final int type;
    final String name;
    final Optional<Server> server;
    final Optional<Room> parent;
    final long maker;
    final List<Long> recipients = new ArrayList<>();
    final TreeMap<Long, Entry> entries = new TreeMap<>();
    Optional<Long> botPermissions = Optional.empty();
    int typings;
    boolean archived;
    boolean locked;

    /** Of a direct conversation: its person takes nothing from the bot. */
    boolean closed;

    boolean deleted;

    Room(
        long id,
        int type,
        String name,
        @Nullable Server server,
        @Nullable Room parent,
        long maker) {
      this.id = id;
      this.type = type;
      this.name = name;
      this.server = Optional.ofNullable(server);
      this.parent = Optional.ofNullable(parent);
      this.maker = maker;
      this.server.ifPresent(each -> each.rooms.add(this));
    }

    boolean isThread() {
      return type == THREAD;
    }

    boolean isDirect() {
      return server.isEmpty();
    }

    boolean hasBot() {
      return !deleted && type != GROUP && server.map(each -> each.botIsIn).orElse(true);
    }

    long permissionsOf(long user) {
      return server.map(each -> each.permissionsOf(user)).orElse(USUAL_RIGHTS);
    }

    long botPermissions(Person bot) {
      return botPermissions
          .or(() -> parent.flatMap(above -> above.botPermissions))
          .orElseGet(() -> permissionsOf(bot.id));
    }

    int maxUploadBytes() {
      return server.map(Server::maxUploadBytes).orElse(10 << 20);
    }
  }

  /** A message. */
  static final class Entry {
    final long id;
    final Room room;
    final Person author;
    final Instant sent;

    /** What is not in fields here: content, components, references and so on. */
    final ObjectNode json = LoopbackWire.object();

    final List<Stored> files = new ArrayList<>();
    final Set<Long> mentions = new LinkedHashSet<>();
    Optional<Person> onlyFor = Optional.empty();
    Optional<Instant> edited = Optional.empty();
    Optional<Entry> replyTo = Optional.empty();
    String nonce = "";
    int flags;
    boolean ofInteraction;
    boolean deleted;

    Entry(long id, Room room, Person author, Instant sent) {
      this.id = id;
      this.room = room;
      this.author = author;
      this.sent = sent;
      json.put("type", 0).put("content", "");
    }

    boolean isLoading() {
      return (flags & LoopbackMessages.LOADING) != 0;
    }

    boolean hasComponentLayout() {
      return (flags & LoopbackMessages.COMPONENTS_V2) != 0;
    }

    /** Files that components show are not listed with the message (Message, attachments). */
    List<Stored> listedFiles() {
      Set<Long> shown = LoopbackMessages.shownFiles(json.path("components"));
      return files.stream().filter(each -> !shown.contains(each.id)).toList();
    }
  }

  /** A file that was uploaded. */
  static final class Stored {
    final long id;
    final LoopbackDiscord.File file;
    final boolean spoiler;
    boolean ephemeral;
    int width;
    int height;

    Stored(long id, LoopbackDiscord.File file, boolean spoiler) {
      this.id = id;
      this.file = file;
      this.spoiler = spoiler;
      measure();
    }

    private void measure() {
      try (ImageInputStream stream =
          ImageIO.createImageInputStream(new ByteArrayInputStream(file.bytes()))) {
        var readers = ImageIO.getImageReaders(stream);
        if (readers.hasNext()) {
          ImageReader reader = readers.next();
          reader.setInput(stream, true, true);
          width = reader.getWidth(0);
          height = reader.getHeight(0);
          reader.dispose();
        }
      } catch (IOException noPicture) {
        width = 0;
      }
    }

    String hash() {
      return "%032x".formatted(id);
    }
  }

  /** A new id, which tells the time as Discord's do. */
  long id() {
    lastId = Math.max(lastId + 4096, (clock.millis() - DISCORD_EPOCH_MILLIS) << 22);
    return lastId;
  }

  /** A new id of a server, for which the shards take turns. */
  long serverId() {
    lastId = ((id() >>> 22) + 1) << 22;
    return lastId;
  }

  Person person(long id) {
    return Objects.requireNonNull(people.get(id), () -> "nobody has the id " + id);
  }

  Room room(long id) {
    return Objects.requireNonNull(rooms.get(id), () -> "no channel has the id " + id);
  }

  Stored store(LoopbackDiscord.File file, boolean spoiler) {
    Stored stored = new Stored(id(), file, spoiler);
    files.put(stored.id, stored);
    return stored;
  }

  String url(long channel, Stored file) {
    return cdn + path(channel, file);
  }

  String proxyUrl(long channel, Stored file) {
    return cdn + "/media" + path(channel, file);
  }

  private String path(long channel, Stored file) {
    String folder = file.ephemeral ? "/ephemeral-attachments/" : "/attachments/";
    String name = file.file.name().replaceAll("[^A-Za-z0-9._-]", "_");
    return folder + channel + "/" + file.id + "/" + name + "?ex=" + linkGeneration + "&is=1&hm=a1";
  }

  /** Direct conversations, and what names or answers the bot, need no intent. */
  boolean meantForBot(Entry entry) {
    return entry.author.id == bot.id || entry.room.isDirect() || entry.mentions.contains(bot.id);
  }

  void violation(String what) {
    violations.add(what);
    notifyAll();
  }

  /**
   * Waits until something is so; the caller holds the monitor.
   *
   * @throws AssertionError it is not so after half a minute
   */
  void await(Supplier<String> what, BooleanSupplier wanted) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    try {
      while (!wanted.getAsBoolean()) {
        long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
        if (left <= 0) {
          throw new AssertionError(
              "In vain waited for " + what.get() + "; violations: " + violations);
        }
        wait(left);
      }
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted while waiting for " + what.get(), ending);
    }
  }
}
