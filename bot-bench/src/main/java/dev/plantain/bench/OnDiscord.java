package dev.plantain.bench;

import dev.plantain.discord.LoopbackDiscord;
import dev.plantain.discord.LoopbackDiscord.Channel;
import dev.plantain.discord.LoopbackDiscord.Guild;
import dev.plantain.discord.LoopbackDiscord.Interaction;
import dev.plantain.discord.LoopbackDiscord.User;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** How soon an interaction is acknowledged with many at once, and what many servers cost. */
final class OnDiscord implements Bench.Measurement {
  private static final int AT_ONCE = 100;
  private static final int WARM_UPS = 10;
  private static final int ROUNDS = 20;
  private static final int PACED = 1_500;
  private static final Duration GAP = Duration.ofMillis(20);
  private static final int SERVERS = 2_500;
  private static final int CHANNELS = 20;

  @Override
  public void measure(Path samples, Path scratch) throws Exception {
    acknowledgeAmidWork(samples, scratch.resolve("amid"));
    acknowledge(scratch.resolve("acknowledge"));
    hold(scratch.resolve("hold"));
  }

  private static Bot start(
      String heap, Path folder, LoopbackDiscord discord, Map<String, String> more)
      throws Exception {
    Map<String, String> settings = new HashMap<>(more);
    settings.put("DISCORD_TOKEN", LoopbackDiscord.TOKEN);
    settings.put("DISCORD_API_URL", discord.apiUrl().toString());
    return Bot.start(List.of(heap), folder, settings);
  }

  /**
   * While a hundred requests for pictures are under way, at a pace that leaves the processors idle
   * for most of the time: what is more than with JDA alone is our own share.
   */
  private static void acknowledgeAmidWork(Path samples, Path folder) throws Exception {
    Table table =
        new Table(
            "Interaction sent to acknowledged, one each %d ms, %d in all"
                .formatted(GAP.toMillis(), PACED),
            "ms, the Discord of our own on the same machine counted",
            "p50",
            "p95",
            "p99");
    try (ModelDouble model = new ModelDouble(samples);
        LoopbackDiscord discord = new LoopbackDiscord();
        Bot bot =
            start(
                "-Xmx96m",
                folder,
                discord,
                Map.of(
                    "GEMINI_API_KEY",
                    "key",
                    "GEMINI_BASE_URL",
                    model.baseUrl(Samples.Answer.ONE_K).toString()))) {
      // Nobody is answered, as never so many ask.
      model.gather(Integer.MAX_VALUE);
      Asker asker = Asker.on(discord);
      for (int i = 0; i < AT_ONCE; i++) {
        discord.awaitAcknowledged(
            discord.command(asker.user(), asker.channel(), "imagine", Map.of("words", "a " + i)));
      }
      row(table, "the packaged program, with " + AT_ONCE + " requests under way", paced(asker));
      if (!bot.alive()) {
        throw new IllegalStateException(bot.output());
      }
    }
    try (LoopbackDiscord discord = new LoopbackDiscord()) {
      Process bare = bare(discord);
      try {
        row(table, "JDA alone, which does nothing else", paced(Asker.on(discord)));
      } finally {
        bare.destroyForcibly();
      }
    }
    table.print();
  }

  private static Process bare(LoopbackDiscord discord) throws IOException {
    return Bench.java(List.of("-Xmx96m"), BareDiscordBot.class, discord.apiUrl().toString())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static double[] paced(Asker asker) throws Exception {
    List<Future<Double>> pending = new ArrayList<>();
    try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < WARM_UPS * AT_ONCE + PACED; i++) {
        pending.add(people.submit(asker::acknowledged));
        Thread.sleep(GAP);
      }
    }
    double[] millis = new double[PACED];
    for (int i = 0; i < PACED; i++) {
      millis[i] = pending.get(WARM_UPS * AT_ONCE + i).get();
    }
    return millis;
  }

  /** Somebody in a channel of a server whose commands are registered. */
  private record Asker(LoopbackDiscord discord, User user, Channel channel) {
    static Asker on(LoopbackDiscord discord) {
      User ann = discord.user("Ann");
      Guild guild = discord.guild("Photographers", ann);
      Channel channel = discord.channel(guild, "pictures");
      discord.awaitConnected();
      discord.await("the commands", () -> discord.offered(ann, channel, BareDiscordBot.COMMAND));
      return new Asker(discord, ann, channel);
    }

    double acknowledged() {
      long from = System.nanoTime();
      Interaction asked = discord.command(user, channel, BareDiscordBot.COMMAND, Map.of());
      discord.awaitAcknowledged(asked);
      return (System.nanoTime() - from) / 1e6;
    }
  }

  /** The clock runs from the dispatch of a command to its acknowledgement at the other side. */
  private static void acknowledge(Path folder) throws Exception {
    Table table =
        new Table(
            "Interaction sent to acknowledged, %d at once, %d in all"
                .formatted(AT_ONCE, AT_ONCE * ROUNDS),
            "ms, the Discord of our own on the same machine counted",
            "p50",
            "p95",
            "p99");
    try (LoopbackDiscord discord = new LoopbackDiscord();
        Bot bot = start("-Xmx96m", folder, discord, Map.of())) {
      row(table, "the packaged program, which also answers", acknowledgements(discord));
      if (!bot.alive()) {
        throw new IllegalStateException(bot.output());
      }
    }
    try (LoopbackDiscord discord = new LoopbackDiscord()) {
      Process bare = bare(discord);
      try {
        row(table, "JDA alone, which does nothing else", acknowledgements(discord));
      } finally {
        bare.destroyForcibly();
      }
    }
    table.print();
  }

  private static void row(Table table, String name, double[] millis) {
    table.row(
        name,
        Meter.decimals(1, Meter.percentile(millis, 50)),
        Meter.decimals(1, Meter.percentile(millis, 95)),
        Meter.decimals(1, Meter.percentile(millis, 99)));
  }

  private static double[] acknowledgements(LoopbackDiscord discord) throws Exception {
    Asker asker = Asker.on(discord);
    List<Double> millis = new ArrayList<>();
    try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int round = -WARM_UPS; round < ROUNDS; round++) {
        List<Future<Double>> pending = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
          pending.add(people.submit(asker::acknowledged));
        }
        for (Future<Double> one : pending) {
          double took = one.get();
          if (round >= 0) {
            millis.add(took);
          }
        }
      }
    }
    return millis.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static void hold(Path folder) throws Exception {
    try (LoopbackDiscord discord = new LoopbackDiscord()) {
      User ann = discord.user("Ann");
      for (int server = 0; server < SERVERS; server++) {
        Guild guild = discord.guild("Server " + server, ann);
        for (int channel = 0; channel < CHANNELS; channel++) {
          discord.channel(guild, "channel-" + channel);
        }
      }
      try (Bot bot = start("-Xmx256m", folder, discord, Map.of())) {
        discord.awaitConnected();
        Thread.sleep(30_000);
        bot.collectGarbage();
        Thread.sleep(1_000);
        Table table =
            new Table(
                "%d servers of %d channels, -Xmx256m".formatted(SERVERS, CHANNELS),
                "alive",
                "VmRSS after a collection, MB",
                "at most, MB");
        table.row(
            bot.alive() && !bot.output().contains("OutOfMemory") ? "yes" : "no",
            Long.toString(bot.residentMegabytes("VmRSS")),
            Long.toString(bot.residentMegabytes("VmHWM")));
        table.print();
      }
    }
  }
}
