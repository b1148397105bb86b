package dev.plantain.discord;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plantain.discord.LoopbackDiscord.Channel;
import dev.plantain.discord.LoopbackDiscord.File;
import dev.plantain.discord.LoopbackDiscord.Guild;
import dev.plantain.discord.LoopbackDiscord.Interaction;
import dev.plantain.discord.LoopbackDiscord.Modal;
import dev.plantain.discord.LoopbackDiscord.Post;
import dev.plantain.discord.LoopbackDiscord.Shown;
import dev.plantain.discord.LoopbackDiscord.User;
import dev.plantain.discord.LoopbackInteractions.Pending;
import dev.plantain.discord.LoopbackWorld.Entry;
import dev.plantain.discord.LoopbackWorld.Room;
import dev.plantain.discord.LoopbackWorld.Stored;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What people see of what the bot does. */
final class LoopbackSight {
  private static final int ACTION_ROW = 1;
  private static final int TEXT_DISPLAY = 10;

  private final LoopbackWorld world;

  LoopbackSight(LoopbackWorld world) {
    this.world = world;
  }

  static Channel channel(Room room) {
    return new Channel(room.id, room.server.map(each -> new Guild(each.id, each.name)), room.name);
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
    if (!entry.hasComponentLayout()) {
      entry.files.forEach(each -> files.add(each.file.hidden(each.spoiler)));
    }
    LoopbackMessages.eachComponent(
        entry.json.path("components"),
        component -> {
          if (component.path("type").asInt() == TEXT_DISPLAY) {
            words.add(component.path("content").asText());
          } else if (component.path("type").asInt() == ACTION_ROW) {
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

  private static File seen(Stored stored, JsonNode holder) {
    return stored
        .file
        .called(stored.file.name(), holder.path("description").asText(""))
        .hidden(stored.spoiler || holder.path("spoiler").asBoolean());
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
          .map(each -> seen(each, holder))
          .forEach(files::add);
    }
  }

  /** An interaction as it is seen from outside. */
  static final class Handle implements Interaction {
    final Pending pending;
    private final LoopbackSight sight;
    private final LoopbackWorld world;

    Handle(Pending pending, LoopbackSight sight) {
      this.pending = pending;
      this.sight = sight;
      world = sight.world;
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
    public Optional<Duration> acknowledgedAfter() {
      synchronized (world) {
        return pending.acknowledgedAfter;
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
                    .filter(each -> each.path("type").asInt() == LoopbackForms.LABEL)
                    .map(LoopbackForms::field)
                    .toList()));
      }
    }

    @Override
    public String answer() {
      return sight.first(pending).map(Shown::words).orElse("");
    }

    @Override
    public Optional<Shown> shown() {
      return sight.first(pending);
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
