package dev.plantain.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A {@link ModelDouble} in a process of its own. */
final class ModelProcess implements AutoCloseable {
  private final Process process;
  private final URI address;

  ModelProcess(Path samples) throws IOException {
    process =
        Bench.java(List.of("-Xmx512m"), ModelDouble.class, samples.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    // Closed with the process.
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    String line = out.readLine();
    if (line == null) {
      throw new IOException("the model has not started");
    }
    address = URI.create(line);
  }

  URI baseUrl(Samples.Answer answer) {
    return ModelDouble.at(address, answer);
  }

  URI baseUrl(Spoken spoken) {
    return URI.create(address + "/" + spoken.name());
  }

  @Override
  public void close() {
    process.destroy();
  }
}
