package dev.plantain.discord;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plantain.discord.LoopbackDiscord.Channel;
import dev.plantain.discord.LoopbackDiscord.Field;
import dev.plantain.discord.LoopbackDiscord.File;
import dev.plantain.discord.LoopbackDiscord.Guild;
import dev.plantain.discord.LoopbackDiscord.Interaction;
import dev.plantain.discord.LoopbackDiscord.Modal;
import dev.plantain.discord.LoopbackDiscord.Post;
import dev.plantain.discord.LoopbackDiscord.Shown;
import dev.plantain.discord.LoopbackDiscord.User;
import dev.plantain.discord.LoopbackInteractions.Pending;
import dev.plantain.discord.LoopbackWorld.Entry;
import dev.plantain.discord.LoopbackWorld.Person;
import dev.plantain.discord.LoopbackWorld.Room;
import dev.plantain.discord.LoopbackWorld.Server;
import dev.plantain.discord.LoopbackWorld.Stored;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What people do and see. */
final class LoopbackPeople {
  private static final int STRING = 3;
  private static final int ATTACHMENT = 11;
  private static final int LABEL = 18;
  private static final int FILE_UPLOAD = 19;

  private final LoopbackWorld world;
  private final LoopbackMessages messages;
  private final LoopbackInteractions interactions;
  private final LoopbackCommands commands;

  LoopbackPeople(
      LoopbackWorld world,
      LoopbackMessages messages,
      LoopbackInteractions interactions,
      LoopbackCommands commands) {
    this.world = world;
    this.messages = messages;
    this.interactions = interactions;
    this.commands = commands;
  }

  User user(String name, String locale, boolean bot) {
    synchronized (world) {
      Person person = new Person(world.id(), name, bot, locale);
      world.people.put(person.id, person);
      return new User(person.id, name);
    }
  }

  Guild guild(String name, User owner, boolean withBot, User... members) {
    synchronized (world) {
      Server server = new Server(world.id(), name, owner.id());
      server.botIsIn = withBot;
      server.members.add(owner.id());
      for (User member : members) {
        server.members.add(member.id());
      }
      world.servers.put(server.id, server);
      return new Guild(server.id, name);
    }
  }

  Channel groupDirect(String name, User... users) {
    synchronized (world) {
      Room room = new Room(world.id(), Room.GROUP, name, null, null, users[0].id());
      for (User user : users) {
        room.recipients.add(user.id());
      }
      world.rooms.put(room.id, room);
      return channel(room);
    }
  }

  Channel channel(Room room) {
    return new Channel(room.id, room.server.map(each -> new Guild(each.id, each.name)), room.name);
  }

  Entry entry(Post post) {
    return Objects.requireNonNull(
        world.room(post.channel().id()).entries.get(post.messageId()), "no such message");
  }

  Post say(
      User user, Channel channel, @Nullable Post repliedTo, String words, List<File> attached) {
    synchronized (world) {
      Entry entry = messages.entry(world.room(channel.id()), world.person(user.id()));
      entry.json.put("content", words);
      attached.forEach(file -> entry.files.add(world.store(file, false)));
      mention(entry);
      if (repliedTo != null) {
        Entry other = entry(repliedTo);
        messages.reply(entry, other);
        // A reply to what answered an interaction does not count as a mention, and reveals nothing.
        if (!other.ofInteraction) {
          entry.mentions.add(other.author.id);
        }
      }
      messages.add(entry);
      return new Post(channel, entry.id);
    }
  }

  private void mention(Entry entry) {
    for (long id : LoopbackWords.mentioned(entry.json.path("content").asText())) {
      if (world.people.containsKey(id)) {
        entry.mentions.add(id);
      }
    }
  }

