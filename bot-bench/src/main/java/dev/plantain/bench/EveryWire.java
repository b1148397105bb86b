package dev.plantain.bench;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * An answer of 4K on every wire: streamed into a file, as we read it, against the whole body as a
 * string, its tree, and the decoded bytes.
 */
final class EveryWire implements Bench.Measurement {
  private static final int LEAST_MEGABYTES = 4;
  private static final int MOST_MEGABYTES = 256;
  private static final String OURS = "ours";
  private static final String NAIVE = "naive";

  @Override
  public void measure(Path samples, Path scratch) throws Exception {
    Table table =
        new Table(
            "A 4K answer of 22.4 MB on every wire: ours against naive",
            "wire",
            "CPU ms",
            "ratio",
            "allocated MB",
            "ratio",
            "smallest heap MB",
            "ratio");
    try (ModelProcess model = new ModelProcess(samples)) {
      for (Spoken spoken : Spoken.values()) {
        row(table, spoken, model.baseUrl(spoken), scratch.resolve(spoken.name()));
      }
    }
    table.print();
  }

  private static void row(Table table, Spoken spoken, URI url, Path folder) throws Exception {
    Ours ours = new Ours(spoken.wire(), url, folder, List.of());
    OkHttpClient client = new OkHttpClient();
    Meter meter = new Meter();
    meter.add(OURS, ours::generate);
    meter.add(NAIVE, () -> naive(client, spoken, url, folder));
    meter.run(4, 9, 3, ours::forgetAnswers);
    int oursHeap = smallestHeap(OURS, spoken, url, folder);
    int naiveHeap = smallestHeap(NAIVE, spoken, url, folder);
    table.row(
        spoken.title(),
        pair(meter.cpuMillis(OURS), meter.cpuMillis(NAIVE)),
        ratio(meter.cpuMillis(OURS), meter.cpuMillis(NAIVE)),
        pair(meter.allocatedMegabytes(OURS), meter.allocatedMegabytes(NAIVE)),
        ratio(meter.allocatedMegabytes(OURS), meter.allocatedMegabytes(NAIVE)),
        oursHeap + " : " + naiveHeap,
        ratio(oursHeap, naiveHeap));
  }

  /** The least memory in which one answer comes through, by halving. */
  private static int smallestHeap(String way, Spoken spoken, URI url, Path folder)
      throws Exception {
    int least = LEAST_MEGABYTES;
    int most = MOST_MEGABYTES;
    while (least < most) {
      int middle = (least + most) / 2;
      if (comesThrough(middle, way, spoken, url, folder)) {
        most = middle;
      } else {
        least = middle + 1;
      }
    }
    return most;
  }

  private static boolean comesThrough(
      int megabytes, String way, Spoken spoken, URI url, Path folder) throws Exception {
    Process process =
        Bench.java(
                List.of("-Xmx" + megabytes + "m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                EveryWire.class,
                way,
                spoken.name(),
                url.toString(),
                folder.resolve("heap").toString())
            .redirectErrorStream(true)
            .redirectOutput(new File("/dev/null"))
            .start();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
      return false;
    }
    return process.exitValue() == 0;
  }

  /** Takes one answer, in a process of its own. */
  public static void main(String[] arguments) throws Exception {
    Spoken spoken = Spoken.valueOf(arguments[1]);
    URI url = URI.create(arguments[2]);
    Path folder = Files.createDirectories(Path.of(arguments[3]));
    if (arguments[0].equals(OURS)) {
      new Ours(spoken.wire(), url, folder, List.of()).generate();
    } else {
      naive(new OkHttpClient(), spoken, url, folder);
    }
    // The clients leave threads behind.
    Runtime.getRuntime().halt(0);
  }

  private static void naive(OkHttpClient client, Spoken spoken, URI url, Path folder)
      throws IOException {
    Request request =
        new Request.Builder()
            .url(url + "/v1/" + spoken.path())
            .header("Accept-Encoding", "identity")
            .post(RequestBody.create("{}", MediaType.get("application/json")))
            .build();
    try (Response response = client.newCall(request).execute()) {
      Files.write(folder.resolve("naive.png"), spoken.picture(response.body().string()));
    }
  }

  private static String pair(double ours, double naive) {
    return Meter.decimals(1, ours) + " : " + Meter.decimals(1, naive);
  }

  private static String ratio(double ours, double naive) {
    return Meter.decimals(2, ours / naive);
  }
}
