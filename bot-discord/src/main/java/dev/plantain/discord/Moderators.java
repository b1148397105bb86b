package dev.plantain.discord;

import dev.plantain.discord.DiscordRefs.Address;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import net.dv8tion.jda.api.Permission;
import net.dv8tion.jda.api.entities.Guild;
import net.dv8tion.jda.api.entities.Member;

/** Who may manage which server, as Discord said at most five minutes ago. */
final class Moderators {

  private static final Duration FRESH = Duration.ofMinutes(5);

  private final DiscordRest rest;
  private final Function<String, Optional<Guild>> guilds;
  private final InstantSource clock;
  private final Map<Seat, Known> known = new ConcurrentHashMap<>();

  private record Seat(String guild, String user) {}

  private record Known(boolean governs, Instant since) {}

  /**
   * @param guilds the servers in which we are, by their ids
   */
  Moderators(DiscordRest rest, Function<String, Optional<Guild>> guilds, InstantSource clock) {
    this.rest = rest;
    this.guilds = guilds;
    this.clock = clock;
  }

  /** Takes note of somebody whose permissions came with what they did. */
  void met(Member member) {
    note(
        new Seat(member.getGuild().getId(), member.getId()),
        member.hasPermission(Permission.MANAGE_SERVER));
  }

  /**
   * Blocks when it has to ask. Nobody governs a place that is no server, or one without us.
   *
   * @throws Refusals.Refused Discord does not tell
   */
  boolean include(Address chat, String user) {
    if (chat.guild().isEmpty()) {
      return false;
    }
    Seat seat = new Seat(chat.guild().get(), user);
    Known answer = known.get(seat);
    return (answer != null && !isStale(answer))
        ? answer.governs()
        : note(seat, guilds.apply(seat.guild()).filter(guild -> governs(guild, user)).isPresent());
  }

  private boolean governs(Guild guild, String user) {
    try {
      return rest.await("who somebody is", guild.retrieveMemberById(user).useCache(false))
          .hasPermission(Permission.MANAGE_SERVER);
    } catch (Refusals.Refused refused) {
      if (refused.isUnknownPerson()) {
        return false;
      }
      throw refused;
    }
  }

  private boolean note(Seat seat, boolean governs) {
    known.values().removeIf(this::isStale);
    known.put(seat, new Known(governs, clock.instant()));
    return governs;
  }

  private boolean isStale(Known answer) {
    return !clock.instant().isBefore(answer.since().plus(FRESH));
  }
}
