package dev.plantain.discord;

import dev.plantain.config.Secret;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Where and as whom we talk to Discord.
 *
 * @param token of the bot, as the Developer Portal shows it once
 * @param apiUrl of Discord or of a proxy, with the version in its path; it also names the gateway
 * @param cdnUrl where pictures of people are, of Discord or of a proxy
 * @param messageContent whether we ask for the privileged message content intent, which must then
 *     be switched on in the Developer Portal
 * @param threads whether a request in a channel opens a thread of its own
 * @param shards how many connections share the servers; without it as many as Discord recommends
 * @param developmentGuild the id of the server that alone gets our commands, at once
 */
public record DiscordConfig(
    Secret token,
    URI apiUrl,
    URI cdnUrl,
    boolean messageContent,
    boolean threads,
    Optional<Integer> shards,
    Optional<String> developmentGuild) {

  public static final URI PUBLIC_API = URI.create("https://discord.com/api/v10/");

  public static final URI PUBLIC_CDN = URI.create("https://cdn.discordapp.com/");

  public DiscordConfig {
    if (!token.reveal().matches("[A-Za-z0-9._-]+")) {
      throw new IllegalArgumentException(
          "The Discord token holds characters that no token has."
              + " Copy it again from the Developer Portal, page Bot, without \"Bot\" before it.");
    }
    requireAddress("the Discord API", apiUrl);
    requireAddress("Discord's pictures of people", cdnUrl);
    if (shards.filter(count -> count < 1).isPresent()) {
      throw new IllegalArgumentException("Discord needs at least one shard.");
    }
    if (developmentGuild.filter(id -> !DiscordRefs.isId(id)).isPresent()) {
      throw new IllegalArgumentException(
          "The development server is named by its id, which is a number of 17 to 20 digits.");
    }
  }

  public DiscordConfig(Secret token) {
    this(token, PUBLIC_API);
  }

  public DiscordConfig(Secret token, URI apiUrl) {
    this(token, apiUrl, PUBLIC_CDN, false, false, Optional.empty(), Optional.empty());
  }

  private static void requireAddress(String what, URI address) {
    String scheme = String.valueOf(address.getScheme());
    if (!List.of("https", "http").contains(scheme) || address.getHost() == null) {
      throw new IllegalArgumentException(
          "The address of %s must start with https:// or http:// and name a host.".formatted(what));
    }
  }

  /**
   * The number of shards as operators write it.
   *
   * @param notation {@code auto}, or a number
   * @throws IllegalArgumentException it is neither
   */
  public static Optional<Integer> shards(String notation) {
    if (notation.equals("auto")) {
      return Optional.empty();
    }
    if (!notation.matches("[1-9]\\d{0,4}")) {
      throw new IllegalArgumentException(
          "The number of shards is auto or a number, not " + notation + ".");
    }
    return Optional.of(Integer.valueOf(notation));
  }

  /** The base address with the slash at its end, on which paths are put. */
  String base() {
    String base = apiUrl.toString();
    return base.endsWith("/") ? base : base + "/";
  }
}
