package dev.plantain.discord;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plantain.discord.LoopbackRest.Request;
import dev.plantain.discord.LoopbackWorld.Person;
import dev.plantain.discord.LoopbackWorld.Room;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The commands that the bot has registered, and who is offered them. */
final class LoopbackCommands {
  static final int SLASH = 1;
  static final int ON_MEMBER = 2;
  static final int ON_MESSAGE = 3;
  private static final Map<Integer, Integer> MOST =
      Map.of(SLASH, 100, ON_MEMBER, 15, ON_MESSAGE, 15);

  private final LoopbackWorld world;

  /** By the id of their guild, 0 for global ones. */
  private final Map<Long, Map<Long, ObjectNode>> registered = new LinkedHashMap<>();

  /** Those that a guild has opened to everybody, by their names. */
  final Set<String> opened = new HashSet<>();

  int changes;

  LoopbackCommands(LoopbackWorld world) {
    this.world = world;
  }

  JsonNode execute(Request request) {
    boolean inGuild = request.at(2).equals("guilds");
    long guild = inGuild ? Long.parseLong(request.at(3)) : 0;
    String id = request.at(inGuild ? 5 : 3);
    Map<Long, ObjectNode> commands =
        registered.computeIfAbsent(guild, any -> new LinkedHashMap<>());
    JsonNode fields = request.body().fields();
    if (!request.method().equals("GET")) {
      changes++;
      world.notifyAll();
    }
    return switch (request.method()) {
      case "PUT" -> {
        Map<Long, ObjectNode> before = Map.copyOf(commands);
        commands.clear();
        fields.forEach(each -> add(guild, commands, each, before));
        yield all(commands);
      }
      case "POST" -> add(guild, commands, fields, Map.copyOf(commands));
      case "PATCH" -> {
        ObjectNode command = one(commands, id);
        fields.properties().forEach(each -> command.set(each.getKey(), each.getValue()));
        yield command;
      }
      case "DELETE" -> {
        commands.remove(Long.valueOf(one(commands, id).path("id").asLong()));
        yield com.fasterxml.jackson.databind.node.MissingNode.getInstance();
      }
      default -> {
        JsonNode found = id.isEmpty() ? all(commands).deepCopy() : one(commands, id).deepCopy();
        if (!"true".equals(request.parameter("with_localizations"))) {
          found.findParents("name_localizations").forEach(LoopbackCommands::inOneLanguage);
          found.findParents("description_localizations").forEach(LoopbackCommands::inOneLanguage);
        }
        yield found;
      }
    };
  }

  /** The dictionaries are told to who asks for them. */
  private static void inOneLanguage(JsonNode described) {
    ((ObjectNode) described).remove(List.of("name_localizations", "description_localizations"));
  }

  private static ObjectNode one(Map<Long, ObjectNode> commands, String id) {
    return Optional.ofNullable(commands.get(Long.valueOf(id)))
        .orElseThrow(() -> LoopbackRefusal.unknown(10063, "application command"));
  }

  private static JsonNode all(Map<Long, ObjectNode> commands) {
    ArrayNode all = LoopbackWire.array();
    commands.values().forEach(all::add);
    return all;
  }

  private ObjectNode add(
      long guild, Map<Long, ObjectNode> commands, JsonNode fields, Map<Long, ObjectNode> before) {
    int type = fields.path("type").asInt(SLASH);
    String name = fields.path("name").asText();
    check(type, name, fields);
    long id =
        before.values().stream()
            .filter(each -> is(each, type, name))
            .map(each -> each.path("id").asLong())
            .findFirst()
            .orElseGet(world::id);
    ObjectNode command = fields.deepCopy();
    command.put("id", LoopbackWire.id(id)).put("type", type);
    command.put("application_id", LoopbackWire.id(world.bot.id));
    command.put("version", LoopbackWire.id(world.id()));
    command.putIfAbsent("nsfw", BooleanNode.FALSE);
    command.putIfAbsent("default_member_permissions", NullNode.getInstance());
    if (guild == 0) {
      command.put("dm_permission", true).putIfAbsent("contexts", NullNode.getInstance());
    } else {
      command.put("guild_id", LoopbackWire.id(guild));
    }
    if (fields.path("default_member_permissions").isNumber()) {
      command.put("default_member_permissions", fields.path("default_member_permissions").asText());
    }
    for (String numbers : List.of("contexts", "integration_types")) {
      if (fields.path(numbers).isArray()) {
        ArrayNode tidy = command.putArray(numbers);
        fields.path(numbers).forEach(each -> tidy.add(each.asInt()));
      }
    }
    if (type != SLASH) {
      command.put("description", "");
    }
    commands.put(id, command);
    long same = commands.values().stream().filter(each -> is(each, type, name)).count();
    long ofType =
        commands.values().stream().filter(each -> each.path("type").asInt() == type).count();
    if (same > 1 || isTakenInALanguage(commands, command)) {
      throw LoopbackRefusal.form("Application command names must be unique");
    }
    if (ofType > MOST.getOrDefault(type, 0)) {
      throw new LoopbackRefusal(400, 30032, "Maximum number of application commands reached");
    }
    return command;
  }

