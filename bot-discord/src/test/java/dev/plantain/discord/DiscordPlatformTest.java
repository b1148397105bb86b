package dev.plantain.discord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.plantain.config.Secret;
import dev.plantain.discord.LoopbackDiscord.Channel;
import dev.plantain.discord.LoopbackDiscord.Fault;
import dev.plantain.discord.LoopbackDiscord.File;
import dev.plantain.discord.LoopbackDiscord.Guild;
import dev.plantain.discord.LoopbackDiscord.Interaction;
import dev.plantain.discord.LoopbackDiscord.Post;
import dev.plantain.discord.LoopbackDiscord.Shown;
import dev.plantain.discord.LoopbackDiscord.User;
import dev.plantain.platform.Attachment;
import dev.plantain.platform.Card;
import dev.plantain.platform.Card.Button;
import dev.plantain.platform.Card.Paragraph;
import dev.plantain.platform.Card.Tone;
import dev.plantain.platform.CommandSpec;
import dev.plantain.platform.CommandSpec.Kind;
import dev.plantain.platform.CommandSpec.Menu;
import dev.plantain.platform.CommandSpec.Option;
import dev.plantain.platform.CommandSpec.Suggestion;
import dev.plantain.platform.CommandSpec.Suggestions;
import dev.plantain.platform.CommandSpec.Window;
import dev.plantain.platform.EventSink;
import dev.plantain.platform.IncomingEvent;
import dev.plantain.platform.MessageRef;
import dev.plantain.platform.OutgoingMessage;
import dev.plantain.platform.Picture;
import dev.plantain.platform.PlatformException;
import dev.plantain.platform.PlatformException.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DiscordPlatformTest {

  private static final byte[] PICTURE = {1, 2, 3, 4};

  private static final CommandSpec EDIT =
      new CommandSpec(
          "edit",
          Map.of("en", "edit", "de", "ändern"),
          Map.of("en", "Change a picture", "de", "Ein Bild ändern"),
          List.of(
              new Option(
                  "picture",
                  Map.of("de", "bild"),
                  Map.of("en", "The picture"),
                  Kind.PICTURE,
                  false,
                  none()),
              new Option(
                  "words", Map.of(), Map.of("en", "What to change"), Kind.WORDS, false, none()),
              new Option(
                  "aspect",
                  Map.of(),
                  Map.of("en", "The shape"),
                  Kind.CHOICE,
                  false,
                  (place, sender, given) ->
                      List.of(
                          new Suggestion("1:1", "Square"),
                          new Suggestion("16:9", "Wide " + given)))),
          false,
          false,
          Optional.of(
              new Window(
                  Map.of("en", "Change a picture", "de", "Bild ändern"),
                  Map.of("en", "What should change?", "de", "Was soll anders sein?"),
                  Map.of("en", "Pictures", "de", "Bilder"))),
          Optional.of(
              new Menu(
                  Map.of("en", "Edit this image", "de", "Bild bearbeiten"),
                  Map.of("en", "What should change?", "de", "Was soll anders sein?"))),
          Optional.of(
              new Menu(Map.of("en", "Use avatar"), Map.of("en", "What should it become?"))));

  private static final CommandSpec SETTINGS =
      new CommandSpec(
          "settings",
          Map.of(),
          Map.of("en", "Your settings"),
          List.of(),
          true,
          false,
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  private final LoopbackDiscord discord = new LoopbackDiscord();
  private final User ann = discord.user("Ann");
  private final User bo = discord.user("Bo", "de");
  private final Guild guild = discord.guild("Pictures", ann, bo);
  private final Channel channel = discord.channel(guild, "general");
  private final HeardEvents heard = new HeardEvents();
  private @Nullable DiscordPlatform platform;

  private static Suggestions none() {
    return Suggestions.NONE;
  }

  @AfterEach
  void nothingWasDoneThatDiscordRefuses() {
    if (platform != null) {
      platform.close();
    }
    try {
      assertThat(discord.violations()).isEmpty();
    } finally {
      discord.close();
    }
  }

  private DiscordPlatform started() {
    return started(heard);
  }

  private DiscordPlatform started(EventSink sink) {
    return started(sink, new DiscordConfig(new Secret(LoopbackDiscord.TOKEN), discord.apiUrl()));
  }

  private DiscordPlatform started(EventSink sink, DiscordConfig config) {
    DiscordPlatform fresh = HeardEvents.platform(config);
    platform = fresh;
    fresh.start(sink, List.of(EDIT, SETTINGS));
    return fresh;
  }

  private DiscordConfig withContent() {
    return new DiscordConfig(
        new Secret(LoopbackDiscord.TOKEN),
        discord.apiUrl(),
        DiscordConfig.PUBLIC_CDN,
        true,
        false,
        Optional.empty(),
        Optional.empty());
  }

  // What people write.

  @Test
  void aMentionIsHeardWithItsWordsAndPictures() {
    DiscordPlatform running = started();

    discord.say(bo, channel, mention() + " make it <@" + ann.id() + "> night", picture("a.png"));

    IncomingEvent.Message message = heard.next(IncomingEvent.Message.class);
    assertThat(message.addressed()).isTrue();
    assertThat(message.place().direct()).isFalse();
    assertThat(message.said().words()).isEqualTo("make it @Ann night");
    assertThat(message.sender().name()).isEqualTo("Bo");
    assertThat(message.said().attachments()).hasSize(1);
    assertThat(fetched(running, message.said().attachments().getFirst())).isEqualTo(PICTURE);
  }

  @Test
  void aLinkThatHasExpiredIsAskedForAnew() {
    DiscordPlatform running = started();
    discord.say(bo, channel, mention() + " night", picture("a.png"));
    Attachment file = heard.next(IncomingEvent.Message.class).said().attachments().getFirst();

    discord.expireLinks();

    assertThat(fetched(running, file)).isEqualTo(PICTURE);
  }

  @Test
  void aFileOfAMessageThatIsGoneIsGone() {
    DiscordPlatform running = started();
    Post post = discord.say(bo, channel, mention() + " night", picture("a.png"));
    Attachment file = heard.next(IncomingEvent.Message.class).said().attachments().getFirst();
    discord.expireLinks();
    discord.remove(post);

    assertThatExceptionOfType(PlatformException.Rejected.class)
        .isThrownBy(() -> fetched(running, file))
        .satisfies(gone -> assertThat(gone.reason()).isEqualTo(Reason.ATTACHMENT_GONE));
  }

  @Test
  void aReplyToACardOfOursIsAddressedToUs() {
    DiscordPlatform running = started();
    MessageRef card = running.post(to(heardMention().said().message(), working()));

    discord.reply(bo, post(card), "now with snow");

    IncomingEvent.Message reply = heard.next(IncomingEvent.Message.class);
    assertThat(reply.addressed()).isTrue();
    assertThat(reply.said().words()).isEqualTo("now with snow");
    assertThat(reply.said().replyTo().orElseThrow().message()).isEqualTo(card);
    assertThat(reply.said().replyTo().orElseThrow().ours()).isTrue();
  }

  @Test
  void aDirectMessageNeedsNoMention() {
    DiscordPlatform running = started();

    discord.say(bo, discord.direct(bo), "a cat", picture("a.png"));

    IncomingEvent.Message message = heard.next(IncomingEvent.Message.class);
    assertThat(message.place().direct()).isTrue();
    assertThat(message.said().words()).isEqualTo("a cat");
    running.post(to(message.said().message(), working()));
    assertThat(discord.posts(discord.direct(bo))).extracting(Shown::words).hasSize(1);
  }

  @Test
  void aThreadIsAChatOfItsOwn() {
    DiscordPlatform running = started();
    Channel thread = discord.thread(channel, "night");

    discord.say(bo, thread, mention() + " night");

    IncomingEvent.Message message = heard.next(IncomingEvent.Message.class);
    assertThat(message.place().chat().value()).isEqualTo(guild.id() + "/" + thread.id());
    running.post(to(message.said().message(), working()));
    assertThat(discord.posts(thread)).hasSize(1);
    assertThat(discord.posts(channel)).isEmpty();
  }

  @Test
  void botsAndWhatConcernsNobodyAreNotHeard() {
    started();
    User robot = discord.otherBot("Robot");

    discord.say(robot, channel, mention() + " night");
    discord.say(bo, channel, "nothing for the bot");
    discord.say(bo, channel, mention() + " night");

    assertThat(heardNext().sender().name()).isEqualTo("Bo");
    assertThat(heard.isEmpty()).isTrue();
  }

  @Test
  void aPictureThatDiscordKeepsFromUsIsNotMistakenForAnother() {
    started();
    Post photo = discord.say(ann, channel, "look", picture("a.png"));

    Post reply = discord.reply(bo, photo, mention() + " make it night");

    IncomingEvent.Withheld withheld = heard.next(IncomingEvent.Withheld.class);
    assertThat(withheld.message().value()).isEqualTo(Long.toString(reply.messageId()));
  }

  @Test
  void withTheIntentTheRepliedPictureIsSeen() {
    discord.messageContentIntent(true);
    started(heard, withContent());
    Post photo = discord.say(ann, channel, "look", picture("a.png"));
    assertThat(heardNext().addressed()).isFalse();

    discord.reply(bo, photo, mention() + " make it night");

    IncomingEvent.Message message = heardNext();
    assertThat(message.said().replyTo().orElseThrow().attachments()).hasSize(1);
    assertThat(message.said().replyTo().orElseThrow().ours()).isFalse();
  }

  @Test
  void changedWordsAreHeard() {
    started();
    Post post = discord.say(bo, channel, mention() + " night");
    IncomingEvent.Message message = heardNext();

    discord.change(post, mention() + " day");

    IncomingEvent.Edited edited = heard.next(IncomingEvent.Edited.class);
    assertThat(edited.message()).isEqualTo(message.said().message());
    assertThat(edited.words()).isEqualTo("day");
  }

  @Test
  void messagesAreHandedOnInTheirOrder() {
    started();

    for (int i = 0; i < 20; i++) {
      discord.say(bo, channel, mention() + " " + i);
    }

    for (int i = 0; i < 20; i++) {
      assertThat(heardNext().said().words()).isEqualTo(Integer.toString(i));
    }
  }

  // What people give as commands, from menus and by buttons.

  @Test
  void aCommandIsAcknowledgedAndItsAnswerFilledIn() {
    DiscordPlatform running = started();

    Interaction asked =
        discord.command(
            bo,
            channel,
            "edit",
            Map.of("words", "make it night", "aspect", "16:9", "picture", picture("a.png")));

    IncomingEvent.Command command = heard.next(IncomingEvent.Command.class);
    assertThat(asked.deferred()).isTrue();
    assertThat(asked.ephemeral()).isFalse();
    assertThat(command.name()).isEqualTo("edit");
    assertThat(command.said().words()).isEqualTo("make it night");
    assertThat(command.said().awaited()).isTrue();
    assertThat(command.options()).containsExactly(Map.entry("aspect", "16:9"));
    assertThat(command.sender().language()).contains("de");
    assertThat(fetched(running, command.said().attachments().getFirst())).isEqualTo(PICTURE);

    MessageRef card = running.post(to(command.said().message(), working()));
    running.edit(card, Card.of("Done"));

    assertThat(discord.posts(channel)).extracting(Shown::words).containsExactly("Done");
    assertThat(asked.answer()).isEqualTo("Done");
  }

  @Test
  void whatFollowsAnAnswerStandsBelowIt() {
    DiscordPlatform running = started();
    discord.command(bo, channel, "edit", Map.of("words", "night"));
    MessageRef asking = heard.next(IncomingEvent.Command.class).said().message();

    running.post(to(asking, Card.of("First")));
    running.post(to(asking, Card.of("Second")));

    assertThat(discord.posts(channel)).extracting(Shown::words).containsExactly("First", "Second");
  }

  @Test
  void anAnswerWhoseFillingInWasLostIsFound() {
    DiscordPlatform running = started();
    discord.command(bo, channel, "edit", Map.of("words", "night"));
    MessageRef asking = heard.next(IncomingEvent.Command.class).said().message();
    MessageRef first = running.post(to(asking, working()));

    MessageRef again = running.post(mayHaveArrived(asking, working()));

    assertThat(again).isEqualTo(first);
    assertThat(discord.posts(channel)).hasSize(1);
  }

  @Test
  void aDiscreetAnswerIsForTheAskerAlone() {
    DiscordPlatform running = started();

    Interaction asked = discord.command(bo, channel, "settings", Map.of());
    MessageRef asking = heard.next(IncomingEvent.Command.class).said().message();
    MessageRef menu = running.post(to(asking, working()));
    running.edit(menu, Card.of("Set"));

    assertThat(asked.ephemeral()).isTrue();
    assertThat(discord.posts(channel)).hasSize(1);
    assertThat(discord.posts(channel).getFirst().ephemeralFor()).contains(bo);
    assertThat(discord.posts(channel).getFirst().words()).isEqualTo("Set");
  }

  @Test
  void aPrivateMenuIsChangedByItsButton() {
    DiscordPlatform running = started();
    discord.command(bo, channel, "settings", Map.of());
    running.post(to(heard.next(IncomingEvent.Command.class).said().message(), working()));

    discord.press(bo, discord.posts(channel).getFirst().post(), "Cancel");
    running.edit(heard.next(IncomingEvent.Button.class).message(), Card.of("Set"));

    assertThat(discord.posts(channel)).extracting(Shown::words).containsExactly("Set");
  }

  @Test
  void aPrivateAnswerIsShownToEverybodyByItsButton() {
    DiscordPlatform running = started();
    discord.command(bo, channel, "settings", Map.of());
    MessageRef menu =
        running.post(to(heard.next(IncomingEvent.Command.class).said().message(), working()));
    running.edit(menu, new Card(List.of(new Paragraph.Told("Set_")), Optional.empty(), row()));
    Shown secret = discord.posts(channel).getFirst();
    assertThat(secret.buttons().getLast()).containsExactly("Post here");

    discord.press(bo, secret.post(), "Post here");

    Shown open = discord.awaitPosts(channel, posts -> posts.size() == 2).getLast();
    assertThat(open.ephemeralFor()).isEmpty();
    assertThat(open.words()).isEqualTo("Set_");
    assertThat(open.buttons()).isEmpty();
    assertThat(discord.posts(channel).getFirst().ephemeralFor()).contains(bo);
    assertThat(heard.isEmpty()).isTrue();
  }

  @Test
  void whatEverybodySeesOrNobodyElseCanHasNoButtonToShowIt() {
    DiscordPlatform running = started();
    discord.command(bo, channel, "edit", Map.of("words", "night"));
    running.post(to(heard.next(IncomingEvent.Command.class).said().message(), working()));
    discord.command(bo, discord.direct(bo), "settings", Map.of());
    running.post(to(heard.next(IncomingEvent.Command.class).said().message(), working()));

    assertThat(discord.posts(channel).getFirst().buttons()).containsExactly(List.of("Cancel"));
    assertThat(discord.posts(discord.direct(bo)).getFirst().buttons())
        .containsExactly(List.of("Cancel"));
  }

  @Test
  void aPictureIsShownToEverybodyWithItsWords(@TempDir Path folder) throws IOException {
    DiscordPlatform running = started();
    Path file = Files.write(folder.resolve("chart.png"), PICTURE);
    Picture chart = new Picture(file, "image/png", 4, 4, 4, "chart.png", "A chart", false, false);
    discord.command(bo, channel, "settings", Map.of());
    running.post(
        to(
            heard.next(IncomingEvent.Command.class).said().message(),
            new Card(List.of(new Paragraph.Told("Usage")), Optional.of(chart), row())));

    discord.press(bo, discord.posts(channel).getFirst().post(), "Post here");

    Shown open = discord.awaitPosts(channel, posts -> posts.size() == 2).getLast();
    assertThat(open.ephemeralFor()).isEmpty();
    assertThat(open.words()).isEqualTo("Usage");
    assertThat(open.files()).extracting(File::bytes).containsExactly(PICTURE);
    assertThat(open.files()).extracting(File::alt).containsExactly("A chart");
  }

  @Test
  void aPrivateAnswerWithTheButtonToShowItIsFoundAgain() {
    DiscordPlatform running = started();
    discord.command(bo, channel, "settings", Map.of());
    MessageRef asking = heard.next(IncomingEvent.Command.class).said().message();
    MessageRef first = running.post(to(asking, working()));

    assertThat(running.post(mayHaveArrived(asking, working()))).isEqualTo(first);
    assertThat(discord.posts(channel)).hasSize(1);
  }

  @Test
  void aCoveredPictureStaysCoveredWhateverIsSaidBesideIt(@TempDir Path folder) throws IOException {
    DiscordPlatform running = started();
    Path file = Files.write(folder.resolve("cat.png"), PICTURE);
    for (boolean untouched : new boolean[] {false, true}) {
      MessageRef asked = heardMention().said().message();
      Picture cat = new Picture(file, "image/png", 4, 4, 4, "cat.png", "A cat", untouched, true);
      MessageRef card = running.post(to(asked, new Card(List.of(), Optional.of(cat), List.of())));
      assertThat(shownLast().spoiler()).isTrue();
      running.edit(card, Card.of("A cat"));
      assertThat(shownLast().spoiler()).isTrue();
      assertThat(discord.json(post(card)).toString()).contains("\"spoiler\":true");
    }
  }

  private File shownLast() {
    return discord.posts(channel).getLast().files().getFirst();
  }

  @Test
  void aSpoilerThatIsShownToEverybodyStaysCovered(@TempDir Path folder) throws IOException {
    DiscordPlatform running = started();
    Path file = Files.write(folder.resolve("cat.png"), PICTURE);
    Picture cat = new Picture(file, "image/png", 4, 4, 4, "cat.png", "A cat", false, true);
    discord.command(bo, channel, "settings", Map.of());
    running.post(
        to(
            heard.next(IncomingEvent.Command.class).said().message(),
            new Card(List.of(), Optional.of(cat), List.of())));

    discord.press(bo, discord.posts(channel).getFirst().post(), "Post here");

    discord.awaitPosts(channel, posts -> posts.size() == 2);
    assertThat(shownLast().spoiler()).isTrue();
  }

  @Test
  void whenTheTokenIsOverTheChannelIsTold() {
    DiscordPlatform running = started();
    Interaction asked = discord.command(bo, channel, "edit", Map.of("words", "night"));
    MessageRef asking = heard.next(IncomingEvent.Command.class).said().message();
    discord.expireToken(asked);

    MessageRef card = running.post(to(asking, working()));

    assertThat(discord.posts(channel)).hasSize(1);
    assertThat(discord.posts(channel).getFirst().post()).isEqualTo(post(card));
    assertThat(discord.posts(channel).getFirst().pinged()).isEmpty();
  }

  @Test
  void whatIsPrivateIsNotToldToTheChannelLater() {
    DiscordPlatform running = started();
    Interaction asked = discord.command(bo, channel, "settings", Map.of());
    MessageRef asking = heard.next(IncomingEvent.Command.class).said().message();
    discord.expireToken(asked);

    assertThatExceptionOfType(PlatformException.Rejected.class)
        .isThrownBy(() -> running.post(to(asking, working())))
        .satisfies(late -> assertThat(late.reason()).isEqualTo(Reason.CHAT_CLOSED));
    assertThat(discord.posts(channel)).isEmpty();
  }

  @Test
  void aCommandIsAcknowledgedWhileWeAreStillBusyWithIt() throws InterruptedException {
    CountDownLatch release = new CountDownLatch(1);
    started(batch -> awaitQuietly(release));

    Interaction asked = discord.command(bo, channel, "edit", Map.of("words", "night"));
    Interaction other = discord.command(ann, channel, "edit", Map.of("words", "day"));
    discord.awaitAcknowledged(asked);
    discord.awaitAcknowledged(other);

    assertThat(release.getCount()).isOne();
    release.countDown();
  }

  @Test
  void whoeverAskedIsToldWhenNothingCouldBeStored() {
    started(batch -> {
      throw new IllegalStateException("the disk is full");
    });

    Interaction asked = discord.command(bo, channel, "edit", Map.of("words", "night"));

    assertThat(discord.awaitAnswer(asked)).isNotEmpty();
  }

  @Test
  void theMenuOfAMessageAsksForWordsAndThenCommands() {
    DiscordPlatform running = started();
    Post photo = discord.say(ann, channel, "look", picture("a.png"));

    Interaction chosen = discord.onMessage(bo, photo, "Edit this image");
    discord.awaitAcknowledged(chosen);
    assertThat(chosen.modal().orElseThrow().title()).isEqualTo("Bild bearbeiten");
    assertThat(chosen.modal().orElseThrow().fields().getFirst().label())
        .isEqualTo("Was soll anders sein?");
    Interaction sent = discord.submit(chosen, Map.of("words", "night"));

    IncomingEvent.Command command = heard.next(IncomingEvent.Command.class);
    assertThat(command.name()).isEqualTo("edit");
    assertThat(command.said().words()).isEqualTo("night");
    assertThat(command.said().replyTo().orElseThrow().ours()).isFalse();
    assertThat(command.said().replyTo().orElseThrow().message().value())
        .isEqualTo(Long.toString(photo.messageId()));
    assertThat(fetched(running, command.said().replyTo().orElseThrow().attachments().getFirst()))
        .isEqualTo(PICTURE);
    running.post(to(command.said().message(), Card.of("Done")));
    assertThat(discord.awaitAnswer(sent)).isEqualTo("Done");
  }

  @Test
  void aCommandWithoutWordsOpensAWindowThatAsksForThemAndForPictures() {
    DiscordPlatform running = started();

    Interaction given = discord.command(bo, channel, "edit", Map.of("aspect", "16:9"));
    discord.awaitAcknowledged(given);
    assertThat(given.modal().orElseThrow().title()).isEqualTo("Bild ändern");
    assertThat(given.modal().orElseThrow().fields())
        .extracting(LoopbackDiscord.Field::label)
        .containsExactly("Was soll anders sein?", "Bilder");
    Interaction sent =
        discord.submit(
            given, Map.of("words", "night", "pictures", List.of(picture("a.png"), picture("b"))));

    IncomingEvent.Command command = heard.next(IncomingEvent.Command.class);
    assertThat(command.name()).isEqualTo("edit");
    assertThat(command.said().words()).isEqualTo("night");
    assertThat(command.options()).containsExactly(Map.entry("aspect", "16:9"));
    assertThat(command.said().attachments()).hasSize(2);
    assertThat(fetched(running, command.said().attachments().getFirst())).isEqualTo(PICTURE);
    running.post(to(command.said().message(), Card.of("Done")));
    assertThat(discord.awaitAnswer(sent)).isEqualTo("Done");
    assertThat(sent.ephemeral()).isFalse();
  }

  @Test
  void aWindowNeedsNoPictures() {
    started();

    Interaction given = discord.command(bo, channel, "edit", Map.of());
    discord.submit(given, Map.of("words", "night"));

    IncomingEvent.Command command = heard.next(IncomingEvent.Command.class);
    assertThat(command.said().attachments()).isEmpty();
    assertThat(command.options()).isEmpty();
  }

  @Test
  void whatAWindowCannotCarryIsRemembered() {
    DiscordPlatform running = started();
    String odd = "16:9 & ".repeat(14);

    Interaction given =
        discord.command(
            bo, channel, "edit", Map.of("aspect", odd, "picture", picture("first.png")));
    discord.submit(given, Map.of("words", "night", "pictures", picture("more.png")));

    IncomingEvent.Command command = heard.next(IncomingEvent.Command.class);
    assertThat(command.options()).containsExactly(Map.entry("aspect", odd));
    assertThat(command.said().attachments()).hasSize(2);
    assertThat(fetched(running, command.said().attachments().getFirst())).isEqualTo(PICTURE);
  }

  @Test
  void whatWasChosenOutlivesARestartAndPicturesThatDoNotAreAskedForAgain() {
    DiscordPlatform first = started();
    Interaction light = discord.command(bo, channel, "edit", Map.of("aspect", "1:1 & ü"));
    Interaction heavy = discord.command(bo, channel, "edit", Map.of("picture", picture("a.png")));
    discord.awaitAcknowledged(light);
    discord.awaitAcknowledged(heavy);
    first.close();
    started();
    discord.awaitConnected();

    Interaction lost = discord.submit(heavy, Map.of("words", "day"));
    discord.submit(light, Map.of("words", "night"));

    assertThat(heard.next(IncomingEvent.Command.class).options())
        .containsExactly(Map.entry("aspect", "1:1 & ü"));
    assertThat(discord.awaitAnswer(lost)).isNotEmpty();
    assertThat(heard.isEmpty()).isTrue();
  }

  @Test
  void theMenuOfAPersonGivesTheirPicture() {
    DiscordPlatform running =
        started(
            heard,
            new DiscordConfig(
                new Secret(LoopbackDiscord.TOKEN),
                discord.apiUrl(),
                discord.cdnUrl(),
                false,
                false,
                Optional.empty(),
                Optional.empty()));
    discord.avatar(ann, picture("ann.png"));

    Interaction chosen = discord.onMember(bo, channel, ann, "Use avatar");
    discord.submit(chosen, Map.of("words", "as a knight"));

    IncomingEvent.Command command = heard.next(IncomingEvent.Command.class);
    assertThat(command.said().words()).isEqualTo("as a knight");
    assertThat(command.said().attachments()).hasSize(1);
    assertThat(fetched(running, command.said().attachments().getFirst())).isEqualTo(PICTURE);
  }

  @Test
  void aPictureThatIsForgottenBetweenMenuAndAnswerIsNotMistakenForAnother() {
    DiscordPlatform first = started();
    Post photo = discord.say(ann, channel, "look", picture("a.png"));
    Interaction chosen = discord.onMessage(bo, photo, "Edit this image");
    discord.awaitAcknowledged(chosen);
    first.close();
    started();
    discord.awaitConnected();

    discord.submit(chosen, Map.of("words", "night"));

    heard.next(IncomingEvent.Withheld.class);
  }

  @Test
  void aButtonWithAQuestionAsksItAndHandsInTheAnswer() {
    DiscordPlatform running = started();
    MessageRef card = running.post(to(heardMention().said().message(), asking()));

    Interaction pressed = discord.press(bo, post(card), "Change");
    discord.awaitAcknowledged(pressed);
    assertThat(pressed.modal().orElseThrow().fields().getFirst().label())
        .isEqualTo("What should change?");
    Interaction sent = discord.submit(pressed, Map.of("words", "more snow"));

    IncomingEvent.Message message = heard.next(IncomingEvent.Message.class);
    assertThat(message.addressed()).isTrue();
    assertThat(message.said().words()).isEqualTo("more snow");
    assertThat(message.said().replyTo().orElseThrow().message()).isEqualTo(card);
    running.post(to(message.said().message(), Card.of("Done")));
    assertThat(discord.awaitAnswer(sent)).isEqualTo("Done");
  }

  @Test
  void buttonsWorkAfterARestart() {
    DiscordPlatform first = started();
    MessageRef card = first.post(to(heardMention().said().message(), working()));
    first.close();
    started();
    discord.awaitConnected();

    discord.press(bo, post(card), "Cancel");

    IncomingEvent.Button button = heard.next(IncomingEvent.Button.class);
    assertThat(button.data()).isEqualTo("cancel:1");
    assertThat(button.message()).isEqualTo(card);
  }

  @Test
  void choicesAreSuggestedWhileSomebodyTypes() {
    started();

    assertThat(discord.autocomplete(bo, channel, "edit", "aspect", "", Map.of("words", "x")))
        .containsExactly("Square", "Wide {}");
    assertThat(discord.autocomplete(bo, channel, "edit", "aspect", "wi", Map.of("words", "x")))
        .containsExactly("Wide {}");
  }

  @Test
  void aPrivateAnswerOfWordsAloneThatWasLostIsFound() {
    DiscordPlatform running = started();
    discord.command(bo, channel, "settings", Map.of());
    MessageRef asking = heard.next(IncomingEvent.Command.class).said().message();
    MessageRef first = running.post(to(asking, Card.of("Help")));

    MessageRef again = running.post(mayHaveArrived(asking, Card.of("Help, in other words")));

    assertThat(again).isEqualTo(first);
    assertThat(discord.posts(channel)).hasSize(1);
  }

  @Test
  void aRefusalOfWhatEverybodySawBeingAskedIsReadByItsAskerAlone() {
    DiscordPlatform running = started();
    discord.command(bo, channel, "edit", Map.of("words", "night"));
    MessageRef asking = heard.next(IncomingEvent.Command.class).said().message();

    MessageRef told = running.post(toAskerAlone(asking, Card.of("No more today"), false));

    assertThat(discord.posts(channel)).hasSize(1);
    Shown shown = discord.posts(channel).getFirst();
    assertThat(shown.words()).isEqualTo("No more today");
    assertThat(shown.ephemeralFor()).contains(bo);
    assertThat(shown.buttons()).containsExactly(List.of("Post here"));
    running.edit(told, Card.of("No more this week"));
    assertThat(discord.posts(channel))
        .extracting(Shown::words)
        .containsExactly("No more this week");
  }

  @Test
  void ofAPictureThatAnotherTookThePlaceOfNothingIsLeft(@TempDir Path folder) throws IOException {
    DiscordPlatform running = started();
    MessageRef posted = running.post(to(heardMention().said().message(), shown(folder, PICTURE)));

    running.edit(posted, shown(folder, new byte[] {9}));

    assertThat(discord.posts(channel).getFirst().files())
        .extracting(File::bytes)
        .containsExactly(new byte[] {9});
  }

  private static Card shown(Path folder, byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("picture" + bytes.length), bytes);
    return new Card(
        List.of(new Paragraph.Told("Done")),
        Optional.of(
            new Picture(
                file,
                "image/png",
                2,
                2,
                bytes.length,
                "p" + bytes.length + ".png",
                "",
                false,
                false)),
        List.of());
  }

  @Test
  void whoWasRefusedCanShowItToEverybody() {
    DiscordPlatform running = started();
    discord.command(ann, channel, "edit", Map.of("words", "night"));
    MessageRef asking = heard.next(IncomingEvent.Command.class).said().message();
    running.post(toAskerAlone(asking, Card.of("No more today"), false));

    Interaction pressed = discord.press(ann, discord.posts(channel).getFirst().post(), "Post here");

    assertThat(discord.awaitAnswer(pressed)).isEqualTo("No more today");
    assertThat(discord.posts(channel).getLast().ephemeralFor()).isEmpty();
  }

  @Test
  void aRefusalIsSaidByWhoeverTakesOverAfterThePublicAnswerWasTakenBack() {
    DiscordPlatform running = started();
    discord.command(bo, channel, "edit", Map.of("words", "night"));
    MessageRef asking = heard.next(IncomingEvent.Command.class).said().message();
    discord.next("POST /webhooks/*/*", new Fault.DropsBefore());
    assertThatExceptionOfType(PlatformException.Unavailable.class)
        .isThrownBy(() -> running.post(toAskerAlone(asking, Card.of("No"), false)));
    assertThat(discord.posts(channel)).isEmpty();

    running.post(toAskerAlone(asking, Card.of("No"), true));

    assertThat(discord.posts(channel))
        .extracting(Shown::ephemeralFor)
        .containsExactly(Optional.of(bo));
  }

  @Test
  void aRefusalThatCannotBePrivateAnyMoreStandsInTheChannel() {
    DiscordPlatform running = started();
    Interaction sent = discord.command(bo, channel, "edit", Map.of("words", "night"));
    MessageRef asking = heard.next(IncomingEvent.Command.class).said().message();
    discord.expireToken(sent);

    running.post(toAskerAlone(asking, Card.of("No"), false));

    assertThat(discord.posts(channel).getLast().words()).isEqualTo("No");
    assertThat(discord.posts(channel).getLast().ephemeralFor()).isEmpty();
  }

  @Test
  void aRefusalInADirectConversationIsAnAnswerLikeAnyOther() {
    DiscordPlatform running = started();
    Channel direct = discord.direct(bo);
    discord.command(bo, direct, "edit", Map.of("words", "night"));
    MessageRef asking = heard.next(IncomingEvent.Command.class).said().message();

    running.post(toAskerAlone(asking, Card.of("No"), false));

    assertThat(discord.posts(direct))
        .extracting(Shown::ephemeralFor)
        .containsExactly(Optional.empty());
    assertThat(discord.posts(direct).getFirst().buttons()).isEmpty();
  }

  @Test
  void aFurtherAnswerThatWasLostStandsOnceWhereOnlyTheInteractionLeads() {
    DiscordPlatform running = started();
    Channel there = discord.channel(discord.guildWithoutBot("Elsewhere", ann, bo), "there");
    discord.command(bo, there, "edit", Map.of("words", "night"));
    MessageRef asking = heard.next(IncomingEvent.Command.class).said().message();
    MessageRef card = running.post(to(asking, working()));
    discord.next("POST /webhooks/*/*", new Fault.DropsAfter());
    assertThatExceptionOfType(PlatformException.Unavailable.class)
        .isThrownBy(() -> running.post(to(asking, Card.of("More"))))
        .matches(PlatformException.Unavailable::mayHaveHappened);

    MessageRef more =
        running.post(
            new OutgoingMessage(
                "more",
                asking.chat(),
                Optional.of(asking),
                Card.of("More"),
                false,
                true,
                card::equals));

    assertThat(discord.posts(there)).extracting(Shown::words).hasSize(2).endsWith("More");
    assertThatExceptionOfType(PlatformException.Rejected.class)
        .isThrownBy(() -> running.edit(more, Card.of("Even more")))
        .matches(gone -> gone.reason() == Reason.MESSAGE_GONE);
    running.delete(more);
  }

  @Test
  void aServerWithoutUsIsAnsweredThroughTheInteraction() {
    DiscordPlatform running = started();
    Guild elsewhere = discord.guildWithoutBot("Elsewhere", ann, bo);
    Channel there = discord.channel(elsewhere, "there");

    discord.command(bo, there, "edit", Map.of("words", "night"));
    MessageRef asking = heard.next(IncomingEvent.Command.class).said().message();
    MessageRef card = running.post(to(asking, working()));
    running.edit(card, Card.of("Done"));
    running.post(to(asking, Card.of("More")));

    assertThat(discord.posts(there)).extracting(Shown::words).containsExactly("Done", "More");
  }

  @Test
  void onlyWhereWeAreIsSomethingAnsweredLater() {
    DiscordPlatform running = started();
    Channel there = discord.channel(discord.guildWithoutBot("Elsewhere", ann, bo), "there");

    discord.command(bo, there, "edit", Map.of("words", "night"));
    assertThat(running.answersLater(heard.next(IncomingEvent.Command.class).said().message()))
        .isFalse();
    discord.command(ann, channel, "edit", Map.of("words", "night"));
    assertThat(running.answersLater(heard.next(IncomingEvent.Command.class).said().message()))
        .isTrue();
    assertThat(running.answersLater(heardMention().said().message())).isTrue();
  }

  // What goes wrong.

  @Test
  void aChannelWhereWeMayNotWriteIsClosed() {
    DiscordPlatform running = started();
    MessageRef asked = heardMention().said().message();
    discord.botPermissions(channel, 1L << 10);

    assertThatExceptionOfType(PlatformException.Rejected.class)
        .isThrownBy(() -> running.post(to(asked, working())))
        .satisfies(closed -> assertThat(closed.reason()).isEqualTo(Reason.CHAT_CLOSED));
  }

  @Test
  void withoutTheRightToReadTheHistoryTheCardIsNoReply() {
    DiscordPlatform running = started();
    MessageRef asked = heardMention().said().message();
    discord.botPermissions(channel, 1L << 10 | 1L << 11);

    running.post(to(asked, working()));

    assertThat(discord.posts(channel)).hasSize(1);
  }

  @Test
  void wordsThatAutoModKeepsBackAreLeftOut() {
    DiscordPlatform running = started();
    MessageRef asked = heardMention().said().message();
    discord.next(
        "POST /channels/*/messages",
        new Fault.Status(400, "{\"message\":\"Message was blocked by AutoMod\",\"code\":200000}"));

    running.post(to(asked, working()));

    assertThat(discord.posts(channel)).extracting(Shown::words).containsExactly("Working");
  }

  @Test
  void anErrorOfDiscordsIsATemporaryOne() {
    DiscordPlatform running = started();
    MessageRef asked = heardMention().said().message();
    discord.next("POST /channels/*/messages", new Fault.Status(500, "{}"));

    assertThatExceptionOfType(PlatformException.Unavailable.class)
        .isThrownBy(() -> running.post(to(asked, working())))
        .satisfies(failure -> assertThat(failure.mayHaveHappened()).isTrue())
        .satisfies(
            failure -> assertThat(failure.getMessage()).doesNotContain(LoopbackDiscord.TOKEN));
  }

  @Test
  void anEditWhoseConnectionWasClosedIsRepeated() {
    DiscordPlatform running = started();
    MessageRef card = running.post(to(heardMention().said().message(), working()));
    discord.next("PATCH /channels/*/messages/*", new Fault.DropsBefore());

    running.edit(card, Card.of("Done"));

    assertThat(discord.posts(channel)).extracting(Shown::words).containsExactly("Done");
  }

  @Test
  void messagesGoOnBeingHeardAfterABrokenConnection() {
    started();
    discord.dropConnection();

    discord.say(bo, channel, mention() + " night");

    assertThat(heardNext().said().words()).isEqualTo("night");
  }

  @Test
  void aRateLimitIsWaitedFor() {
    DiscordPlatform running = started();
    MessageRef asked = heardMention().said().message();
    discord.next("POST /channels/*/messages", new Fault.RateLimited(1, false));

    running.post(to(asked, working()));

    assertThat(discord.posts(channel)).hasSize(1);
  }

  @Test
  void aMessageThatCouldNotBeStoredIsTriedAgain() {
    CountDownLatch failed = new CountDownLatch(1);
    started(batch -> {
      if (failed.getCount() > 0) {
        failed.countDown();
        throw new IllegalStateException("the disk is full");
      }
      heard.accept(batch);
    });

    discord.say(bo, channel, mention() + " night");

    assertThat(heardNext().said().words()).isEqualTo("night");
    assertThat(failed.getCount()).isZero();
  }

  @Test
  void whoeverThrowsUsOutEndsWhatWaitsInAllChannels() {
    started();
    Guild fresh = discord.guildWithoutBot("Fresh", ann, bo);
    discord.channel(fresh, "lobby");
    discord.join(fresh);
    IncomingEvent.Joined joined = heard.next(IncomingEvent.Joined.class);

    discord.leave(fresh);

    IncomingEvent.Left left = heard.next(IncomingEvent.Left.class);
    assertThat(left.place().community()).isEqualTo(joined.place().community());
    assertThat(left.place().isWholeCommunity()).isFalse();
  }

  @Test
  void theOwnerIsGreetedWhereWeMayWrite() {
    started();
    Guild fresh = discord.guildWithoutBot("Fresh", ann, bo);
    Channel lobby = discord.channel(fresh, "lobby");

    discord.join(fresh);

    IncomingEvent.Joined joined = heard.next(IncomingEvent.Joined.class);
    assertThat(joined.place().chat().value()).isEqualTo(fresh.id() + "/" + lobby.id());
    assertThat(joined.ourName()).isEqualTo("@" + LoopbackDiscord.BOT_NAME);
    assertThat(joined.sender().name()).isEqualTo("Ann");
  }

  @Test
  void theTokenStandsInNoLogWhateverHappens() {
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    ListAppender<ILoggingEvent> written = new ListAppender<>();
    written.start();
    root.addAppender(written);
    Level before = root.getLevel();
    root.setLevel(Level.DEBUG);
    try {
      DiscordPlatform running = started();
      MessageRef asked = heardMention().said().message();
      discord.next("POST /channels/*/messages", new Fault.DropsBefore());
      discord.next("POST /channels/*/messages", new Fault.Status(500, "{}"));
      for (int i = 0; i < 2; i++) {
        assertThatExceptionOfType(PlatformException.class)
            .isThrownBy(() -> running.post(to(asked, working())));
      }
      discord.dropConnection();
      discord.say(bo, channel, mention() + " night");
      heardNext();
    } finally {
      root.setLevel(before);
      root.detachAppender(written);
    }

    assertThat(List.copyOf(written.list))
        .isNotEmpty()
        .extracting(each ->
            each.getFormattedMessage()
                + (each.getThrowableProxy() == null ? "" : each.getThrowableProxy().getMessage()))
        .noneMatch(line -> line.contains(LoopbackDiscord.TOKEN));
  }

  // Who we are.

  @Test
  void aTokenThatDiscordDoesNotKnowIsTold() {
    DiscordConfig config = new DiscordConfig(new Secret("not.the.token"), discord.apiUrl());

    assertThatExceptionOfType(SignInRefused.class)
        .isThrownBy(() -> DiscordPlatform.check(config))
        .withMessageContaining("discord.token")
        .withMessageNotContaining("not.the.token");
  }

  @Test
  void theDoctorLearnsWhoWeAreAndWhetherWeMayReadEverything() {
    DiscordConfig config = new DiscordConfig(new Secret(LoopbackDiscord.TOKEN), discord.apiUrl());
    assertThat(DiscordPlatform.check(config))
        .isEqualTo(
            new DiscordPlatform.Profile(
                Long.toString(discord.botId()),
                Long.toString(discord.botId()),
                LoopbackDiscord.BOT_NAME,
                false));

    discord.messageContentIntent(true);

    assertThat(DiscordPlatform.check(config).hearsContent()).isTrue();
  }

  @Test
  void anIntentThatIsNotSwitchedOnIsToldAtTheStart() {
    assertThatExceptionOfType(SignInRefused.class)
        .isThrownBy(() -> started(heard, withContent()))
        .withMessageContaining("discord.message-content");
  }

  @Test
  void commandsAreRegisteredOnlyWhenTheyDiffer() {
    started().close();
    int once = discord.commandChanges();

    started();

    assertThat(once).isPositive();
    assertThat(discord.commandChanges()).isEqualTo(once);
  }

  private IncomingEvent.Message heardMention() {
    discord.say(bo, channel, mention() + " night");
    return heardNext();
  }

  private IncomingEvent.Message heardNext() {
    return heard.next(IncomingEvent.Message.class);
  }

  private String mention() {
    return "<@" + discord.botId() + ">";
  }

  private static File picture(String name) {
    return new File(name, "image/png", PICTURE);
  }

  private Post post(MessageRef message) {
    return new Post(channel, Long.parseLong(message.value()));
  }

  private static OutgoingMessage toAskerAlone(
      MessageRef message, Card card, boolean mayHaveArrived) {
    return new OutgoingMessage(
        "answer:1",
        message.chat(),
        Optional.of(message),
        card,
        false,
        true,
        mayHaveArrived,
        other -> false);
  }

  private static OutgoingMessage to(MessageRef message, Card card) {
    return outgoing(message, card, false);
  }

  private static OutgoingMessage mayHaveArrived(MessageRef message, Card card) {
    return outgoing(message, card, true);
  }

  private static OutgoingMessage outgoing(MessageRef message, Card card, boolean mayHaveArrived) {
    return new OutgoingMessage(
        "card:" + message.value(),
        message.chat(),
        Optional.of(message),
        card,
        false,
        mayHaveArrived,
        other -> false);
  }

  private static Card working() {
    return new Card(
        List.of(new Paragraph.Told("Working"), new Paragraph.Quoted("make it night")),
        Optional.empty(),
        List.of(List.of(new Button("Cancel", "cancel:1", Tone.DANGER))));
  }

  private static List<List<Button>> row() {
    return List.of(List.of(new Button("16:9", "set:1", Tone.PLAIN)));
  }

  private static Card asking() {
    return new Card(
        List.of(new Paragraph.Told("Done")),
        Optional.empty(),
        List.of(
            List.of(
                new Button(
                    "Change", "change:1", Tone.PRIMARY, Optional.of("What should change?")))));
  }

  private static byte[] fetched(DiscordPlatform platform, Attachment file) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      platform.fetch(file.ref(), 1_000, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }
}
