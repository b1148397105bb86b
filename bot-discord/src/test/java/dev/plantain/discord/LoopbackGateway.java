package dev.plantain.discord;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plantain.discord.LoopbackWorld.Entry;
import dev.plantain.discord.LoopbackWorld.Room;
import dev.plantain.discord.LoopbackWorld.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The gateway: tells the bot what happens, and lets it take up a session where it was lost. */
final class LoopbackGateway implements AutoCloseable {
  private static final int HEARTBEAT = 1;
  private static final int IDENTIFY = 2;
  private static final int PRESENCE = 3;
  private static final int VOICE = 4;
  private static final int RESUME = 6;
  private static final int RECONNECT = 7;
  private static final int REQUEST_MEMBERS = 8;
  private static final int INVALID_SESSION = 9;
  private static final int HELLO = 10;
  private static final int HEARTBEAT_ACK = 11;
  private static final int NOT_AUTHENTICATED = 4003;
  private static final int AUTHENTICATION_FAILED = 4004;
  private static final int ALREADY_AUTHENTICATED = 4005;
  private static final int DISALLOWED_INTENTS = 4014;

  private static final int GUILDS = 1;
  private static final int GUILD_MESSAGES = 1 << 9;
  private static final int DIRECT_MESSAGES = 1 << 12;
  private static final int MESSAGE_CONTENT = 1 << 15;
  private static final int OTHER_PRIVILEGED = (1 << 1) | (1 << 8);

  private final LoopbackWorld world;
  private final String token;
  private final ServerSocket listening;
  private final Map<String, Session> sessions = new LinkedHashMap<>();
  private final Map<LoopbackSocket, Boolean> sockets = new ConcurrentHashMap<>();
  int identifies;
  int resumes;
  int heartbeats;

  /** What a client and the gateway have in common beyond a connection. */
  private static final class Session {
    final String id;
    final int intents;
    final int shard;
    final int shards;
    final List<ObjectNode> sent = new ArrayList<>();
    @Nullable LoopbackSocket socket;

    Session(String id, int intents, int shard, int shards) {
      this.id = id;
      this.intents = intents;
      this.shard = shard;
      this.shards = shards;
    }

    boolean isFor(long guild) {
      return (guild >>> 22) % shards == shard;
    }

    void dispatch(String name, JsonNode data) {
      ObjectNode event =
          LoopbackWire.object().put("op", 0).put("t", name).put("s", sent.size() + 1);
      event.set("d", data);
      sent.add(event);
      deliver(event);
    }

    private void deliver(ObjectNode event) {
      if (socket != null) {
        socket.send(event.toString());
      }
    }
  }

  LoopbackGateway(LoopbackWorld world, String token) throws IOException {
    this.world = world;
    this.token = token;
    listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().name("loopback-discord-gateway").start(this::accept);
  }

