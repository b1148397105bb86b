package dev.plantain.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the settings of a program into a record.
 *
 * <p>Each component of the record is a setting, and each component that is a record is a section of
 * them: {@code media().maxMegapixels()} is {@code max-megapixels} below {@code media} in the file
 * and {@code MEDIA_MAX_MEGAPIXELS} in the environment, which wins. Every component carries {@link
 * About} and either {@link Default} or the type {@code Optional}; without both it must be set. A
 * {@link Secret} may also be named by the file that holds it: {@code token} by {@code token-file},
 * and in the environment the same with {@code _FILE} at its end.
 *
 * <p>A component that is a {@code Map} from names to a record is a family of such sections, to
 * which the operator gives names: {@code endpoints.google.keys}, {@code ENDPOINTS_GOOGLE_KEYS}.
 *
 * <p>Values are text, whole numbers, numbers, truth values, {@code Duration}, {@link ByteCount},
 * {@code Path}, {@code URI} (http and https), enums and {@link Secret}; {@code Optional} and {@code
 * List} of these. A compact constructor may refuse values with an {@code IllegalArgumentException};
 * when its message begins with the name of a component, the fault points to where that was set.
 */
public final class Configuration {
  private static final int MOST_FILE_BYTES = 1 << 20;

  /** Shorter names are too often near to a name that somebody else uses. */
  private static final int LEAST_SLIP_LETTERS = 8;

  private Configuration() {}

  /**
   * From the environment alone. Reads the files that hold secrets, and so blocks on the disk.
   *
   * @throws ConfigurationException with all faults
   * @throws IllegalStateException when the record itself is mistaken
   */
  public static <R extends Record> R load(Class<R> settings, Map<String, String> environment) {
    return bind(settings, "", Optional.of(YamlNode.Mapping.EMPTY), environment, new ArrayList<>());
  }

  /**
   * From a YAML file, which has to exist, and the environment. Blocks on the disk.
   *
   * @throws ConfigurationException with all faults
   * @throws IllegalStateException when the record itself is mistaken
   */
  public static <R extends Record> R load(
      Class<R> settings, Path file, Map<String, String> environment) {
    List<Fault> faults = new ArrayList<>();
    return bind(settings, file.toString(), read(file, faults), environment, faults);
  }

  /**
   * Environment variables that are no setting but look like a slip of the pen for one, as {@code
   * GEMINI_APIKEY}. They are no reason not to start: the environment holds much that is not ours.
   */
  public static List<Fault> likelySlips(
      Class<? extends Record> settings, Map<String, String> environment) {
    List<String> known =
        Schema.of(settings)
            .settings()
            .flatMap(setting -> setting.names().stream().map(setting::sibling))
            .map(Names::environmentName)
            .toList();
    return environment.keySet().stream()
        .filter(name -> !known.contains(name))
        .sorted()
        .flatMap(name -> slip(name, known).stream())
        .toList();
  }

  private static Optional<Fault> slip(String name, List<String> known) {
    return known.stream()
        .filter(setting -> setting.length() >= LEAST_SLIP_LETTERS)
        .filter(setting -> Names.distance(setting, name.toUpperCase(Locale.ROOT)) <= 1)
        .findFirst()
        .map(setting ->
            new Fault(
                Places.environment(name), "It is not a setting.", "Did you mean " + setting + "?"));
  }

  private static Optional<YamlNode.Mapping> read(Path file, List<Fault> faults) {
    try {
      String text = TextFile.read(file, MOST_FILE_BYTES);
      if (text.isBlank()) {
        faults.add(
            new Fault(
                file.toString(),
                "It is empty.",
                "Copy the example over it; it may be all comments, but not nothing."));
        return Optional.empty();
      }
      return YamlFile.read(file.toString(), text, faults);
    } catch (ConfigurationException unreadable) {
      faults.addAll(unreadable.faults());
      return Optional.empty();
    }
  }

  private static <R extends Record> R bind(
      Class<R> settings,
      String fileName,
      Optional<YamlNode.Mapping> written,
      Map<String, String> environment,
      List<Fault> faults) {
    Schema.Section root = Schema.of(settings);
    Values values = new Values(fileName, environment, written.isPresent());
    Binding binding = new Binding(root, fileName, values, faults);
    Optional<Record> bound = binding.bind(root, written.orElse(YamlNode.Mapping.EMPTY));
    if (!faults.isEmpty()) {
      throw new ConfigurationException(faults.stream().map(values::withoutSecrets).toList());
    }
    return settings.cast(bound.orElseThrow());
  }
}
