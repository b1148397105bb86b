package dev.plantain.app;

import dev.plantain.config.ConfigurationException;
import dev.plantain.storage.Database;
import dev.plantain.storage.StorageException;
import java.time.InstantSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program: {@code plantain run}, {@code try}, {@code doctor}. */
@Command(
    name = "plantain",
    description = "A chat bot with which a group edits pictures by talking.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
public final class Main {
  /** The one place that reads the clock. */
  static final InstantSource CLOCK = InstantSource.system();

  private Main() {}

  public static void main(String[] arguments) {
    System.exit(
        commandLine(arguments)
            .setExecutionExceptionHandler(Main::explain)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .execute(arguments));
  }

  /** A bot that starts need not wait until the commands that nobody gave are read as well. */
  private static CommandLine commandLine(String[] arguments) {
    CommandLine line = new CommandLine(new Main()).addSubcommand(new RunCommand());
    if (arguments.length > 0 && arguments[0].equals("run")) {
      Database.loadDriver();
      return line;
    }
    return line.addSubcommand(new TryCommand())
        .addSubcommand(new DoctorCommand())
        .addSubcommand(new UsageCommand(CLOCK))
        .addSubcommand(new AuditCommand())
        .addSubcommand(new SettingsCommand())
        .addSubcommand(new WarmUpCommand());
  }

  /** What an operator can mend is told without a stack trace. */
  private static int explain(Exception failure, CommandLine line, CommandLine.ParseResult arguments)
      throws Exception {
    switch (failure) {
      case ConfigurationException faults -> {
        line.getErr().println("The settings cannot be used:");
        faults.faults().forEach(fault -> line.getErr().println("  " + fault));
      }
      case StorageException storage -> line.getErr().println(storage.getMessage());
      case OperatorException operator -> line.getErr().println(operator.getMessage());
      default -> throw failure;
    }
    return CommandLine.ExitCode.SOFTWARE;
  }
}
