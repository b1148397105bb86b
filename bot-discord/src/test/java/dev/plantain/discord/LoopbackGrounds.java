package dev.plantain.discord;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plantain.discord.LoopbackDiscord.Channel;
import dev.plantain.discord.LoopbackDiscord.File;
import dev.plantain.discord.LoopbackDiscord.Guild;
import dev.plantain.discord.LoopbackDiscord.User;
import dev.plantain.discord.LoopbackWorld.Room;
import dev.plantain.discord.LoopbackWorld.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;

/** The half of the small Discord's doors that tells who is there and how the bot is connected. */
abstract class LoopbackGrounds {
  final LoopbackWorld world;
  final LoopbackGateway gateway;
  final LoopbackMessages messages;
  final LoopbackInteractions interactions;
  final LoopbackCommands commands;
  final LoopbackPeople people;
  final LoopbackSight sight;
  final LoopbackRoutes routes;

  LoopbackGrounds(InstantSource clock, String token, String botName) {
    world = new LoopbackWorld(clock, botName);
    try {
      gateway = new LoopbackGateway(world, token);
    } catch (IOException unavailable) {
      throw new UncheckedIOException(unavailable);
    }
    messages = new LoopbackMessages(world, gateway);
    interactions = new LoopbackInteractions(world, messages, gateway);
    commands = new LoopbackCommands(world);
    people = new LoopbackPeople(world, messages);
    sight = new LoopbackSight(world);
    routes = new LoopbackRoutes(world, messages, interactions, commands, gateway);
  }

  public long botId() {
    return world.bot.id;
  }

  /** How many connections the bot is told to hold; before it signs in. */
  public void shards(int count) {
    synchronized (world) {
      world.shards = count;
    }
  }

  public User user(String name) {
    return user(name, "en-US");
  }

  /** Somebody whose Discord speaks a language such as {@code de}. */
  public User user(String name, String locale) {
    return people.user(name, locale, false);
  }

  /** Another bot. */
  public User otherBot(String name) {
    return people.user(name, "en-US", true);
  }

  public void avatar(User user, File picture) {
    synchronized (world) {
      world.person(user.id()).avatar = Optional.of(world.store(picture, false));
    }
  }

  public Guild guild(String name, User owner, User... members) {
    synchronized (world) {
      Guild guild = people.guild(name, owner, true, members);
      join(guild);
      return guild;
    }
  }

  /** A server that the bot is not in: there it is reached by those who installed it themselves. */
  public Guild guildWithoutBot(String name, User owner, User... members) {
    return people.guild(name, owner, false, members);
  }

  /** Lets the bot into a server. */
  public void join(Guild guild) {
    synchronized (world) {
      Server server = server(guild);
      server.botIsIn = true;
      gateway.dispatch("GUILD_CREATE", Optional.of(server), LoopbackWire.guild(world, server));
    }
  }

  /** Throws the bot out. */
  public void leave(Guild guild) {
    synchronized (world) {
      Server server = server(guild);
      server.botIsIn = false;
      gateway.dispatch(
          "GUILD_DELETE",
          Optional.of(server),
          LoopbackWire.object().put("id", LoopbackWire.id(server.id)));
    }
  }

  /** The level of a server by boosts, which decides how large files may be: 10, 50 or 100 MiB. */
  public void tier(Guild guild, int tier) {
    synchronized (world) {
      Server server = server(guild);
      server.tier = tier;
      gateway.dispatch("GUILD_UPDATE", Optional.of(server), LoopbackWire.guild(world, server));
    }
  }

  public Channel channel(Guild guild, String name) {
    return channel(guild, name, Room.TEXT);
  }

  private Channel channel(Guild guild, String name, int type) {
    synchronized (world) {
      Room room = new Room(world.id(), type, name, server(guild), null, 0);
      world.rooms.put(room.id, room);
      gateway.dispatch("CHANNEL_CREATE", room.server, LoopbackWire.channel(world, room));
      return LoopbackSight.channel(room);
    }
  }

  public Channel thread(Channel parent, String name) {
    synchronized (world) {
      return LoopbackSight.channel(
          routes.openThread(world.room(parent.id()), world.id(), name, botId()));
    }
  }

  public Channel direct(User user) {
    synchronized (world) {
      return LoopbackSight.channel(routes.direct(world.person(user.id())));
    }
  }

