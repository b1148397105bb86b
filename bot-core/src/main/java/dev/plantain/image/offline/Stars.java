package dev.plantain.image.offline;

import java.util.SplittableRandom;

/** Strews stars over the sky, or over the upper part where no sky is seen. */
final class Stars {
  private static final int BRIGHT_SKY = 105;
  private static final int[] COLOURS = {0xffffff, 0xdfe8ff, 0xfff3dc, 0xcfdcff};

  private Stars() {}

  static Bitmap strew(Bitmap picture, long seed) {
    Sky sky = Sky.of(picture);
    if (light(picture, sky) > BRIGHT_SKY) {
      dusk(picture, sky);
    }
    SplittableRandom random = new SplittableRandom(seed ^ 0x73746172L);
    float unit = Math.max(0.55f, picture.longer() / 1000f);
    int count = (int) Math.max(40, 0.00055 * picture.width() * picture.height() / (unit * unit));
    for (int i = 0; i < count; i++) {
      int x = random.nextInt(picture.width());
      int y = (int) (picture.height() * 0.72 * Math.pow(random.nextDouble(), 1.25));
      double rank = random.nextDouble();
      int colour = COLOURS[random.nextInt(COLOURS.length)];
      float bottom = bottom(picture, sky, x);
      int pixel = picture.argb()[y * picture.width() + x];
      boolean open = !sky.found() || sky.mapped(x, y) > 0.8f;
      if (open && y < bottom - 3 * unit && Bitmap.luma(pixel) < 150) {
        float fading = 1 - 0.6f * y / bottom;
        float bright = (float) (0.4 + 0.6 * Math.pow(rank, 3)) * fading;
        float radius = unit * (float) (0.75 + 1.35 * Math.pow(rank, 10));
        shine(picture, x, y, radius, bright, colour, rank > 0.975);
      }
    }
    return picture;
  }

  private static float bottom(Bitmap picture, Sky sky, int x) {
    return sky.found() ? sky.bottom(x) : picture.height() * 0.5f;
  }

  private static double light(Bitmap picture, Sky sky) {
    long sum = 0;
    long count = 1;
    int step = Math.max(1, picture.width() / 128);
    for (int x = 0; x < picture.width(); x += step) {
      for (int y = 0; y < bottom(picture, sky, x); y += step) {
        sum += Bitmap.luma(picture.argb()[y * picture.width() + x]);
        count++;
      }
    }
    return (double) sum / count;
  }

  /** Stars need a dark sky: the blue hour, with some of its light on the land. */
  private static void dusk(Bitmap picture, Sky sky) {
    int width = picture.width();
    for (int y = 0; y < picture.height(); y++) {
      float down = Math.min(1, y / (picture.height() * 0.7f));
      for (int x = 0; x < width; x++) {
        int pixel = picture.argb()[y * width + x];
        float share =
            sky.found()
                ? sky.share(x, y, pixel)
                : 1 - Bitmap.smooth(0.1f, 0.65f, (float) y / picture.height());
        float light = Bitmap.luma(pixel) / 255f;
        float texture = 0.5f + 0.5f * light * light;
        float land = 1 - share;
        picture.argb()[y * width + x] =
            Bitmap.colour(
                pixel,
                ((pixel >> 16) & 0xff) * land * 0.52f + (20 + 100 * down * down) * texture * share,
                ((pixel >> 8) & 0xff) * land * 0.54f + (28 + 62 * down * down) * texture * share,
                (pixel & 0xff) * land * 0.72f + (78 + 56 * down) * texture * share);
      }
    }
  }

  private static void shine(
      Bitmap picture, int atX, int atY, float radius, float bright, int colour, boolean rays) {
    float reach = rays ? radius * 7 : radius * 3;
    int from = (int) Math.ceil(reach);
    for (int y = Math.max(0, atY - from); y <= Math.min(picture.height() - 1, atY + from); y++) {
      for (int x = Math.max(0, atX - from); x <= Math.min(picture.width() - 1, atX + from); x++) {
        float across = Math.abs(x - atX) / radius;
        float down = Math.abs(y - atY) / radius;
        float light = (float) Math.exp(-(across * across + down * down) * 0.9);
        if (rays) {
          light +=
              0.55f
                  * (float)
                      (Math.exp(-across * 0.7 - down * 4) + Math.exp(-down * 0.7 - across * 4));
        }
        int i = y * picture.width() + x;
        picture.argb()[i] =
            Night.lit(picture.argb()[i], colour, Math.min(1, light * bright * 1.25f));
      }
    }
  }
}
