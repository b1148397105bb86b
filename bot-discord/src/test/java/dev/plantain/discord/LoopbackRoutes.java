package dev.plantain.discord;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plantain.discord.LoopbackMessages.Body;
import dev.plantain.discord.LoopbackRest.Request;
import dev.plantain.discord.LoopbackWorld.Entry;
import dev.plantain.discord.LoopbackWorld.Person;
import dev.plantain.discord.LoopbackWorld.Room;
import dev.plantain.discord.LoopbackWorld.Server;
import java.util.List;
import java.util.Optional;

/** The routes of the API that a bot like ours uses; the caller holds the world's monitor. */
final class LoopbackRoutes {
  private static final JsonNode NOTHING = MissingNode.getInstance();

  private final LoopbackWorld world;
  private final LoopbackMessages messages;
  private final LoopbackInteractions interactions;
  private final LoopbackCommands commands;
  private final LoopbackGateway gateway;

  LoopbackRoutes(
      LoopbackWorld world,
      LoopbackMessages messages,
      LoopbackInteractions interactions,
      LoopbackCommands commands,
      LoopbackGateway gateway) {
    this.world = world;
    this.messages = messages;
    this.interactions = interactions;
    this.commands = commands;
    this.gateway = gateway;
  }

  /**
   * Does what is asked.
   *
   * @return the answer, missing for none
   * @throws LoopbackRefusal Discord would not do it
   */
  JsonNode execute(Request request) {
    return switch (request.at(0)) {
      case "gateway" -> gatewayBot();
      case "users" -> users(request);
      case "oauth2", "applications" -> application(request);
      case "channels" -> channel(request);
      case "guilds" -> guild(request);
      case "interactions" -> callback(request);
      case "webhooks" -> webhook(request);
      case "attachments" -> refreshed(request);
      default -> throw unrouted(request);
    };
  }

  private LoopbackRefusal unrouted(Request request) {
    world.violation("no such route here: " + request.route());
    return new LoopbackRefusal(404, 0, "404: Not Found");
  }

  private JsonNode gatewayBot() {
    ObjectNode json = LoopbackWire.object().put("url", gateway.url()).put("shards", world.shards);
    ObjectNode limit = json.putObject("session_start_limit");
    limit.put("total", 1000).put("remaining", 1000 - gateway.identifies);
    limit.put("reset_after", 86_400_000).put("max_concurrency", 1);
    return json;
  }

  private JsonNode users(Request request) {
    if (request.at(2).equals("channels") && request.method().equals("POST")) {
      long recipient = request.body().fields().path("recipient_id").asLong();
      if (!world.people.containsKey(recipient)) {
        throw LoopbackRefusal.unknown(10013, "User");
      }
      return LoopbackWire.channel(world, direct(world.person(recipient)));
    }
    if (request.at(1).equals("@me")) {
      return LoopbackWire.user(world.bot).put("verified", true).put("mfa_enabled", true);
    }
    return LoopbackWire.user(person(request.at(1)));
  }

  private Person person(String id) {
    return Optional.ofNullable(world.people.get(number(id)))
        .orElseThrow(() -> LoopbackRefusal.unknown(10013, "User"));
  }

  private static long number(String id) {
    if (!id.matches("[0-9]{1,19}")) {
      throw LoopbackRefusal.form("\"" + id + "\" is not snowflake.");
    }
    return Long.parseLong(id);
  }

  Room direct(Person person) {
    for (Room room : world.rooms.values()) {
      if (room.type == Room.DIRECT && room.recipients.contains(person.id)) {
        return room;
      }
    }
    Room room = new Room(world.id(), Room.DIRECT, "", null, null, person.id);
    room.recipients.add(person.id);
    world.rooms.put(room.id, room);
    return room;
  }

  private JsonNode application(Request request) {
    if (request.path().contains("commands")) {
      return commands.execute(request);
    }
    ObjectNode json = LoopbackWire.object().put("id", LoopbackWire.id(world.bot.id));
    json.put("name", world.bot.name).put("description", "").putNull("icon").putNull("team");
    json.put("bot_public", true).put("bot_require_code_grant", false).put("verify_key", "");
    // GATEWAY_MESSAGE_CONTENT_LIMITED: switched on by an application that is not verified.
    json.put("flags", world.contentIntent ? 1 << 19 : 0).put("approximate_guild_count", 1);
    json.put("approximate_user_install_count", 0);
    json.set("owner", LoopbackWire.user(world.bot));
    json.putObject("integration_types_config").putObject("0");
    return json;
  }

