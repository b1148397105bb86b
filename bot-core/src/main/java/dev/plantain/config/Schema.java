package dev.plantain.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What can be set: the components of a record, seen as an operator sees them. */
sealed interface Schema {
  /** The last word of the path: {@code api-url}. */
  String key();

  /** All words of the path: {@code media.max-megapixels}; empty for the root. */
  String path();

  /** One line of documentation. */
  String about();

  /** A record; the root is one. */
  record Section(
      String key, String path, String about, Class<? extends Record> type, List<Schema> members)
      implements Schema {
    public Section {
      members = List.copyOf(members);
    }

    /** All settings in and below this section, in the order of their components. */
    Stream<Setting> settings() {
      return members.stream()
          .flatMap(member ->
              switch (member) {
                case Section section -> section.settings();
                case Family family -> Stream.empty();
                case Setting setting -> Stream.of(setting);
              });
    }

    /** Every path that may stand in a file. */
    Stream<String> paths() {
      return members.stream()
          .flatMap(member ->
              switch (member) {
                case Section section -> Stream.concat(Stream.of(section.path()), section.paths());
                case Family family -> Stream.of(family.path());
                case Setting setting -> setting.names().stream().map(setting::sibling);
              });
    }
  }

  /** Sections of one kind, to which the operator gives names. */
  record Family(String key, String path, String about, Class<? extends Record> type)
      implements Schema {

    /** The section of one name. */
    Section named(String name) {
      return section(name, path + "." + name, about, type);
    }

    /** What comes before a name in the environment. */
    String environmentPrefix() {
      return Names.environmentName(path) + "_";
    }
  }

  /** How many values a setting has. */
  enum Count {
    ONE,
    AT_MOST_ONE,
    ANY
  }

  /** One value, or a list of values. */
  record Setting(
      String key,
      String path,
      String about,
      Count count,
      Notation notation,
      boolean isSecret,
      Optional<String> standard,
      Optional<Range> range)
      implements Schema {

    String environmentName() {
      return Names.environmentName(path);
    }

    /** The keys under which it may stand in its section. */
    List<String> names() {
      return isSecret ? List.of(key, fileKey()) : List.of(key);
    }

    /** The key that names the file that holds a secret. */
    String fileKey() {
      return key + "-file";
    }

    String sibling(String otherKey) {
      return path.substring(0, path.length() - key.length()) + otherKey;
    }

    /** What a value has to be, in words that follow "write". */
    String expectation() {
      return notation.expectation()
          + range.map(limits -> ", from " + limits.least() + " to " + limits.most()).orElse("")
          + (count == Count.ANY ? "; several as a list, or separated by commas" : "");
    }
  }

  /** The least and the greatest value, as written. */
  record Range(String least, String most) {}

  /** Names that every system sets for other reasons. */
  Set<String> TAKEN =
      Set.of("HOME", "HOSTNAME", "LANG", "LANGUAGE", "PATH", "PWD", "SHELL", "TERM", "TZ", "USER");

  /**
   * Looks at the whole record at once.
   *
   * @throws IllegalStateException when the record cannot be a record of settings, which is a
   *     mistake of its author
   */
  static Section of(Class<? extends Record> root) {
    Section section = section("", "", "", root);
    Map<String, String> paths = new HashMap<>();
    section
        .settings()
        .flatMap(setting -> setting.names().stream().map(setting::sibling))
        .forEach(path -> requireOwnName(path, paths));
    return section;
  }

  private static void requireOwnName(String path, Map<String, String> paths) {
    String name = Names.environmentName(path);
    Optional<String> other = Optional.ofNullable(paths.put(name, path));
    if (other.isPresent() || TAKEN.contains(name)) {
      throw new IllegalStateException(
          "the environment variable "
              + name
              + " of "
              + path
              + " is taken by "
              + other.orElse("others"));
    }
  }

  private static Section section(
      String key, String path, String about, Class<? extends Record> type) {
    List<Schema> members =
        Arrays.stream(type.getRecordComponents())
            .map(component -> member(path, component))
            .collect(Collectors.toList());
    return new Section(key, path, about, type, members);
  }

  private static Schema member(String parent, RecordComponent component) {
    String key = Names.key(component.getName());
    String path = parent.isEmpty() ? key : parent + "." + key;
    String about =
        Optional.ofNullable(component.getAnnotation(About.class))
            .map(About::value)
            .filter(line -> !line.isBlank() && line.lines().count() == 1)
            .orElseThrow(() ->
                new IllegalStateException("the setting " + path + " needs one line of @About"));
    Class<?> type = component.getType();
    if (type == Map.class) {
      return new Family(key, path, about, valueOf(path, component.getGenericType()));
    }
    if (type.isRecord() && Notation.of(type).isEmpty()) {
      return section(key, path, about, type.asSubclass(Record.class));
    }
    return setting(key, path, about, component);
  }

  private static Setting setting(String key, String path, String about, RecordComponent component) {
    Class<?> type = component.getType();
    Count count =
        type == Optional.class ? Count.AT_MOST_ONE : type == List.class ? Count.ANY : Count.ONE;
    Class<?> one = count == Count.ONE ? type : argument(component.getGenericType());
    Notation notation =
        Notation.of(one)
            .orElseThrow(() ->
                new IllegalStateException("the setting " + path + " has an unknown type: " + one));
    return new Setting(
        key,
        path,
        about,
        count,
        notation,
        one == Secret.class,
        Optional.ofNullable(component.getAnnotation(Default.class)).map(Default::value),
        Optional.ofNullable(component.getAnnotation(Between.class))
            .map(between -> new Range(between.least(), between.most())));
  }

  private static Class<? extends Record> valueOf(String path, Type type) {
    if (type instanceof ParameterizedType parameterized
        && parameterized.getActualTypeArguments()[0] == String.class
        && parameterized.getActualTypeArguments()[1] instanceof Class<?> value
        && value.isRecord()) {
      return value.asSubclass(Record.class);
    }
    throw new IllegalStateException("the setting " + path + " has to be a Map<String, a record>");
  }

  private static Class<?> argument(Type type) {
    return type instanceof ParameterizedType parameterized
            && parameterized.getActualTypeArguments()[0] instanceof Class<?> argument
        ? argument
        : Object.class;
  }
}
