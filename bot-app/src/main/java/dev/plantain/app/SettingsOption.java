package dev.plantain.app;

import dev.plantain.config.Configuration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where the settings of a command come from: a file, if there is one, and the environment. */
final class SettingsOption {
  private static final Path USUAL = Path.of("config", "plantain.yaml");

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The file of settings. By default config/plantain.yaml, if it is there.")
  private Optional<Path> file = Optional.empty();

  OperatorSettings load() {
    Optional<Path> chosen = file.or(() -> Optional.of(USUAL).filter(Files::exists));
    return chosen.isPresent()
        ? Configuration.load(OperatorSettings.class, chosen.get(), System.getenv())
        : Configuration.load(OperatorSettings.class, System.getenv());
  }
}