  private JsonNode guild(Request request) {
    Server server =
        Optional.ofNullable(world.servers.get(number(request.at(1))))
            .filter(each -> each.botIsIn)
            .orElseThrow(LoopbackRefusal::missingAccess);
    if (request.at(2).equals("members")) {
      Person person = person(request.at(3));
      if (person != world.bot && !server.members.contains(person.id)) {
        throw LoopbackRefusal.unknown(10007, "Member");
      }
      return LoopbackWire.memberWithUser(server, person);
    }
    ObjectNode json = LoopbackWire.guild(world, server);
    return switch (request.at(2)) {
      case "roles" -> json.path("roles");
      case "channels" -> json.path("channels");
      case "" -> {
        // What only the gateway tells.
        json.remove(List.of("members", "channels", "threads", "presences", "voice_states"));
        yield json;
      }
      default -> throw unrouted(request);
    };
  }

  private JsonNode callback(Request request) {
    ObjectNode told = interactions.callback(number(request.at(1)), request.at(2), request);
    return "true".equals(request.parameter("with_response")) ? told : NOTHING;
  }

  private JsonNode webhook(Request request) {
    if (number(request.at(1)) != world.bot.id) {
      throw LoopbackRefusal.unknown(10015, "Webhook");
    }
    LoopbackInteractions.Pending pending = interactions.valid(request.at(2));
    if (request.path().size() == 3) {
      Entry posted = interactions.followUp(pending, request.body());
      return LoopbackWire.message(world, posted, true);
    }
    Entry entry = interactions.message(pending, request.at(4));
    return switch (request.method()) {
      case "GET" -> LoopbackWire.message(world, entry, true);
      case "PATCH" ->
          LoopbackWire.message(world, interactions.change(pending, entry, request.body()), true);
      case "DELETE" -> {
        messages.delete(entry);
        yield NOTHING;
      }
      default -> throw unrouted(request);
    };
  }

  private JsonNode channel(Request request) {
    Room room = world.rooms.get(number(request.at(1)));
    if (room == null || room.deleted) {
      throw LoopbackRefusal.unknown(10003, "Channel");
    }
    if (!room.hasBot()) {
      throw LoopbackRefusal.missingAccess();
    }
    need(room, LoopbackWorld.VIEW_CHANNEL);
    String route = request.method() + " " + request.at(2);
    return switch (route) {
      case "GET " -> LoopbackWire.channel(world, room);
      case "POST typing" -> {
        need(room, LoopbackWorld.SEND_MESSAGES);
        room.typings++;
        yield NOTHING;
      }
      case "POST messages" ->
          request.path().size() == 3 ? posted(room, request.body()) : thread(room, request);
      case "GET messages" ->
          request.path().size() == 3 ? history(room, request) : read(entry(room, request));
      case "PATCH messages" -> changed(entry(room, request), request.body());
      case "DELETE messages" -> {
        Entry entry = entry(room, request);
        if (entry.author != world.bot) {
          need(room, LoopbackWorld.MANAGE_MESSAGES);
        }
        messages.delete(entry);
        yield NOTHING;
      }
      case "POST threads" -> thread(room, request);
      default -> throw unrouted(request);
    };
  }

  private void need(Room room, long permission) {
    long granted = room.botPermissions(world.bot);
    if ((granted & LoopbackWorld.VIEW_CHANNEL) == 0) {
      throw LoopbackRefusal.missingAccess();
    }
    if ((granted & permission) != permission) {
      throw LoopbackRefusal.missingPermissions();
    }
  }

  private Entry entry(Room room, Request request) {
    Entry entry = room.entries.get(number(request.at(3)));
    if (entry == null || entry.deleted || entry.onlyFor.isPresent()) {
      throw LoopbackRefusal.unknown(10008, "Message");
    }
    return entry;
  }

