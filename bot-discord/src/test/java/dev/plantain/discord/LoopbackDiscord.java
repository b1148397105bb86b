package dev.plantain.discord;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * A small Discord on 127.0.0.1 with one bot: people talk in it by the methods of this class, the
 * bot by the REST API and the gateway. Every request of the bot is checked against the description
 * of the API where that is at hand; see {@link #violations}.
 */
public final class LoopbackDiscord extends LoopbackGrounds implements AutoCloseable {
  public static final String BOT_NAME = "Plantain";
  public static final String TOKEN = "MTAwMDAwMDAwMDAwMDAwMDAx.Loopb.token-which-nobody-may-see";

  private final LoopbackAsking asking;
  private final LoopbackRest rest;

  public LoopbackDiscord() {
    this(0);
  }

  /** One at a certain port, 0 for any. */
  public LoopbackDiscord(int port) {
    this(port, InstantSource.system());
  }

  /** One with another clock; JDA looks at the machine's. */
  public LoopbackDiscord(int port, InstantSource clock) {
    super(clock, TOKEN, BOT_NAME);
    asking = new LoopbackAsking(world, people, interactions, commands, sight);
    try {
      rest = new LoopbackRest(world, routes, interactions, TOKEN, port);
    } catch (IOException unavailable) {
      throw new UncheckedIOException(unavailable);
    }
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
    private final boolean spoiler;

    public File(String name, String mediaType, byte[] bytes) {
      this(name, mediaType, bytes.clone(), "", false);
    }

    private File(String name, String mediaType, byte[] bytes, String alt, boolean spoiler) {
      this.name = name;
      this.mediaType = mediaType;
      this.bytes = bytes;
      this.alt = alt;
      this.spoiler = spoiler;
    }

    File called(String otherName, String otherAlt) {
      return new File(otherName, mediaType, bytes, otherAlt, spoiler);
    }

    File hidden(boolean nowHidden) {
      return new File(name, mediaType, bytes, alt, nowHidden);
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

    /** Whether it is hidden until somebody wants to see it. */
    public boolean spoiler() {
      return spoiler;
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

    /** From the moment that it was handed in to the one that the first answer was here. */
    Optional<Duration> acknowledgedAfter();

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
    /** Discord says no, as in 403 and 50013. */
    static Fault refusal(int status, int code, String message) {
      return new Status(status, new LoopbackRefusal(status, code, message).json().toString());
    }

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

  // What people do.

  /** Posts words, which may hold {@code <@id>} for a mention. */
  public Post say(User user, Channel channel, String words, File... files) {
    return people.say(user, channel, null, false, words, List.of(files));
  }

  /** Replies, with a ping for whoever is replied to. */
  public Post reply(User user, Post post, String words, File... files) {
    return people.say(user, post.channel(), post, true, words, List.of(files));
  }

  /** Replies without a ping, which is as if the bot were not named. */
  public Post replyQuietly(User user, Post post, String words, File... files) {
    return people.say(user, post.channel(), post, false, words, List.of(files));
  }

  public void change(Post post, String words) {
    people.change(post, words);
  }

  public void remove(Post post) {
    synchronized (world) {
      messages.delete(people.entry(post));
    }
  }

  /**
   * Gives a slash command, once the bot has registered it.
   *
   * @param options by their names: text, numbers, truth values, {@link User} or {@link File}
   * @throws IllegalArgumentException this person could not send that
   */
  public Interaction command(User user, Channel channel, String name, Map<String, Object> options) {
    return asking.command(user, channel, name, options);
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
    return asking.press(user, post, label);
  }

  /** What a forged client can do: presses a button that is not there. */
  public Interaction pressForged(User user, Post post, String customId) {
    return asking.pressForged(user, post, customId);
  }

  /** Uses an entry of a message's menu. */
  public Interaction onMessage(User user, Post post, String menuLabel) {
    return asking.onMessage(user, post, menuLabel);
  }

  /** Uses an entry of somebody's menu. */
  public Interaction onMember(User user, Channel channel, User target, String menuLabel) {
    return asking.onMember(user, channel, target, menuLabel);
  }

  /**
   * Sends off the form that an interaction opened; waits for it to open.
   *
   * @param values by ids or labels of fields: text, or a {@link File} or several in a list
   * @throws IllegalArgumentException the form does not take that
   */
  public Interaction submit(Interaction opened, Map<String, Object> values) {
    return asking.submit(opened, values);
  }

  /** What is suggested while somebody types; waits for it. */
  public List<String> autocomplete(
      User user,
      Channel channel,
      String command,
      String option,
      String typed,
      Map<String, Object> others) {
    return asking.autocomplete(user, channel, command, option, typed, others);
  }

  // What people see.

  /** What the bot shows in a channel, oldest first, without what only says "thinking". */
  public List<Shown> posts(Channel channel) {
    return sight.posts(channel);
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

  /** Whether there is such a channel; the bot makes threads. */
  public boolean exists(Channel channel) {
    synchronized (world) {
      return world.rooms.containsKey(channel.id());
    }
  }

  public boolean isConnected() {
    synchronized (world) {
      return gateway.isConnected();
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

  /**
   * From now on only so many requests are taken as the real one takes: 5 messages within a time.
   */
  public void limitRates(Duration within) {
    rest.limits.within(within);
  }

  /** How many requests were too many. */
  public int limitedRequests() {
    return rest.limits.refusals();
  }

  /** Where pictures of people are. */
  public URI cdnUrl() {
    return apiUrl().resolve("/");
  }

  /** The bot can no longer answer an interaction. */
  public void expireToken(Interaction interaction) {
    asking.expire(interaction);
  }

  /** The bodies of the requests of a route; see {@link #next} for its form. */
  public List<JsonNode> requests(String route) {
    return rest.requests(route);
  }

  /** Blocks until there were so many requests of a route. */
  public void awaitRequests(String route, int count) {
    await(count + " times " + route, () -> rest.requests(route).size() >= count);
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

  @Override
  public void close() {
    gateway.close();
    rest.close();
  }
}
