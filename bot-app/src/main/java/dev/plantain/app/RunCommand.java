package dev.plantain.app;

import dev.plantain.config.Secret;
import dev.plantain.image.ModelCatalogue;
import dev.plantain.platform.PlatformException;
import dev.plantain.storage.StorageException;
import dev.plantain.telegram.TelegramPlatform;
import dev.plantain.telegram.TokenRejected;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Serves chats until it is told to stop. */
@Command(
    name = "run",
    description = "Serves your chats until it is stopped.",
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
  private static final Logger log = LoggerFactory.getLogger(RunCommand.class);

  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  @Mixin private SettingsOption settingsOption = new SettingsOption();

  @Override
  public Integer call() throws InterruptedException {
    OperatorSettings settings = settingsOption.load();
    Secret token =
        settings
            .telegram()
            .token()
            .orElseThrow(() ->
                new OperatorException(
                    "There is no Telegram token. Get one from @BotFather and set TELEGRAM_TOKEN"
                        + " (or telegram.token in config/plantain.yaml)."));
    CompletableFuture<Integer> ended = new CompletableFuture<>();
    Path dataDir = settings.dataDir();
    // Beside the opening of the house, as each takes about half of the time to start.
    CompletableFuture<TelegramPlatform> telegram =
        CompletableFuture.supplyAsync(
            () -> telegram(settings, token, ended), Thread.ofVirtual().name("sign-in")::start);
    try (House house =
        House.open(
            settings,
            dataDir,
            settings.conversation().idleTime(),
            () -> List.of(signedIn(telegram)))) {
      house.database().onFatal(failure -> ended.complete(fatal(failure)));
      Thread hook = new Thread(() -> stop(house, ended), "shutdown");
      Runtime.getRuntime().addShutdownHook(hook);
      house.plantain().start();
      try (Alive alive = new Alive(dataDir, house.database())) {
        alive.start();
        welcome(settings, house);
        return ended.join();
      }
    }
  }

  private static TelegramPlatform signedIn(CompletableFuture<TelegramPlatform> platform) {
    try {
      return platform.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof OperatorException operator) {
        throw operator;
      }
      throw e;
    }
  }

  private static TelegramPlatform telegram(
      OperatorSettings settings, Secret token, CompletableFuture<Integer> ended) {
    TelegramPlatform telegram =
        new TelegramPlatform(
            settings.telegram().config(token),
            Main.CLOCK,
            rejected -> {
              log.error("Stopping: {}", rejected.getMessage());
              ended.complete(1);
            });
    try {
      awaitSignIn(telegram);
      return telegram;
    } catch (InterruptedException e) {
      throw new CancellationException("Stopped before Telegram was reached.");
    }
  }

  /** After a power cut the bot is often there before the network is. */
  private static void awaitSignIn(TelegramPlatform telegram) throws InterruptedException {
    Duration pause = Duration.ofSeconds(1);
    while (true) {
      try {
        telegram.signIn();
        return;
      } catch (TokenRejected e) {
        throw new OperatorException(
            e.getMessage() + " Run `plantain doctor` to look at everything.");
      } catch (PlatformException.Unavailable e) {
        log.warn(
            "Telegram cannot be reached, trying again in {} s: {}",
            pause.toSeconds(),
            e.getMessage());
        Thread.sleep(pause);
        pause =
            pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
                ? pause.multipliedBy(2)
                : LONGEST_PAUSE;
      } catch (PlatformException.Rejected e) {
        throw new OperatorException(
            "Telegram refuses the bot: "
                + e.getMessage()
                + ". Check TELEGRAM_TOKEN and TELEGRAM_API_URL.");
      }
    }
  }

  private static void welcome(OperatorSettings settings, House house) {
    if (settings.gemini().apiKey().isPresent()) {
      LocalDate today = LocalDate.ofInstant(Main.CLOCK.instant(), ZoneOffset.UTC);
      ModelCatalogue.packaged().warnings(settings.gemini().model(), today).forEach(log::warn);
    }
    log.info("Plantain is listening; the standard model is {}", house.offer().standard().name());
    if (settings.gemini().apiKey().isEmpty()) {
      log.warn("There is no GEMINI_API_KEY: pictures are made by simple filters, without any AI");
    }
  }

  private static int fatal(StorageException failure) {
    log.error("Stopping: {}", failure.getMessage());
    return 1;
  }

  private static void stop(House house, CompletableFuture<Integer> ended) {
    log.info("Stopping; what is under way is taken up at the next start");
    house.close();
    ended.complete(0);
  }
}
