package dev.plantain.bench;

import dev.plantain.discord.LoopbackDiscord;
import java.util.List;
import java.util.concurrent.Executors;
import net.dv8tion.jda.api.events.interaction.command.SlashCommandInteractionEvent;
import net.dv8tion.jda.api.events.session.ReadyEvent;
import net.dv8tion.jda.api.hooks.ListenerAdapter;
import net.dv8tion.jda.api.interactions.commands.build.Commands;
import net.dv8tion.jda.api.requests.RestConfig;
import net.dv8tion.jda.api.sharding.DefaultShardManagerBuilder;

/** A bot of JDA alone that acknowledges a command and does nothing else, to compare with. */
final class BareDiscordBot extends ListenerAdapter {
  static final String COMMAND = "help";

  private BareDiscordBot() {}

  public static void main(String[] arguments) {
    DefaultShardManagerBuilder.createLight(LoopbackDiscord.TOKEN, List.of())
        .setRestConfig(new RestConfig().setBaseUrl(arguments[0]))
        .setEventPool(Executors.newVirtualThreadPerTaskExecutor(), true)
        .addEventListeners(new BareDiscordBot())
        .build();
  }

  @Override
  public void onReady(ReadyEvent event) {
    event.getJDA().updateCommands().addCommands(Commands.slash(COMMAND, "Nothing")).queue();
  }

  @Override
  public void onSlashCommandInteraction(SlashCommandInteractionEvent event) {
    event.deferReply(true).queue();
  }
}
