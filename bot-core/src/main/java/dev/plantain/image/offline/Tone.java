package dev.plantain.image.offline;

/** Filters that look at one pixel at a time, in place. */
final class Tone {
  private Tone() {}

  /** Makes one pixel of another and says nothing of its place. */
  @FunctionalInterface
  interface Change {
    int of(int pixel);
  }

  private static Bitmap each(Bitmap picture, Change change) {
    int[] argb = picture.argb();
    for (int i = 0; i < argb.length; i++) {
      argb[i] = change.of(argb[i]);
    }
    return picture;
  }

  static Bitmap invert(Bitmap picture) {
    return each(picture, pixel -> pixel ^ 0xffffff);
  }

  static Bitmap monochrome(Bitmap picture) {
    return each(
        picture,
        pixel -> {
          float light = contrast(Bitmap.luma(pixel), 0.25f);
          return Bitmap.colour(pixel, light, light, light);
        });
  }

  static Bitmap sepia(Bitmap picture) {
    return vignette(
        each(
            picture,
            pixel -> {
              float light = contrast(Bitmap.luma(pixel), 0.1f);
              return Bitmap.colour(
                  pixel, 24 + light * 0.92f, 12 + light * 0.80f, 4 + light * 0.60f);
            }),
        0.35f);
  }

  static Bitmap warm(Bitmap picture) {
    return each(picture, pixel -> balance(pixel, 1.13f, 1.02f, 0.82f));
  }

  static Bitmap cool(Bitmap picture) {
    return each(picture, pixel -> balance(pixel, 0.84f, 0.98f, 1.14f));
  }

  static Bitmap brighter(Bitmap picture) {
    return curve(picture, 0.68);
  }

  static Bitmap darker(Bitmap picture) {
    return curve(picture, 1.55);
  }

  /** Makes visible what the dark hides. */
  static Bitmap lift(Bitmap picture) {
    return curve(picture, 0.5);
  }

  /** Opens the shadows and gives colour and sun. */
  static Bitmap day(Bitmap picture) {
    return each(
        curve(picture, 0.58), pixel -> balance(saturated(pixel, 1.25f), 1.08f, 1.03f, 0.94f));
  }

  static int saturated(int pixel, float factor) {
    float light = Bitmap.luma(pixel);
    return Bitmap.colour(
        pixel,
        light + (((pixel >> 16) & 0xff) - light) * factor,
        light + (((pixel >> 8) & 0xff) - light) * factor,
        light + ((pixel & 0xff) - light) * factor);
  }

  private static int balance(int pixel, float red, float green, float blue) {
    return Bitmap.colour(
        pixel, ((pixel >> 16) & 0xff) * red, ((pixel >> 8) & 0xff) * green, (pixel & 0xff) * blue);
  }

  private static Bitmap curve(Bitmap picture, double gamma) {
    int[] table = new int[256];
    for (int i = 0; i < 256; i++) {
      table[i] = (int) Math.round(255 * Math.pow(i / 255.0, gamma));
    }
    return each(
        picture,
        pixel ->
            (pixel & 0xff000000)
                | table[(pixel >> 16) & 0xff] << 16
                | table[(pixel >> 8) & 0xff] << 8
                | table[pixel & 0xff]);
  }

  private static float contrast(float light, float strength) {
    float curved = 255 * Bitmap.smooth(0, 255, light);
    return light + (curved - light) * strength;
  }

  /** Darkens towards the corners, by the given part at their very end. */
  static Bitmap vignette(Bitmap picture, float strength) {
    int width = picture.width();
    int[] argb = picture.argb();
    for (int y = 0; y < picture.height(); y++) {
      float down = (y + 0.5f) / picture.height() * 2 - 1;
      for (int x = 0; x < width; x++) {
        float across = (x + 0.5f) / width * 2 - 1;
        float away = (across * across + down * down) / 2;
        float light = 1 - strength * Bitmap.smooth(0.15f, 1f, away);
        argb[y * width + x] = balance(argb[y * width + x], light, light, light);
      }
    }
    return picture;
  }
}
