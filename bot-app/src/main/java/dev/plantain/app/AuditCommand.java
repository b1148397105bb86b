package dev.plantain.app;

import dev.plantain.quota.AuditResult;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Adds up what was spent and compares, also while the bot runs; changes nothing. */
@Command(
    name = "audit",
    description =
        "Adds the whole ledger up again and compares it with what limits are decided by. Changes nothing.",
    mixinStandardHelpOptions = true)
final class AuditCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private SettingsOption settingsOption = new SettingsOption();

  @Override
  public Integer call() {
    AuditResult result =
        LedgerCheck.of(settingsOption.load().dataDir())
            .orElseThrow(() ->
                new OperatorException(
                    "There is no database yet. The first start of the bot makes it: plantain run."));
    PrintWriter out = spec.commandLine().getOut();
    LedgerCheck.lines(result).forEach(out::println);
    out.flush();
    return switch (result) {
      case AuditResult.Agrees agrees -> 0;
      case AuditResult.Differs differs -> 1;
    };
  }
}
