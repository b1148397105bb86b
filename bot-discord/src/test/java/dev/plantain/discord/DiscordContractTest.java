package dev.plantain.discord;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plantain.discord.DiscordRefs.Address;
import dev.plantain.discord.DiscordRefs.RemoteFile;
import dev.plantain.discord.LoopbackDiscord.Channel;
import dev.plantain.discord.LoopbackDiscord.Fault;
import dev.plantain.discord.LoopbackDiscord.File;
import dev.plantain.discord.LoopbackDiscord.Guild;
import dev.plantain.discord.LoopbackDiscord.Interaction;
import dev.plantain.discord.LoopbackDiscord.Post;
import dev.plantain.discord.LoopbackDiscord.Shown;
import dev.plantain.discord.LoopbackDiscord.User;
import dev.plantain.platform.AttachmentRef;
import dev.plantain.platform.ChatPlatform;
import dev.plantain.platform.ChatPlatformContract;
import dev.plantain.platform.IncomingEvent;
import dev.plantain.platform.InteractionRef;
import dev.plantain.platform.MemberRef;
import dev.plantain.platform.MessageRef;
import dev.plantain.platform.Place;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

class DiscordContractTest extends ChatPlatformContract {

  @Override
  protected World newWorld() {
    return new Loopback();
  }

  private static final class Loopback implements World {
    private static final long MANAGE_SERVER = 32;

    private final LoopbackDiscord discord = new LoopbackDiscord();
    private final User ann = discord.user("Ann");
    private final User bo = discord.user("Bo");
    private final User owner = discord.user("Cy");
    private final Guild guild = discord.guild("Pictures", owner, ann, bo);
    private final Channel channel = discord.channel(guild, "general");
    private final Address address =
        new Address(Optional.of(Long.toString(guild.id())), Long.toString(channel.id()));
    private final HeardEvents heard = new HeardEvents();
    private final DiscordPlatform platform = HeardEvents.platform(discord);
    private final Map<InteractionRef, Interaction> presses = new HashMap<>();

    Loopback() {
      discord.permissions(guild, ann, MANAGE_SERVER);
      platform.start(heard, List.of());
    }

    @Override
    public ChatPlatform platform() {
      return platform;
    }

    @Override
    public Place group() {
      return new Place(address.ref(), false);
    }

    @Override
    public MemberRef moderator() {
      return DiscordRefs.member(Long.toString(ann.id()));
    }

    @Override
    public MemberRef member() {
      return DiscordRefs.member(Long.toString(bo.id()));
    }

    @Override
    public MessageRef says(String words) {
      return ref(discord.say(bo, channel, words));
    }

    @Override
    public AttachmentRef sends(byte[] file) {
      return file(discord.say(bo, channel, "", new File("a.png", "image/png", file)));
    }

    private AttachmentRef file(Post post) {
      JsonNode json = discord.json(post);
      JsonNode file = json.path("attachments").path(0);
      if (file.isMissingNode()) {
        JsonNode shown = Objects.requireNonNull(json.findParent("attachment_id"));
        return new RemoteFile(Optional.empty(), shown.path("url").asText()).ref();
      }
      RemoteFile.Where where =
          new RemoteFile.Where(
              Long.toString(post.channel().id()),
              Long.toString(post.messageId()),
              file.path("id").asText());
      return new RemoteFile(Optional.of(where), file.path("url").asText()).ref();
    }

    @Override
    public InteractionRef presses(MessageRef message) {
      Interaction interaction = discord.press(bo, post(message), "Cancel");
      InteractionRef press = heard.next(IncomingEvent.Button.class).interaction();
      presses.put(press, interaction);
      return press;
    }

    @Override
    public void tooLateFor(InteractionRef interaction) {
      discord.expireToken(Objects.requireNonNull(presses.get(interaction)));
    }

    @Override
    public void removes(MessageRef message) {
      discord.remove(post(message));
    }

    @Override
    public void losesTheAnswerToTheNextPost() {
      discord.next("POST /channels/*/messages", new Fault.DropsAfter());
    }

    @Override
    public List<Seen> posts() {
      return discord.posts(channel).stream()
          .filter(shown -> shown.ephemeralFor().isEmpty())
          .map(this::seen)
          .toList();
    }

    private Seen seen(Shown shown) {
      return new Seen(
          ref(shown.post()),
          shown.words(),
          !shown.files().isEmpty(),
          shown.buttons().stream().flatMap(List::stream).toList(),
          shown.replyTo().map(this::ref));
    }

    @Override
    public byte[] fileOf(MessageRef message) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try {
        platform.fetch(file(post(message)), Long.MAX_VALUE, bytes);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return bytes.toByteArray();
    }

    /** All presses are Bo's, and so is whatever is whispered. */
    @Override
    public Optional<String> told(InteractionRef interaction) {
      return discord.posts(channel).stream()
          .filter(shown -> shown.ephemeralFor().equals(Optional.of(bo)))
          .map(Shown::words)
          .findFirst();
    }

    private MessageRef ref(Post post) {
      return address.message(Long.toString(post.messageId()));
    }

    private Post post(MessageRef message) {
      return new Post(channel, Long.parseLong(message.value()));
    }

    @Override
    public void close() {
      platform.close();
      assertThat(discord.violations()).isEmpty();
      discord.close();
    }
  }
}
