package dev.plantain.discord;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.discord.LoopbackDiscord.Channel;
import dev.plantain.discord.LoopbackDiscord.File;
import dev.plantain.discord.LoopbackDiscord.Guild;
import dev.plantain.discord.LoopbackDiscord.Interaction;
import dev.plantain.discord.LoopbackDiscord.Post;
import dev.plantain.discord.LoopbackDiscord.User;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Map;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.Permission;
import net.dv8tion.jda.api.entities.Message;
import net.dv8tion.jda.api.events.guild.GuildJoinEvent;
import net.dv8tion.jda.api.events.guild.GuildLeaveEvent;
import net.dv8tion.jda.api.events.interaction.command.SlashCommandInteractionEvent;
import net.dv8tion.jda.api.events.message.MessageDeleteEvent;
import net.dv8tion.jda.api.events.message.MessageReceivedEvent;
import net.dv8tion.jda.api.events.message.MessageUpdateEvent;
import net.dv8tion.jda.api.events.session.SessionRecreateEvent;
import net.dv8tion.jda.api.events.session.SessionResumeEvent;
import net.dv8tion.jda.api.events.session.ShutdownEvent;
import net.dv8tion.jda.api.requests.CloseCode;
import net.dv8tion.jda.api.requests.GatewayIntent;
import net.dv8tion.jda.api.utils.Compression;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a bot is told by the gateway, and what is kept from it. */
final class LoopbackGatewayTest {
  private final LoopbackDiscord discord = new LoopbackDiscord();
  private final User ada = discord.user("Ada");
  private final User bob = discord.user("Bob", "de");
  private final Guild guild = discord.guild("Guild", ada, bob);
  private final Channel channel = discord.channel(guild, "pictures");
  private final LoopbackBot bot = new LoopbackBot(discord);

  @AfterEach
  void end() {
    bot.close();
    assertThat(discord.violations()).isEmpty();
    discord.close();
  }

  private Message heard(int number) {
    return bot.event(MessageReceivedEvent.class, number).getMessage();
  }

  @Test
  void withoutTheIntentOnlyWhatIsMeantForTheBotIsReadable() {
    JDA jda = bot.readyWithCommands();
    LoopbackBot.place(jda, channel).sendMessage("ours").complete();
    Post ours = discord.posts(channel).getFirst().post();
    Interaction asked = discord.command(ada, channel, "imagine", Map.of("words", "cat"));
    bot.event(SlashCommandInteractionEvent.class).reply("done").complete();
    Post answer = asked.shown().orElseThrow().post();

    discord.say(bob, channel, "among us", picture());
    discord.reply(bob, ours, "to the bot");
    discord.replyQuietly(bob, ours, "to the bot, quietly");
    discord.reply(bob, answer, "to what answered a command");
    Post theirs = discord.say(ada, channel, "look", picture());
    discord.reply(bob, theirs, "<@%d> this".formatted(discord.botId()));
    discord.say(bob, discord.direct(bob), "in private");

    assertThat(heard(3).getContentRaw()).isEmpty();
    assertThat(heard(3).getAttachments()).isEmpty();
    assertThat(heard(4).getContentRaw()).isEqualTo("to the bot");
    assertThat(heard(5).getContentRaw()).isEmpty();
    assertThat(heard(6).getContentRaw()).isEmpty();
    assertThat(heard(8).getContentRaw()).endsWith("this");
    assertThat(heard(8).getReferencedMessage())
        .satisfies(other -> assertThat(other.getAttachments()).isEmpty());
    assertThat(heard(9).getContentRaw()).isEqualTo("in private");
    assertThat(heard(9).isFromGuild()).isFalse();
  }

