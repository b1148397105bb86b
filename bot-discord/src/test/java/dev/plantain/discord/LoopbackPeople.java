package dev.plantain.discord;

import dev.plantain.discord.LoopbackDiscord.Channel;
import dev.plantain.discord.LoopbackDiscord.File;
import dev.plantain.discord.LoopbackDiscord.Guild;
import dev.plantain.discord.LoopbackDiscord.Post;
import dev.plantain.discord.LoopbackDiscord.User;
import dev.plantain.discord.LoopbackWorld.Entry;
import dev.plantain.discord.LoopbackWorld.Person;
import dev.plantain.discord.LoopbackWorld.Room;
import dev.plantain.discord.LoopbackWorld.Server;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** People, their places, and what they write. */
final class LoopbackPeople {
  private final LoopbackWorld world;
  private final LoopbackMessages messages;

  LoopbackPeople(LoopbackWorld world, LoopbackMessages messages) {
    this.world = world;
    this.messages = messages;
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
      Server server = new Server(world.serverId(), name, owner.id());
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
      return LoopbackSight.channel(room);
    }
  }

  Entry entry(Post post) {
    return Objects.requireNonNull(
        world.room(post.channel().id()).entries.get(post.messageId()), "no such message");
  }

  Post say(
      User user,
      Channel channel,
      @Nullable Post repliedTo,
      boolean pings,
      String words,
      List<File> attached) {
    synchronized (world) {
      Entry entry = messages.entry(world.room(channel.id()), world.person(user.id()));
      entry.json.put("content", words);
      attached.forEach(file -> entry.files.add(world.store(file, false)));
      mention(entry);
      if (repliedTo != null) {
        Entry other = entry(repliedTo);
        messages.reply(entry, other);
        // A reply to what answered an interaction does not count as a mention, and reveals nothing.
        if (pings && !other.ofInteraction) {
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
}
