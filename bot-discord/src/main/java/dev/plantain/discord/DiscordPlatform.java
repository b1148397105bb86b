package dev.plantain.discord;

import dev.plantain.discord.DiscordRefs.Address;
import dev.plantain.discord.DiscordRefs.Asking;
import dev.plantain.discord.DiscordRefs.RemoteFile;
import dev.plantain.discord.DiscordRefs.Target;
import dev.plantain.platform.AttachmentRef;
import dev.plantain.platform.Capabilities;
import dev.plantain.platform.Card;
import dev.plantain.platform.ChatPlatform;
import dev.plantain.platform.ChatRef;
import dev.plantain.platform.CommandSpec;
import dev.plantain.platform.EventSink;
import dev.plantain.platform.InteractionRef;
import dev.plantain.platform.MemberRef;
import dev.plantain.platform.MessageRef;
import dev.plantain.platform.OutgoingMessage;
import dev.plantain.platform.Place;
import dev.plantain.platform.PlatformException;
import dev.plantain.platform.PlatformId;
import dev.plantain.text.HarmlessText;
import dev.plantain.text.Messages;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import net.dv8tion.jda.api.entities.Guild;
import net.dv8tion.jda.api.entities.Message;
import net.dv8tion.jda.api.requests.Route;
import net.dv8tion.jda.api.utils.data.DataObject;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Discord as a platform on which people talk. */
public final class DiscordPlatform implements ChatPlatform {
  private static final Logger LOG = LoggerFactory.getLogger(DiscordPlatform.class);

  /** The webhook of an interaction takes some five edits in two seconds. */
  private static final Duration PROGRESS_INTERVAL = Duration.ofSeconds(2);

  /** More than any phone's photo; people with Nitro can send half a gigabyte. */
  private static final long MOST_DOWNLOAD_BYTES = 50L << 20;

  /** Characters of a private answer, of which people read the first line. */
  private static final int MOST_ANSWER = 1000;

  /** Application Resource, Application Flags: for verified apps, and for all others. */
  private static final long MESSAGE_CONTENT_FLAGS = 1L << 18 | 1L << 19;

  private final DiscordConfig config;
  private final InstantSource clock;
  private final Messages messages;
  private final Consumer<SignInRefused> onRefused;
  private final OkHttpClient client;
  private final DiscordRest rest;
  private final Moderators moderators;
  private final RemoteFiles files;
  private volatile @Nullable Profile us;
  private volatile @Nullable Postings postings;
  private volatile @Nullable Gateway gateway;

  /**
   * What Discord knows our bot as.
   *
   * @param hearsContent the message content intent is switched on, so that we may ask for it
   */
  public record Profile(String id, String applicationId, String name, boolean hearsContent) {}

  /**
   * @param messages what members are told when something broke before the core heard of it
   * @param onRefused called once, on a thread of the platform, when Discord turns us away while we
   *     run: no events come any more
   */
  public DiscordPlatform(
      DiscordConfig config,
      InstantSource clock,
      Messages messages,
      Consumer<SignInRefused> onRefused) {
    this.config = config;
    this.clock = clock;
    this.messages = messages;
    this.onRefused = onRefused;
    RateLimits limits = new RateLimits(HttpUrl.get(config.base()), clock);
    this.client = DiscordHttp.client(limits);
    this.rest = new DiscordRest(() -> connection().flatMap(Gateway::jda), limits);
    this.files = new RemoteFiles(client, rest, config.cdnUrl());
    this.moderators = new Moderators(rest, this::guild, clock);
  }

  /**
   * Asks Discord who we are, and nothing else; blocks for two calls, and opens no gateway.
   *
   * @throws SignInRefused the token is wrong
   * @throws PlatformException Discord cannot be reached
   */
  public static Profile check(DiscordConfig config) {
    OkHttpClient client = DiscordHttp.client();
    try {
      return profile(client, config);
    } finally {
      DiscordHttp.close(client);
    }
  }

  private static Profile profile(OkHttpClient client, DiscordConfig config) {
    DataObject user = DiscordHttp.get(client, config, "users/@me");
    DataObject application = DiscordHttp.get(client, config, "applications/@me");
    return new Profile(
        user.getString("id"),
        application.getString("id"),
        user.getString("username"),
        (application.getLong("flags", 0) & MESSAGE_CONTENT_FLAGS) != 0);
  }

  /**
   * Asks Discord who we are, once; blocks for two calls. {@link #start} does it where nobody has,
   * and whoever wants to try again until Discord is reached calls it before.
   *
   * @throws SignInRefused the token is wrong; no retry helps
   * @throws PlatformException Discord cannot be reached
   */
  public synchronized Profile signIn() {
    Profile known = us;
    if (known == null) {
      known = profile(client, config);
      us = known;
    }
    return known;
  }

