package dev.plantain.media;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Tells from its first bytes what a file is. */
public final class ImageInspector {
  private static final long PNG_SIGNATURE = 0x89504e470d0a1a0aL;

  private ImageInspector() {}

  /** What the header of a picture says. */
  public record Description(MediaType type, int width, int height) {}

  /** Reads the header only, never the pixels. Empty where the file is no picture that we know. */
  public static Optional<Description> inspect(Path file) throws IOException {
    try (DataInputStream header = new DataInputStream(Files.newInputStream(file))) {
      if (Files.size(file) < 24 || header.readLong() != PNG_SIGNATURE) {
        return Optional.empty();
      }
      header.skipNBytes(8);
      return Optional.of(new Description(MediaType.PNG, header.readInt(), header.readInt()));
    }
  }
}
