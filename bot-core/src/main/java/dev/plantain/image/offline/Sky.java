package dev.plantain.image.offline;

/** Where a picture seems to show sky: what hangs together with its upper edge, clouds included. */
final class Sky {
  private static final int COLUMNS = 320;
  private static final float LOWEST = 0.72f;
  private static final float LOWEST_AT_NIGHT = 0.5f;
  private static final float LEAST = 0.12f;
  private static final int DARK = 64;

  private final int width;
  private final int height;
  private final Bitmap small;
  private final float[] share;
  private final float[] light;
  private final boolean dark;
  private final boolean found;

  private Sky(Bitmap picture, Bitmap small) {
    this.width = picture.width();
    this.height = picture.height();
    this.small = small;
    this.dark = averageLight(small) < DARK;
    if (dark) {
      Tone.lift(small);
    }
    this.light = new float[small.height()];
    int[] depths = new int[small.width()];
    for (int x = 0; x < depths.length; x++) {
      depths[x] = calmDepth(x);
    }
    boolean[] sky = spread(depths);
    int count = 0;
    for (boolean pixel : sky) {
      count += pixel ? 1 : 0;
    }
    this.found = count >= LEAST * sky.length;
    this.share = soft(sky);
  }

  static Sky of(Bitmap picture) {
    int columns = Math.min(COLUMNS, picture.width());
    int rows = Math.max(1, Math.round((float) picture.height() * columns / picture.width()));
    Bitmap small = Shape.scale(picture, columns, Math.min(rows, picture.height()));
    return new Sky(picture, Blur.soften(small == picture ? picture.copy() : small, 1));
  }

  private static double averageLight(Bitmap picture) {
    long sum = 0;
    for (int pixel : picture.argb()) {
      sum += Bitmap.luma(pixel);
    }
    return (double) sum / picture.argb().length;
  }

