package dev.plantain.media;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** A plain picture that is shown in the place of another one: a crossed out circle on grey. */
public final class Curtain {
  public static final int WIDTH = 640;
  public static final int HEIGHT = 360;

  private static final double RADIUS = 60;
  private static final Color CLOTH = new Color(0x3A3D42);
  private static final Color MARK = new Color(0x8B9098);

  private Curtain() {}

  /** As a PNG; needs no fonts, and is always the same. */
  public static byte[] png() {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D canvas = image.createGraphics();
    try {
      canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      canvas.setColor(CLOTH);
      canvas.fillRect(0, 0, WIDTH, HEIGHT);
      canvas.setColor(MARK);
      canvas.setStroke(new BasicStroke(10));
      double x = WIDTH / 2.0;
      double y = HEIGHT / 2.0;
      double slant = RADIUS * Math.sqrt(0.5);
      canvas.draw(new Ellipse2D.Double(x - RADIUS, y - RADIUS, 2 * RADIUS, 2 * RADIUS));
      canvas.draw(new Line2D.Double(x - slant, y + slant, x + slant, y - slant));
    } finally {
      canvas.dispose();
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", bytes);
    } catch (IOException memoryDoesNotFail) {
      throw new UncheckedIOException(memoryDoesNotFail);
    }
    return bytes.toByteArray();
  }
}
