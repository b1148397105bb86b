package dev.plantain.config;

import dev.plantain.config.Schema.Count;
import dev.plantain.config.Schema.Range;
import dev.plantain.config.Schema.Setting;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Finds the value of a setting: in the environment, else in the file, else its default. */
final class Values {
  private static final int MOST_SECRET_BYTES = 64 * 1024;
  private static final String DEFAULT = "default";

  private final String fileName;
  private final Map<String, String> environment;
  private final boolean isFileUsable;
  private final List<String> secrets = new ArrayList<>();

  /** What somebody wrote, and where. */
  private record Given(String place, List<String> texts) {}

  /**
   * @param isFileUsable whether a setting that is found nowhere is missing; it may stand in a file
   *     that cannot be read
   */
  Values(String fileName, Map<String, String> environment, boolean isFileUsable) {
    this.fileName = fileName;
    this.environment = environment;
    this.isFileUsable = isFileUsable;
  }

  /**
   * The value as the record's component takes it.
   *
   * @throws ConfigurationException with the one fault of this setting
   */
  Object read(Setting setting, YamlNode.Mapping section) {
    Optional<Given> given =
        fromEnvironment(setting)
            .or(() -> fromFile(setting, section))
            .or(() ->
                setting.standard().map(standard -> new Given(DEFAULT, split(setting, standard))));
    List<Object> values = new ArrayList<>();
    given.ifPresent(found -> found.texts().forEach(text -> values.add(one(setting, found, text))));
    return switch (setting.count()) {
      case ANY -> List.copyOf(values);
      case AT_MOST_ONE -> values.stream().findFirst();
      case ONE -> values.stream().findFirst().orElseThrow(() -> missing(setting));
    };
  }

  /**
   * The names that variables of a family hold and that stand in no file, in the order of the
   * alphabet: of {@code ENDPOINTS_MY_GATEWAY_KEYS} it is {@code my-gateway}.
   */
  Set<String> namesOnlyInEnvironment(Schema.Family family, Set<String> known) {
    String prefix = family.environmentPrefix();
    List<String> endings =
        family
            .named("name")
            .settings()
            .flatMap(setting -> setting.names().stream())
            .map(key -> "_" + Names.environmentName(key))
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
    Set<String> taken = known.stream().map(Names::environmentName).collect(Collectors.toSet());
    Set<String> names = new TreeSet<>();
    for (String variable : environment.keySet()) {
      endings.stream()
          .filter(ending -> variable.startsWith(prefix) && variable.endsWith(ending))
          .filter(ending -> variable.length() > prefix.length() + ending.length())
          .findFirst()
          .map(ending -> variable.substring(prefix.length(), variable.length() - ending.length()))
          .filter(name -> !taken.contains(name))
          .ifPresent(name -> names.add(Names.key(name)));
    }
    return names;
  }

  /** Where a setting that has a value was given it. */
  String place(Setting setting, YamlNode.Mapping section) {
    return fromEnvironment(setting)
        .or(() -> fromFile(setting, section))
        .map(Given::place)
        .orElse(setting.path());
  }

  /** The fault without any secret that was read so far. */
  Fault withoutSecrets(Fault fault) {
    return new Fault(hide(fault.place()), hide(fault.problem()), hide(fault.remedy()));
  }

  private String hide(String text) {
    String hidden = text;
    for (String secret : secrets) {
      hidden = hidden.replace(secret, "(secret)");
    }
    return hidden;
  }

  private Optional<Given> fromEnvironment(Setting setting) {
    String name = setting.environmentName();
    Optional<String> value = variable(name);
    String fileVariable = name + "_FILE";
    Optional<String> file = setting.isSecret() ? variable(fileVariable) : Optional.empty();
    if (value.isPresent() && file.isPresent()) {
      throw fault(
          Places.environment(name),
          fileVariable + " is set too, and only one of the two can hold.",
          "Remove one of them.");
    }
    return value
        .map(text -> new Given(Places.environment(name), split(setting, text)))
        .or(() ->
            file.map(path -> fromSecretFile(setting, Places.environment(fileVariable), path)));
  }