  @Override
  public PlatformId id() {
    return DiscordRefs.PLATFORM;
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(
        CardText.MOST_WORDS, CardText.MOST_WORDS, MOST_DOWNLOAD_BYTES, PROGRESS_INTERVAL);
  }

  /**
   * {@inheritDoc}
   *
   * @throws SignInRefused the token is wrong, or we may not read all messages; no retry helps
   */
  @Override
  public synchronized void start(EventSink sink, List<CommandSpec> commands) {
    if (gateway != null) {
      throw new IllegalStateException("started already");
    }
    Profile profile = signIn();
    if (config.messageContent() && !profile.hearsContent()) {
      throw SignInRefused.intentSwitchedOff();
    }
    Postings posting =
        new Postings(
            rest,
            new LostMessages(rest, profile.id()),
            chat -> maxFileBytes(chat.guild()),
            clock,
            messages);
    EventMapper mapper =
        new EventMapper(profile.id(), profile.applicationId(), config.messageContent());
    Handing handing = new Handing(mapper, sink, posting, rest, moderators, messages);
    Questions questions = new Questions();
    Gateway opening =
        new Gateway(
            config,
            client,
            rest,
            mapper,
            new Interactions(
                mapper, handing, questions, new Sharing(handing, rest, files), commands),
            new WindowAnswers(mapper, handing, questions, rest, commands),
            sink,
            onRefused);
    postings = posting;
    gateway = opening;
    opening.open();
    LOG.info(
        "Serving as {}; the message content intent is {}.",
        profile.name(),
        config.messageContent() ? "on" : "off");
    announce(profile, commands);
  }

  /** A menu that is missing keeps nobody from mentioning us. */
  private void announce(Profile profile, List<CommandSpec> commands) {
    try {
      boolean changed =
          CommandRegistration.register(
              rest, profile.applicationId(), config.developmentGuild(), commands);
      LOG.info("The commands were {}.", changed ? "registered" : "registered already");
    } catch (Refusals.Refused | PlatformException failure) {
      LOG.warn("The commands stay as they were until the next start.", failure);
    }
  }

  private Optional<Gateway> connection() {
    return Optional.ofNullable(gateway);
  }

  private Optional<Guild> guild(String id) {
    return connection().flatMap(open -> open.guild(id));
  }

  private long maxFileBytes(Optional<String> guild) {
    return guild
        .flatMap(this::guild)
        .map(Guild::getMaxFileSize)
        .orElse((long) Message.MAX_FILE_SIZE);
  }

  @Override
  public MessageRef post(OutgoingMessage message) {
    return told(() -> postings().post(message));
  }

  @Override
  public void edit(MessageRef message, Card card) {
    told(() -> {
      postings().edit(message, card);
      return true;
    });
  }

  @Override
  public void delete(MessageRef message) {
    told(() -> {
      postings().delete(message);
      return true;
    });
  }

  @Override
  public void answer(InteractionRef interaction, String words, boolean alert) {
    String text = HarmlessText.abbreviated(HarmlessText.lines(words), MOST_ANSWER);
    if (!HarmlessText.isInvisible(text)) {
      told(() -> {
        postings().whisper(Asking.read(interaction.value()), text);
        return true;
      });
    }
  }

  @Override
  public void showWorking(ChatRef chat) {
    try {
      rest.send(
          "the sign that we work", Route.Channels.SEND_TYPING.compile(Address.of(chat).channel()));
    } catch (Refusals.Refused | PlatformException | SignInRefused failure) {
      LOG.debug("It is not shown that we work.", failure);
    }
  }

  @Override
  public void fetch(AttachmentRef attachment, long maxBytes, OutputStream to) throws IOException {
    files.fetch(RemoteFile.of(attachment), maxBytes, to);
  }

  @Override
  public boolean isModerator(Place place, MemberRef member) {
    return place.direct()
        || told(() -> moderators.include(Address.of(place.chat()), member.value()));
  }

  /** An interaction's token lasts a quarter of an hour, and is the only way into some channels. */
  @Override
  public boolean answersLater(MessageRef message) {
    return !(DiscordRefs.target(message) instanceof Target.Asked(Asking asking)
        && asking.isOnlyWay());
  }

  @Override
  public boolean hearsAll(Place place) {
    return place.direct() || config.messageContent();
  }

  private Postings postings() {
    Postings open = postings;
    if (open == null) {
      throw new PlatformException.Unavailable(
          "We are not connected to Discord yet.", Optional.empty(), false);
    }
    return open;
  }

  private static <T> T told(Supplier<T> call) {
    try {
      return call.get();
    } catch (Refusals.Refused refused) {
      throw refused.rejected();
    }
  }

  @Override
  public synchronized void close() {
    connection().ifPresent(Gateway::close);
    rest.close();
    DiscordHttp.close(client);
  }
}
