package dev.plantain.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Thirty-two answers of 4K at once, with the whole bot in a small heap. */
final class Burst implements Bench.Measurement {
  private static final int AT_ONCE = 32;
  private static final Pattern AFTER_COLLECTION = Pattern.compile("Pause .*?\\d+M->(\\d+)M\\(");

  @Override
  public void measure(Path samples, Path scratch) throws Exception {
    Table table =
        new Table(
            AT_ONCE + " answers of 4K at once",
            "heap",
            "results",
            "half of them after, s",
            "last but one after, s",
            "last after, s",
            "most live after a collection, MB",
            "peak RSS, MB",
            "out of memory");
    for (String heap : List.of("96m", "64m", "48m")) {
      row(table, heap, samples, scratch.resolve(heap));
    }
    table.print();
  }

  private static void row(Table table, String heap, Path samples, Path folder) throws Exception {
    Files.createDirectories(folder);
    Path log = folder.resolve("gc.txt");
    List<String> options = List.of("-Xmx" + heap, "-Xlog:gc:file=" + log);
    try (ModelDouble model = new ModelDouble(samples);
        ChatDouble chats = new ChatDouble();
        Bot bot =
            Bot.start(options, folder, chats.apiUrl(), model.baseUrl(Samples.Answer.FOUR_K))) {
      model.gather(AT_ONCE);
      chats.awaitFirstPoll();
      List<ChatDouble.Seen> asked = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        asked.add(chats.ask(200_000 + i));
      }
      int whole = 0;
      List<Long> ends = new ArrayList<>();
      long size = Files.size(Samples.Answer.FOUR_K.picture(samples));
      for (ChatDouble.Seen seen : asked) {
        if (seen.awaitResult(200) && seen.resultBytes() > size) {
          whole++;
          ends.add(seen.resultNanos());
        }
      }
      table.row(
          "-Xmx" + heap,
          whole + " of " + AT_ONCE,
          seconds(ends, ends.size() / 2, model),
          seconds(ends, ends.size() - 2, model),
          seconds(ends, ends.size() - 1, model),
          Integer.toString(mostLive(log)),
          bot.alive() ? Long.toString(bot.residentMegabytes("VmHWM")) : "ended",
          bot.output().contains("OutOfMemory") ? "yes" : "no");
    }
  }

  private static String seconds(List<Long> ends, int index, ModelDouble model) {
    List<Long> sorted = ends.stream().sorted().toList();
    return index < 0 || index >= sorted.size()
        ? "never"
        : Meter.decimals(1, (sorted.get(index) - model.openedNanos()) / 1e9);
  }

  private static int mostLive(Path log) throws java.io.IOException {
    int most = 0;
    for (String line : Files.readAllLines(log)) {
      Matcher matcher = AFTER_COLLECTION.matcher(line);
      if (matcher.find()) {
        most = Math.max(most, Integer.parseInt(matcher.group(1)));
      }
    }
    return most;
  }
}
