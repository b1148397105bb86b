package dev.plantain.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Runs measurements by name, each in a process of its own, and prints their tables. */
public final class Bench {
  private static final Map<String, Measurement> ALL = new LinkedHashMap<>();

  static {
    ALL.put("receive", new Receiving());
    ALL.put("wires", new EveryWire());
    ALL.put("send", new Sending());
    ALL.put("path", new WayOfOneMessage());
    ALL.put("jobs", new JobStarts());
    ALL.put("start", new Starting());
    ALL.put("burst", new Burst());
    ALL.put("quota", new QuotaDecisions());
    ALL.put("discord", new OnDiscord());
  }

  private Bench() {}

  /** Prints tables. */
  interface Measurement {
    /**
     * Blocks until everything was measured and printed.
     *
     * @param samples a folder of large files, kept from one run to the next
     * @param scratch an empty folder, removed afterwards
     */
    void measure(Path samples, Path scratch) throws Exception;
  }

  public static void main(String[] arguments) throws Exception {
    if (arguments.length == 2 && arguments[0].equals("here")) {
      here(arguments[1]);
      return;
    }
    String names = arguments.length == 0 ? "all" : arguments[0];
    for (String name :
        names.equals("all") ? List.copyOf(ALL.keySet()) : List.of(names.split(","))) {
      Process process = java(List.of("-Xmx2g"), Bench.class, "here", name).inheritIO().start();
      if (process.waitFor() != 0) {
        throw new IllegalStateException(name + " ended with " + process.exitValue());
      }
    }
  }

  private static void here(String name) throws Exception {
    Measurement measurement = ALL.get(name);
    if (measurement == null) {
      throw new IllegalArgumentException(name + " is none of " + ALL.keySet());
    }
    Path target = root().resolve("bot-bench/target");
    Path samples = Files.createDirectories(target.resolve("samples"));
    Path scratch = Files.createTempDirectory(target, name);
    try {
      measurement.measure(samples, scratch);
    } finally {
      remove(scratch);
    }
    // The clients leave threads behind.
    System.exit(0);
  }

  static Path root() {
    return Path.of(System.getProperty("plantain.root", ".")).toAbsolutePath().normalize();
  }

  /** The same Java with the same class path, for a class with a main method. */
  static ProcessBuilder java(List<String> options, Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(executable());
    command.addAll(options);
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-Dplantain.root=" + root());
    command.add("-Dgenai.json.maxReadLength=" + Integer.MAX_VALUE);
    command.addAll(List.of("-classpath", System.getProperty("java.class.path", "")));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command);
  }

  static String executable() {
    return System.getProperty("java.home") + File.separator + "bin" + File.separator + "java";
  }

  static void remove(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
