package dev.plantain.discord;

import dev.plantain.platform.EventSink;
import dev.plantain.platform.IncomingEvent;
import dev.plantain.platform.PlatformException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.entities.Guild;
import net.dv8tion.jda.api.entities.Member;
import net.dv8tion.jda.api.entities.Message;
import net.dv8tion.jda.api.events.GenericEvent;
import net.dv8tion.jda.api.events.guild.GuildJoinEvent;
import net.dv8tion.jda.api.events.guild.GuildLeaveEvent;
import net.dv8tion.jda.api.events.interaction.ModalInteractionEvent;
import net.dv8tion.jda.api.events.interaction.command.CommandAutoCompleteInteractionEvent;
import net.dv8tion.jda.api.events.interaction.command.MessageContextInteractionEvent;
import net.dv8tion.jda.api.events.interaction.command.SlashCommandInteractionEvent;
import net.dv8tion.jda.api.events.interaction.command.UserContextInteractionEvent;
import net.dv8tion.jda.api.events.interaction.component.ButtonInteractionEvent;
import net.dv8tion.jda.api.events.message.MessageReceivedEvent;
import net.dv8tion.jda.api.events.message.MessageUpdateEvent;
import net.dv8tion.jda.api.events.session.ReadyEvent;
import net.dv8tion.jda.api.events.session.SessionRecreateEvent;
import net.dv8tion.jda.api.events.session.ShutdownEvent;
import net.dv8tion.jda.api.exceptions.InvalidTokenException;
import net.dv8tion.jda.api.hooks.EventListener;
import net.dv8tion.jda.api.requests.CloseCode;
import net.dv8tion.jda.api.requests.GatewayIntent;
import net.dv8tion.jda.api.requests.RestConfig;
import net.dv8tion.jda.api.sharding.DefaultShardManagerBuilder;
import net.dv8tion.jda.api.sharding.ShardManager;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections over which Discord tells us what happens. JDA keeps them up, and holds of each
 * server its channels and roles, but neither members nor messages.
 */
