package dev.plantain.discord;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plantain.discord.LoopbackWorld.Room;
import dev.plantain.discord.LoopbackWorld.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * A small Discord on 127.0.0.1 with one bot: people talk in it by the methods of this class, the
 * bot by the REST API and the gateway. Every request of the bot is checked against the description
 * of the API where that is at hand; see {@link #violations}.
 */
public final class LoopbackDiscord implements AutoCloseable {
  public static final String BOT_NAME = "Plantain";
  public static final String TOKEN = "MTAwMDAwMDAwMDAwMDAwMDAx.Loopb.token-which-nobody-may-see";

  final LoopbackWorld world;
  private final LoopbackGateway gateway;
  private final LoopbackMessages messages;
  private final LoopbackInteractions interactions;
  private final LoopbackCommands commands;
  private final LoopbackRoutes routes;
  private final LoopbackRest rest;
  private final LoopbackPeople people;

  public LoopbackDiscord() {
    this(0);
  }

  /** One at a certain port, 0 for any. */
  public LoopbackDiscord(int port) {
    this(port, InstantSource.system());
  }

  /** One with another clock; JDA looks at the machine's. */
  public LoopbackDiscord(int port, InstantSource clock) {
    world = new LoopbackWorld(clock, BOT_NAME);
    try {
      gateway = new LoopbackGateway(world, TOKEN);
      messages = new LoopbackMessages(world, gateway);
      interactions = new LoopbackInteractions(world, messages, gateway);
      commands = new LoopbackCommands(world);
      routes = new LoopbackRoutes(world, messages, interactions, commands, gateway);
      rest = new LoopbackRest(world, routes, interactions, TOKEN, port);
    } catch (IOException unavailable) {
      throw new UncheckedIOException(unavailable);
    }
    people = new LoopbackPeople(world, messages, interactions, commands);
  }

  /** By hand: prints where it listens and stays until it is ended. */
  public static void main(String[] arguments) throws InterruptedException {
    int port = arguments.length == 0 ? 0 : Integer.parseInt(arguments[0]);
    try (LoopbackDiscord discord = new LoopbackDiscord(port)) {
      System.out.println("DISCORD_API_URL=" + discord.apiUrl() + " DISCORD_TOKEN=" + TOKEN);
      new CountDownLatch(1).await();
    }
  }

  /** Somebody who talks. */
  public record User(long id, String name) {}

  /** A server. */
  public record Guild(long id, String name) {}

  /** A channel, a thread, or a direct conversation, which is in no guild. */
  public record Channel(long id, Optional<Guild> guild, String name) {}

  /** A message that was posted. */
  public record Post(Channel channel, long messageId) {}

  /** A file that is sent or shown, with what is said to who cannot see it. */
  public static final class File {
    private final String name;
    private final String mediaType;
    private final byte[] bytes;
    private final String alt;

    public File(String name, String mediaType, byte[] bytes) {
      this(name, mediaType, bytes.clone(), "");
    }

    private File(String name, String mediaType, byte[] bytes, String alt) {
      this.name = name;
      this.mediaType = mediaType;
      this.bytes = bytes;
      this.alt = alt;
    }

    File called(String otherName, String otherAlt) {
      return new File(otherName, mediaType, bytes, otherAlt);
    }

    public String name() {
      return name;
    }

    public String mediaType() {
      return mediaType;
    }

    public byte[] bytes() {
      return bytes;
    }

    public String alt() {
      return alt;
    }

    @Override
    public String toString() {
      return "%s (%s, %d bytes)".formatted(name, mediaType, bytes.length);
    }
  }

  /**
   * A message of the bot's as somebody sees it who looks at the channel.
   *
   * @param words in one piece, without the Markdown
   * @param buttons the labels, row by row
   * @param ephemeralFor whom alone it is shown to
   * @param pinged who was pinged by it
   */
  public record Shown(
      Post post,
      String words,
      List<File> files,
      List<List<String>> buttons,
      Optional<Post> replyTo,
      Optional<User> ephemeralFor,
      boolean edited,
      List<User> pinged) {}

  /** A form that was opened. */
  public record Modal(String customId, String title, List<Field> fields) {}

  /** A field of a form; its type as Discord numbers them. */
  public record Field(String customId, String label, int type, boolean required, String value) {}

  /** What somebody asked for by a command, a button, a menu or a form; tells what became of it. */
  public interface Interaction {
    long id();

    /** The secret by which the bot answers. */
    String token();

    boolean acknowledged();

    /** The asker was told to wait, and waits still. */
    boolean deferred();

    /** Only the asker sees the answer. */
    boolean ephemeral();

    Optional<Modal> modal();

    /** The words of the first answer; empty before it. */
    String answer();

    /** Where the first answer stands, if it is a message. */
    Optional<Shown> shown();

    /** How many more messages followed. */
    int followUps();
  }

  /** What goes wrong with one request. */
  public sealed interface Fault {
    /** It was executed; the connection ends without an answer. */
    record DropsAfter() implements Fault {}

    /** The connection ends; nothing was executed. */
    record DropsBefore() implements Fault {}

    /** Somebody answers with this, and nothing is executed. */
    record Status(int code, String json) implements Fault {}

    /** 429. */
    record RateLimited(int seconds, boolean global) implements Fault {}

    /** The request waits until it is released, and is executed then. */
    record Stalls(CountDownLatch arrived, CountDownLatch released) implements Fault {
      public Stalls() {
        this(new CountDownLatch(1), new CountDownLatch(1));
      }
    }
  }

  public URI apiUrl() {
    return URI.create(rest.url());
  }

  public long botId() {
    return world.bot.id;
  }

  // Who is there.

  public User user(String name) {
    return user(name, "en-US");
  }

  /** Somebody whose Discord speaks a language such as {@code de}. */
  public User user(String name, String locale) {
    return people.user(name, locale, false);
  }

  /** Another bot. */
  public User otherBot(String name) {
    return people.user(name, "en-US", true);
  }

  public void avatar(User user, File picture) {
    synchronized (world) {
      world.person(user.id()).avatar = Optional.of(world.store(picture, false));
    }
  }

  public Guild guild(String name, User owner, User... members) {
    synchronized (world) {
      Guild guild = people.guild(name, owner, true, members);
      join(guild);
      return guild;
    }
  }

  /** A server that the bot is not in: there it is reached by those who installed it themselves. */
  public Guild guildWithoutBot(String name, User owner, User... members) {
    return people.guild(name, owner, false, members);
  }

  /** Lets the bot into a server. */
  public void join(Guild guild) {
    synchronized (world) {
      Server server = server(guild);
      server.botIsIn = true;
      gateway.dispatch("GUILD_CREATE", Optional.of(server), LoopbackWire.guild(world, server));
    }
  }

  /** Throws the bot out. */
  public void leave(Guild guild) {
    synchronized (world) {
      Server server = server(guild);
      server.botIsIn = false;
      gateway.dispatch(
          "GUILD_DELETE",
          Optional.of(server),
          LoopbackWire.object().put("id", LoopbackWire.id(server.id)));
    }
  }

  /** The level of a server by boosts, which decides how large files may be: 10, 50 or 100 MiB. */
  public void tier(Guild guild, int tier) {
    synchronized (world) {
      Server server = server(guild);
      server.tier = tier;
      gateway.dispatch("GUILD_UPDATE", Optional.of(server), LoopbackWire.guild(world, server));
    }
  }

  public Channel channel(Guild guild, String name) {
    synchronized (world) {
      Room room = new Room(world.id(), Room.TEXT, name, server(guild), null, 0);
      world.rooms.put(room.id, room);
      gateway.dispatch("CHANNEL_CREATE", room.server, LoopbackWire.channel(world, room));
      return people.channel(room);
    }
  }

  public Channel thread(Channel parent, String name) {
    synchronized (world) {
      return people.channel(routes.openThread(world.room(parent.id()), world.id(), name, botId()));
    }
  }

  public Channel direct(User user) {
    synchronized (world) {
      return people.channel(routes.direct(world.person(user.id())));
    }
  }

  /** A conversation of several people, in which the bot can never be. */
  public Channel groupDirect(String name, User... users) {
    return people.groupDirect(name, users);
  }

  /** Removes a channel with all that stands in it. */
  public void remove(Channel channel) {
    synchronized (world) {
      Room room = world.room(channel.id());
      room.deleted = true;
      String event = room.isThread() ? "THREAD_DELETE" : "CHANNEL_DELETE";
      gateway.dispatch(event, room.server, LoopbackWire.channel(world, room));
    }
  }

  /** Gives somebody rights beyond everybody's, as Discord's bits: 32 is Manage Server. */
  public void permissions(Guild guild, User user, long granted) {
    synchronized (world) {
      Server server = server(guild);
      boolean fresh = server.permissions.put(user.id(), granted) == null;
      var role = LoopbackWire.object().put("guild_id", LoopbackWire.id(server.id));
      role.set(
          "role",
          LoopbackWire.role(server.roleOf(user.id()), "Rights of " + user.id(), granted, 1));
      gateway.dispatch(
          fresh ? "GUILD_ROLE_CREATE" : "GUILD_ROLE_UPDATE", Optional.of(server), role);
    }
  }

  /** Leaves the bot these rights in a channel and its threads, and no other. */
  public void botPermissions(Channel channel, long granted) {
    synchronized (world) {
      Room room = world.room(channel.id());
      room.botPermissions = Optional.of(granted);
      gateway.dispatch("CHANNEL_UPDATE", room.server, LoopbackWire.channel(world, room));
    }
  }

  /** Whether the application may ask for the content of messages. Off at first. */
  public void messageContentIntent(boolean on) {
    synchronized (world) {
      world.contentIntent = on;
    }
  }

  /** Lets everybody in every server give a command that was meant for moderators. */
  public void openToEverybody(String command) {
    synchronized (world) {
      commands.opened.add(command);
    }
  }

  // What people do.

  /** Posts words, which may hold {@code <@id>} for a mention. */
  public Post say(User user, Channel channel, String words, File... files) {
    return people.say(user, channel, null, words, List.of(files));
  }

  /** Replies, with a ping for whoever is replied to. */
  public Post reply(User user, Post post, String words, File... files) {
    return people.say(user, post.channel(), post, words, List.of(files));
  }

  public void change(Post post, String words) {
    people.change(post, words);
  }

  public void remove(Post post) {
    synchronized (world) {
      messages.delete(people.entry(post));
    }
  }

  /** The links to files that were given out until now are over. */
  public void expireLinks() {
    synchronized (world) {
      world.linkGeneration++;
    }
  }

  /**
   * Gives a slash command, once the bot has registered it.
   *
   * @param options by their names: text, numbers, truth values, {@link User} or {@link File}
   * @throws IllegalArgumentException this person could not send that
   */
  public Interaction command(User user, Channel channel, String name, Map<String, Object> options) {
    return people.command(user, channel, name, options);
  }

  /** Whether somebody is offered a slash command. */
  public boolean offered(User user, Channel channel, String name) {
    synchronized (world) {
      return commands
          .offered(world.person(user.id()), world.room(channel.id()), LoopbackCommands.SLASH, name)
          .isPresent();
    }
  }

  /**
   * Presses a button.
   *
   * @throws IllegalArgumentException there is none with this label
   */
  public Interaction press(User user, Post post, String label) {
    return people.press(user, post, label);
  }

  /** What a forged client can do: presses a button that is not there. */
  public Interaction pressForged(User user, Post post, String customId) {
    return people.pressForged(user, post, customId);
  }

  /** Uses an entry of a message's menu. */
  public Interaction onMessage(User user, Post post, String menuLabel) {
    return people.onMessage(user, post, menuLabel);
  }

  /** Uses an entry of somebody's menu. */
  public Interaction onMember(User user, Channel channel, User target, String menuLabel) {
    return people.onMember(user, channel, target, menuLabel);
  }

  /**
   * Sends off the form that an interaction opened; waits for it to open.
   *
   * @param values by ids or labels of fields: text, or a {@link File} or several in a list
   * @throws IllegalArgumentException the form does not take that
   */
  public Interaction submit(Interaction opened, Map<String, Object> values) {
    return people.submit(opened, values);
  }

  /** What is suggested while somebody types; waits for it. */
  public List<String> autocomplete(
      User user,
      Channel channel,
      String command,
      String option,
      String typed,
      Map<String, Object> others) {
    return people.autocomplete(user, channel, command, option, typed, others);
  }

  // What people see.

  /** What the bot shows in a channel, oldest first, without what only says "thinking". */
  public List<Shown> posts(Channel channel) {
    return people.posts(channel);
  }

  /**
   * Blocks until what the bot shows is as wanted.
   *
   * @throws AssertionError it is not so after half a minute
   */
  public List<Shown> awaitPosts(Channel channel, Predicate<List<Shown>> wanted) {
    synchronized (world) {
      world.await(() -> "other posts than " + posts(channel), () -> wanted.test(posts(channel)));
      return posts(channel);
    }
  }

  public void awaitAcknowledged(Interaction interaction) {
    await("an acknowledgement", interaction::acknowledged);
  }

  /** Blocks until the first answer is there. */
  public String awaitAnswer(Interaction interaction) {
    await("an answer", () -> !interaction.answer().isEmpty());
    return interaction.answer();
  }

  /** Blocks until something is so that depends on what is here. */
  public void await(String what, BooleanSupplier wanted) {
    synchronized (world) {
      world.await(() -> what, wanted);
    }
  }

  /** Blocks until the bot is connected to the gateway and has said who it is. */
  public void awaitConnected() {
    await("a connected bot", gateway::isConnected);
  }

  public boolean isConnected() {
    synchronized (world) {
      return gateway.isConnected();
    }
  }

  /** How often the bot showed that it is typing. */
  public int typings(Channel channel) {
    synchronized (world) {
      return world.room(channel.id()).typings;
    }
  }

  /** A message as REST writes it for who may read it. */
  public JsonNode json(Post post) {
    synchronized (world) {
      return LoopbackWire.message(world, people.entry(post), true);
    }
  }

  // What goes wrong.

  /**
   * The next request of a route goes wrong; said several times, so do the ones after it.
   *
   * @param route as {@code POST /channels/*}{@code /messages}: a star stands for one piece of the
   *     path, two at the end for all that follow; files are at {@code GET /attachments/**}
   */
  public void next(String route, Fault fault) {
    rest.fault(route, fault);
  }

  /** The bot can no longer answer an interaction. */
  public void expireToken(Interaction interaction) {
    people.expire(interaction);
  }

  /** Ends the bot's connections as a broken cable does. */
  public void dropConnection() {
    synchronized (world) {
      gateway.drop();
    }
  }

  /** Says that the session is no longer good; the bot resumes or identifies anew. */
  public void invalidateSession(boolean resumable) {
    synchronized (world) {
      gateway.invalidate(resumable);
    }
  }

  /** Asks the bot to connect anew. */
  public void reconnect() {
    synchronized (world) {
      gateway.reconnect();
    }
  }

  public int identifies() {
    synchronized (world) {
      return gateway.identifies;
    }
  }

  public int resumes() {
    synchronized (world) {
      return gateway.resumes;
    }
  }

  /** How often commands were written, be they others or the same. */
  public int commandChanges() {
    synchronized (world) {
      return commands.changes;
    }
  }

  /** The bodies of the requests of a route; see {@link #next} for its form. */
  public List<JsonNode> requests(String route) {
    return rest.requests(route);
  }

  /** What the real one refuses and a right bot never does. Tests assert that it is empty. */
  public List<String> violations() {
    synchronized (world) {
      List<String> all = new ArrayList<>(world.violations);
      all.addAll(interactions.unanswered());
      return all;
    }
  }

  /** Whether the description is at hand, so that requests are checked against it. */
  public boolean checksRequests() {
    return rest.checksRequests();
  }

  private Server server(Guild guild) {
    return Objects.requireNonNull(world.servers.get(guild.id()), "no such guild");
  }

  @Override
  public void close() {
    gateway.close();
    rest.close();
  }
}
