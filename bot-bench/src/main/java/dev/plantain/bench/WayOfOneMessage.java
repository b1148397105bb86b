package dev.plantain.bench;

import java.nio.file.Path;
import java.util.List;

/** The bot's own share of the way of one message, on an idle bot. */
final class WayOfOneMessage implements Bench.Measurement {
  private static final int WARM_UPS = 50;
  private static final int COUNTED = 200;

  @Override
  public void measure(Path samples, Path scratch) throws Exception {
    for (Samples.Answer answer : List.of(Samples.Answer.ONE_K, Samples.Answer.FOUR_K)) {
      measure(answer, samples, scratch.resolve(answer.label()));
    }
  }

  private static void measure(Samples.Answer answer, Path samples, Path folder) throws Exception {
    double[] card = new double[COUNTED];
    double[] result = new double[COUNTED];
    try (ModelDouble model = new ModelDouble(samples);
        ChatDouble chats = new ChatDouble();
        Bot bot = Bot.start(List.of("-Xmx96m"), folder, chats.apiUrl(), model.baseUrl(answer))) {
      chats.awaitFirstPoll();
      for (int i = -WARM_UPS; i < COUNTED; i++) {
        ChatDouble.Seen seen = chats.ask(100_000 + i);
        if (!seen.awaitResult(30)) {
          throw new IllegalStateException("no result:\n" + bot.output());
        }
        long answered = model.answeredNanos().getLast();
        if (i >= 0) {
          card[i] = (seen.cardNanos() - seen.givenNanos()) / 1e6;
          result[i] = (seen.resultNanos() - answered) / 1e6;
        }
        Thread.sleep(30);
      }
    }
    Table table =
        new Table(
            "Own share of the way, " + COUNTED + " requests, " + answer.label() + " answers",
            "ms",
            "p50",
            "p95");
    row(table, "update received to card posted", card);
    row(table, "answer at its end to result posted (the upload counted)", result);
    table.print();
  }

  private static void row(Table table, String name, double[] millis) {
    table.row(
        name,
        Meter.decimals(1, Meter.percentile(millis, 50)),
        Meter.decimals(1, Meter.percentile(millis, 95)));
  }
}
