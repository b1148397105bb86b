package dev.plantain.image.offline;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.util.SplittableRandom;

/** Paints soft shapes whose colours and places follow from a seed. */
final class Placeholder {
  private Placeholder() {}

  static Bitmap paint(int width, int height, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float hue = (float) random.nextDouble();
    float turn = (float) (0.10 + 0.16 * random.nextDouble());
    Bitmap picture = new Bitmap(width, height);
    Graphics2D graphics = picture.draw();
    graphics.setPaint(
        new GradientPaint(
            0,
            0,
            colour(hue, 0.62f, 0.58f, 255),
            width,
            height,
            colour(hue + turn, 0.70f, 0.36f, 255)));
    graphics.fillRect(0, 0, width, height);
    int longer = Math.max(width, height);
    for (int i = 0; i < 9; i++) {
      double size = longer * random.nextDouble(0.18, 0.62);
      double x = random.nextDouble(-0.15, 1.0) * width;
      double y = random.nextDouble(-0.15, 1.0) * height;
      float bright = (float) random.nextDouble(0.45, 0.85);
      graphics.setColor(
          colour(hue + turn * (float) random.nextDouble(-0.6, 1.7), 0.6f, bright, 74));
      graphics.fill(new Ellipse2D.Double(x, y, size, size));
    }
    graphics.dispose();
    Blur.soften(picture, longer / 55.0);
    return Tone.vignette(picture, 0.3f);
  }

  private static Color colour(float hue, float saturation, float brightness, int alpha) {
    int rgb = Color.HSBtoRGB(hue, saturation, brightness) & 0xffffff;
    return new Color(alpha << 24 | rgb, true);
  }
}
