package dev.plantain.discord;

import static java.util.Objects.requireNonNull;

import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.entities.channel.middleman.MessageChannel;
import net.dv8tion.jda.api.events.GenericEvent;
import net.dv8tion.jda.api.hooks.EventListener;
import net.dv8tion.jda.api.interactions.IntegrationType;
import net.dv8tion.jda.api.interactions.InteractionContextType;
import net.dv8tion.jda.api.interactions.commands.DefaultMemberPermissions;
import net.dv8tion.jda.api.interactions.commands.OptionType;
import net.dv8tion.jda.api.interactions.commands.build.Commands;
import net.dv8tion.jda.api.requests.GatewayIntent;
import net.dv8tion.jda.api.requests.RestConfig;
import net.dv8tion.jda.api.sharding.DefaultShardManagerBuilder;
import net.dv8tion.jda.api.sharding.ShardManager;
import net.dv8tion.jda.api.utils.Compression;

/** A bot of an unmodified JDA in the small Discord, which remembers what it was told. */
final class LoopbackBot implements AutoCloseable {
  private static final EnumSet<GatewayIntent> INTENTS =
      EnumSet.of(GatewayIntent.GUILD_MESSAGES, GatewayIntent.DIRECT_MESSAGES);

  private final LoopbackDiscord discord;
  private final ShardManager manager;
  private final List<GenericEvent> events = new CopyOnWriteArrayList<>();

  LoopbackBot(LoopbackDiscord discord) {
    this(discord, INTENTS, Compression.ZLIB);
  }

  LoopbackBot(LoopbackDiscord discord, EnumSet<GatewayIntent> intents, Compression compression) {
    this.discord = discord;
    manager =
        DefaultShardManagerBuilder.createLight(LoopbackDiscord.TOKEN, intents)
            .setRestConfig(new RestConfig().setBaseUrl(discord.apiUrl().toString()))
            .setCompression(compression)
            .addEventListeners((EventListener) this::remember)
            .build();
  }

  private void remember(GenericEvent event) {
    events.add(event);
    synchronized (discord.world) {
      discord.world.notifyAll();
    }
  }

  /** Blocks until the bot has signed in. */
  JDA ready() {
    discord.awaitConnected();
    try {
      return manager.getShards().getFirst().awaitReady();
    } catch (InterruptedException ending) {
      throw new IllegalStateException(ending);
    }
  }

  /** With the commands of the tests. */
  JDA readyWithCommands() {
    JDA jda = ready();
    jda.updateCommands()
        .addCommands(
            Commands.slash("imagine", "Make a picture")
                .setContexts(InteractionContextType.ALL)
                .setIntegrationTypes(IntegrationType.ALL)
                .addOption(OptionType.STRING, "words", "What to see", true)
                .addOption(OptionType.ATTACHMENT, "picture", "What to start from")
                .addOption(OptionType.STRING, "aspect", "Its shape", false, true),
            Commands.slash("limits", "Say who may what")
                .setDefaultPermissions(DefaultMemberPermissions.enabledFor(32)),
            Commands.message("Edit this image"),
            Commands.user("Use avatar"))
        .complete();
    return jda;
  }

  static MessageChannel place(JDA jda, LoopbackDiscord.Channel channel) {
    return requireNonNull(jda.getChannelById(MessageChannel.class, channel.id()));
  }

  <E extends GenericEvent> E event(Class<E> type) {
    return event(type, 1);
  }

  /** Blocks until there were so many of a kind, and gives the last of them. */
  <E extends GenericEvent> E event(Class<E> type, int number) {
    discord.await(
        number + " " + type.getSimpleName(),
        () -> events.stream().filter(type::isInstance).count() >= number);
    return events.stream()
        .filter(type::isInstance)
        .map(type::cast)
        .skip(number - 1L)
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void close() {
    manager.shutdown();
  }
}
