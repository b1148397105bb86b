package dev.plantain.app;

import dev.plantain.config.Configuration;
import dev.plantain.platform.MessageRef;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/**
 * Goes once through the whole core with the offline model, so that the JVM can record what it
 * loads.
 */
@Command(
    name = "warm-up",
    description = "Runs through the program once, for the making of an AOT cache.",
    hidden = true)
final class WarmUpCommand implements Callable<Integer> {
  @Override
  public Integer call() throws IOException {
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
      return made ? 0 : 1;
    } finally {
      remove(folder);
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