  /** A conversation of several people, in which the bot can never be. */
  public Channel groupDirect(String name, User... users) {
    return people.groupDirect(name, users);
  }

  /** A channel in which nobody writes, but in its threads. */
  public Channel forum(Guild guild, String name) {
    return channel(guild, name, Room.FORUM);
  }

  /** Closes a thread; a locked one opens for moderators alone. */
  public void archive(Channel thread, boolean locked) {
    synchronized (world) {
      Room room = world.room(thread.id());
      room.archived = true;
      room.locked = locked;
      gateway.dispatch("THREAD_UPDATE", room.server, LoopbackWire.channel(world, room));
    }
  }

  /** From now on somebody takes no messages from the bot. */
  public void closeDirect(User user) {
    synchronized (world) {
      routes.direct(world.person(user.id())).closed = true;
    }
  }

  /** Removes a channel with all that stands in it. */
  public void remove(Channel channel) {
    synchronized (world) {
      Room room = world.room(channel.id());
      room.deleted = true;
      String event = room.isThread() ? "THREAD_DELETE" : "CHANNEL_DELETE";
      gateway.dispatch(event, room.server, LoopbackWire.channel(world, room));
    }
  }

  /** Gives somebody rights beyond everybody's, as Discord's bits: 32 is Manage Server. */
  public void permissions(Guild guild, User user, long granted) {
    synchronized (world) {
      Server server = server(guild);
      boolean fresh = server.permissions.put(user.id(), granted) == null;
      ObjectNode role = LoopbackWire.object().put("guild_id", LoopbackWire.id(server.id));
      role.set(
          "role",
          LoopbackWire.role(server.roleOf(user.id()), "Rights of " + user.id(), granted, 1));
      gateway.dispatch(
          fresh ? "GUILD_ROLE_CREATE" : "GUILD_ROLE_UPDATE", Optional.of(server), role);
    }
  }

  /** What everybody may in a server, as Discord's bits, instead of the usual. */
  public void everybody(Guild guild, long granted) {
    synchronized (world) {
      Server server = server(guild);
      server.everyone = granted;
      ObjectNode role = LoopbackWire.object().put("guild_id", LoopbackWire.id(server.id));
      role.set("role", LoopbackWire.role(server.id, "@everyone", granted, 0));
      gateway.dispatch("GUILD_ROLE_UPDATE", Optional.of(server), role);
    }
  }

  /** Leaves the bot these rights in a channel and its threads, and no other. */
  public void botPermissions(Channel channel, long granted) {
    synchronized (world) {
      Room room = world.room(channel.id());
      room.botPermissions = Optional.of(granted);
      gateway.dispatch("CHANNEL_UPDATE", room.server, LoopbackWire.channel(world, room));
    }
  }

  /** Whether the application may ask for the content of messages. Off at first. */
  public void messageContentIntent(boolean on) {
    synchronized (world) {
      world.contentIntent = on;
    }
  }

  /** Lets everybody in every server give a command that was meant for moderators. */
  public void openToEverybody(String command) {
    synchronized (world) {
      commands.opened.add(command);
    }
  }

  /** The bot's token is no longer good. */
  public void revokeToken() {
    synchronized (world) {
      world.tokenRevoked = true;
    }
  }

  /** Ends the bot's connections as a broken cable does. */
  public void dropConnection() {
    synchronized (world) {
      gateway.drop();
    }
  }

  /** Says that the session is no longer good; the bot resumes or identifies anew. */
  public void invalidateSession(boolean resumable) {
    synchronized (world) {
      gateway.invalidate(resumable);
    }
  }

  /** Asks the bot to connect anew. */
  public void reconnect() {
    synchronized (world) {
      gateway.reconnect();
    }
  }

  public int identifies() {
    synchronized (world) {
      return gateway.identifies;
    }
  }

  public int resumes() {
    synchronized (world) {
      return gateway.resumes;
    }
  }

  /** How often commands were written, be they others or the same. */
  public int commandChanges() {
    synchronized (world) {
      return commands.changes;
    }
  }

  /** The links to files that were given out until now are over. */
  public void expireLinks() {
    synchronized (world) {
      world.linkGeneration++;
    }
  }

  /** How often the bot showed that it is typing. */
  public int typings(Channel channel) {
    synchronized (world) {
      return world.room(channel.id()).typings;
    }
  }

  private Server server(Guild guild) {
    return Objects.requireNonNull(world.servers.get(guild.id()), "no such guild");
  }
}
