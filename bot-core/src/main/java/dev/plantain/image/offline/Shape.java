package dev.plantain.image.offline;

import dev.plantain.image.AspectRatio;
import java.awt.Graphics2D;

/** Crops, turns and scales pictures. */
final class Shape {
  private Shape() {}

  /** The largest middle part of that shape; never adds pixels. */
  static Bitmap crop(Bitmap picture, AspectRatio ratio) {
    long width = picture.width();
    long height = picture.height();
    long wide = Math.min(width, Math.round((double) height * ratio.width() / ratio.height()));
    long high = Math.min(height, Math.round((double) width * ratio.height() / ratio.width()));
    return middle(picture, (int) Math.max(1, wide), (int) Math.max(1, high));
  }

  private static Bitmap middle(Bitmap picture, int width, int height) {
    if (width == picture.width() && height == picture.height()) {
      return picture;
    }
    Bitmap part = new Bitmap(width, height);
    int left = (picture.width() - width) / 2;
    int top = (picture.height() - height) / 2;
    for (int y = 0; y < height; y++) {
      System.arraycopy(
          picture.argb(), (top + y) * picture.width() + left, part.argb(), y * width, width);
    }
    return part;
  }

  /** Clockwise. Between the right angles, the largest upright part that has no empty corners. */
  static Bitmap rotate(Bitmap picture, int degrees) {
    return switch (degrees) {
      case 90 -> quarter(picture, true);
      case 180 -> flip(mirror(picture));
      case 270 -> quarter(picture, false);
      default -> tilt(picture, Math.toRadians(degrees));
    };
  }

  private static Bitmap quarter(Bitmap picture, boolean clockwise) {
    int width = picture.height();
    int height = picture.width();
    Bitmap turned = new Bitmap(width, height);
    for (int y = 0; y < picture.height(); y++) {
      int column = clockwise ? width - 1 - y : y;
      for (int x = 0; x < picture.width(); x++) {
        int row = clockwise ? x : height - 1 - x;
        turned.argb()[row * width + column] = picture.argb()[y * picture.width() + x];
      }
    }
    return turned;
  }

  private static Bitmap tilt(Bitmap picture, double angle) {
    double sine = Math.abs(Math.sin(angle));
    double cosine = Math.abs(Math.cos(angle));
    double longer = picture.longer();
    double shorter = Math.min(picture.width(), picture.height());
    double wide;
    double high;
    if (shorter <= 2 * sine * cosine * longer) {
      boolean landscape = picture.width() >= picture.height();
      wide = shorter / 2 / (landscape ? sine : cosine);
      high = shorter / 2 / (landscape ? cosine : sine);
    } else {
      double twice = cosine * cosine - sine * sine;
      wide = (picture.width() * cosine - picture.height() * sine) / twice;
      high = (picture.height() * cosine - picture.width() * sine) / twice;
    }
    Bitmap tilted = new Bitmap(Math.max(1, (int) wide - 1), Math.max(1, (int) high - 1));
    Graphics2D graphics = tilted.draw();
    graphics.translate(tilted.width() / 2.0, tilted.height() / 2.0);
    graphics.rotate(angle);
    graphics.translate(-picture.width() / 2.0, -picture.height() / 2.0);
    graphics.drawImage(picture.image(), 0, 0, null);
    graphics.dispose();
    return tilted;
  }

  /** Left becomes right. */
  static Bitmap mirror(Bitmap picture) {
    int width = picture.width();
    int[] argb = picture.argb();
    for (int row = 0; row < argb.length; row += width) {
      for (int left = row, right = row + width - 1; left < right; left++, right--) {
        int swapped = argb[left];
        argb[left] = argb[right];
        argb[right] = swapped;
      }
    }
    return picture;
  }

  /** Top becomes bottom. */
  static Bitmap flip(Bitmap picture) {
    int width = picture.width();
    int[] argb = picture.argb();
    int[] line = new int[width];
    for (int top = 0, bottom = argb.length - width; top < bottom; top += width, bottom -= width) {
      System.arraycopy(argb, top, line, 0, width);
      System.arraycopy(argb, bottom, argb, top, width);
      System.arraycopy(line, 0, argb, bottom, width);
    }
    return picture;
  }

  /** Scales so that the longer side is as long as said. */
  static Bitmap longerSide(Bitmap picture, int pixels) {
    double factor = (double) pixels / picture.longer();
    return scale(
        picture,
        Math.max(1, (int) Math.round(picture.width() * factor)),
        Math.max(1, (int) Math.round(picture.height() * factor)));
  }

  /** Averages over the area when it shrinks, which keeps fine patterns calm. */
  static Bitmap scale(Bitmap picture, int width, int height) {
    if (width == picture.width() && height == picture.height()) {
      return picture;
    }
    if (width > picture.width() || height > picture.height()) {
      Bitmap larger = new Bitmap(width, height);
      Graphics2D graphics = larger.draw();
      graphics.drawImage(picture.image(), 0, 0, width, height, null);
      graphics.dispose();
      return larger;
    }
    Bitmap narrow = new Bitmap(width, picture.height());
    for (int y = 0; y < picture.height(); y++) {
      shrink(
          picture.argb(),
          y * picture.width(),
          1,
          picture.width(),
          narrow.argb(),
          y * width,
          1,
          width);
    }
    Bitmap small = new Bitmap(width, height);
    for (int x = 0; x < width; x++) {
      shrink(narrow.argb(), x, width, narrow.height(), small.argb(), x, width, height);
    }
    return small;
  }

  private static void shrink(
      int[] from, int start, int stride, int length, int[] to, int first, int step, int count) {
    float ratio = (float) length / count;
    for (int i = 0; i < count; i++) {
      float begin = i * ratio;
      float end = Math.min(length, begin + ratio);
      float alpha = 0;
      float red = 0;
      float green = 0;
      float blue = 0;
      for (int j = (int) begin; j < end; j++) {
        float weight = Math.min(end, j + 1f) - Math.max(begin, j);
        int pixel = from[start + j * stride];
        float seen = weight * (pixel >>> 24);
        alpha += seen;
        red += seen * ((pixel >> 16) & 0xff);
        green += seen * ((pixel >> 8) & 0xff);
        blue += seen * (pixel & 0xff);
      }
      int opacity = Bitmap.clamp(alpha / ratio) << 24;
      to[first + i * step] =
          alpha == 0 ? 0 : Bitmap.colour(opacity, red / alpha, green / alpha, blue / alpha);
    }
  }
}
