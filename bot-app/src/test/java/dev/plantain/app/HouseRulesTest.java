package dev.plantain.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.plantain.text.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Who may know whom. Each rule is seen to fail on a class that breaks it. */
class HouseRulesTest {
  private static final String ROOT = "dev.plantain.";

  /** The rooms, and which others each may know. What is not a room belongs to the room above it. */
  private static final Map<String, Set<String>> ARROWS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("platform", Set.of()),
              Map.entry("storage", Set.of()),
              Map.entry("text", Set.of()),
              Map.entry("config", Set.of()),
              Map.entry("chart", Set.of()),
              Map.entry("style", Set.of("text", "config")),
              Map.entry("job", Set.of("storage")),
              Map.entry("media", Set.of("storage")),
              Map.entry("settings", Set.of("storage", "platform")),
              Map.entry("quota", Set.of("storage", "platform")),
              Map.entry("moderation", Set.of("storage", "platform")),
              Map.entry("conversation", Set.of("media", "storage", "platform")),
              Map.entry("image", Set.of("conversation", "media", "config")),
              Map.entry("image.endpoint", Set.of("image", "conversation", "config")),
              Map.entry(
                  "image.wire",
                  Set.of("image", "image.endpoint", "conversation", "media", "config")),
              Map.entry(
                  "image.gemini",
                  Set.of(
                      "image", "image.endpoint", "image.wire", "conversation", "media", "config")),
              Map.entry(
                  "image.openai",
                  Set.of(
                      "image", "image.endpoint", "image.wire", "conversation", "media", "config")),
              Map.entry(
                  "image.imagen",
                  Set.of(
                      "image", "image.endpoint", "image.wire", "conversation", "media", "config")),
              Map.entry("words", Set.of("image", "conversation", "media")),
              Map.entry("image.offline", Set.of("image", "conversation", "media", "config")),
              Map.entry(
                  "command",
                  Set.of(
                      "chart",
                      "conversation",
                      "image",
                      "job",
                      "media",
                      "moderation",
                      "quota",
                      "settings",
                      "storage",
                      "style",
                      "platform",
                      "text")),
              Map.entry(
                  "chat",
                  Set.of(
                      "command",
                      "words",
                      "image",
                      "conversation",
                      "job",
                      "settings",
                      "media",
                      "moderation",
                      "quota",
                      "storage",
                      "style",
                      "platform",
                      "text",
                      "config")),
              Map.entry("discord", Set.of("platform", "text", "config")),
              Map.entry("telegram", Set.of("platform", "text", "config"))));

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("dev.plantain");

  @TempDir private Path folder;

  @Test
  void importsFollowTheArrowsOfTheHouse() {
    assertThat(strangers(CLASSES)).isEmpty();
  }

  @TestFactory
  List<DynamicTest> aClassThatKnowsTooMuchIsFound() throws IOException {
    JavaClasses planted = planted();
    return ARROWS.keySet().stream()
        .map(room ->
            DynamicTest.dynamicTest(
                room,
                () ->
                    assertThat(strangers(planted))
                        .filteredOn(found -> found.startsWith(room + ": "))
                        .singleElement()
                        .asString()
                        .contains(stranger(room))))
        .toList();
  }

  @Test
  void thereAreNoCirclesBetweenRooms() {
    assertThat(ARROWS.keySet())
        .allSatisfy(room -> assertThat(reachable(room)).doesNotContain(room));
  }

  @Test
  void everyPackageIsNullMarkedAndSaysWhatItIs() {
    Set<String> unmarked = new TreeSet<>();
    for (JavaClass type : CLASSES) {
      boolean marked =
          type.getPackage()
              .tryGetAnnotationOfType("org.jspecify.annotations.NullMarked")
              .isPresent();
      if (!marked) {
        unmarked.add(type.getPackageName());
      }
    }
    assertThat(unmarked).isEmpty();
  }

  @Test
  void packagesAreNamedAfterWhatTheyAreAbout() {
    assertThat(CLASSES)
        .extracting(JavaClass::getPackageName)
        .noneMatch(
            name -> name.matches(".*\\b(util|utils|common|impl|manager|helper|service)\\b.*"));
  }

  @Test
  void onlyTheProgramReadsTheClock() {
    Set<String> readers = new TreeSet<>();
    for (JavaClass type : CLASSES) {
      boolean reads =
          type.getMethodCallsFromSelf().stream()
              .anyMatch(call ->
                  Set.of(
                          "java.time.Instant.now()",
                          "java.time.InstantSource.system()",
                          "java.lang.System.currentTimeMillis()")
                      .contains(call.getTarget().getFullName()));
      if (reads) {
        readers.add(type.getName());
      }
    }
    assertThat(readers).containsExactly("dev.plantain.app.Main");
  }

  @Test
  void everyMessageIsSaidSomewhere() {
    List<String> unsaid = new ArrayList<>();
    for (Class<?> message : Message.class.getPermittedSubclasses()) {
      JavaClass type = CLASSES.get(message);
      if (Stream.concat(
              type.getConstructorCallsToSelf().stream(),
              type.getConstructorReferencesToSelf().stream())
          .allMatch(access -> access.getOriginOwner().equals(type))) {
        unsaid.add(message.getSimpleName());
      }
    }
    assertThat(unsaid).isEmpty();
  }

  /** Every import of a class of ours that the arrows do not allow. */
  private static List<String> strangers(JavaClasses classes) {
    List<String> strangers = new ArrayList<>();
    for (JavaClass type : classes) {
      room(type.getPackageName())
          .ifPresent(room -> {
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
              JavaClass target = dependency.getTargetClass().getBaseComponentType();
              if (target.getPackageName().startsWith("dev.plantain")
                  && !mayKnow(room, target.getPackageName())) {
                strangers.add(room + ": " + type.getName() + " knows " + target.getName());
              }
            }
          });
    }
    return strangers.stream().distinct().toList();
  }

  private static boolean mayKnow(String room, String packageName) {
    Optional<String> other = room(packageName);
    return other.isPresent()
        && (other.get().equals(room) || ARROWS.getOrDefault(room, Set.of()).contains(other.get()));
  }

  /**
   * The innermost room of a package; none for the program and the assembled core, which know all.
   */
  private static Optional<String> room(String packageName) {
    String name = packageName.replaceFirst("^dev\\.plantain\\.?", "");
    while (!name.isEmpty()) {
      if (ARROWS.containsKey(name)) {
        return Optional.of(name);
      }
      name = name.contains(".") ? name.substring(0, name.lastIndexOf('.')) : "";
    }
    return Optional.empty();
  }

  private static Set<String> reachable(String room) {
    Set<String> reached = new TreeSet<>();
    List<String> open = new ArrayList<>(ARROWS.getOrDefault(room, Set.of()));
    while (!open.isEmpty()) {
      String next = open.removeLast();
      if (reached.add(next)) {
        open.addAll(ARROWS.getOrDefault(next, Set.of()));
      }
    }
    return reached;
  }

  private static String stranger(String room) {
    return room.equals("chat")
        ? "dev.plantain.telegram.TelegramPlatform"
        : "dev.plantain.chat.ChatAssembly";
  }

  /** A class in each room that knows a stranger, compiled for this test alone. */
  private JavaClasses planted() throws IOException {
    Path classes = folder.resolve("classes");
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-proc:none",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                classes.toString()));
    for (String room : ARROWS.keySet()) {
      Path source = Files.createDirectories(folder.resolve(room)).resolve("Planted.java");
      Files.writeString(
          source,
          "package " + ROOT + room + "; class Planted { " + stranger(room) + " stranger; }");
      arguments.add(source.toString());
    }
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    assertThat(status).isZero();
    return new ClassFileImporter().importPath(classes);
  }
}
