package dev.plantain.bench;

import dev.plantain.discord.LoopbackDiscord;
import dev.plantain.discord.LoopbackDiscord.Channel;
import dev.plantain.discord.LoopbackDiscord.Guild;
import dev.plantain.discord.LoopbackDiscord.Interaction;
import dev.plantain.discord.LoopbackDiscord.User;
import java.nio.file.Path;
import java.util.ArrayList;
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
  private static final int SERVERS = 2_500;
  private static final int CHANNELS = 20;

  @Override
  public void measure(Path samples, Path scratch) throws Exception {
    acknowledge(scratch.resolve("acknowledge"));
    hold(scratch.resolve("hold"));
  }

  private static Bot start(String heap, Path folder, LoopbackDiscord discord) throws Exception {
    Map<String, String> settings =
        Map.of(
            "DISCORD_TOKEN", LoopbackDiscord.TOKEN, "DISCORD_API_URL", discord.apiUrl().toString());
    return Bot.start(List.of(heap), folder, settings);
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
        Bot bot = start("-Xmx96m", folder, discord)) {
      row(table, "the packaged program, which also answers", acknowledgements(discord));
      if (!bot.alive()) {
        throw new IllegalStateException(bot.output());
      }
    }
    try (LoopbackDiscord discord = new LoopbackDiscord()) {
      Process bare =
          Bench.java(List.of("-Xmx96m"), BareDiscordBot.class, discord.apiUrl().toString())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
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
    User ann = discord.user("Ann");
    Guild guild = discord.guild("Photographers", ann);
    Channel channel = discord.channel(guild, "pictures");
    discord.awaitConnected();
    discord.await("the commands", () -> discord.offered(ann, channel, BareDiscordBot.COMMAND));
    List<Double> millis = new ArrayList<>();
    try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int round = -WARM_UPS; round < ROUNDS; round++) {
        List<Future<Double>> pending = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
          pending.add(people.submit(() -> acknowledged(discord, ann, channel)));
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

  private static double acknowledged(LoopbackDiscord discord, User ann, Channel channel) {
    long from = System.nanoTime();
    Interaction asked = discord.command(ann, channel, BareDiscordBot.COMMAND, Map.of());
    discord.awaitAcknowledged(asked);
    return (System.nanoTime() - from) / 1e6;
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
      try (Bot bot = start("-Xmx256m", folder, discord)) {
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
