package dev.plantain.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The packaged program, as its launcher starts it. */
final class Bot implements AutoCloseable {
  private final Process process;
  private final Path output;
  private final long startedNanos;

  private Bot(Process process, Path output, long startedNanos) {
    this.process = process;
    this.output = output;
    this.startedNanos = startedNanos;
  }

  static Path jar() {
    return Bench.root().resolve("bot-app/target/plantain.jar");
  }

  /**
   * @param options of Java, beside those that the launcher always gives
   * @param folder for data and output; made where it is missing
   */
  static Bot start(List<String> options, Path folder, URI telegram, URI gemini) throws IOException {
    return start(
        options,
        folder,
        Map.of(
            "TELEGRAM_TOKEN",
            ChatDouble.TOKEN,
            "TELEGRAM_API_URL",
            telegram.toString(),
            "GEMINI_API_KEY",
            "key",
            "GEMINI_BASE_URL",
            gemini.toString(),
            "GEMINI_CONCURRENCY",
            "32"));
  }

  /** The same with any settings but that of the data folder. */
  static Bot start(List<String> options, Path folder, Map<String, String> settings)
      throws IOException {
    Files.createDirectories(folder);
    List<String> command = command(options);
    command.addAll(List.of("-jar", jar().toString(), "run"));
    Path output = folder.resolve("output.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().putAll(settings);
    builder.environment().put("DATA_DIR", folder.resolve("data").toString());
    long started = System.nanoTime();
    return new Bot(builder.start(), output, started);
  }

  /** Makes the cache of loaded classes, as the launcher does. */
  static void remember(List<String> options, Path cache) throws IOException, InterruptedException {
    List<String> command = command(options);
    command.addAll(List.of("-XX:AOTCacheOutput=" + cache, "-jar", jar().toString(), "warm-up"));
    new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  private static List<String> command(List<String> options) {
    List<String> command = new ArrayList<>();
    command.add(Bench.executable());
    command.add("@" + Bench.root().resolve("config/java-options"));
    command.addAll(options);
    return command;
  }

  long startedNanos() {
    return startedNanos;
  }

  boolean alive() {
    return process.isAlive();
  }

  String output() throws IOException {
    return Files.readString(output);
  }

  /** In MB; {@code VmRSS} now or {@code VmHWM} at most. */
  long residentMegabytes(String which) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
      if (line.startsWith(which + ":")) {
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
      }
    }
    throw new IOException("no " + which);
  }

  void collectGarbage() throws IOException, InterruptedException {
    Path jcmd = Path.of(Bench.executable()).resolveSibling("jcmd");
    new ProcessBuilder(jcmd.toString(), Long.toString(process.pid()), "GC.run")
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().completeOnTimeout(process, 10, TimeUnit.SECONDS).join();
    process.destroyForcibly();
  }
}
