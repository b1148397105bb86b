package dev.plantain.image.offline;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBufferInt;
import java.awt.image.DirectColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;

/** Pixels in memory, one int each (alpha, red, green, blue), row by row. */
final class Bitmap {
  private static final DirectColorModel OPAQUE =
      new DirectColorModel(24, 0xff0000, 0x00ff00, 0x0000ff);

  private final int width;
  private final int height;
  private final int[] argb;

  Bitmap(int width, int height) {
    this(width, height, new int[Math.multiplyExact(width, height)]);
  }

  Bitmap(int width, int height, int[] argb) {
    this.width = width;
    this.height = height;
    this.argb = argb;
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  int longer() {
    return Math.max(width, height);
  }

  /** The pixels themselves, no copy. */
  int[] argb() {
    return argb;
  }

  Bitmap copy() {
    return new Bitmap(width, height, argb.clone());
  }

  boolean opaque() {
    for (int pixel : argb) {
      if (pixel >>> 24 != 0xff) {
        return false;
      }
    }
    return true;
  }

  /** A view of the same pixels that Java2D can draw from and to. */
  BufferedImage image() {
    return view(ColorModel.getRGBdefault(), 0xff0000, 0x00ff00, 0x0000ff, 0xff000000);
  }

  /** A view of the same pixels without their alpha. */
  BufferedImage opaqueImage() {
    return view(OPAQUE, 0xff0000, 0x00ff00, 0x0000ff);
  }

  private BufferedImage view(ColorModel model, int... masks) {
    WritableRaster raster =
        Raster.createPackedRaster(
            new DataBufferInt(argb, argb.length), width, height, width, masks, null);
    return new BufferedImage(model, raster, false, null);
  }

  /** For drawing on these pixels; dispose of it. */
  Graphics2D draw() {
    Graphics2D graphics = image().createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    graphics.setRenderingHint(
        RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
    return graphics;
  }

  /** From 0 to 255, by the weights of ITU-R BT.601. */
  static int luma(int pixel) {
    return (77 * ((pixel >> 16) & 0xff) + 150 * ((pixel >> 8) & 0xff) + 29 * (pixel & 0xff)) >> 8;
  }

  static int clamp(int channel) {
    return channel < 0 ? 0 : Math.min(channel, 255);
  }

  static int clamp(float channel) {
    return channel <= 0 ? 0 : channel >= 255 ? 255 : (int) (channel + 0.5f);
  }

  /** The alpha of a pixel with other colours. */
  static int colour(int pixel, float red, float green, float blue) {
    return (pixel & 0xff000000) | clamp(red) << 16 | clamp(green) << 8 | clamp(blue);
  }

  /** From 0 at the first edge to 1 at the second, without corners. */
  static float smooth(float from, float to, float value) {
    float step = Math.clamp((value - from) / (to - from), 0f, 1f);
    return step * step * (3 - 2 * step);
  }
}
