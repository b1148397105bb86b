package dev.plantain.bench;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Pictures and answers as large as those of the real model, made from a seed. */
final class Samples {
  private static final int SIGNATURE_BYTES = 1_095_000;

  private Samples() {}

  /** An answer of the model, as it goes over the wire: words, a picture and its signature. */
  enum Answer {
    /** 16.8 MB of picture. */
    FOUR_K("4k", 4096, 6),
    /** 1.5 MB of picture. */
    ONE_K("1k", 1024, 14),
    /** A few hundred bytes, where something else is measured. */
    TINY("tiny", 8, 2);

    private final String label;
    private final int side;
    private final int shades;

    Answer(String label, int side, int shades) {
      this.label = label;
      this.side = side;
      this.shades = shades;
    }

    String label() {
      return label;
    }

    /** The file of the picture alone, made where it is missing. */
    Path picture(Path folder) throws IOException {
      Path file = folder.resolve(label + ".png");
      if (!Files.exists(file)) {
        writePicture(file, side, shades, side);
      }
      return file;
    }

    /** The file of the whole answer, made where it is missing. */
    Path body(Path folder) throws IOException {
      Path file = folder.resolve(label + ".json");
      if (!Files.exists(file)) {
        byte[] signature = new byte[this == TINY ? 30 : SIGNATURE_BYTES];
        new Random(side).nextBytes(signature);
        try (OutputStream out = Files.newOutputStream(file)) {
          out.write(
              utf8(
                  "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"Here it is.\"},"
                      + "{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\""));
          out.write(Base64.getEncoder().encode(Files.readAllBytes(picture(folder))));
          out.write(utf8("\"},\"thoughtSignature\":\""));
          out.write(Base64.getEncoder().encode(signature));
          out.write(
              utf8(
                  "\"}],\"role\":\"model\"},\"finishReason\":\"STOP\",\"index\":0}],"
                      + "\"usageMetadata\":{\"promptTokenCount\":5,\"candidatesTokenCount\":1518,"
                      + "\"totalTokenCount\":1523},\"modelVersion\":\"loopback\"}"));
        }
      }
      return file;
    }
  }

  /** A photo of about 4 MB; different ones for different seeds. */
  static Path photo(Path folder, int seed) throws IOException {
    Path file = folder.resolve("photo-" + seed + ".png");
    if (!Files.exists(file)) {
      writePicture(file, 1500, 20, seed);
    }
    return file;
  }

  // Noise in few shades and Huffman codes alone: as many pixels as a real picture of that size in
  // bytes has, and quickly made.
  private static void writePicture(Path file, int side, int shades, int seed) throws IOException {
    byte[] rows = new byte[side * (side * 3 + 1)];
    Random random = new Random(seed);
    for (int at = 0; at < rows.length; at++) {
      rows[at] = at % (side * 3 + 1) == 0 ? 0 : (byte) (random.nextInt(shades) * 9);
    }
    byte[] packed = new byte[rows.length + 1024];
    try (Deflater deflater = new Deflater();
        DataOutputStream out =
            new DataOutputStream(
                new java.io.BufferedOutputStream(Files.newOutputStream(file), 64 * 1024))) {
      deflater.setStrategy(Deflater.HUFFMAN_ONLY);
      deflater.setInput(rows);
      deflater.finish();
      int length = 0;
      while (!deflater.finished()) {
        length += deflater.deflate(packed, length, packed.length - length);
      }
      out.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
      byte[] header = {0, 0, 0, 0, 0, 0, 0, 0, 8, 2, 0, 0, 0};
      for (int at : new int[] {0, 4}) {
        header[at + 2] = (byte) (side >> 8);
        header[at + 3] = (byte) side;
      }
      chunk(out, "IHDR", header, 0, header.length);
      for (int at = 0; at < length; at += 64 * 1024) {
        chunk(out, "IDAT", packed, at, Math.min(64 * 1024, length - at));
      }
      chunk(out, "IEND", new byte[0], 0, 0);
    }
  }

  private static void chunk(DataOutputStream out, String name, byte[] bytes, int from, int length)
      throws IOException {
    CRC32 sum = new CRC32();
    sum.update(utf8(name));
    sum.update(bytes, from, length);
    out.writeInt(length);
    out.write(utf8(name));
    out.write(bytes, from, length);
    out.writeInt((int) sum.getValue());
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
