package dev.plantain.discord;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plantain.discord.LoopbackMessages.Body;
import dev.plantain.discord.LoopbackWorld.Entry;
import dev.plantain.discord.LoopbackWorld.Person;
import dev.plantain.discord.LoopbackWorld.Room;
import dev.plantain.discord.LoopbackWorld.Server;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What people ask of the bot by commands, buttons, menus and modals, and what it answers. */
final class LoopbackInteractions {
  static final int COMMAND = 2;
  static final int COMPONENT = 3;
  static final int AUTOCOMPLETE = 4;
  static final int MODAL_SUBMIT = 5;

  private static final int MESSAGE = 4;
  private static final int DEFERRED_MESSAGE = 5;
  private static final int DEFERRED_UPDATE = 6;
  private static final int UPDATE = 7;
  private static final int CHOICES = 8;
  private static final int MODAL = 9;
  private static final Duration TIME_TO_ACKNOWLEDGE = Duration.ofSeconds(3);
  private static final Duration TIME_OF_A_TOKEN = Duration.ofMinutes(15);
  private static final int FOLLOW_UPS_ELSEWHERE = 5;

  /** Without it, what an application of one's own answers is seen by oneself alone. */
  private static final long EXTERNAL_APPS = 1L << 50;

  private final LoopbackWorld world;
  private final LoopbackMessages messages;
  private final LoopbackGateway gateway;
  private final Map<String, Pending> byToken = new LinkedHashMap<>();

  LoopbackInteractions(LoopbackWorld world, LoopbackMessages messages, LoopbackGateway gateway) {
    this.world = world;
    this.messages = messages;
    this.gateway = gateway;
  }

  /** One interaction and what became of it. */
  static final class Pending {
    final long id;
    final String token;
    final int type;
    final Person user;
    final Room room;
    final Optional<Entry> source;
    final String name;
    final Instant since;
    final List<Entry> followUps = new ArrayList<>();
    Optional<LoopbackSocket> through = Optional.empty();
    Optional<Duration> acknowledgedAfter = Optional.empty();
    long sentNanos;
    int answered;
    boolean ephemeral;
    boolean expired;
    boolean faulty;
    @Nullable Entry original;
    JsonNode modal = LoopbackWire.object();
    JsonNode choices = LoopbackWire.array();

    Pending(
        long id,
        int type,
        Person user,
        Room room,
        Optional<Entry> source,
        String name,
        Instant now) {
      this.id = id;
      this.type = type;
      this.user = user;
      this.room = room;
      this.source = source;
      this.name = name;
      since = now;
      // As long as real ones are, which are opaque.
      token = "aW50ZXJhY3Rpb246" + id + "x" + "Zm9vYmFy".repeat(19);
    }

    boolean isElsewhere() {
      return !room.hasBot();
    }
  }

  /** Sends an interaction to the bot. */
  Pending begin(
      int type, Person user, Room room, Optional<Entry> source, String name, ObjectNode data) {
    Pending pending =
        new Pending(world.id(), type, user, room, source, name, world.clock.instant());
    byToken.put(pending.token, pending);
    ObjectNode json = payload(pending);
    json.set("data", data);
    source.ifPresent(entry -> json.set("message", LoopbackWire.message(world, entry, true)));
    pending.sentNanos = System.nanoTime();
    pending.through = gateway.interaction(room.server, json);
    return pending;
  }

  private ObjectNode payload(Pending pending) {
    Room room = pending.room;
    ObjectNode json = LoopbackWire.object().put("id", LoopbackWire.id(pending.id));
    json.put("application_id", LoopbackWire.id(world.bot.id)).put("type", pending.type);
    json.put("token", pending.token).put("version", 1);
    json.put("channel_id", LoopbackWire.id(room.id));
    json.set("channel", LoopbackWire.channelFor(world, room, pending.user.id));
    json.put("locale", pending.user.locale);
    json.put("attachment_size_limit", room.maxUploadBytes());
    json.put("app_permissions", String.valueOf(room.botPermissions(world.bot)));
    json.putArray("entitlements");
    json.putArray("entitlement_sku_ids");
    json.set("authorizing_integration_owners", owners(pending));
    json.put("context", room.server.isPresent() ? 0 : room.type == Room.DIRECT ? 1 : 2);
    room.server.ifPresentOrElse(
        server -> {
          json.put("guild_id", LoopbackWire.id(server.id)).put("guild_locale", "en-US");
          ObjectNode guild = json.putObject("guild").put("id", LoopbackWire.id(server.id));
          guild.put("locale", "en-US").putArray("features");
          json.set("member", member(server, pending.user));
        },
        () -> json.set("user", LoopbackWire.user(pending.user)));
    return json;
  }