  private static File picture() {
    return new File("p.png", "image/png", "p".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void withTheIntentAllOfItIsReadable() {
    discord.messageContentIntent(true);
    EnumSet<GatewayIntent> intents =
        EnumSet.of(GatewayIntent.GUILD_MESSAGES, GatewayIntent.MESSAGE_CONTENT);
    try (LoopbackBot other = new LoopbackBot(discord, intents, Compression.NONE)) {
      other.ready();

      discord.say(bob, channel, "among us", picture());

      Message message = other.event(MessageReceivedEvent.class).getMessage();
      assertThat(message.getContentRaw()).isEqualTo("among us");
      assertThat(message.getAttachments()).hasSize(1);
    }
  }

  @Test
  void anIntentThatIsNotSwitchedOnEndsTheBot() {
    EnumSet<GatewayIntent> intents = EnumSet.of(GatewayIntent.MESSAGE_CONTENT);
    try (LoopbackBot other = new LoopbackBot(discord, intents, Compression.ZLIB)) {
      assertThat(other.event(ShutdownEvent.class).getCloseCode())
          .isEqualTo(CloseCode.DISALLOWED_INTENTS);
    }
  }

  @Test
  void aBotThatIsAskedToReconnectResumes() {
    bot.ready();

    discord.reconnect();
    discord.say(bob, discord.direct(bob), "meanwhile");

    assertThat(heard(1).getContentRaw()).isEqualTo("meanwhile");
    bot.event(SessionResumeEvent.class);
    assertThat(discord.identifies()).isEqualTo(1);
  }

  @Test
  void aSessionThatIsSaidToBeGoodStillIsResumed() {
    bot.ready();

    discord.invalidateSession(true);

    bot.event(SessionResumeEvent.class);
    assertThat(discord.resumes()).isEqualTo(1);
  }

  @Test
  void aBotWhoseSessionIsOverSignsInAnew() {
    bot.ready();

    discord.invalidateSession(false);

    bot.event(SessionRecreateEvent.class);
    assertThat(discord.identifies()).isEqualTo(2);
    assertThat(discord.resumes()).isZero();
  }

  @Test
  void changesAndRemovalsAreTold() {
    bot.ready();
    Post post = discord.say(bob, discord.direct(bob), "one");

    discord.change(post, "two");
    discord.remove(post);

    assertThat(bot.event(MessageUpdateEvent.class).getMessage().getContentRaw()).isEqualTo("two");
    assertThat(bot.event(MessageDeleteEvent.class).getMessageIdLong()).isEqualTo(post.messageId());
  }

  @Test
  void theBotIsToldWhereItIsLetInAndThrownOut() {
    JDA jda = bot.ready();
    Guild other = discord.guildWithoutBot("Other", ada);
    assertThat(jda.getGuildById(other.id())).isNull();

    discord.join(other);
    assertThat(bot.event(GuildJoinEvent.class).getGuild().getIdLong()).isEqualTo(other.id());

    discord.leave(other);
    assertThat(bot.event(GuildLeaveEvent.class).getGuild().getIdLong()).isEqualTo(other.id());
  }

  @Test
  void aThreadIsAPlaceOfItsOwn() {
    JDA jda = bot.ready();
    Channel thread = discord.thread(channel, "cats");

    discord.say(bob, thread, "<@%d> here".formatted(discord.botId()));

    assertThat(heard(1).getChannel().getIdLong()).isEqualTo(thread.id());
    heard(1).reply("there").complete();
    assertThat(discord.posts(thread)).hasSize(1);
    assertThat(discord.posts(channel)).isEmpty();
    assertThat(jda.getThreadChannelById(thread.id())).isNotNull();
  }

  @Test
  void rightsAreWhatTheServerGives() {
    JDA jda = bot.readyWithCommands();
    assertThat(discord.offered(bob, channel, "limits")).isFalse();
    assertThat(discord.offered(ada, channel, "limits")).isTrue();

    discord.permissions(guild, bob, Permission.MANAGE_SERVER.getRawValue());
    discord.botPermissions(channel, Permission.VIEW_CHANNEL.getRawValue());
    discord.command(bob, channel, "limits", Map.of());
    SlashCommandInteractionEvent event = bot.event(SlashCommandInteractionEvent.class);
    event.deferReply(true).complete();

    assertThat(event.getMember())
        .satisfies(member -> assertThat(member.hasPermission(Permission.MANAGE_SERVER)).isTrue());
    assertThat(event.getUserLocale().getLocale()).isEqualTo("de");
    assertThat(LoopbackBot.place(jda, channel).canTalk()).isFalse();
  }
}
