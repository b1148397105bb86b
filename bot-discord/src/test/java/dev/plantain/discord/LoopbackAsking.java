package dev.plantain.discord;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plantain.discord.LoopbackDiscord.Channel;
import dev.plantain.discord.LoopbackDiscord.File;
import dev.plantain.discord.LoopbackDiscord.Interaction;
import dev.plantain.discord.LoopbackDiscord.Post;
import dev.plantain.discord.LoopbackDiscord.User;
import dev.plantain.discord.LoopbackInteractions.Pending;
import dev.plantain.discord.LoopbackSight.Handle;
import dev.plantain.discord.LoopbackWorld.Entry;
import dev.plantain.discord.LoopbackWorld.Person;
import dev.plantain.discord.LoopbackWorld.Room;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What people ask of the bot by commands, buttons, menus and forms. */
final class LoopbackAsking {
  private static final int STRING = 3;
  private static final int ATTACHMENT = 11;

  private final LoopbackWorld world;
  private final LoopbackPeople people;
  private final LoopbackInteractions interactions;
  private final LoopbackCommands commands;
  private final LoopbackSight sight;

  LoopbackAsking(
      LoopbackWorld world,
      LoopbackPeople people,
      LoopbackInteractions interactions,
      LoopbackCommands commands,
      LoopbackSight sight) {
    this.world = world;
    this.people = people;
    this.interactions = interactions;
    this.commands = commands;
    this.sight = sight;
  }

  Interaction command(User user, Channel channel, String name, Map<String, Object> given) {
    synchronized (world) {
      Person person = world.person(user.id());
      Room room = world.room(channel.id());
      ObjectNode command = offered(person, room, LoopbackCommands.SLASH, name);
      ObjectNode data = data(command);
      for (JsonNode option : command.path("options")) {
        if (option.path("required").asBoolean()
            && !given.containsKey(option.path("name").asText())) {
          throw new IllegalArgumentException("required: " + option.path("name"));
        }
      }
      options(command, data, room, given);
      return begun(LoopbackInteractions.COMMAND, person, room, Optional.empty(), "/" + name, data);
    }
  }

  private ObjectNode offered(Person person, Room room, int type, String name) {
    world.await(
        () -> "the command " + name + " among " + commands.names(),
        () -> commands.names().contains(name));
    return commands
        .offered(person, room, type, name)
        .orElseThrow(
            () -> new IllegalArgumentException(person.name + " is not offered " + name + " here"));
  }

  private static ObjectNode data(ObjectNode command) {
    ObjectNode data = LoopbackWire.object();
    for (String field : List.of("id", "name", "type")) {
      data.set(field, command.path(field));
    }
    return data;
  }

  private void options(ObjectNode command, ObjectNode data, Room room, Map<String, Object> given) {
    ArrayNode options = data.putArray("options");
    Set<String> left = new HashSet<>(given.keySet());
    for (JsonNode option : command.path("options")) {
      String name = option.path("name").asText();
      Object value = given.get(name);
      if (value != null) {
        left.remove(name);
        int type = option.path("type").asInt();
        ObjectNode json = options.addObject().put("name", name).put("type", type);
        json.set("value", value(option, type, value, data, room));
      }
    }
    if (!left.isEmpty()) {
      throw new IllegalArgumentException("the command has no options " + left);
    }
  }

  private JsonNode value(JsonNode option, int type, Object value, ObjectNode data, Room room) {
    boolean listed =
        option.path("choices").isEmpty()
            || option
                .path("choices")
                .valueStream()
                .anyMatch(each -> each.path("value").asText().equals(value.toString()));
    if (!listed) {
      throw new IllegalArgumentException(value + " is not among the choices of " + option);
    }
    if (type == ATTACHMENT && value instanceof File file) {
      return LoopbackWire.MAPPER
          .getNodeFactory()
          .textNode(LoopbackForms.upload(world, file, data, room));
    }
    if (value instanceof User other) {
      ObjectNode resolved = data.withObject("resolved");
      resolve(resolved, room, world.person(other.id()));
      return LoopbackWire.MAPPER.getNodeFactory().textNode(LoopbackWire.id(other.id()));
    }
    if (type == STRING && value.toString().length() > option.path("max_length").asInt(6000)) {
      throw new IllegalArgumentException("longer than the field lets: " + option);
    }
    return LoopbackWire.MAPPER.valueToTree(value);
  }

