package dev.plantain.config;

import dev.plantain.config.Schema.Family;
import dev.plantain.config.Schema.Section;
import dev.plantain.config.Schema.Setting;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes records of what was read, and gathers everything that is wrong on the way. */
final class Binding {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/-]{0,79}");

  private final Section root;
  private final String fileName;
  private final Values values;
  private final List<Fault> faults;

  Binding(Section root, String fileName, Values values, List<Fault> faults) {
    this.root = root;
    this.fileName = fileName;
    this.values = values;
    this.faults = faults;
  }

  /** Nothing when there are faults. */
  Optional<Record> bind(Section section, YamlNode.Mapping written) {
    findUnknown(section, written);
    List<Object> components = new ArrayList<>();
    for (Schema member : section.members()) {
      component(member, written).ifPresent(components::add);
    }
    return components.size() == section.members().size()
        ? create(section, written, components)
        : Optional.empty();
  }

  private Optional<?> component(Schema member, YamlNode.Mapping written) {
    return switch (member) {
      case Section section -> bind(section, below(section, written));
      case Family family -> family(family, written);
      case Setting setting -> {
        try {
          yield Optional.of(values.read(setting, written));
        } catch (ConfigurationException wrong) {
          faults.addAll(wrong.faults());
          yield Optional.empty();
        }
      }
    };
  }

  /** All that is named in the file, in its order, and then what only the environment names. */
  private Optional<?> family(Family family, YamlNode.Mapping written) {
    YamlNode.Mapping below = below(family, written, "a name for each, and their settings");
    Set<String> names = new LinkedHashSet<>(below.entries().keySet());
    names.addAll(values.namesOnlyInEnvironment(family, names));
    Map<String, Record> bound = new LinkedHashMap<>();
    for (String name : names) {
      if (NAME.matcher(name).matches()) {
        Section section = family.named(name);
        bind(section, below(section, below)).ifPresent(record -> bound.put(name, record));
      } else {
        faults.add(
            new Fault(
                Places.line(fileName, below.line()),
                Places.quoted(name) + " cannot be a name below " + family.path() + ".",
                "Use letters, digits, dots and hyphens."));
      }
    }
    return bound.size() == names.size()
        ? Optional.of(Collections.unmodifiableMap(bound))
        : Optional.empty();
  }

  private YamlNode.Mapping below(Section section, YamlNode.Mapping written) {
    return below(section, written, keys(section));
  }

  private YamlNode.Mapping below(Schema section, YamlNode.Mapping written, String expected) {
    YamlNode node =
        Optional.ofNullable(written.entries().get(section.key())).orElse(YamlNode.Mapping.EMPTY);
    return switch (node) {
      case YamlNode.Mapping mapping -> mapping;
      case YamlNode.Nothing _ -> YamlNode.Mapping.EMPTY;
      case YamlNode.Scalar _, YamlNode.Sequence _ -> {
        faults.add(
            new Fault(
                Places.line(fileName, node.line()),
                section.path() + " is a section, and has no value of its own.",
                "Write its settings below it, indented: " + expected + "."));
        yield YamlNode.Mapping.EMPTY;
      }
    };
  }

  private void findUnknown(Section section, YamlNode.Mapping written) {
    List<String> known = section.members().stream().flatMap(member -> names(member)).toList();
    written
        .entries()
        .forEach((key, node) -> {
          if (!known.contains(key)) {
            faults.add(unknown(section, key, node.line()));
          }
        });
  }

  private static Stream<String> names(Schema member) {
    return switch (member) {
      case Section section -> Stream.of(section.key());
      case Family family -> Stream.of(family.key());
      case Setting setting -> setting.names().stream();
    };
  }

  private Fault unknown(Section section, String key, int line) {
    String path = section.path().isEmpty() ? key : section.path() + "." + key;
    return new Fault(
        Places.line(fileName, line),
        Places.quoted(path) + " is not a setting.",
        Names.nearest(path, root.paths())
            .map(near -> "Did you mean " + near + "?" + (key.contains(".") ? nesting(near) : ""))
            .orElse("Remove it. Known here: " + keys(section) + "."));
  }

  private static String nesting(String path) {
    int dot = path.lastIndexOf('.');
    return dot < 0
        ? ""
        : " Write "
            + path.substring(dot + 1)
            + ": below "
            + path.substring(0, dot)
            + ":, indented.";
  }

  private static String keys(Section section) {
    return section.members().stream().map(Schema::key).collect(Collectors.joining(", "));
  }

  private Optional<Record> create(
      Section section, YamlNode.Mapping written, List<Object> components) {
    try {
      Constructor<? extends Record> constructor =
          section
              .type()
              .getDeclaredConstructor(
                  Arrays.stream(section.type().getRecordComponents())
                      .map(RecordComponent::getType)
                      .toArray(Class<?>[]::new));
      constructor.setAccessible(true);
      return Optional.of(constructor.newInstance(components.toArray()));
    } catch (InvocationTargetException thrown) {
      if (thrown.getCause() instanceof IllegalArgumentException refused) {
        faults.add(refused(section, written, refused));
        return Optional.empty();
      }
      throw new IllegalStateException("the record " + section.type() + " failed", thrown);
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException("not a record: " + section.type(), impossible);
    }
  }

  /** The record's own words, at the one setting that they begin with, else at the section. */
  private Fault refused(
      Section section, YamlNode.Mapping written, IllegalArgumentException refused) {
    String reason =
        Optional.ofNullable(refused.getMessage()).orElse("These values do not fit together");
    Optional<Setting> about =
        section.members().stream()
            .filter(Setting.class::isInstance)
            .map(Setting.class::cast)
            .filter(setting -> isAbout(reason, setting))
            .findFirst();
    String path = section.path().isEmpty() ? "settings" : section.path();
    return new Fault(
        about.map(setting -> values.place(setting, written)).orElse(path),
        about.map(Setting::path).orElse(path) + " is refused: " + reason + ".",
        about
            .map(setting -> "Write " + setting.expectation() + ".")
            .orElse("Change one of: " + keys(section) + "."));
  }

  private static boolean isAbout(String reason, Setting setting) {
    String first = reason.strip().split("[\\s:,]+", 2)[0];
    return Names.key(first).equals(setting.key());
  }
}
