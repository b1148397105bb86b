package dev.plantain.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The program itself, as a process of its own, just as a user starts it. */
final class RunningJar implements AutoCloseable {
  private static final Path JAR =
      Path.of(System.getProperty("plantain.jar", "target/plantain.jar")).toAbsolutePath();

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
            "-XX:TieredStopAtLevel=1",
            "-jar",
            JAR.toString()));
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
