package dev.plantain.discord;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.discord.LoopbackDiscord.Channel;
import dev.plantain.discord.LoopbackDiscord.Fault;
import dev.plantain.discord.LoopbackDiscord.File;
import dev.plantain.discord.LoopbackDiscord.Guild;
import dev.plantain.discord.LoopbackDiscord.Interaction;
import dev.plantain.discord.LoopbackDiscord.Post;
import dev.plantain.discord.LoopbackDiscord.Shown;
import dev.plantain.discord.LoopbackDiscord.User;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.components.actionrow.ActionRow;
import net.dv8tion.jda.api.components.attachmentupload.AttachmentUpload;
import net.dv8tion.jda.api.components.buttons.Button;
import net.dv8tion.jda.api.components.container.Container;
import net.dv8tion.jda.api.components.label.Label;
import net.dv8tion.jda.api.components.mediagallery.MediaGallery;
import net.dv8tion.jda.api.components.mediagallery.MediaGalleryItem;
import net.dv8tion.jda.api.components.textdisplay.TextDisplay;
import net.dv8tion.jda.api.components.textinput.TextInput;
import net.dv8tion.jda.api.components.textinput.TextInputStyle;
import net.dv8tion.jda.api.entities.Message;
import net.dv8tion.jda.api.events.interaction.ModalInteractionEvent;
import net.dv8tion.jda.api.events.interaction.command.CommandAutoCompleteInteractionEvent;
import net.dv8tion.jda.api.events.interaction.command.MessageContextInteractionEvent;
import net.dv8tion.jda.api.events.interaction.command.SlashCommandInteractionEvent;
import net.dv8tion.jda.api.events.interaction.command.UserContextInteractionEvent;
import net.dv8tion.jda.api.events.interaction.component.ButtonInteractionEvent;
import net.dv8tion.jda.api.events.message.MessageReceivedEvent;
import net.dv8tion.jda.api.exceptions.ErrorResponseException;
import net.dv8tion.jda.api.hooks.EventListener;
import net.dv8tion.jda.api.modals.Modal;
import net.dv8tion.jda.api.utils.FileUpload;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A library that knows nothing of the small Discord lives in it as in the large one. */
final class LoopbackDiscordTest {
  private static final byte[] PICTURE = "a picture, to be sure".getBytes(StandardCharsets.UTF_8);

  private final LoopbackDiscord discord = new LoopbackDiscord();
  private final User ada = discord.user("Ada");
  private final User bob = discord.user("Bob");
  private final Guild guild = discord.guild("Guild", ada, bob);
  private final Channel channel = discord.channel(guild, "pictures");
  private final LoopbackBot bot = new LoopbackBot(discord);

  @AfterEach
  void end() {
    bot.close();
    discord.close();
  }

  private void sound() {
    assertThat(discord.violations()).isEmpty();
  }

  @Test
  void aBotSignsInAndFindsItsServers() {
    JDA jda = bot.ready();

    assertThat(jda.getSelfUser().getIdLong()).isEqualTo(discord.botId());
    assertThat(requireNonNull(jda.getGuildById(guild.id())).getName()).isEqualTo("Guild");
    assertThat(discord.identifies()).isEqualTo(1);
    sound();
  }

  @Test
  void aMessageThatMentionsTheBotIsReadAndAnswered() {
    bot.ready();

    Post asked = discord.say(bob, channel, "<@%d> make it night".formatted(discord.botId()));
    Message message = bot.event(MessageReceivedEvent.class).getMessage();
    message.reply("**Working** on it").mentionRepliedUser(false).complete();

    assertThat(message.getContentRaw()).endsWith("make it night");
    assertThat(requireNonNull(message.getMember()).getIdLong()).isEqualTo(bob.id());
    Shown shown = discord.posts(channel).getFirst();
    assertThat(shown.words()).isEqualTo("Working on it");
    assertThat(shown.replyTo()).contains(asked);
    assertThat(shown.pinged()).isEmpty();
    sound();
  }

  @Test
  void aSlashCommandIsDeferredAndItsAnswerFilledIn() {
    bot.readyWithCommands();

    Interaction asked = discord.command(bob, channel, "imagine", Map.of("words", "a *cat*"));
    SlashCommandInteractionEvent event = bot.event(SlashCommandInteractionEvent.class);
    event.deferReply().complete();
    assertThat(asked.deferred()).isTrue();
    assertThat(discord.posts(channel)).isEmpty();
    FileUpload picture = FileUpload.fromData(PICTURE, "image.png").setDescription("a cat");
    event
        .getHook()
        .editOriginalComponents(
            Container.of(
                TextDisplay.of("Done\n> a \\*cat\\*"),
                MediaGallery.of(MediaGalleryItem.fromFile(picture)),
                ActionRow.of(Button.primary("v1:more", "More"), Button.danger("v1:x", "Remove"))))
        .useComponentsV2()
        .complete();

    assertThat(requireNonNull(event.getOption("words")).getAsString()).isEqualTo("a *cat*");
    Shown shown = asked.shown().orElseThrow();
    assertThat(shown.words()).isEqualTo("Done\na *cat*");
    assertThat(shown.buttons()).containsExactly(List.of("More", "Remove"));
    assertThat(shown.files()).extracting(File::alt).containsExactly("a cat");
    assertThat(shown.files().getFirst().bytes()).isEqualTo(PICTURE);
    assertThat(discord.posts(channel)).hasSize(1);
    sound();
  }

