package dev.plantain.image.offline;

import dev.plantain.image.AspectRatio;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Drawn pictures for tests, and what is measured on them. */
final class Pictures {
  private Pictures() {}

  /** A blue sky over a green field with a house whose windows are bright. */
  static Bitmap landscape(int width, int height) {
    Bitmap picture = new Bitmap(width, height);
    Graphics2D graphics = picture.draw();
    graphics.scale(width / 600.0, height / 400.0);
    graphics.setPaint(
        new GradientPaint(0, 0, new Color(70, 140, 220), 0, 220, new Color(190, 220, 240)));
    graphics.fillRect(0, 0, 600, 230);
    graphics.setColor(new Color(90, 150, 60));
    graphics.fillRect(0, 230, 600, 170);
    graphics.setColor(new Color(170, 90, 70));
    graphics.fillRect(100, 180, 100, 80);
    graphics.setColor(new Color(250, 250, 235));
    graphics.fillRect(115, 200, 22, 22);
    graphics.fillRect(160, 200, 22, 22);
    graphics.dispose();
    return picture;
  }

  /** Every pixel of any colour, half of them more or less transparent. */
  static Bitmap noise(int width, int height, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Bitmap picture = new Bitmap(width, height);
    for (int i = 0; i < picture.argb().length; i++) {
      picture.argb()[i] = random.nextInt();
    }
    return picture;
  }

  static Bitmap plain(int width, int height, int rgb) {
    Bitmap picture = new Bitmap(width, height);
    Arrays.fill(picture.argb(), 0xff000000 | rgb);
    return picture;
  }

  /** The means of red, green and blue over some rows. */
  static double[] mean(Bitmap picture, int fromRow, int toRow) {
    double[] sums = new double[3];
    for (int i = fromRow * picture.width(); i < toRow * picture.width(); i++) {
      sums[0] += (picture.argb()[i] >> 16) & 0xff;
      sums[1] += (picture.argb()[i] >> 8) & 0xff;
      sums[2] += picture.argb()[i] & 0xff;
    }
    double count = (double) (toRow - fromRow) * picture.width();
    return new double[] {sums[0] / count, sums[1] / count, sums[2] / count};
  }

  static double light(Bitmap picture) {
    double[] mean = mean(picture, 0, picture.height());
    return 0.3 * mean[0] + 0.59 * mean[1] + 0.11 * mean[2];
  }

  /** How much light changes from one pixel to the next, on the average. */
  static double detail(Bitmap picture) {
    long sum = 0;
    for (int i = 1; i < picture.argb().length; i++) {
      if (i % picture.width() != 0) {
        sum += Math.abs(Bitmap.luma(picture.argb()[i]) - Bitmap.luma(picture.argb()[i - 1]));
      }
    }
    return (double) sum / picture.argb().length;
  }

  static double ratio(Bitmap picture) {
    return (double) picture.width() / picture.height();
  }

  static double ratio(AspectRatio ratio) {
    return (double) ratio.width() / ratio.height();
  }
}