  private static void resolve(ObjectNode resolved, Room room, Person person) {
    resolved.withObject("users").set(LoopbackWire.id(person.id), LoopbackWire.user(person));
    room.server.ifPresent(server ->
        resolved
            .withObject("members")
            .set(
                LoopbackWire.id(person.id),
                LoopbackWire.member(server, person)
                    .put("permissions", String.valueOf(server.permissionsOf(person.id)))));
  }

  Interaction press(User user, Post post, String label) {
    synchronized (world) {
      List<String> found = new ArrayList<>();
      LoopbackMessages.eachComponent(
          people.entry(post).json.path("components"),
          component -> {
            if (component.path("label").asText().equals(label)
                && !component.path("disabled").asBoolean()) {
              found.add(component.path("custom_id").asText());
            }
          });
      if (found.isEmpty() || people.entry(post).deleted) {
        throw new IllegalArgumentException("no button " + label + " to be pressed");
      }
      return pressForged(user, post, found.getFirst());
    }
  }

  Interaction pressForged(User user, Post post, String customId) {
    synchronized (world) {
      Entry entry = people.entry(post);
      ObjectNode data = LoopbackWire.object().put("custom_id", customId);
      data.put("component_type", 2).put("id", 1);
      return begun(
          LoopbackInteractions.COMPONENT,
          world.person(user.id()),
          entry.room,
          Optional.of(entry),
          "button " + customId,
          data);
    }
  }

  Interaction onMessage(User user, Post post, String label) {
    synchronized (world) {
      Entry entry = people.entry(post);
      Person person = world.person(user.id());
      ObjectNode data = data(offered(person, entry.room, LoopbackCommands.ON_MESSAGE, label));
      data.put("target_id", LoopbackWire.id(entry.id));
      data.withObject("resolved")
          .withObject("messages")
          .set(LoopbackWire.id(entry.id), LoopbackWire.message(world, entry, true));
      return begun(LoopbackInteractions.COMMAND, person, entry.room, Optional.empty(), label, data);
    }
  }

  Interaction onMember(User user, Channel channel, User target, String label) {
    synchronized (world) {
      Room room = world.room(channel.id());
      Person person = world.person(user.id());
      ObjectNode data = data(offered(person, room, LoopbackCommands.ON_MEMBER, label));
      data.put("target_id", LoopbackWire.id(target.id()));
      resolve(data.withObject("resolved"), room, world.person(target.id()));
      return begun(LoopbackInteractions.COMMAND, person, room, Optional.empty(), label, data);
    }
  }

  Interaction submit(Interaction opened, Map<String, Object> values) {
    synchronized (world) {
      world.await(() -> "a form", () -> opened.modal().isPresent());
      Pending pending = ((Handle) opened).pending;
      ObjectNode data = LoopbackWire.object();
      data.put("custom_id", pending.modal.path("custom_id").asText());
      LoopbackForms.fill(world, pending, values, data);
      return begun(
          LoopbackInteractions.MODAL_SUBMIT,
          pending.user,
          pending.room,
          pending.source,
          "form " + pending.modal.path("title").asText(),
          data);
    }
  }

  List<String> autocomplete(
      User user,
      Channel channel,
      String name,
      String option,
      String typed,
      Map<String, Object> others) {
    synchronized (world) {
      Person person = world.person(user.id());
      Room room = world.room(channel.id());
      ObjectNode command = offered(person, room, LoopbackCommands.SLASH, name);
      ObjectNode data = data(command);
      options(command, data, room, others);
      boolean suggests =
          command
              .path("options")
              .valueStream()
              .anyMatch(each ->
                  each.path("name").asText().equals(option)
                      && each.path("autocomplete").asBoolean());
      if (!suggests) {
        throw new IllegalArgumentException("nothing is suggested for " + option);
      }
      data.withArray("options")
          .addObject()
          .put("name", option)
          .put("type", STRING)
          .put("value", typed)
          .put("focused", true);
      Handle asked =
          begun(
              LoopbackInteractions.AUTOCOMPLETE,
              person,
              room,
              Optional.empty(),
              "suggestions for " + option,
              data);
      world.await(() -> "suggestions for " + option, asked::acknowledged);
      return asked.pending.choices.valueStream().map(each -> each.path("name").asText()).toList();
    }
  }

  private Handle begun(
      int type, Person person, Room room, Optional<Entry> source, String name, ObjectNode data) {
    return new Handle(interactions.begin(type, person, room, source, name, data), sight);
  }

  void expire(Interaction interaction) {
    synchronized (world) {
      ((Handle) interaction).pending.expired = true;
    }
  }
}
