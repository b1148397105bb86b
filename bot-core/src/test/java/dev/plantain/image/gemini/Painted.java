package dev.plantain.image.gemini;

import dev.plantain.image.AspectRatio;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Random;
import javax.imageio.ImageIO;

/** Pictures that differ with what was asked for. */
public final class Painted {
  private Painted() {}

  /** Stripes whose colours depend on the whole request, signed and with a word to it. */
  static ScriptedAnswer answer(AskedOfGemini request) {
    AspectRatio ratio = request.ratio().flatMap(AspectRatio::parse).orElse(new AspectRatio(4, 3));
    int unit = 256 / Math.max(ratio.width(), ratio.height());
    long seed = request.contents().hashCode() * 31L + request.ratio().hashCode();
    return ScriptedAnswer.picture(
        "Here it is: " + request.words(),
        picture("jpg", unit * ratio.width(), unit * ratio.height(), seed),
        "image/jpeg",
        signature(seed, 4000));
  }

  /** A picture in one of the formats that the JDK writes: png, jpg, gif, bmp. */
  public static byte[] picture(String format, int width, int height, long seed) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(seed);
    Graphics2D brush = image.createGraphics();
    for (int y = 0; y < height; y += 16) {
      brush.setColor(new Color(random.nextInt(0x1000000)));
      brush.fillRect(0, y, width, 16);
    }
    brush.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, format, bytes)) {
        throw new IllegalArgumentException("the JDK writes no " + format);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** A string that looks like a thought signature. */
  public static String signature(long seed, int bytes) {
    byte[] random = new byte[bytes];
    new Random(seed).nextBytes(random);
    return Base64.getEncoder().encodeToString(random);
  }
}
