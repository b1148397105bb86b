package dev.plantain.image.offline;

import java.util.SplittableRandom;

/** Turns day into night, and hangs a moon and stars into the sky. */
final class Night {
  private Night() {}

  static Bitmap fall(Bitmap picture, long seed) {
    Sky sky = Sky.of(picture);
    Bitmap lamps = lamps(picture, sky);
    darken(picture, sky);
    add(picture, lamps);
    Tone.vignette(picture, 0.45f);
    return sky.found() ? moon(picture, sky, seed) : picture;
  }

  /** Low light takes the colour first and leaves blue last. */
  private static void darken(Bitmap picture, Sky sky) {
    int width = picture.width();
    int[] argb = picture.argb();
    for (int y = 0; y < picture.height(); y++) {
      float down = Math.min(1, y / (picture.height() * 0.65f));
      for (int x = 0; x < width; x++) {
        int pixel = argb[y * width + x];
        float light = Bitmap.luma(pixel);
        float part = light / 255f;
        float dim = 0.17f + 0.30f * part * part;
        float red = (light * 0.6f + ((pixel >> 16) & 0xff) * 0.4f) * dim * 0.74f + 1;
        float green = (light * 0.6f + ((pixel >> 8) & 0xff) * 0.4f) * dim * 0.94f + 3;
        float blue = (light * 0.6f + (pixel & 0xff) * 0.4f) * dim * 1.42f + 12;
        float share = sky.share(x, y, pixel) * 0.88f;
        if (share > 0) {
          float cloud = 0.45f + 0.75f * part * part;
          red += ((8 + 26 * down * down) * cloud - red) * share;
          green += ((13 + 42 * down * down) * cloud - green) * share;
          blue += ((38 + 62 * down) * cloud - blue) * share;
        }
        argb[y * width + x] = Bitmap.colour(pixel, red, green, blue);
      }
    }
  }

  /**
   * What is small and bright below the sky goes on shining, with a halo; a wide bright ground does
   * not. At a quarter of the size.
   */
  private static Bitmap lamps(Bitmap picture, Sky sky) {
    Bitmap lamps =
        Shape.scale(picture, Math.max(1, picture.width() / 4), Math.max(1, picture.height() / 4));
    if (lamps == picture) {
      lamps = picture.copy();
    }
    Bitmap around = Blur.soften(lamps.copy(), lamps.longer() / 18.0);
    for (int y = 0; y < lamps.height(); y++) {
      for (int x = 0; x < lamps.width(); x++) {
        int i = y * lamps.width() + x;
        int pixel = lamps.argb()[i];
        int column = x * picture.width() / lamps.width();
        int row = y * picture.height() / lamps.height();
        float light = Bitmap.luma(pixel);
        float shine =
            (1 - sky.share(column, row, pixel))
                * Bitmap.smooth(180, 240, light)
                * Bitmap.smooth(30, 80, light - Bitmap.luma(around.argb()[i]));
        lamps.argb()[i] = Bitmap.colour(0xff000000, 255 * shine, 205 * shine, 118 * shine);
      }
    }
    Bitmap halo = Blur.soften(lamps.copy(), lamps.longer() / 40.0);
    for (int i = 0; i < halo.argb().length; i++) {
      int near = lamps.argb()[i];
      int far = halo.argb()[i];
      lamps.argb()[i] =
          Bitmap.colour(
              near,
              0.85f * ((near >> 16) & 0xff) + 0.9f * ((far >> 16) & 0xff),
              0.85f * ((near >> 8) & 0xff) + 0.75f * ((far >> 8) & 0xff),
              0.85f * (near & 0xff) + 0.55f * (far & 0xff));
    }
    return lamps;
  }

  private static void add(Bitmap picture, Bitmap lamps) {
    Bitmap light = Shape.scale(lamps, picture.width(), picture.height());
    for (int i = 0; i < picture.argb().length; i++) {
      picture.argb()[i] = lit(picture.argb()[i], light.argb()[i], 1);
    }
  }

  /** Adds light as a second exposure would, so that nothing is burnt out. */
  static int lit(int pixel, int light, float strength) {
    return Bitmap.colour(
        pixel,
        screen((pixel >> 16) & 0xff, ((light >> 16) & 0xff) * strength),
        screen((pixel >> 8) & 0xff, ((light >> 8) & 0xff) * strength),
        screen(pixel & 0xff, (light & 0xff) * strength));
  }

  private static float screen(float below, float above) {
    return below + above - below * above / 255;
  }

  static Bitmap moon(Bitmap picture, long seed) {
    return moon(picture, Sky.of(picture), seed);
  }

  private static Bitmap moon(Bitmap picture, Sky sky, long seed) {
    SplittableRandom random = new SplittableRandom(seed ^ 0x6d6f6f6eL);
    float radius = Math.max(2, 0.042f * Math.min(picture.width(), picture.height()));
    boolean left = deepest(sky, picture, 0.24f) > deepest(sky, picture, 0.76f);
    float side = (left ? 0.24f : 0.76f) + (float) random.nextDouble(-0.06, 0.06);
    float centreX = side * picture.width();
    float depth = sky.found() ? sky.bottom((int) centreX) : picture.height() * 0.4f;
    float centreY = Math.max(radius * 1.8f, Math.min(depth * 0.38f, picture.height() * 0.3f));
    float reach = radius * 6;
    for (int y = Math.max(0, (int) (centreY - reach));
        y < Math.min(picture.height(), centreY + reach);
        y++) {
      for (int x = Math.max(0, (int) (centreX - reach));
          x < Math.min(picture.width(), centreX + reach);
          x++) {
        float away = (float) Math.hypot(x + 0.5 - centreX, y + 0.5 - centreY) / radius;
        int i = y * picture.width() + x;
        picture.argb()[i] =
            moonlit(
                picture.argb()[i], away, (x - centreX) / radius, (y - centreY) / radius, radius);
      }
    }
    return picture;
  }

  private static int moonlit(int pixel, float away, float across, float down, float radius) {
    float halo = (1 - Bitmap.smooth(0.6f, 6, away));
    int hazed = lit(pixel, 0x8098c8, 0.55f * halo * halo);
    float disc = 1 - Bitmap.smooth(1 - 1.2f / radius, 1 + 1.2f / radius, away);
    if (disc == 0) {
      return hazed;
    }
    float shade =
        1
            - 0.16f * spot(across, down, -0.30f, -0.25f, 0.42f)
            - 0.13f * spot(across, down, 0.28f, 0.05f, 0.36f)
            - 0.15f * spot(across, down, -0.12f, 0.42f, 0.30f)
            - 0.10f * away * away;
    return Bitmap.colour(
        pixel,
        ((hazed >> 16) & 0xff) * (1 - disc) + 250 * shade * disc,
        ((hazed >> 8) & 0xff) * (1 - disc) + 246 * shade * disc,
        (hazed & 0xff) * (1 - disc) + 226 * shade * disc);
  }

  private static float spot(float x, float y, float atX, float atY, float radius) {
    return 1 - Bitmap.smooth(radius * 0.4f, radius, (float) Math.hypot(x - atX, y - atY));
  }

  private static int deepest(Sky sky, Bitmap picture, float at) {
    return sky.bottom((int) (at * picture.width()));
  }
}
