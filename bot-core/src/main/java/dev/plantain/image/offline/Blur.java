package dev.plantain.image.offline;

/** A soft blur: three running means, which come close to a Gaussian at any width. */
final class Blur {
  private Blur() {}

  /** Blurs in place. A sigma below half a pixel changes nothing. */
  static Bitmap soften(Bitmap picture, double sigma) {
    int radius = (int) Math.round(sigma);
    if (radius < 1) {
      return picture;
    }
    boolean opaque = picture.opaque();
    if (!opaque) {
      multiplyByAlpha(picture.argb());
    }
    int width = picture.width();
    int height = picture.height();
    int[] line = new int[picture.longer()];
    int[] other = new int[picture.longer()];
    for (int y = 0; y < height; y++) {
      along(picture.argb(), y * width, 1, width, radius, line, other);
    }
    for (int x = 0; x < width; x++) {
      along(picture.argb(), x, width, height, radius, line, other);
    }
    if (!opaque) {
      divideByAlpha(picture.argb());
    }
    return picture;
  }

  private static void along(
      int[] argb, int start, int stride, int length, int radius, int[] line, int[] other) {
    for (int i = 0; i < length; i++) {
      line[i] = argb[start + i * stride];
    }
    mean(line, other, length, radius);
    mean(other, line, length, radius);
    mean(line, other, length, radius);
    for (int i = 0; i < length; i++) {
      argb[start + i * stride] = other[i];
    }
  }

  /** The edge pixels go on beyond the edges. */
  private static void mean(int[] from, int[] to, int length, int radius) {
    int last = length - 1;
    int count = 2 * radius + 1;
    long alpha = 0;
    long red = 0;
    long green = 0;
    long blue = 0;
    for (int i = -radius; i <= radius; i++) {
      int pixel = from[Math.clamp(i, 0, last)];
      alpha += pixel >>> 24;
      red += (pixel >> 16) & 0xff;
      green += (pixel >> 8) & 0xff;
      blue += pixel & 0xff;
    }
    int half = count / 2;
    for (int i = 0; i < length; i++) {
      to[i] =
          (int) ((alpha + half) / count) << 24
              | (int) ((red + half) / count) << 16
              | (int) ((green + half) / count) << 8
              | (int) ((blue + half) / count);
      int in = from[Math.min(i + radius + 1, last)];
      int out = from[Math.max(i - radius, 0)];
      alpha += (in >>> 24) - (out >>> 24);
      red += ((in >> 16) & 0xff) - ((out >> 16) & 0xff);
      green += ((in >> 8) & 0xff) - ((out >> 8) & 0xff);
      blue += (in & 0xff) - (out & 0xff);
    }
  }

  private static void multiplyByAlpha(int[] argb) {
    for (int i = 0; i < argb.length; i++) {
      int pixel = argb[i];
      float alpha = (pixel >>> 24) / 255f;
      argb[i] =
          Bitmap.colour(
              pixel,
              ((pixel >> 16) & 0xff) * alpha,
              ((pixel >> 8) & 0xff) * alpha,
              (pixel & 0xff) * alpha);
    }
  }

  private static void divideByAlpha(int[] argb) {
    for (int i = 0; i < argb.length; i++) {
      int pixel = argb[i];
      float factor = (pixel >>> 24) == 0 ? 0 : 255f / (pixel >>> 24);
      argb[i] =
          Bitmap.colour(
              pixel,
              ((pixel >> 16) & 0xff) * factor,
              ((pixel >> 8) & 0xff) * factor,
              (pixel & 0xff) * factor);
    }
  }
}