  private static boolean isTakenInALanguage(Map<Long, ObjectNode> commands, ObjectNode command) {
    return commands.values().stream()
        .filter(other ->
            !other.path("id").equals(command.path("id"))
                && other.path("type").equals(command.path("type")))
        .anyMatch(other ->
            command.path("name_localizations").properties().stream()
                .anyMatch(name ->
                    other.path("name_localizations").path(name.getKey()).equals(name.getValue())));
  }

  private static boolean is(JsonNode command, int type, String name) {
    return command.path("type").asInt() == type && command.path("name").asText().equals(name);
  }

  private void check(int type, String name, JsonNode fields) {
    boolean slash = type == SLASH;
    if (slash) {
      checkNames(fields);
    }
    if (slash == fields.path("description").asText("").isEmpty()) {
      throw LoopbackRefusal.form("description: required of slash commands alone: " + name);
    }
    if (!slash && !fields.path("options").isEmpty()) {
      throw LoopbackRefusal.form("options: not in menus: " + name);
    }
    boolean optional = false;
    Set<String> names = new HashSet<>();
    for (JsonNode option : fields.path("options")) {
      boolean required = option.path("required").asBoolean();
      checkNames(option);
      if (!names.add(option.path("name").asText()) || (required && optional)) {
        throw LoopbackRefusal.form("options: unique, and required ones first: " + name);
      }
      if (option.path("autocomplete").asBoolean() && !option.path("choices").isEmpty()) {
        throw LoopbackRefusal.form("options: either choices or autocomplete: " + name);
      }
      optional |= !required;
    }
    if (letters(fields) > 8000) {
      throw LoopbackRefusal.form("more than 8000 characters in all: " + name);
    }
  }

  /** Of a slash command or of one of its options, in all languages. */
  private static void checkNames(JsonNode named) {
    List<String> names = new ArrayList<>(List.of(named.path("name").asText()));
    named.path("name_localizations").forEach(each -> names.add(each.asText()));
    for (String name : names) {
      if (!name.matches("[-_'\\p{L}\\p{N}\\p{sc=Deva}\\p{sc=Thai}]{1,32}")) {
        throw LoopbackRefusal.form("name: Command name is invalid: " + name);
      }
      if (!name.equals(name.toLowerCase(Locale.ROOT))) {
        throw LoopbackRefusal.form("name: is not in lower case: " + name);
      }
    }
  }

  private static int letters(JsonNode fields) {
    int letters =
        fields.path("name").asText("").length() + fields.path("description").asText("").length();
    for (String inner : List.of("options", "choices")) {
      for (JsonNode each : fields.path(inner)) {
        letters += letters(each) + each.path("value").asText("").length();
      }
    }
    return letters;
  }

  /** What somebody is offered in a channel. */
  Optional<ObjectNode> offered(Person person, Room room, int type, String name) {
    long guild = room.server.map(each -> each.id).orElse(0L);
    return registered.entrySet().stream()
        .filter(each -> each.getKey() == 0 || each.getKey() == guild)
        .flatMap(each -> each.getValue().values().stream())
        .filter(each -> is(each, type, name) && fits(each, person, room))
        .findFirst();
  }

  private boolean fits(ObjectNode command, Person person, Room room) {
    int context = room.server.isPresent() ? 0 : room.type == Room.DIRECT ? 1 : 2;
    boolean installed = room.hasBot() || holds(command.path("integration_types"), 1);
    boolean here =
        command.path("contexts").isArray()
            ? holds(command.path("contexts"), context)
            : context != 0 || installed;
    String needed = command.path("default_member_permissions").asText("");
    boolean restricted = !needed.isEmpty() && !needed.equals("null") && room.server.isPresent();
    long rights = room.permissionsOf(person.id);
    boolean may =
        !restricted
            || opened.contains(command.path("name").asText())
            || rights == LoopbackWorld.EVERY_RIGHT
            || (!needed.equals("0") && (rights & Long.parseLong(needed)) == Long.parseLong(needed));
    return installed && here && may;
  }

  private static boolean holds(JsonNode numbers, int wanted) {
    return numbers.valueStream().anyMatch(each -> each.asInt() == wanted);
  }

  /** All names that are registered, for a message to somebody who looks for another one. */
  List<String> names() {
    return registered.values().stream()
        .flatMap(each -> each.values().stream())
        .map(each -> each.path("name").asText())
        .toList();
  }
}