  static ObjectNode member(Server server, Person person) {
    return LoopbackWire.memberWithUser(server, person)
        .put("permissions", String.valueOf(server.permissionsOf(person.id)));
  }

  private static ObjectNode owners(Pending pending) {
    ObjectNode owners = LoopbackWire.object();
    if (pending.isElsewhere()) {
      return owners.put("1", LoopbackWire.id(pending.user.id));
    }
    return owners.put("0", pending.room.server.map(each -> LoopbackWire.id(each.id)).orElse("0"));
  }

  /**
   * The bot's first answer.
   *
   * @return what the bot is told, where it asks for that
   */
  ObjectNode callback(long id, String token, LoopbackRest.Request request) {
    Body body = request.body();
    Pending pending = byToken.get(token);
    Duration age = pending == null ? Duration.ZERO : age(pending);
    if (pending == null || pending.id != id || pending.expired) {
      throw LoopbackRefusal.unknown(10062, "interaction");
    }
    if (pending.answered == 0 && age.compareTo(TIME_TO_ACKNOWLEDGE) > 0) {
      world.violation("acknowledged after " + age + ": " + pending.name);
      throw LoopbackRefusal.unknown(10062, "interaction");
    }
    if (pending.answered != 0) {
      world.violation("acknowledged twice: " + pending.name);
      throw new LoopbackRefusal(400, 40060, "Interaction has already been acknowledged.");
    }
    int type = body.fields().path("type").asInt();
    answer(pending, type, body.data());
    pending.answered = type;
    pending.acknowledgedAfter =
        Optional.of(Duration.ofNanos(request.arrivedNanos() - pending.sentNanos));
    world.notifyAll();
    return told(pending);
  }

  private Duration age(Pending pending) {
    return Duration.between(pending.since, world.clock.instant());
  }

  private void answer(Pending pending, int type, Body body) {
    boolean autocomplete = pending.type == AUTOCOMPLETE;
    if (autocomplete != (type == CHOICES)) {
      throw LoopbackRefusal.form("type: not an answer to this interaction");
    }
    int flags = body.fields().path("flags").asInt(0);
    switch (type) {
      case MESSAGE -> pending.original = posted(pending, body, flags);
      case DEFERRED_MESSAGE -> {
        if ((flags & ~LoopbackMessages.EPHEMERAL) != 0) {
          world.violation("a deferral takes no flag but EPHEMERAL: " + flags);
        }
        Entry entry = ours(pending, flags);
        entry.flags |= LoopbackMessages.LOADING;
        messages.add(entry);
        pending.original = entry;
      }
      case DEFERRED_UPDATE -> pending.original = source(pending);
      case UPDATE -> {
        pending.original = source(pending);
        messages.change(source(pending), body);
      }
      case CHOICES -> {
        checkChoices(body.fields().path("choices"));
        pending.choices = body.fields().path("choices");
      }
      case MODAL -> {
        if (pending.type == MODAL_SUBMIT) {
          throw LoopbackRefusal.form("type: a modal cannot answer a modal");
        }
        LoopbackForms.check(body.fields());
        pending.modal = body.fields();
      }
      default -> throw LoopbackRefusal.form("type: " + type);
    }
    pending.ephemeral = pending.original != null && pending.original.onlyFor.isPresent();
  }

  private static void checkChoices(JsonNode choices) {
    boolean fits = choices.isArray() && choices.size() <= 25;
    for (JsonNode choice : choices) {
      int name = choice.path("name").asText("").length();
      fits &= name >= 1 && name <= 100 && choice.path("value").asText("").length() <= 100;
    }
    if (!fits) {
      throw LoopbackRefusal.form("choices: at most 25 of at most 100 characters");
    }
  }

  private static Entry source(Pending pending) {
    return pending.source.orElseThrow(() -> LoopbackRefusal.form("type: there is no message"));
  }

  private Entry posted(Pending pending, Body body, int flags) {
    Entry entry = ours(pending, flags);
    messages.fill(entry, body);
    messages.add(entry);
    return entry;
  }

