package dev.plantain.app;

import dev.plantain.image.ModelCatalogue;
import dev.plantain.storage.StorageException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
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

  @Mixin private SettingsOption settingsOption = new SettingsOption();

  @Override
  public Integer call() {
    OperatorSettings settings = settingsOption.load();
    CompletableFuture<Integer> ended = new CompletableFuture<>();
    SignIns signIns =
        SignIns.begin(
            settings,
            refused -> {
              log.error("Stopping: {}", refused);
              ended.complete(1);
            });
    Path dataDir = settings.dataDir();
    try (House house =
        House.open(settings, dataDir, settings.conversation().idleTime(), signIns::platforms)) {
      house.database().onFatal(failure -> ended.complete(fatal(failure)));
      Thread hook = new Thread(() -> stop(house, ended), "shutdown");
      Runtime.getRuntime().addShutdownHook(hook);
      house.plantain().resume();
      try (Alive alive = new Alive(dataDir, house.database())) {
        alive.start();
        signIns.listen(house.plantain());
        welcome(settings, house);
        LedgerCheck.begin(dataDir);
        return ended.join();
      }
    }
  }

  private static void welcome(OperatorSettings settings, House house) {
    boolean offline = new Ways(settings).endpoints().isEmpty();
    if (!offline) {
      LocalDate today = LocalDate.ofInstant(Main.CLOCK.instant(), ZoneOffset.UTC);
      ModelCatalogue.packaged().warnings(settings.gemini().model(), today).forEach(log::warn);
    }
    log.info("Plantain is listening; the standard model is {}", house.offer().standard().name());
    if (offline) {
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