  /** Down to the first edge. */
  private int calmDepth(int x) {
    int lowest = Math.round(small.height() * (dark ? LOWEST_AT_NIGHT : LOWEST));
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
      float edge = 18 + (red + green + blue) * 0.075f;
      if (apart > (dark ? edge * 0.5f : edge)) {
        return y;
      }
      red += (((pixel >> 16) & 0xff) - red) * 0.3f;
      green += (((pixel >> 8) & 0xff) - green) * 0.3f;
      blue += ((pixel & 0xff) - blue) * 0.3f;
    }
    return lowest;
  }

  /** From the calm columns to all that is like the sky of the same row, or a cloud before it. */
  private boolean[] spread(int[] depths) {
    int columns = small.width();
    boolean[] sky = new boolean[small.argb().length];
    boolean[] alike = new boolean[sky.length];
    int[] queue = new int[sky.length];
    int waiting = 0;
    float[] usual = new float[3];
    boolean open = true;
    for (int y = 0; y < small.height(); y++) {
      open &= average(depths, y, usual) >= Math.max(1, columns / 40);
      light[y] = (77 * usual[0] + 150 * usual[1] + 29 * usual[2]) / 256;
      for (int x = 0; open && x < columns; x++) {
        int i = y * columns + x;
        alike[i] = alike(small.argb()[i], usual);
        if (y < depths[x]) {
          sky[i] = true;
          queue[waiting++] = i;
        }
      }
    }
    while (waiting > 0) {
      int i = queue[--waiting];
      int x = i % columns;
      waiting = visit(x > 0, i - 1, alike, sky, queue, waiting);
      waiting = visit(x < columns - 1, i + 1, alike, sky, queue, waiting);
      waiting = visit(i >= columns, i - columns, alike, sky, queue, waiting);
      waiting = visit(i + columns < sky.length, i + columns, alike, sky, queue, waiting);
    }
    return sky;
  }

  private static int visit(
      boolean inside, int i, boolean[] alike, boolean[] sky, int[] queue, int waiting) {
    if (!inside || sky[i] || !alike[i]) {
      return waiting;
    }
    sky[i] = true;
    queue[waiting] = i;
    return waiting + 1;
  }

  /** Of how many columns it is the average; those before remain where there are too few. */
  private int average(int[] depths, int y, float[] usual) {
    long red = 0;
    long green = 0;
    long blue = 0;
    int count = 0;
    for (int x = 0; x < depths.length; x++) {
      if (y < depths[x]) {
        int pixel = small.argb()[y * small.width() + x];
        red += (pixel >> 16) & 0xff;
        green += (pixel >> 8) & 0xff;
        blue += pixel & 0xff;
        count++;
      }
    }
    if (count > 0) {
      usual[0] = (float) red / count;
      usual[1] = (float) green / count;
      usual[2] = (float) blue / count;
    }
    return count;
  }

  private boolean alike(int pixel, float[] usual) {
    float red = ((pixel >> 16) & 0xff) - usual[0];
    float green = ((pixel >> 8) & 0xff) - usual[1];
    float blue = (pixel & 0xff) - usual[2];
    boolean near = Math.abs(red) + Math.abs(green) + Math.abs(blue) < (dark ? 34 : 66);
    boolean cloud = red > -10 && green > -14 && blue > -34 && red >= blue - 40;
    return near || cloud;
  }

  private static float[] wide(boolean[] sky) {
    float[] wide = new float[sky.length];
    for (int i = 0; i < sky.length; i++) {
      wide[i] = sky[i] ? 1 : 0;
    }
    return wide;
  }

  private float[] soft(boolean[] sky) {
    if (!found) {
      return new float[sky.length];
    }
    float[] sharp = wide(sky);
    float[] soft = new float[sky.length];
    int columns = small.width();
    for (int i = 0; i < sky.length; i++) {
      int x = i % columns;
      float left = x > 0 ? sharp[i - 1] : sharp[i];
      float right = x < columns - 1 ? sharp[i + 1] : sharp[i];
      float above = i >= columns ? sharp[i - columns] : sharp[i];
      float below = i + columns < sharp.length ? sharp[i + columns] : sharp[i];
      soft[i] = (2 * sharp[i] + left + right + above + below) / 6;
    }
    return soft;
  }

  /** Whether there is enough of it to hang a moon in. */
  boolean found() {
    return found;
  }

  /** How far down the sky goes in this column, in pixels. */
  int bottom(int x) {
    int column = Math.min(small.width() - 1, x * small.width() / width);
    for (int y = small.height() - 1; y >= 0; y--) {
      if (share[y * small.width() + column] > 0.5f) {
        return (y + 1) * height / small.height();
      }
    }
    return 0;
  }

  /**
   * From 0 to 1, how much of this pixel is sky. The small map is coarse: against a bright sky the
   * light of the pixel itself tells where a roof begins.
   */
  float share(int x, int y, int pixel) {
    float mapped = mapped(x, y);
    int row = Math.min(small.height() - 1, y * small.height() / height);
    if (mapped == 0 || dark || light[row] < DARK) {
      return mapped;
    }
    float bright = Bitmap.luma(pixel) / light[row];
    return Bitmap.smooth(0.12f, 0.45f, mapped) * Bitmap.smooth(0.70f, 0.86f, bright);
  }

  /** From 0 to 1, whatever the pixel looks like by now. */
  float mapped(int x, int y) {
    float column = Math.clamp((x + 0.5f) * small.width() / width - 0.5f, 0, small.width() - 1);
    float row = Math.clamp((y + 0.5f) * small.height() / height - 0.5f, 0, small.height() - 1);
    int left = (int) column;
    int top = (int) row;
    int right = Math.min(left + 1, small.width() - 1);
    int next = Math.min(top + 1, small.height() - 1);
    float across = column - left;
    float down = row - top;
    float upper =
        share[top * small.width() + left] * (1 - across)
            + share[top * small.width() + right] * across;
    float lower =
        share[next * small.width() + left] * (1 - across)
            + share[next * small.width() + right] * across;
    return upper * (1 - down) + lower * down;
  }
}