  @Test
  void aButtonIsPressedAndTheMessageChanged() {
    JDA jda = bot.ready();
    LoopbackBot.place(jda, channel)
        .sendMessage("Working")
        .addComponents(ActionRow.of(Button.danger("v1:stop", "Cancel")))
        .complete();

    Interaction pressed = discord.press(bob, discord.posts(channel).getFirst().post(), "Cancel");
    ButtonInteractionEvent event = bot.event(ButtonInteractionEvent.class);
    event.deferEdit().complete();
    event.getHook().editOriginal("Cancelled").setComponents().complete();

    assertThat(event.getComponentId()).isEqualTo("v1:stop");
    assertThat(pressed.acknowledged()).isTrue();
    assertThat(discord.posts(channel)).extracting(Shown::words).containsExactly("Cancelled");
    assertThat(discord.posts(channel).getFirst().buttons()).isEmpty();
    sound();
  }

  @Test
  void aFormIsOpenedFromAMessageMenuAndSentOffWithFiles() throws IOException {
    bot.readyWithCommands();
    Post theirs = discord.say(ada, channel, "look", new File("p.png", "image/png", PICTURE));

    Interaction chosen = discord.onMessage(bob, theirs, "Edit this image");
    MessageContextInteractionEvent menu = bot.event(MessageContextInteractionEvent.class);
    menu.replyModal(
            Modal.create("m:1", "Edit this image")
                .addComponents(
                    Label.of(
                        "What should change?",
                        TextInput.create("words", TextInputStyle.PARAGRAPH).build()),
                    Label.of(
                        "References",
                        AttachmentUpload.create("files")
                            .setRequired(false)
                            .setMinValues(0)
                            .setMaxValues(3)
                            .build()))
                .build())
        .complete();
    discord.submit(
        chosen,
        Map.of(
            "What should change?",
            "make it night",
            "files",
            List.of(new File("r.png", "image/png", PICTURE))));
    ModalInteractionEvent form = bot.event(ModalInteractionEvent.class);
    form.reply("On it").setEphemeral(true).complete();

    assertThat(menu.getTarget().getAttachments()).hasSize(1);
    assertThat(requireNonNull(form.getValue("words")).getAsString()).isEqualTo("make it night");
    Message.Attachment upload =
        requireNonNull(form.getValue("files")).getAsAttachmentList().getFirst();
    assertThat(read(upload)).isEqualTo(PICTURE);
    assertThat(discord.posts(channel).getFirst().ephemeralFor()).contains(bob);
    sound();
  }

  private static byte[] read(Message.Attachment attachment) throws IOException {
    try (InputStream stream = attachment.getProxy().download().join()) {
      return stream.readAllBytes();
    }
  }

  @Test
  void whileSomebodyTypesChoicesAreSuggested() {
    JDA jda = bot.readyWithCommands();
    jda.addEventListener(
        (EventListener)
            event -> {
              if (event instanceof CommandAutoCompleteInteractionEvent typing) {
                typing.replyChoiceStrings(typing.getFocusedOption().getValue() + "6:9").queue();
              }
            });

    assertThat(discord.autocomplete(bob, channel, "imagine", "aspect", "1", Map.of("words", "cat")))
        .containsExactly("16:9");
    sound();
  }

  @Test
  void peopleBringTheBotWithThemWhereItIsNot() {
    bot.readyWithCommands();
    Guild elsewhere = discord.guildWithoutBot("Elsewhere", ada, bob);
    Channel there = discord.channel(elsewhere, "talk");
    Channel group = discord.groupDirect("Friends", ada, bob);

    Interaction first = discord.command(bob, there, "imagine", Map.of("words", "cat"));
    SlashCommandInteractionEvent event = bot.event(SlashCommandInteractionEvent.class);
    event.deferReply().complete();
    event.getHook().editOriginal("for all").complete();
    discord.everybody(elsewhere, 0);
    discord.command(bob, there, "imagine", Map.of("words", "cat"));
    bot.event(SlashCommandInteractionEvent.class, 2).reply("for one").complete();
    discord.command(ada, group, "imagine", Map.of("words", "cat"));
    bot.event(SlashCommandInteractionEvent.class, 3).reply("for friends").complete();

    assertThat(event.isFromAttachedGuild()).isFalse();
    assertThat(first.answer()).isEqualTo("for all");
    assertThat(first.acknowledgedAfter()).isPresent();
    assertThat(discord.posts(there).getLast().ephemeralFor()).contains(bob);
    assertThat(discord.posts(group)).extracting(Shown::words).containsExactly("for friends");
    sound();
  }

