package dev.plantain.bench;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** From nothing to the first request for updates, and what stays in memory then. */
final class Starting implements Bench.Measurement {
  private static final int STARTS = 5;
  private static final URI NO_MODEL = URI.create("http://127.0.0.1:9");

  @Override
  public void measure(Path samples, Path scratch) throws Exception {
    Path cache = scratch.resolve("plantain.aot");
    List<String> heap = List.of("-Xmx96m");
    Bot.remember(heap, cache);
    Map<String, List<String>> ways = new LinkedHashMap<>();
    ways.put("without AOT cache", heap);
    ways.put("with AOT cache", List.of("-Xmx96m", "-XX:AOTCache=" + cache));
    Map<String, List<Double>> first = new LinkedHashMap<>();
    Map<String, List<Double>> again = new LinkedHashMap<>();
    for (int i = 0; i < STARTS; i++) {
      for (Map.Entry<String, List<String>> way : ways.entrySet()) {
        Path folder = scratch.resolve(way.getKey() + i);
        first.computeIfAbsent(way.getKey(), _ -> new ArrayList<>()).add(start(way, folder));
        again.computeIfAbsent(way.getKey(), _ -> new ArrayList<>()).add(start(way, folder));
      }
    }
    Table table =
        new Table(
            "Start to first poll, median of " + STARTS + ", ms",
            "way",
            "empty data folder",
            "later");
    first.forEach((way, millis) ->
        table.row(way, median(millis), median(again.getOrDefault(way, List.of()))));
    table.print();
    System.out.println();
    System.out.println("The AOT cache has " + Files.size(cache) / 1_000_000 + " MB.");
    idle(ways, scratch);
  }

  private static double start(Map.Entry<String, List<String>> way, Path folder) throws Exception {
    try (ChatDouble chats = new ChatDouble();
        Bot bot = Bot.start(way.getValue(), folder, chats.apiUrl(), NO_MODEL)) {
      return (chats.awaitFirstPoll() - bot.startedNanos()) / 1e6;
    }
  }

  private static void idle(Map<String, List<String>> ways, Path scratch) throws Exception {
    Table table =
        new Table("Idle memory, VmRSS in MB", "way", "after 60 s", "after a collection as well");
    List<ChatDouble> chats = new ArrayList<>();
    Map<String, Bot> bots = new LinkedHashMap<>();
    for (Map.Entry<String, List<String>> way : ways.entrySet()) {
      ChatDouble chat = new ChatDouble();
      chats.add(chat);
      bots.put(
          way.getKey(),
          Bot.start(
              way.getValue(), scratch.resolve("idle " + way.getKey()), chat.apiUrl(), NO_MODEL));
      chat.awaitFirstPoll();
    }
    Thread.sleep(60_000);
    for (Map.Entry<String, Bot> bot : bots.entrySet()) {
      long before = bot.getValue().residentMegabytes("VmRSS");
      bot.getValue().collectGarbage();
      Thread.sleep(1_000);
      table.row(
          bot.getKey(),
          Long.toString(before),
          Long.toString(bot.getValue().residentMegabytes("VmRSS")));
    }
    for (Bot bot : bots.values()) {
      bot.close();
    }
    chats.forEach(ChatDouble::close);
    table.print();
  }

  private static String median(List<Double> values) {
    double[] array = values.stream().mapToDouble(Double::doubleValue).toArray();
    return Meter.decimals(0, Meter.percentile(array, 50));
  }
}
