package dev.plantain.config;

import java.util.List;
import java.util.stream.Collectors;

/** The settings cannot be used; the message names every fault on a line of its own. */
public final class ConfigurationException extends RuntimeException {
  private final List<Fault> faults;

  public ConfigurationException(List<Fault> faults) {
    super(faults.stream().map(Fault::toString).collect(Collectors.joining("\n")));
    this.faults = List.copyOf(faults);
  }

  /** Never empty. */
  public List<Fault> faults() {
    return faults;
  }
}