final class Gateway implements EventListener, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

  private static final Duration LONGEST_OPENING = Duration.ofSeconds(30);

  private final DiscordConfig config;
  private final OkHttpClient client;
  private final DiscordRest rest;
  private final EventMapper mapper;
  private final Interactions interactions;
  private final WindowAnswers answers;
  private final EventQueue queue;
  private final MissedMessages missed;
  private final RequestThreads requestThreads;
  private final Consumer<SignInRefused> onRefused;
  private final CompletableFuture<Boolean> opened = new CompletableFuture<>();
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(
          Thread.ofVirtual().name("discord-interaction-", 0).factory());
  private volatile @Nullable ShardManager shards;

  Gateway(
      DiscordConfig config,
      OkHttpClient client,
      DiscordRest rest,
      EventMapper mapper,
      Interactions interactions,
      WindowAnswers answers,
      EventSink sink,
      Consumer<SignInRefused> onRefused) {
    this.config = config;
    this.client = client;
    this.rest = rest;
    this.mapper = mapper;
    this.interactions = interactions;
    this.answers = answers;
    this.queue = new EventQueue(sink);
    this.requestThreads = new RequestThreads(rest);
    this.missed = new MissedMessages(sink, rest, written -> queue.add(() -> heard(written)));
    this.onRefused = onRefused;
  }

  /**
   * Connects; returns once the first connection stands, or goes on trying by itself when that takes
   * long.
   *
   * @throws SignInRefused no retry helps
   * @throws PlatformException.Unavailable Discord does not name its gateway now
   */
  void open() {
    // What we do without the intent is meant so.
    Message.suppressContentIntentWarning();
    List<GatewayIntent> intents =
        new ArrayList<>(List.of(GatewayIntent.GUILD_MESSAGES, GatewayIntent.DIRECT_MESSAGES));
    if (config.messageContent()) {
      intents.add(GatewayIntent.MESSAGE_CONTENT);
    }
    try {
      shards =
          DefaultShardManagerBuilder.createLight(config.token().reveal(), intents)
              .setRestConfig(new RestConfig().setBaseUrl(config.base()))
              .setHttpClient(client)
              // What may be repeated we repeat ourselves, knowing what it is.
              .setRequestTimeoutRetry(false)
              .setRateLimitElastic(Executors.newVirtualThreadPerTaskExecutor(), true)
              .setCallbackPool(Executors.newVirtualThreadPerTaskExecutor(), true)
              .setShardsTotal(config.shards().orElse(-1))
              .setEnableShutdownHook(false)
              .setUseShutdownNow(true)
              .addEventListeners(this)
              .build();
    } catch (InvalidTokenException refused) {
      throw SignInRefused.badToken();
    } catch (IllegalStateException | IllegalArgumentException unforeseen) {
      throw new PlatformException.Unavailable(
          "Discord does not name its gateway.", Optional.empty(), false, unforeseen);
    }
    awaitFirst();
  }

  private void awaitFirst() {
    try {
      opened.get(LONGEST_OPENING.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException slow) {
      LOG.warn("Discord has not let us in after {}; we go on trying.", LONGEST_OPENING);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new PlatformException.Unavailable(
          "Connecting to Discord was given up.", Optional.empty(), false);
    } catch (ExecutionException failure) {
      throw failure.getCause() instanceof SignInRefused refused
          ? refused
          : new IllegalStateException(failure);
    }
  }

  /** Any connection; requests do not depend on which. */
  Optional<JDA> jda() {
    ShardManager open = shards;
    return open == null ? Optional.empty() : open.getShardCache().stream().findFirst();
  }

  Optional<Guild> guild(String id) {
    ShardManager open = shards;
    return open == null ? Optional.empty() : Optional.ofNullable(open.getGuildById(id));
  }

  /** Called on the thread that reads the connection, which must not wait. */
  @Override
  public void onEvent(GenericEvent event) {
    switch (event) {
      case MessageReceivedEvent written -> queue.add(() -> heard(written.getMessage()));
      case MessageUpdateEvent changed -> queue.add(() -> mapper.edited(changed.getMessage()));
      case SlashCommandInteractionEvent command -> soon(() -> interactions.command(command));
      case CommandAutoCompleteInteractionEvent typed ->
          soon(() -> interactions.autocomplete(typed));
      case MessageContextInteractionEvent menu -> soon(() -> interactions.onMessage(menu));
      case UserContextInteractionEvent menu -> soon(() -> interactions.onMember(menu));
      case ButtonInteractionEvent press -> soon(() -> interactions.press(press));
      case ModalInteractionEvent answer -> soon(() -> answers.submit(answer));
      case GuildJoinEvent join -> soon(() -> joined(join.getGuild()));
      case GuildLeaveEvent leave -> queue.add(() -> Optional.of(mapper.left(leave.getGuild())));
      case ReadyEvent ready -> {
        opened.complete(true);
        soon(() -> missed.readOn(ready.getJDA()));
      }
      case SessionRecreateEvent anew -> soon(() -> missed.readOn(anew.getJDA()));
      case ShutdownEvent end -> refusal(end).ifPresent(this::refuse);
      default -> {}
    }
  }

  private Optional<IncomingEvent> heard(Message message) {
    Optional<IncomingEvent> event = mapper.message(message);
    return config.threads() ? event.map(said -> requestThreads.inThread(message, said)) : event;
  }

  private void soon(Runnable interaction) {
    try {
      threads.execute(() -> {
        try {
          interaction.run();
        } catch (RuntimeException unforeseen) {
          LOG.error("What somebody did could not be read. Please report this.", unforeseen);
        }
      });
    } catch (RejectedExecutionException closing) {
      LOG.debug("Somebody did something after the end.");
    }
  }

  /** Discord does not say who brought us in; the owner is greeted. */
  private void joined(Guild guild) {
    Member owner = rest.await("the owner of a server", guild.retrieveOwner());
    queue.add(() -> mapper.joined(guild, owner));
  }

  private static Optional<SignInRefused> refusal(ShutdownEvent end) {
    CloseCode code = end.getCloseCode();
    return switch (code) {
      case AUTHENTICATION_FAILED -> Optional.of(SignInRefused.badToken());
      case DISALLOWED_INTENTS, INVALID_INTENTS -> Optional.of(SignInRefused.intentSwitchedOff());
      case INVALID_SHARD, SHARDING_REQUIRED -> Optional.of(SignInRefused.shards());
      case null, default -> Optional.empty();
    };
  }

  private void refuse(SignInRefused refused) {
    if (!opened.completeExceptionally(refused)) {
      LOG.error("No messages are received any more. {}", refused.getMessage());
      onRefused.accept(refused);
    }
  }

  /** Waits for events that are being handed on, and ends everything else at once. */
  @Override
  public void close() {
    threads.shutdown();
    queue.close();
    rest.close();
    ShardManager open = shards;
    if (open != null) {
      open.shutdown();
    }
    client.dispatcher().cancelAll();
    threads.close();
  }
}
