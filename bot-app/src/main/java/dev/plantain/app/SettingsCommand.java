package dev.plantain.app;

import dev.plantain.config.ExampleFile;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the file of settings with every setting in it. */
@Command(
    name = "settings",
    description = "Prints every setting with its default, as a file to begin with.",
    mixinStandardHelpOptions = true)
final class SettingsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().getOut().print(ExampleFile.of(OperatorSettings.class));
    spec.commandLine().getOut().flush();
    return 0;
  }
}
