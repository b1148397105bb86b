package dev.plantain.bench;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** Three photos of 4 MB on their way to the model. */
final class Sending implements Bench.Measurement {
  private static final String SDK = "google-genai 1.70.0";

  @Override
  public void measure(Path samples, Path scratch) throws Exception {
    List<Path> photos =
        List.of(Samples.photo(samples, 1), Samples.photo(samples, 2), Samples.photo(samples, 3));
    try (ModelProcess model = new ModelProcess(samples)) {
      URI url = model.baseUrl(Samples.Answer.TINY);
      Ours ours = new Ours(url, scratch.resolve("ours"), photos);
      Sdk sdk = new Sdk(url, photos);
      Meter meter = new Meter();
      meter.add("ours", ours::generate);
      meter.add(SDK, sdk::generate);
      meter.run(5, 15, 4, () -> {});
      meter.print("Sending three photos of 4 MB", SDK);
    }
  }
}
