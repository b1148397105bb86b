package dev.plantain.config;

/** A token or key. It shows itself to nobody: only {@link #reveal} gives it away. */
public final class Secret {
  private final String value;

  public Secret(String value) {
    this.value = value;
  }

  /** For the one place that puts it on the wire. */
  public String reveal() {
    return value;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret && secret.value.equals(value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return "(secret)";
  }
}
