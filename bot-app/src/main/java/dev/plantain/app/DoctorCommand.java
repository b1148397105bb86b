package dev.plantain.app;

import dev.plantain.config.ConfigurationException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Looks at everything that the program needs and says what is wrong and how to mend it. */
@Command(
    name = "doctor",
    description = "Checks Java, data folder, settings, token, key and models, one line each.",
    mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private SettingsOption settingsOption = new SettingsOption();

  @Option(
      names = "--live",
      description = "Also buys one picture, the cheapest, with each key of each endpoint.")
  private boolean live;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    List<Finding> findings = findings();
    findings.forEach(out::println);
    out.flush();
    return findings.stream().anyMatch(Finding.Fault.class::isInstance) ? 1 : 0;
  }

  private List<Finding> findings() {
    try {
      OperatorSettings settings = settingsOption.load();
      List<Finding> findings = new ArrayList<>(new Examination(settings).findings());
      if (live) {
        findings.addAll(new LiveExamination(settings).findings());
      }
      return findings;
    } catch (ConfigurationException faults) {
      List<Finding> findings = new ArrayList<>();
      findings.add(Examination.java());
      faults.faults().stream()
          .map(fault ->
              new Finding.Fault("settings", fault.place() + ": " + fault.problem(), fault.remedy()))
          .forEach(findings::add);
      return findings;
    }
  }
}