  void change(Post post, String words) {
    synchronized (world) {
      Entry entry = entry(post);
      entry.json.put("content", words);
      mention(entry);
      entry.edited = Optional.of(world.clock.instant());
      messages.changed(entry);
    }
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
      return LoopbackWire.MAPPER.getNodeFactory().textNode(upload(file, data, room));
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

  /** What is uploaded with a command or a form belongs to no message. */
  private String upload(File file, ObjectNode data, Room room) {
    Stored stored = world.store(file, false);
    stored.ephemeral = true;
    data.withObject("resolved")
        .withObject("attachments")
        .set(LoopbackWire.id(stored.id), LoopbackWire.attachment(world, room.id, stored));
    return LoopbackWire.id(stored.id);
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
          entry(post).json.path("components"),
          component -> {
            if (component.path("label").asText().equals(label)
                && !component.path("disabled").asBoolean()) {
              found.add(component.path("custom_id").asText());
            }
          });
      if (found.isEmpty() || entry(post).deleted) {
        throw new IllegalArgumentException("no button " + label + " to be pressed");
      }
      return pressForged(user, post, found.getFirst());
    }
  }

  Interaction pressForged(User user, Post post, String customId) {
    synchronized (world) {
      Entry entry = entry(post);
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
      Entry entry = entry(post);
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
      ArrayNode components = data.putArray("components");
      Set<String> left = new HashSet<>(values.keySet());
      for (JsonNode label : pending.modal.path("components")) {
        if (label.path("type").asInt() == LABEL) {
          Field field = field(label);
          boolean byId = left.remove(field.customId());
          boolean byLabel = left.remove(field.label());
          Object value =
              byId || byLabel
                  ? values.getOrDefault(field.customId(), values.get(field.label()))
                  : null;
          ObjectNode json = components.addObject().put("type", LABEL).put("id", 1);
          json.set("component", filled(field, label.path("component"), value, data, pending.room));
        }
      }
      if (!left.isEmpty()) {
        throw new IllegalArgumentException("the form has no fields " + left);
      }
      return begun(
          LoopbackInteractions.MODAL_SUBMIT,
          pending.user,
          pending.room,
          pending.source,
          "form " + pending.modal.path("title").asText(),
          data);
    }
  }

  private ObjectNode filled(
      Field field, JsonNode component, @Nullable Object value, ObjectNode data, Room room) {
    ObjectNode json = LoopbackWire.object().put("type", field.type()).put("id", 2);
    json.put("custom_id", field.customId());
    if (field.type() == FILE_UPLOAD) {
      ArrayNode ids = json.putArray("values");
      List<?> files =
          value instanceof List<?> several ? several : value == null ? List.of() : List.of(value);
      files.forEach(file -> ids.add(upload((File) file, data, room)));
      boolean fits =
          ids.size() <= component.path("max_values").asInt(1)
              && (ids.size() >= component.path("min_values").asInt(1)
                  || (ids.isEmpty() && !field.required()));
      if (!fits) {
        throw new IllegalArgumentException(ids.size() + " files are not what " + field + " takes");
      }
      return json;
    }
    String text = value == null ? field.value() : value.toString();
    boolean fits =
        text.length() <= component.path("max_length").asInt(4000)
            && (text.length() >= component.path("min_length").asInt(field.required() ? 1 : 0)
                || (text.isEmpty() && !field.required()));
    if (!fits) {
      throw new IllegalArgumentException(text.length() + " characters do not fit into " + field);
    }
    return json.put("value", text);
  }

  private static Field field(JsonNode label) {
    JsonNode inner = label.path("component");
    return new Field(
        inner.path("custom_id").asText(),
        label.path("label").asText(),
        inner.path("type").asInt(),
        inner.path("required").asBoolean(true),
        inner.path("value").asText(""));
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
    return new Handle(interactions.begin(type, person, room, source, name, data));
  }

  void expire(Interaction interaction) {
    synchronized (world) {
      ((Handle) interaction).pending.expired = true;
    }
  }

  List<Shown> posts(Channel channel) {
    synchronized (world) {
      return world.room(channel.id()).entries.values().stream()
          .filter(each -> each.author == world.bot && !each.deleted && !each.isLoading())
          .map(this::shown)
          .toList();
    }
  }

  private Shown shown(Entry entry) {
    List<String> words = new ArrayList<>();
    List<List<String>> rows = new ArrayList<>();
    List<File> files = new ArrayList<>();
    String content = entry.json.path("content").asText("");
    if (!content.isEmpty()) {
      words.add(content);
    }
    entry.listedFiles().forEach(each -> files.add(each.file));
    LoopbackMessages.eachComponent(
        entry.json.path("components"),
        component -> {
          if (component.path("type").asInt() == 10) {
            words.add(component.path("content").asText());
          } else if (component.path("type").asInt() == 1) {
            rows.add(
                component
                    .path("components")
                    .valueStream()
                    .map(each -> each.path("label").asText())
                    .toList());
          }
          files(entry, component, files);
        });
    return new Shown(
        new Post(channel(entry.room), entry.id),
        LoopbackWords.seen(String.join("\n", words), id -> world.person(id).name),
        files,
        rows,
        entry
            .replyTo
            .filter(each -> !each.deleted)
            .map(each -> new Post(channel(each.room), each.id)),
        entry.onlyFor.map(each -> new User(each.id, each.name)),
        entry.edited.isPresent(),
        entry.mentions.stream().map(id -> new User(id, world.person(id).name)).toList());
  }

  /** The files that a gallery, a thumbnail or a file component shows. */
  private static void files(Entry entry, JsonNode component, List<File> files) {
    List<JsonNode> holders = new ArrayList<>();
    component.path("items").forEach(holders::add);
    holders.add(component);
    for (JsonNode holder : holders) {
      JsonNode media = holder.has("file") ? holder.path("file") : holder.path("media");
      long id = media.path("attachment_id").asLong();
      entry.files.stream()
          .filter(each -> each.id == id)
          .map(each -> each.file.called(each.file.name(), holder.path("description").asText("")))
          .forEach(files::add);
    }
  }

  /** An interaction as it is seen from outside. */
  private final class Handle implements Interaction {
    private final Pending pending;

    Handle(Pending pending) {
      this.pending = pending;
    }

    @Override
    public long id() {
      return pending.id;
    }

    @Override
    public String token() {
      return pending.token;
    }

    @Override
    public boolean acknowledged() {
      synchronized (world) {
        return pending.answered != 0;
      }
    }

    @Override
    public boolean deferred() {
      synchronized (world) {
        return pending.original != null && pending.original.isLoading();
      }
    }

    @Override
    public boolean ephemeral() {
      synchronized (world) {
        return pending.ephemeral;
      }
    }

    @Override
    public Optional<Modal> modal() {
      synchronized (world) {
        if (pending.modal.isEmpty()) {
          return Optional.empty();
        }
        return Optional.of(
            new Modal(
                pending.modal.path("custom_id").asText(),
                pending.modal.path("title").asText(),
                pending
                    .modal
                    .path("components")
                    .valueStream()
                    .filter(each -> each.path("type").asInt() == LABEL)
                    .map(LoopbackPeople::field)
                    .toList()));
      }
    }

    @Override
    public String answer() {
      return LoopbackPeople.this.first(pending).map(Shown::words).orElse("");
    }

    @Override
    public Optional<Shown> shown() {
      return LoopbackPeople.this.first(pending);
    }

    @Override
    public int followUps() {
      synchronized (world) {
        return pending.followUps.size();
      }
    }
  }

  private Optional<Shown> first(Pending pending) {
    synchronized (world) {
      return Optional.ofNullable(pending.original)
          .filter(each -> !each.isLoading() && !each.deleted)
          .map(this::shown);
    }
  }
}
