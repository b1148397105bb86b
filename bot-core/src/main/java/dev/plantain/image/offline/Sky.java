package dev.plantain.image.offline;

/** Where a picture seems to show sky: the calm part from its upper edge down, column by column. */
final class Sky {
  private static final int COLUMNS = 256;
  private static final float LOWEST = 0.72f;
  private static final float LEAST = 0.12f;

  private final int width;
  private final int height;
  private final float[] horizon;
  private final boolean found;

  private Sky(int width, int height, float[] horizon, boolean found) {
    this.width = width;
    this.height = height;
    this.horizon = horizon;
    this.found = found;
  }

  static Sky of(Bitmap picture) {
    int columns = Math.min(COLUMNS, picture.width());
    int rows = Math.max(1, Math.round((float) picture.height() * columns / picture.width()));
    Bitmap small = Shape.scale(picture, columns, Math.min(rows, picture.height()));
    if (small == picture) {
      small = picture.copy();
    }
    Blur.soften(small, 1);
    float[] horizon = new float[columns];
    double sum = 0;
    for (int x = 0; x < columns; x++) {
      horizon[x] = depth(small, x) / (float) small.height();
      sum += horizon[x];
    }
    boolean found = sum / columns >= LEAST;
    return new Sky(picture.width(), picture.height(), horizon, found);
  }

  private static int depth(Bitmap small, int x) {
    int lowest = Math.round(small.height() * LOWEST);
    int first = small.argb()[x];
    float red = (first >> 16) & 0xff;
    float green = (first >> 8) & 0xff;
    float blue = first & 0xff;
    for (int y = 1; y < lowest; y++) {
      int pixel = small.argb()[y * small.width() + x];
      float apart =
          Math.abs(((pixel >> 16) & 0xff) - red)
              + Math.abs(((pixel >> 8) & 0xff) - green)
              + Math.abs((pixel & 0xff) - blue);
      float dark = (red + green + blue) / 3;
      if (apart > 18 + dark * 0.22f) {
        return y;
      }
      red += (((pixel >> 16) & 0xff) - red) * 0.3f;
      green += (((pixel >> 8) & 0xff) - green) * 0.3f;
      blue += ((pixel & 0xff) - blue) * 0.3f;
    }
    return lowest;
  }

  /** Whether there is enough of it to hang a moon in. */
  boolean found() {
    return found;
  }

  /** How far down the sky goes in this column, in pixels. */
  float horizon(int x) {
    float column = (x + 0.5f) * horizon.length / width - 0.5f;
    int left = Math.clamp((int) column, 0, horizon.length - 1);
    int right = Math.min(left + 1, horizon.length - 1);
    float part = Math.clamp(column - left, 0f, 1f);
    return (horizon[left] * (1 - part) + horizon[right] * part) * height;
  }

  /** From 1 in the sky to 0 below it. */
  float share(float horizon, int y) {
    float edge = Math.max(1.5f, height * 0.006f);
    return 1 - Bitmap.smooth(horizon - edge * 2, horizon + edge * 0.5f, y);
  }
}