  private Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }

  private Optional<Given> fromFile(Setting setting, YamlNode.Mapping section) {
    Optional<Given> value = node(section, setting.key()).flatMap(node -> texts(setting, node));
    if (!setting.isSecret()) {
      return value;
    }
    Optional<YamlNode.Scalar> file =
        node(section, setting.fileKey())
            .filter(YamlNode.Scalar.class::isInstance)
            .map(YamlNode.Scalar.class::cast);
    if (value.isPresent() && file.isPresent()) {
      throw fault(
          value.get().place(),
          setting.sibling(setting.fileKey()) + " is set too, and only one of the two can hold.",
          "Remove one of them.");
    }
    return value.or(() ->
        file.map(path -> fromSecretFile(setting, Places.line(fileName, path.line()), path.text())));
  }

  private static Optional<YamlNode> node(YamlNode.Mapping section, String key) {
    return Optional.ofNullable(section.entries().get(key));
  }

  private Optional<Given> texts(Setting setting, YamlNode node) {
    String place = Places.line(fileName, node.line());
    return switch (node) {
      case YamlNode.Nothing _ -> Optional.empty();
      case YamlNode.Scalar scalar -> Optional.of(new Given(place, split(setting, scalar.text())));
      case YamlNode.Sequence sequence when setting.count() == Count.ANY ->
          Optional.of(
              new Given(
                  place, sequence.items().stream().map(item -> item(setting, item)).toList()));
      case YamlNode.Sequence _ ->
          throw fault(
              place,
              setting.path() + " has a list, and takes one value.",
              "Write " + setting.expectation() + ".");
      case YamlNode.Mapping _ ->
          throw fault(
              place,
              setting.path() + " has settings below it, and takes a value.",
              "Write " + setting.expectation() + ".");
    };
  }

  private String item(Setting setting, YamlNode item) {
    if (item instanceof YamlNode.Scalar scalar) {
      return scalar.text();
    }
    throw fault(
        Places.line(fileName, item.line()),
        setting.path() + " has an item that is not one value.",
        "Write each item as " + setting.notation().expectation() + ".");
  }

  static List<String> split(Setting setting, String text) {
    return setting.count() == Count.ANY
        ? Arrays.stream(text.split(",")).map(String::strip).filter(item -> !item.isEmpty()).toList()
        : List.of(text);
  }

  private static Given fromSecretFile(Setting setting, String place, String path) {
    try {
      String content = TextFile.read(Path.of(path.strip()), MOST_SECRET_BYTES);
      if (content.isBlank()) {
        throw fault(place, "The file that it names is empty.", "Write the secret into that file.");
      }
      return new Given(
          place,
          setting.count() == Count.ANY
              ? content.lines().map(String::strip).filter(line -> !line.isEmpty()).toList()
              : List.of(content.replaceFirst("[\r\n]+$", "")));
    } catch (ConfigurationException unreadable) {
      Fault reason = unreadable.faults().getFirst();
      String file = reason.place().equals(place) ? "" : reason.place() + ": ";
      throw fault(place, file + reason.problem(), reason.remedy());
    } catch (InvalidPathException notAPath) {
      throw fault(place, "It does not name a file.", "Write the path of the file with the secret.");
    }
  }

  private Object one(Setting setting, Given given, String text) {
    if (setting.isSecret() && text.strip().length() >= 4) {
      secrets.add(text.strip());
    }
    Object value =
        (text.isBlank()
                ? Optional.<Object>empty()
                : setting.notation().read(text).map(Object.class::cast))
            .orElseThrow(() -> wrong(setting, given, text));
    if (!setting.range().map(range -> isWithin(setting, range, value)).orElse(true)) {
      throw wrong(setting, given, text);
    }
    return value;
  }

  private static boolean isWithin(Setting setting, Range range, Object value) {
    return compare(value, bound(setting, range.least())) >= 0
        && compare(value, bound(setting, range.most())) <= 0;
  }

  private static Object bound(Setting setting, String written) {
    return setting
        .notation()
        .read(written)
        .orElseThrow(
            () -> new IllegalStateException(setting.path() + " has a bad limit: " + written));
  }

  @SuppressWarnings("unchecked") // both values were read by the same notation
  private static int compare(Object value, Object bound) {
    return ((Comparable<Object>) value).compareTo(bound);
  }

  private static ConfigurationException wrong(Setting setting, Given given, String text) {
    if (given.place().equals(DEFAULT)) {
      throw new IllegalStateException(
          "the default of " + setting.path() + " is not valid: " + text);
    }
    String shown =
        setting.isSecret() || text.contains("@") ? "what stands there" : Places.quoted(text);
    return fault(
        given.place(),
        setting.path() + " cannot be " + shown + ".",
        "Write " + setting.expectation() + ".");
  }

  private ConfigurationException missing(Setting setting) {
    if (!isFileUsable) {
      return new ConfigurationException(List.of());
    }
    return fault(
        setting.path(),
        "It is not set, and has no default (" + setting.about() + ")",
        "Set it in the file or as " + setting.environmentName() + ".");
  }

  private static ConfigurationException fault(String place, String problem, String remedy) {
    return new ConfigurationException(List.of(new Fault(place, problem, remedy)));
  }
}