  String url() {
    return "ws://127.0.0.1:" + listening.getLocalPort() + "/";
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket socket = listening.accept();
        Thread.ofVirtual().name("loopback-discord-connection").start(() -> serve(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (LoopbackSocket connection = new LoopbackSocket(socket)) {
      sockets.put(connection, true);
      ObjectNode hello = LoopbackWire.object().put("op", HELLO);
      hello.putObject("d").put("heartbeat_interval", 41250);
      connection.send(hello.toString());
      boolean open = true;
      while (open) {
        Optional<String> message = connection.read();
        message.ifPresent(each -> received(connection, each));
        open = message.isPresent();
      }
    } catch (IOException broken) {
      // However a connection ends, the client comes back.
    } finally {
      synchronized (world) {
        sockets.keySet().removeIf(each -> !each.isOpen());
        sessions
            .values()
            .forEach(session -> {
              if (session.socket != null && !session.socket.isOpen()) {
                session.socket = null;
              }
            });
        world.notifyAll();
      }
    }
  }

  private void received(LoopbackSocket socket, String text) {
    JsonNode message;
    try {
      message = LoopbackWire.MAPPER.readTree(text);
    } catch (IOException notJson) {
      throw new UncheckedIOException(notJson);
    }
    JsonNode data = message.path("d");
    synchronized (world) {
      switch (message.path("op").asInt()) {
        case HEARTBEAT -> {
          heartbeats++;
          socket.send("{\"op\":" + HEARTBEAT_ACK + "}");
        }
        case IDENTIFY -> identify(socket, data);
        case RESUME -> resume(socket, data);
        case PRESENCE, VOICE, REQUEST_MEMBERS -> {
          if (sessionOf(socket).isEmpty()) {
            socket.close(NOT_AUTHENTICATED);
          }
        }
        default -> world.violation("gateway: unknown opcode in " + message);
      }
      world.notifyAll();
    }
  }

  private Optional<Session> sessionOf(LoopbackSocket socket) {
    return sessions.values().stream().filter(each -> each.socket == socket).findFirst();
  }

  private void identify(LoopbackSocket socket, JsonNode data) {
    identifies++;
    int intents = data.path("intents").asInt();
    int barred = OTHER_PRIVILEGED | (world.contentIntent ? 0 : MESSAGE_CONTENT);
    if (sessionOf(socket).isPresent()) {
      socket.close(ALREADY_AUTHENTICATED);
    } else if (world.tokenRevoked || !data.path("token").asText().equals(token)) {
      socket.close(AUTHENTICATION_FAILED);
    } else if ((intents & barred) != 0) {
      socket.close(DISALLOWED_INTENTS);
    } else {
      JsonNode shard = data.path("shard");
      Session session =
          new Session(
              "%032x".formatted(world.id()),
              intents,
              shard.path(0).asInt(0),
              Math.max(1, shard.path(1).asInt(1)));
      sessions.values().removeIf(lost -> lost.socket == null && lost.shard == session.shard);
      sessions.put(session.id, session);
      session.socket = socket;
      begin(session);
    }
  }

  private void begin(Session session) {
    ObjectNode ready = LoopbackWire.object().put("v", 10);
    ready.set("user", LoopbackWire.user(world.bot));
    ArrayNode guilds = ready.putArray("guilds");
    List<Server> ours =
        world.servers.values().stream()
            .filter(each -> each.botIsIn && session.isFor(each.id))
            .toList();
    ours.forEach(
        each -> guilds.addObject().put("id", LoopbackWire.id(each.id)).put("unavailable", true));
    ready.put("session_id", session.id).put("resume_gateway_url", url());
    ready.putArray("shard").add(session.shard).add(session.shards);
    ready.putObject("application").put("id", LoopbackWire.id(world.bot.id)).put("flags", 0);
    ready.putArray("private_channels");
    ready.putArray("_trace");
    session.dispatch("READY", ready);
    if ((session.intents & GUILDS) != 0) {
      ours.forEach(each -> session.dispatch("GUILD_CREATE", LoopbackWire.guild(world, each)));
    }
  }

  private void resume(LoopbackSocket socket, JsonNode data) {
    Session session = sessions.get(data.path("session_id").asText());
    if (session == null || !data.path("token").asText().equals(token)) {
      socket.send("{\"op\":" + INVALID_SESSION + ",\"d\":false}");
      return;
    }
    resumes++;
    session.socket = socket;
    int seen = data.path("seq").asInt();
    List.copyOf(session.sent.subList(Math.min(seen, session.sent.size()), session.sent.size()))
        .forEach(session::deliver);
    session.dispatch("RESUMED", LoopbackWire.object());
  }

  /** Tells of something in a guild, or of something outside of guilds. */
  void dispatch(String name, Optional<Server> server, JsonNode data) {
    dispatch(name, server, GUILDS, data);
  }

  private void dispatch(String name, Optional<Server> server, int intent, JsonNode data) {
    for (Session session : sessions.values()) {
      boolean ours = server.map(each -> session.isFor(each.id)).orElse(session.shard == 0);
      if (ours && (session.intents & intent) != 0) {
        session.dispatch(name, data);
      }
    }
  }

  /**
   * Hands in an interaction, for which no intent is needed.
   *
   * @return the connection that it went through, if there was one
   */
  Optional<LoopbackSocket> interaction(Optional<Server> server, ObjectNode interaction) {
    Optional<LoopbackSocket> through = Optional.empty();
    for (Session session : sessions.values()) {
      boolean ours = server.map(each -> session.isFor(each.id)).orElse(session.shard == 0);
      if (ours && session.socket != null) {
        session.dispatch("INTERACTION_CREATE", interaction);
        through = Optional.of(session.socket);
      }
    }
    return through;
  }

  /** Tells of a message that is new or another one now, if the bot is to hear of it. */
  void message(String name, Entry entry) {
    Room room = entry.room;
    boolean heard = room.hasBot() && entry.onlyFor.isEmpty();
    if (!heard || (room.botPermissions(world.bot) & LoopbackWorld.VIEW_CHANNEL) == 0) {
      return;
    }
    int intent = room.isDirect() ? DIRECT_MESSAGES : GUILD_MESSAGES;
    for (Session session : sessions.values()) {
      boolean ours = room.server.map(each -> session.isFor(each.id)).orElse(session.shard == 0);
      if (ours && (session.intents & intent) != 0) {
        session.dispatch(name, event(entry, (session.intents & MESSAGE_CONTENT) != 0));
      }
    }
  }

  private ObjectNode event(Entry entry, boolean contentIntent) {
    ObjectNode json = LoopbackWire.message(world, entry, contentIntent || world.meantForBot(entry));
    json.put("channel_type", entry.room.type);
    if (!entry.nonce.isEmpty()) {
      json.put("nonce", entry.nonce);
    }
    entry.room.server.ifPresent(server -> {
      json.put("guild_id", LoopbackWire.id(server.id));
      json.set("member", LoopbackWire.member(server, entry.author));
    });
    entry.replyTo.ifPresent(other ->
        json.set(
            "referenced_message",
            other.deleted
                ? null
                : LoopbackWire.message(world, other, contentIntent || world.meantForBot(other))));
    return json;
  }

  void deleted(Entry entry) {
    if (!entry.room.hasBot() || entry.onlyFor.isPresent()) {
      return;
    }
    ObjectNode json = LoopbackWire.object().put("id", LoopbackWire.id(entry.id));
    json.put("channel_id", LoopbackWire.id(entry.room.id));
    entry.room.server.ifPresent(each -> json.put("guild_id", LoopbackWire.id(each.id)));
    int intent = entry.room.isDirect() ? DIRECT_MESSAGES : GUILD_MESSAGES;
    dispatch("MESSAGE_DELETE", entry.room.server, intent, json);
  }

  /** Whether the bot is connected with all its shards. */
  boolean isConnected() {
    return sessions.values().stream().filter(each -> each.socket != null).count() >= world.shards;
  }

  void drop() {
    sessions
        .values()
        .forEach(session -> {
          Optional.ofNullable(session.socket).ifPresent(LoopbackSocket::close);
          session.socket = null;
        });
  }

  /** Asks the clients to come back. */
  void reconnect() {
    sessions
        .values()
        .forEach(session -> {
          if (session.socket != null) {
            session.socket.send("{\"op\":" + RECONNECT + ",\"d\":null}");
            session.socket = null;
          }
        });
  }

  void invalidate(boolean resumable) {
    for (Session session : List.copyOf(sessions.values())) {
      if (session.socket != null) {
        session.socket.send("{\"op\":" + INVALID_SESSION + ",\"d\":" + resumable + "}");
        session.socket = null;
      }
      if (!resumable) {
        sessions.remove(Objects.requireNonNull(session).id);
      }
    }
  }

  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException closed) {
      throw new UncheckedIOException(closed);
    }
    sockets.keySet().forEach(LoopbackSocket::close);
  }
}