  /** A message that answers the interaction, still empty. */
  private Entry ours(Pending pending, int flags) {
    Entry entry = messages.entry(pending.room, world.bot);
    if (pending.type == COMMAND) {
      entry.json.put("type", 20);
    } else {
      pending.source.ifPresent(other -> messages.reply(entry, other));
    }
    entry.ofInteraction = true;
    entry.json.put("webhook_id", LoopbackWire.id(world.bot.id));
    entry.json.put("application_id", LoopbackWire.id(world.bot.id));
    ObjectNode metadata = entry.json.putObject("interaction_metadata");
    metadata.put("id", LoopbackWire.id(pending.id)).put("type", pending.type);
    metadata.set("user", LoopbackWire.user(pending.user));
    metadata.set("authorizing_integration_owners", owners(pending));
    boolean external = (pending.room.permissionsOf(pending.user.id) & EXTERNAL_APPS) != 0;
    if ((flags & LoopbackMessages.EPHEMERAL) != 0 || (pending.isElsewhere() && !external)) {
      entry.flags |= LoopbackMessages.EPHEMERAL;
      entry.onlyFor = Optional.of(pending.user);
    }
    return entry;
  }

  private ObjectNode told(Pending pending) {
    ObjectNode json = LoopbackWire.object();
    ObjectNode interaction = json.putObject("interaction");
    interaction.put("id", LoopbackWire.id(pending.id)).put("type", pending.type);
    ObjectNode resource = json.putObject("resource").put("type", pending.answered);
    Optional.ofNullable(pending.original)
        .ifPresent(entry -> {
          interaction.put("response_message_id", LoopbackWire.id(entry.id));
          interaction.put("response_message_loading", entry.isLoading());
          interaction.put("response_message_ephemeral", entry.onlyFor.isPresent());
          resource.set("message", LoopbackWire.message(world, entry, true));
        });
    return json;
  }

  /** Whom a token belongs to that the bot uses to write. */
  Pending valid(String token) {
    Pending pending = byToken.get(token);
    if (pending == null) {
      throw LoopbackRefusal.unknown(10015, "Webhook");
    }
    if (age(pending).compareTo(TIME_OF_A_TOKEN) > 0) {
      world.violation("a token was used that is older than 15 minutes: " + pending.name);
      pending.expired = true;
    }
    if (pending.expired) {
      throw new LoopbackRefusal(401, 50027, "Invalid Webhook Token");
    }
    if (pending.answered == 0) {
      throw LoopbackRefusal.unknown(10015, "Webhook");
    }
    return pending;
  }

  /** Writes one more message, or the awaited one. */
  Entry followUp(Pending pending, Body body) {
    Entry original = pending.original;
    if (original != null && original.isLoading() && !original.deleted) {
      return change(pending, original, body);
    }
    if (pending.isElsewhere() && pending.followUps.size() >= FOLLOW_UPS_ELSEWHERE) {
      throw new LoopbackRefusal(400, 40094, "Maximum number of follow-up messages reached");
    }
    Entry entry = posted(pending, body, body.fields().path("flags").asInt(0));
    pending.followUps.add(entry);
    return entry;
  }

  /** Changes one of the messages that answer the interaction. */
  Entry change(Pending pending, Entry entry, Body body) {
    boolean first = entry.isLoading();
    LoopbackMessages.checkFlags(entry, body);
    messages.fill(entry, body);
    entry.flags &= ~LoopbackMessages.LOADING;
    if (!first) {
      entry.edited = Optional.of(world.clock.instant());
    }
    messages.changed(entry);
    return entry;
  }

  /**
   * One of the messages that answer the interaction.
   *
   * @param name an id or {@code @original}
   */
  Entry message(Pending pending, String name) {
    List<Entry> all = new ArrayList<>(pending.followUps);
    Optional.ofNullable(pending.original).ifPresent(all::add);
    pending.source.ifPresent(all::add);
    return all.stream()
        .filter(each ->
            name.equals("@original")
                ? each == pending.original
                : LoopbackWire.id(each.id).equals(name))
        .filter(each -> !each.deleted)
        .findFirst()
        .orElseThrow(() -> LoopbackRefusal.unknown(10008, "Message"));
  }

  /** What was handed in to a bot that stayed connected, and not acknowledged in time. */
  List<String> unanswered() {
    List<String> late = new ArrayList<>();
    for (Pending pending : byToken.values()) {
      boolean there = pending.through.filter(LoopbackSocket::isOpen).isPresent();
      boolean over = age(pending).compareTo(TIME_TO_ACKNOWLEDGE) > 0;
      if (pending.answered == 0 && there && over && !pending.faulty) {
        late.add("not acknowledged within 3 s: " + pending.name);
      }
    }
    return late;
  }

  /** Notes that the answer was kept from getting here on purpose. */
  void disturbed(String token) {
    Optional.ofNullable(byToken.get(token)).ifPresent(each -> each.faulty = true);
  }
}
