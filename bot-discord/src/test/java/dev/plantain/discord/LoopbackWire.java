package dev.plantain.discord;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plantain.discord.LoopbackWorld.Entry;
import dev.plantain.discord.LoopbackWorld.Person;
import dev.plantain.discord.LoopbackWorld.Room;
import dev.plantain.discord.LoopbackWorld.Server;
import dev.plantain.discord.LoopbackWorld.Stored;
import java.time.Instant;
import java.util.List;

/** How Discord writes what there is in its world. */
final class LoopbackWire {
  static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String LONG_AGO = "2024-01-01T00:00:00+00:00";

  private LoopbackWire() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  static ArrayNode array() {
    return MAPPER.createArrayNode();
  }

  static String id(long id) {
    return Long.toUnsignedString(id);
  }

  static ObjectNode user(Person person) {
    ObjectNode json =
        object()
            .put("id", id(person.id))
            .put("username", person.name)
            .put("global_name", person.bot ? null : person.name)
            .put("discriminator", person.bot ? "0001" : "0")
            .put("avatar", person.avatar.map(Stored::hash).orElse(null))
            .put("public_flags", 0);
    if (person.bot) {
      json.put("bot", true);
    }
    return json;
  }

  /** Without the user, as in messages. */
  static ObjectNode member(Server server, Person person) {
    ObjectNode json = object();
    json.putNull("nick").putNull("avatar").putNull("premium_since");
    json.putNull("communication_disabled_until");
    json.put("joined_at", LONG_AGO).put("deaf", false).put("mute", false).put("pending", false);
    json.put("flags", 0);
    ArrayNode roles = json.putArray("roles");
    if (server.permissions.containsKey(person.id)) {
      roles.add(id(server.roleOf(person.id)));
    }
    return json;
  }

  static ObjectNode memberWithUser(Server server, Person person) {
    ObjectNode json = member(server, person);
    json.set("user", user(person));
    return json;
  }

  static ObjectNode role(long id, String name, long permissions, int position) {
    ObjectNode json = object().put("id", id(id)).put("name", name);
    json.put("color", 0).put("hoist", false).put("position", position).put("managed", false);
    json.putObject("colors").put("primary_color", 0).putNull("secondary_color");
    json.put("permissions", String.valueOf(permissions)).put("mentionable", false);
    return json.put("flags", 0);
  }

  /** As GUILD_CREATE brings it. */
  static ObjectNode guild(LoopbackWorld world, Server server) {
    ObjectNode json = object().put("id", id(server.id)).put("name", server.name);
    json.put("owner_id", id(server.owner)).put("premium_tier", server.tier);
    json.put("member_count", server.members.size() + 1).put("large", false);
    json.put("unavailable", false).put("joined_at", LONG_AGO).put("preferred_locale", "en-US");
    json.put("verification_level", 0).put("nsfw_level", 0).put("mfa_level", 0);
    json.put("explicit_content_filter", 0).put("default_message_notifications", 0);
    json.put("afk_timeout", 300).put("system_channel_flags", 0).put("max_members", 500000);
    json.put("premium_subscription_count", 0).put("premium_progress_bar_enabled", false);
    json.putArray("features");
    ArrayNode roles = json.putArray("roles");
    roles.add(role(server.id, "@everyone", server.everyone, 0));
    server.permissions.forEach((user, permissions) ->
        roles.add(role(server.roleOf(user), "Rights of " + user, permissions, 1)));
    json.putArray("members").add(memberWithUser(server, world.bot));
    ArrayNode channels = json.putArray("channels");
    ArrayNode threads = json.putArray("threads");
    for (Room room : server.rooms) {
      if (!room.deleted) {
        (room.isThread() ? threads : channels).add(channel(world, room));
      }
    }
    for (String empty :
        List.of(
            "voice_states",
            "presences",
            "emojis",
            "stickers",
            "guild_scheduled_events",
            "stage_instances",
            "soundboard_sounds")) {
      json.putArray(empty);
    }
    return json;
  }

