package dev.plantain.app;

import dev.plantain.config.Configuration;
import dev.plantain.config.Secret;
import dev.plantain.platform.MessageRef;
import dev.plantain.telegram.TelegramConfig;
import dev.plantain.telegram.TelegramPlatform;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/**
 * Goes once through the whole program, with the offline model and with a Telegram and a Gemini of
 * its own, so that the JVM can record what it loads.
 */
@Command(
    name = "warm-up",
    description = "Runs through the program once, for the making of an AOT cache.",
    hidden = true)
final class WarmUpCommand implements Callable<Integer> {
  @Override
  public Integer call() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("plantain-warm-up");
    try {
      // Without the environment, so that no key is used and nobody pays.
      OperatorSettings settings = Configuration.load(OperatorSettings.class, Map.of());
      MessageRef typed = ConsolePlatform.typed();
      ConsolePlatform console =
          new ConsolePlatform(
              new PrintWriter(Writer.nullWriter()), Optional.of(folder.resolve("picture")), typed);
      boolean made =
          TryCommand.run(
              settings, folder, console, TryCommand.event(typed, "a lighthouse", List.of(), false));
      return made && servesTelegram(Files.createDirectory(folder.resolve("served"))) ? 0 : 1;
    } finally {
      remove(folder);
    }
  }

  private static boolean servesTelegram(Path folder) throws IOException, InterruptedException {
    try (WarmUpServer server = new WarmUpServer()) {
      OperatorSettings settings =
          Configuration.load(
              OperatorSettings.class,
              Map.of("GEMINI_API_KEY", "warm-up", "GEMINI_BASE_URL", server.address().toString()));
      TelegramPlatform telegram =
          new TelegramPlatform(
              new TelegramConfig(
                  new Secret(WarmUpServer.TOKEN), server.address(), Duration.ofSeconds(1)),
              Main.CLOCK,
              _ -> {});
      try (House house =
          House.open(
              settings, folder, settings.conversation().idleTime(), () -> List.of(telegram))) {
        house.plantain().start();
        return server.awaitResult(Duration.ofMinutes(1));
      }
    }
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
