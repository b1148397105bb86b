package dev.plantain.bench;

import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs several ways of doing the same in turn, A B C A B C, and tells what each cost this process:
 * medians over the rounds.
 */
final class Meter {
  private static final com.sun.management.OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);
  private static final com.sun.management.ThreadMXBean THREADS =
      ManagementFactory.getPlatformMXBean(com.sun.management.ThreadMXBean.class);

  private final Map<String, Way> ways = new LinkedHashMap<>();
  private final Map<String, List<Cost>> costs = new LinkedHashMap<>();

  /** One way of doing it. */
  interface Way {
    void go() throws Exception;
  }

  /** What one go cost. */
  private record Cost(double cpuMillis, double wallMillis, double allocatedMegabytes) {}

  void add(String name, Way way) {
    ways.put(name, way);
    costs.put(name, new ArrayList<>());
  }

  /**
   * @param warmUps rounds that are not counted
   * @param goes how often each way is gone in a round
   * @param after is done after each, and not counted
   */
  void run(int warmUps, int rounds, int goes, Way after) throws Exception {
    for (int round = -warmUps; round < rounds; round++) {
      for (Map.Entry<String, Way> way : ways.entrySet()) {
        Cost cost = cost(way.getValue(), goes);
        if (round >= 0) {
          costs.getOrDefault(way.getKey(), new ArrayList<>()).add(cost);
        }
        after.go();
        System.gc();
      }
    }
  }

  private static Cost cost(Way way, int goes) throws Exception {
    long allocated = THREADS.getTotalThreadAllocatedBytes();
    long cpu = SYSTEM.getProcessCpuTime();
    long wall = System.nanoTime();
    for (int i = 0; i < goes; i++) {
      way.go();
    }
    return new Cost(
        (SYSTEM.getProcessCpuTime() - cpu) / 1e6 / goes,
        (System.nanoTime() - wall) / 1e6 / goes,
        (THREADS.getTotalThreadAllocatedBytes() - allocated) / 1e6 / goes);
  }

  /** A row for each way; the ratio is of the CPU, to the way of this name. */
  void print(String title, String one) {
    double base = median(one, 0);
    Table table = new Table(title, "way", "CPU ms", "ratio", "wall ms", "allocated MB");
    for (String name : ways.keySet()) {
      table.row(
          name,
          decimals(1, median(name, 0)),
          decimals(2, median(name, 0) / base),
          decimals(1, median(name, 1)),
          decimals(2, median(name, 2)));
    }
    table.print();
  }

  double cpuMillis(String name) {
    return median(name, 0);
  }

  double allocatedMegabytes(String name) {
    return median(name, 2);
  }

  private double median(String name, int column) {
    return percentile(
        costs.getOrDefault(name, List.of()).stream()
            .mapToDouble(cost ->
                switch (column) {
                  case 0 -> cost.cpuMillis();
                  case 1 -> cost.wallMillis();
                  default -> cost.allocatedMegabytes();
                })
            .toArray(),
        50);
  }

  static double percentile(double[] values, int percent) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted.length == 0
        ? Double.NaN
        : sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
  }

  static String decimals(int digits, double value) {
    return BigDecimal.valueOf(value).setScale(digits, RoundingMode.HALF_UP).toPlainString();
  }

  /** How busy the machine is, as others may share it. */
  static String load() {
    return decimals(1, SYSTEM.getSystemLoadAverage());
  }
}