  static ObjectNode channel(LoopbackWorld world, Room room) {
    ObjectNode json = object().put("id", id(room.id)).put("type", room.type).put("flags", 0);
    if (room.entries.isEmpty()) {
      json.putNull("last_message_id");
    } else {
      json.put("last_message_id", id(room.entries.lastEntry().getKey()));
    }
    if (room.server.isEmpty()) {
      ArrayNode recipients = json.putArray("recipients");
      room.recipients.forEach(each -> recipients.add(user(world.person(each))));
      if (room.type == Room.GROUP) {
        json.put("owner_id", id(room.recipients.getFirst())).put("name", room.name);
      }
      return json;
    }
    json.put("guild_id", id(room.server.get().id)).put("name", room.name).put("nsfw", false);
    json.put("rate_limit_per_user", 0);
    room.parent.ifPresentOrElse(
        parent -> json.put("parent_id", id(parent.id)), () -> json.putNull("parent_id"));
    if (room.type == Room.FORUM) {
      json.putNull("topic").put("position", 0).put("default_forum_layout", 0);
      json.putArray("available_tags");
      json.putArray("permission_overwrites");
    } else if (room.isThread()) {
      json.put("owner_id", id(room.maker)).put("member_count", 2);
      json.put("message_count", room.entries.size()).put("total_message_sent", room.entries.size());
      ObjectNode metadata = json.putObject("thread_metadata");
      metadata.put("archived", room.archived).put("locked", room.locked);
      metadata.put("auto_archive_duration", 1440).put("archive_timestamp", LONG_AGO);
      metadata.put("create_timestamp", LONG_AGO);
    } else {
      json.putNull("topic").put("position", 0);
      ArrayNode overwrites = json.putArray("permission_overwrites");
      room.botPermissions.ifPresent(granted ->
          overwrites
              .addObject()
              .put("id", id(world.bot.id))
              .put("type", 1)
              .put("allow", String.valueOf(granted))
              .put("deny", String.valueOf(LoopbackWorld.EVERY_RIGHT & ~granted)));
    }
    return json;
  }

  /** In interactions a channel brings the asker's permissions. */
  static ObjectNode channelFor(LoopbackWorld world, Room room, long user) {
    return channel(world, room).put("permissions", String.valueOf(room.permissionsOf(user)));
  }

  /**
   * A message.
   *
   * @param readable the bot may see what is in it
   */
  static ObjectNode message(LoopbackWorld world, Entry entry, boolean readable) {
    ObjectNode json = entry.json.deepCopy();
    json.put("id", id(entry.id)).put("channel_id", id(entry.room.id));
    json.set("author", user(entry.author));
    json.put("timestamp", time(entry.sent)).put("tts", false).put("pinned", false);
    json.put("mention_everyone", false).put("flags", entry.flags);
    json.put("edited_timestamp", entry.edited.map(LoopbackWire::time).orElse(null));
    json.putArray("mention_roles");
    ArrayNode mentions = json.putArray("mentions");
    entry.mentions.forEach(each -> mentions.add(user(world.person(each))));
    ArrayNode attachments = json.putArray("attachments");
    entry.listedFiles().forEach(file -> attachments.add(attachment(world, entry.room.id, file)));
    fillMedia(world, entry, json.withArray("components"));
    json.withArray("embeds");
    if (!readable) {
      json.put("content", "");
      for (String hidden : List.of("attachments", "embeds", "components")) {
        json.putArray(hidden);
      }
    }
    return json;
  }

  private static String time(Instant instant) {
    return instant.toString().replace("Z", "+00:00");
  }

  static ObjectNode attachment(LoopbackWorld world, long channel, Stored file) {
    ObjectNode json = object().put("id", id(file.id)).put("filename", file.file.name());
    json.put("size", file.file.bytes().length).put("content_type", file.file.mediaType());
    json.put("url", world.url(channel, file)).put("proxy_url", world.proxyUrl(channel, file));
    if (file.width > 0) {
      json.put("width", file.width).put("height", file.height);
    }
    if (!file.file.alt().isEmpty()) {
      json.put("description", file.file.alt());
    }
    if (file.ephemeral) {
      json.put("ephemeral", true);
    }
    return file.spoiler ? json.put("flags", 8) : json;
  }

  private static void fillMedia(LoopbackWorld world, Entry entry, JsonNode holder) {
    if (holder instanceof ObjectNode object && object.has("attachment_id")) {
      long id = object.path("attachment_id").asLong();
      for (Stored file : entry.files) {
        if (file.id == id) {
          object.put("url", world.url(entry.room.id, file));
          object.put("proxy_url", world.proxyUrl(entry.room.id, file));
          object.put("content_type", file.file.mediaType());
          object.put("width", file.width).put("height", file.height);
        }
      }
    }
    holder.forEach(inner -> fillMedia(world, entry, inner));
  }
}
