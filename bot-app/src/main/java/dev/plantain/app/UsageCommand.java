package dev.plantain.app;

import dev.plantain.command.UsageReport;
import dev.plantain.quota.Usage;
import dev.plantain.storage.Database;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Says what the whole bot used, also while it runs. */
@Command(
    name = "usage",
    description =
        "Says what was used in all chats: by day, by model and by member; and what was paid for nothing, by endpoint and by how that is known.",
    mixinStandardHelpOptions = true)
final class UsageCommand implements Callable<Integer> {
  private static final int MOST_DAYS = 366;

  private final InstantSource clock;

  @Spec private CommandSpec spec;

  @Mixin private SettingsOption settingsOption = new SettingsOption();

  @Option(
      names = "--days",
      description = "How many days back, today among them: 1 to 366. By default 30.")
  private int days = 30;

  @Option(
      names = "--zone",
      description = "The time zone in which days begin, such as Europe/Copenhagen. By default UTC.")
  private ZoneId zone = ZoneOffset.UTC;

  @Option(names = "--csv", description = "As a file for spreadsheets: comma-separated, in UTF-8.")
  private boolean csv;

  UsageCommand(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public Integer call() {
    if (days < 1 || days > MOST_DAYS) {
      throw new ParameterException(
          spec.commandLine(), "--days is 1 to " + MOST_DAYS + ", not " + days + ".");
    }
    Usage.Range range = Usage.Range.upTo(clock.instant(), days, zone);
    Optional<UsageReport> report =
        Database.look(
            settingsOption.load().dataDir(),
            reading -> UsageReport.of(reading, new Usage.Whose.Everybody(), range));
    PrintWriter out = spec.commandLine().getOut();
    if (report.isEmpty()) {
      throw new OperatorException(
          "There is no database yet. The first start of the bot makes it: plantain run.");
    }
    out.print(csv ? report.get().csv() : report.get().table());
    out.flush();
    return 0;
  }
}
