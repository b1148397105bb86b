package dev.plantain.app;

import dev.plantain.Plantain;
import dev.plantain.config.Secret;
import dev.plantain.discord.DiscordPlatform;
import dev.plantain.discord.SignInRefused;
import dev.plantain.platform.ChatPlatform;
import dev.plantain.platform.PlatformException;
import dev.plantain.telegram.TelegramPlatform;
import dev.plantain.telegram.TokenRejected;
import dev.plantain.text.Messages;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The platforms that have a token, each signing in on a thread of its own: beside the opening of
 * the house, as each takes about half of the time to start, and beside each other, as one that is
 * out of reach must not keep the others waiting.
 */
final class SignIns {
  private static final Logger log = LoggerFactory.getLogger(SignIns.class);

  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  private final List<SignIn> all;

  private SignIns(List<SignIn> all) {
    this.all = List.copyOf(all);
  }

  /** A platform, as soon as it is made and as soon as it has let us in. */
  private record SignIn(
      CompletableFuture<ChatPlatform> made, CompletableFuture<ChatPlatform> letIn) {}

  /**
   * Returns at once.
   *
   * @param refused told in words for the operator when a platform throws us out later
   * @throws OperatorException there is no token at all
   */
  static SignIns begin(OperatorSettings settings, Consumer<String> refused) {
    List<SignIn> all = new ArrayList<>();
    settings
        .telegram()
        .token()
        .ifPresent(token ->
            all.add(
                begin(
                    "Telegram",
                    () -> telegram(settings, token, refused),
                    TelegramPlatform::signIn)));
    settings
        .discord()
        .token()
        .ifPresent(token ->
            all.add(
                begin(
                    "Discord", () -> discord(settings, token, refused), DiscordPlatform::signIn)));
    if (all.isEmpty()) {
      throw new OperatorException(
          "There is no token, neither for Telegram nor for Discord. Get one from @BotFather and set"
              + " TELEGRAM_TOKEN, or from the Discord Developer Portal and set DISCORD_TOKEN (or"
              + " telegram.token, discord.token in config/plantain.yaml).");
    }
    return new SignIns(all);
  }

  private static TelegramPlatform telegram(
      OperatorSettings settings, Secret token, Consumer<String> refused) {
    return new TelegramPlatform(
        settings.telegram().config(token),
        Main.CLOCK,
        rejected -> refused.accept(String.valueOf(rejected.getMessage())));
  }

  private static DiscordPlatform discord(
      OperatorSettings settings, Secret token, Consumer<String> refused) {
    return new DiscordPlatform(
        settings.discord().config(token),
        Main.CLOCK,
        Messages.load(),
        rejected -> refused.accept(String.valueOf(rejected.getMessage())));
  }

  private static <P extends ChatPlatform> SignIn begin(
      String name, Supplier<P> making, Consumer<P> signIn) {
    Executor thread = task -> Thread.ofVirtual().name("sign-in to " + name).start(task);
    CompletableFuture<P> made = CompletableFuture.supplyAsync(making, thread);
    CompletableFuture<ChatPlatform> letIn =
        made.thenApplyAsync(
            platform -> {
              awaitSignIn(name, () -> signIn.accept(platform));
              return platform;
            },
            thread);
    return new SignIn(made.thenApply(platform -> platform), letIn);
  }

  /** After a power cut the bot is often there before the network is. */
  private static void awaitSignIn(String name, Runnable signIn) {
    Duration pause = Duration.ofSeconds(1);
    while (true) {
      try {
        signIn.run();
        return;
      } catch (TokenRejected | SignInRefused e) {
        throw new OperatorException(
            e.getMessage() + " Run `plantain doctor` to look at everything.");
      } catch (PlatformException.Rejected e) {
        throw new OperatorException(
            name + " refuses the bot: " + e.getMessage() + ". Check its token and address.");
      } catch (PlatformException.Unavailable e) {
        log.warn(
            "{} cannot be reached, trying again in {} s: {}",
            name,
            pause.toSeconds(),
            e.getMessage());
        sleep(pause);
        pause =
            pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
                ? pause.multipliedBy(2)
                : LONGEST_PAUSE;
      }
    }
  }

  private static void sleep(Duration pause) {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("Stopped before the platform was reached.");
    }
  }

  /**
   * Blocks until they are made, which needs no network.
   *
   * @throws OperatorException a token cannot be one
   */
  List<ChatPlatform> platforms() {
    return all.stream().map(signIn -> result(signIn.made())).toList();
  }

  /**
   * Has each listened to as soon as it has let us in. Blocks until all have, however long that
   * takes.
   *
   * @throws OperatorException one of them will never
   */
  void listen(Plantain plantain) {
    CompletableFuture<Void> refused = new CompletableFuture<>();
    CompletableFuture<?>[] listening =
        all.stream()
            .map(signIn -> signIn.letIn().thenAccept(plantain::listen))
            .peek(one ->
                one.exceptionally(failure -> {
                  refused.completeExceptionally(failure);
                  return null;
                }))
            .toArray(CompletableFuture<?>[]::new);
    result(CompletableFuture.anyOf(CompletableFuture.allOf(listening), refused));
  }

  private static <T> T result(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
        if (cause instanceof OperatorException operator) {
          throw operator;
        }
      }
      throw e;
    }
  }
}