  @Test
  void aThreadIsOpenedOnAMessageAndAPersonWrittenTo() {
    JDA jda = bot.ready();
    Message sent = LoopbackBot.place(jda, channel).sendMessage("cats").complete();

    sent.createThreadChannel("cats").complete().sendMessage("here").complete();
    jda.openPrivateChannelById(bob.id()).complete().sendMessage("in private").complete();

    Channel thread = new Channel(sent.getIdLong(), channel.guild(), "cats");
    assertThat(discord.posts(thread)).extracting(Shown::words).containsExactly("here");
    assertThat(discord.posts(discord.direct(bob)))
        .extracting(Shown::words)
        .containsExactly("in private");
    sound();
  }

  @Test
  void aCardLosesItsPictureAndAFurtherAnswerHidesOne() {
    bot.readyWithCommands();
    Interaction asked = discord.command(bob, channel, "imagine", Map.of("words", "cat"));
    SlashCommandInteractionEvent event = bot.event(SlashCommandInteractionEvent.class);
    event.deferReply().complete();
    event.getHook().editOriginalComponents(gallery()).useComponentsV2().complete();
    assertThat(asked.shown().orElseThrow().files()).hasSize(1);

    event
        .getHook()
        .editOriginalComponents(TextDisplay.of("gone"))
        .useComponentsV2()
        .setFiles()
        .complete();
    event.getHook().sendFiles(FileUpload.fromData(PICTURE, "b.png").asSpoiler()).complete();

    assertThat(asked.shown().orElseThrow().files()).isEmpty();
    assertThat(discord.posts(channel).getLast().files())
        .singleElement()
        .satisfies(file -> assertThat(file.spoiler()).isTrue());
    sound();
  }

  private static MediaGallery gallery() {
    return MediaGallery.of(MediaGalleryItem.fromFile(FileUpload.fromData(PICTURE, "a.png")));
  }

  @Test
  void aMembersMenuBringsThePerson() {
    bot.readyWithCommands();

    discord.onMember(bob, channel, ada, "Use avatar");
    UserContextInteractionEvent event = bot.event(UserContextInteractionEvent.class);
    event.reply("Yes").complete();

    assertThat(event.getTarget().getIdLong()).isEqualTo(ada.id());
    assertThat(requireNonNull(event.getTargetMember()).getIdLong()).isEqualTo(ada.id());
    sound();
  }

  @Test
  void aFileGoesUpAndDownAndItsLinkEnds() throws IOException {
    JDA jda = bot.ready();
    Message sent =
        LoopbackBot.place(jda, channel)
            .sendFiles(FileUpload.fromData(PICTURE, "image.png"))
            .complete();
    Message.Attachment attachment = sent.getAttachments().getFirst();

    assertThat(read(attachment)).isEqualTo(PICTURE);
    discord.expireLinks();
    assertThat(attachment.getProxy().download()).failsWithin(java.time.Duration.ofSeconds(20));
    Message again = LoopbackBot.place(jda, channel).retrieveMessageById(sent.getId()).complete();
    assertThat(read(again.getAttachments().getFirst())).isEqualTo(PICTURE);
    sound();
  }

  @Test
  void requestsAreRepeatedAfterALimitAndAfterAFailureOfAGateway() {
    JDA jda = bot.ready();
    discord.next("POST /channels/*/messages", new Fault.RateLimited(1, false));
    discord.next("POST /channels/*/messages", new Fault.Status(502, "{}"));

    LoopbackBot.place(jda, channel).sendMessage("one").complete();

    assertThat(discord.posts(channel)).extracting(Shown::words).containsExactly("one");
    assertThat(discord.requests("POST /channels/*/messages")).hasSize(3);
    sound();
  }

  @Test
  void anInteractionWhoseTokenIsOverCannotBeAnswered() {
    bot.readyWithCommands();
    Interaction asked = discord.command(bob, channel, "imagine", Map.of("words", "cat"));
    SlashCommandInteractionEvent event = bot.event(SlashCommandInteractionEvent.class);
    event.deferReply().complete();

    discord.expireToken(asked);

    assertThat(code(() -> event.getHook().editOriginal("late").complete())).isEqualTo(50027);
    sound();
  }

  private static int code(Runnable call) {
    try {
      call.run();
      return 0;
    } catch (ErrorResponseException refused) {
      return refused.getErrorCode();
    }
  }

  @Test
  void whatHappensWhileTheConnectionIsLostIsToldAfterwards() {
    bot.ready();

    discord.dropConnection();
    discord.say(bob, channel, "<@%d> hello".formatted(discord.botId()));

    assertThat(bot.event(MessageReceivedEvent.class).getMessage().getContentRaw())
        .endsWith("hello");
    assertThat(discord.resumes()).isEqualTo(1);
    assertThat(discord.identifies()).isEqualTo(1);
    sound();
  }
}
