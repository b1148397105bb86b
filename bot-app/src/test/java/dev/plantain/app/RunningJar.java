package dev.plantain.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The program itself, as a process of its own, just as a user starts it. */
final class RunningJar implements AutoCloseable {
  private static final Path JAR =
      Path.of(System.getProperty("plantain.jar", "target/plantain.jar")).toAbsolutePath();

  private static final Path LAUNCHER =
      Path.of(System.getProperty("plantain.root"), "plantain").toAbsolutePath().normalize();

  private static final Path CACHE = JAR.resolveSibling("plantain.aot");

  private final Process process;
  private final Path output;

  private RunningJar(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  static RunningJar start(Path folder, Map<String, String> environment, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "@" + Path.of(System.getProperty("plantain.root"), "config", "java-options"),
            "-Xmx96m",
            "-XX:TieredStopAtLevel=1"));
    if (remember()) {
      command.add("-XX:AOTCache=" + CACHE);
    }
    command.addAll(List.of("-jar", JAR.toString()));
    command.addAll(List.of(arguments));
    try {
      Files.createDirectories(folder);
      Path output = Files.createTempFile(folder, "output", ".txt");
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile());
      builder.environment().keySet().removeIf(RunningJar::isSetting);
      builder.environment().putAll(environment);
      return new RunningJar(builder.start(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Has the launcher make its cache of what Java loads, with which the program starts in half the
   * time; once for all processes that test it. Returns whether there is one.
   */
  static synchronized boolean remember() {
    try (FileChannel channel =
            FileChannel.open(
                JAR.resolveSibling("plantain.aot.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock alone = channel.lock()) {
      if (alone.isValid() && !isFresh()) {
        ProcessBuilder builder =
            new ProcessBuilder(LAUNCHER.toString(), "settings")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.start().waitFor();
      }
      return isFresh() && Files.size(CACHE) > 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static boolean isFresh() throws IOException {
    return Files.exists(CACHE)
        && Files.getLastModifiedTime(CACHE).compareTo(Files.getLastModifiedTime(JAR)) > 0;
  }

  static boolean isSetting(String variable) {
    return variable.startsWith("TELEGRAM_")
        || variable.startsWith("DISCORD_")
        || variable.startsWith("GEMINI_")
        || variable.equals("DATA_DIR");
  }

  /** As {@code kill -9}: the process has no chance to do anything more. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /** As {@code kill}: the process is asked to end. */
  void stop() throws InterruptedException {
    process.destroy();
    process.waitFor();
  }

  int exitStatus() throws InterruptedException {
    return process.waitFor();
  }

  /** All that it has printed until now. */
  String output() {
    try {
      return Files.readString(output, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
