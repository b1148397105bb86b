package dev.plantain.config;

/**
 * One thing that is wrong with the settings, and what to do about it.
 *
 * @param place where it stands: a file and line, an environment variable, or the name of a setting
 * @param problem what is wrong, a sentence
 * @param remedy what to do, a sentence
 */
public record Fault(String place, String problem, String remedy) {

  /** All of it on one line. */
  @Override
  public String toString() {
    return place + ": " + problem + " " + remedy;
  }
}
