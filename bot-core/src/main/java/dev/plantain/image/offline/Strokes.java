package dev.plantain.image.offline;

/** Filters that make a photo look drawn. */
final class Strokes {
  private Strokes() {}

  /** Pencil on paper: lines where the light changes, and hatching in the shadows. */
  static Bitmap sketch(Bitmap picture) {
    int width = picture.width();
    int[] argb = picture.argb();
    Bitmap fine = Blur.soften(lights(picture), picture.longer() / 1600.0);
    Bitmap near = Blur.soften(lights(picture), Math.max(2, picture.longer() / 400.0));
    Bitmap wide = Blur.soften(lights(picture), Math.max(2, picture.longer() / 110.0));
    float spacing = Math.max(3.2f, picture.longer() / 170f);
    for (int i = 0; i < argb.length; i++) {
      float light = fine.argb()[i] & 0xff;
      float around = near.argb()[i] & 0xff;
      float line = Bitmap.smooth(0.985f, 0.84f, (light + 10) / (around + 10));
      float shadow = 1 - (0.6f * (wide.argb()[i] & 0xff) + 0.4f * around) / 255f;
      int x = i % width;
      int y = i / width;
      float wobble = 0.9f * (float) Math.sin((x - y) / (spacing * 9));
      float hatched =
          0.50f * stroke((x + y) / spacing + wobble, shadow, 0.46f)
              + 0.40f * stroke((x * 0.35f - y) / spacing + wobble, shadow, 0.62f)
              + 0.30f * stroke((x - y * 0.3f) / spacing + wobble, shadow, 0.78f);
      float ink = Math.min(0.96f, 0.92f * line + 0.13f * shadow + hatched * (1 - 0.7f * line));
      argb[i] = Bitmap.colour(argb[i], 250 - 214 * ink, 247 - 211 * ink, 240 - 198 * ink);
    }
    return picture;
  }

  /** A line of the hatching, the broader the deeper the shadow lies below the threshold. */
  private static float stroke(float across, float shadow, float threshold) {
    if (shadow <= threshold) {
      return 0;
    }
    float depth = Math.min(1, (shadow - threshold) * 4f);
    float phase = Math.abs(across - Math.round(across)) * 2;
    float half = 0.16f + 0.30f * depth;
    return depth * (1 - Bitmap.smooth(half * 0.5f, half + 0.25f, phase));
  }

  /** Flat colours between dark outlines. */
  static Bitmap cartoon(Bitmap picture) {
    int[] argb = picture.argb();
    Bitmap fine = Blur.soften(lights(picture), Math.max(1, picture.longer() / 900.0));
    Bitmap wide = Blur.soften(lights(picture), Math.max(2, picture.longer() / 380.0));
    int radius = Math.max(2, picture.longer() / 320);
    for (int pass = 0; pass < 3; pass++) {
      flatten(picture, radius);
    }
    for (int i = 0; i < argb.length; i++) {
      float difference = (fine.argb()[i] & 0xff) - (wide.argb()[i] & 0xff);
      float ink = 1 - Bitmap.smooth(3.5f, 13f, -difference);
      int flat = Tone.saturated(banded(argb[i]), 1.4f);
      argb[i] =
          Bitmap.colour(
              flat,
              24 + (((flat >> 16) & 0xff) - 24) * ink,
              20 + (((flat >> 8) & 0xff) - 20) * ink,
              28 + ((flat & 0xff) - 28) * ink);
    }
    return picture;
  }

  private static Bitmap lights(Bitmap picture) {
    Bitmap lights = new Bitmap(picture.width(), picture.height());
    for (int i = 0; i < lights.argb().length; i++) {
      lights.argb()[i] = 0xff000000 | Bitmap.luma(picture.argb()[i]);
    }
    return lights;
  }

  /** Draws the light of a pixel towards one of a few steps, and its colour along. */
  private static int banded(int pixel) {
    float step = 255f / 7;
    float light = Math.max(1, Bitmap.luma(pixel));
    float band = (float) Math.floor(light / step);
    float within = light / step - band;
    float stepped = (band + Bitmap.smooth(0.35f, 0.65f, within)) * step;
    float factor = (0.25f * light + 0.75f * stepped + 6) / light;
    return Bitmap.colour(
        pixel,
        ((pixel >> 16) & 0xff) * factor,
        ((pixel >> 8) & 0xff) * factor,
        (pixel & 0xff) * factor);
  }

  private static void flatten(Bitmap picture, int radius) {
    int[] line = new int[picture.longer()];
    int width = picture.width();
    for (int y = 0; y < picture.height(); y++) {
      flatten(picture.argb(), y * width, 1, width, radius, line);
    }
    for (int x = 0; x < width; x++) {
      flatten(picture.argb(), x, width, picture.height(), radius, line);
    }
  }

  /** The mean of those neighbours that look alike, so that edges stay. */
  private static void flatten(
      int[] argb, int start, int stride, int length, int radius, int[] line) {
    for (int i = 0; i < length; i++) {
      line[i] = argb[start + i * stride];
    }
    int step = Math.max(1, radius / 4);
    for (int i = 0; i < length; i++) {
      int own = line[i];
      int ownRed = (own >> 16) & 0xff;
      int ownGreen = (own >> 8) & 0xff;
      int ownBlue = own & 0xff;
      int red = 0;
      int green = 0;
      int blue = 0;
      int weights = 0;
      int last = Math.min(length - 1, i + radius);
      for (int j = i - i % step - radius / step * step; j <= last; j += step) {
        if (j < 0) {
          continue;
        }
        int pixel = line[j];
        int otherRed = (pixel >> 16) & 0xff;
        int otherGreen = (pixel >> 8) & 0xff;
        int otherBlue = pixel & 0xff;
        int apart =
            Math.abs(otherRed - ownRed)
                + Math.abs(otherGreen - ownGreen)
                + Math.abs(otherBlue - ownBlue);
        int weight = Math.max(0, 90 - apart);
        red += weight * otherRed;
        green += weight * otherGreen;
        blue += weight * otherBlue;
        weights += weight;
      }
      if (weights > 0) {
        argb[start + i * stride] =
            (own & 0xff000000)
                | ((red / weights) << 16)
                | ((green / weights) << 8)
                | (blue / weights);
      }
    }
  }

  static Bitmap pixelate(Bitmap picture) {
    int block = Math.max(2, picture.longer() / 64);
    Bitmap small =
        Shape.scale(
            picture,
            Math.max(1, Math.round((float) picture.width() / block)),
            Math.max(1, Math.round((float) picture.height() / block)));
    for (int y = 0; y < picture.height(); y++) {
      int row = (int) ((long) y * small.height() / picture.height()) * small.width();
      for (int x = 0; x < picture.width(); x++) {
        int column = (int) ((long) x * small.width() / picture.width());
        picture.argb()[y * picture.width() + x] = small.argb()[row + column];
      }
    }
    return picture;
  }

  static Bitmap sharpen(Bitmap picture) {
    int[] argb = picture.argb();
    Bitmap soft = Blur.soften(picture.copy(), Math.max(1, picture.longer() / 1000.0));
    for (int i = 0; i < argb.length; i++) {
      int own = argb[i];
      int around = soft.argb()[i];
      argb[i] =
          Bitmap.colour(
              own,
              more((own >> 16) & 0xff, (around >> 16) & 0xff),
              more((own >> 8) & 0xff, (around >> 8) & 0xff),
              more(own & 0xff, around & 0xff));
    }
    return picture;
  }

  private static float more(int own, int around) {
    return own + 0.9f * (own - around);
  }
}