  private JsonNode posted(Room room, Body body) {
    need(room, room.isThread() ? LoopbackWorld.SEND_IN_THREADS : LoopbackWorld.SEND_MESSAGES);
    if (!body.files().isEmpty()) {
      need(room, LoopbackWorld.ATTACH_FILES);
    }
    if (body.fields().path("message_reference").isObject()) {
      need(room, LoopbackWorld.READ_HISTORY);
    }
    if (room.closed) {
      throw new LoopbackRefusal(403, 50007, "Cannot send messages to this user");
    }
    if (room.locked) {
      throw new LoopbackRefusal(400, 50083, "Thread is archived");
    }
    if (room.type == Room.FORUM) {
      throw new LoopbackRefusal(400, 50024, "Cannot execute action on this channel type");
    }
    if (room.archived) {
      room.archived = false;
      gateway.dispatch("THREAD_UPDATE", room.server, LoopbackWire.channel(world, room));
    }
    Entry entry = messages.post(room, body);
    ObjectNode json = (ObjectNode) read(entry);
    return entry.nonce.isEmpty() ? json : json.put("nonce", entry.nonce);
  }

  private JsonNode changed(Entry entry, Body body) {
    if (entry.author != world.bot) {
      throw new LoopbackRefusal(403, 50005, "Cannot edit a message authored by another user");
    }
    messages.change(entry, body);
    return read(entry);
  }

  private JsonNode read(Entry entry) {
    boolean readable = world.contentIntent || world.meantForBot(entry);
    ObjectNode json = LoopbackWire.message(world, entry, readable);
    entry.replyTo.ifPresent(other ->
        json.set(
            "referenced_message",
            other.deleted
                ? null
                : LoopbackWire.message(
                    world, other, world.contentIntent || world.meantForBot(other))));
    return json;
  }

  /** Newest first; without the nonces, which Discord does not keep. */
  private JsonNode history(Room room, Request request) {
    need(room, LoopbackWorld.READ_HISTORY);
    long before = limit(request, "before", Long.MAX_VALUE);
    long after = limit(request, "after", 0);
    long around = limit(request, "around", 0);
    int most = (int) limit(request, "limit", 50);
    if (most < 1 || most > 100) {
      throw LoopbackRefusal.form("limit: int value should be between 1 and 100.");
    }
    List<Entry> entries =
        room.entries.values().stream()
            .filter(each -> !each.deleted && each.onlyFor.isEmpty())
            .filter(each -> each.id < before && each.id > after)
            .toList();
    int from = after > 0 ? 0 : Math.max(0, entries.size() - most);
    if (around > 0) {
      long older = entries.stream().filter(each -> each.id < around).count();
      from = (int) Math.max(0, older - most / 2);
    }
    List<Entry> page = entries.subList(from, Math.min(entries.size(), from + most));
    ArrayNode json = LoopbackWire.array();
    page.reversed().forEach(each -> json.add(read(each)));
    return json;
  }

  private static long limit(Request request, String name, long otherwise) {
    return Optional.ofNullable(request.parameter(name)).map(Long::valueOf).orElse(otherwise);
  }

  private JsonNode thread(Room room, Request request) {
    need(room, LoopbackWorld.CREATE_THREADS);
    boolean onMessage = request.at(4).equals("threads");
    long id = onMessage ? entry(room, request).id : world.id();
    if (world.rooms.containsKey(id)) {
      throw new LoopbackRefusal(400, 160004, "A thread has already been created for this message");
    }
    Room thread = openThread(room, id, request.body().fields().path("name").asText(), world.bot.id);
    return LoopbackWire.channel(world, thread);
  }

  Room openThread(Room parent, long id, String name, long maker) {
    Server server = parent.server.orElseThrow(() -> LoopbackRefusal.form("threads are in guilds"));
    Room thread = new Room(id, Room.THREAD, name, server, parent, maker);
    world.rooms.put(id, thread);
    gateway.dispatch(
        "THREAD_CREATE",
        thread.server,
        LoopbackWire.channel(world, thread).put("newly_created", true));
    return thread;
  }

  /** Fresh links for old ones. */
  private JsonNode refreshed(Request request) {
    ObjectNode json = LoopbackWire.object();
    ArrayNode fresh = json.putArray("refreshed_urls");
    for (JsonNode url : request.body().fields().path("attachment_urls")) {
      String renewed = url.asText().replaceFirst("ex=[0-9]+", "ex=" + world.linkGeneration);
      fresh.addObject().put("original", url.asText()).put("refreshed", renewed);
    }
    return json;
  }
}
