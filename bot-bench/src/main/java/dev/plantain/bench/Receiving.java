package dev.plantain.bench;

import java.io.FileOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

/** An answer of the model, from the wire into a file. */
final class Receiving implements Bench.Measurement {
  private static final String SDK = "google-genai 1.70.0, written to a file";

  @Override
  public void measure(Path samples, Path scratch) throws Exception {
    try (ModelProcess model = new ModelProcess(samples)) {
      measure(model, Samples.Answer.FOUR_K, scratch, 15, 4);
      measure(model, Samples.Answer.ONE_K, scratch, 15, 20);
    }
  }

  private static void measure(
      ModelProcess model, Samples.Answer answer, Path scratch, int rounds, int goes)
      throws Exception {
    URI url = model.baseUrl(answer);
    Ours ours = new Ours(url, scratch.resolve("ours-" + answer.label()), List.of());
    Sdk sdk = new Sdk(url, List.of());
    Naive naive = new Naive(url);
    Path file = scratch.resolve("answer.png");
    Meter meter = new Meter();
    meter.add("ours: SHA-256, synced", ours::generate);
    meter.add(
        "ours without SHA-256",
        () -> {
          WithoutHash.on();
          try {
            ours.generate();
          } finally {
            WithoutHash.off();
          }
        });
    meter.add(SDK, () -> Files.write(file, sdk.generate()));
    meter.add("google-genai, SHA-256, synced", () -> keep(sdk.generate(), scratch));
    meter.add("OkHttp, readTree, decode, written", () -> Files.write(file, naive.generate()));
    meter.add("OkHttp, read and dropped", naive::drop);
    meter.run(5, rounds, goes, ours::forgetAnswers);
    meter.print(
        "Receiving a "
            + answer.label().toUpperCase(java.util.Locale.ROOT)
            + " answer of "
            + Files.size(answer.body(scratch.resolveSibling("samples"))) / 1_000
            + " kB",
        SDK);
  }

  /** What we do with a picture, done with one that is in memory. */
  private static void keep(byte[] picture, Path folder) throws Exception {
    String name = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(picture));
    Path draft = folder.resolve("draft");
    try (FileOutputStream out = new FileOutputStream(draft.toFile())) {
      out.write(picture);
      out.getFD().sync();
    } catch (IOException e) {
      Files.deleteIfExists(draft);
      throw e;
    }
    Path kept = Files.move(draft, folder.resolve(name));
    Files.delete(kept);
  }
}
