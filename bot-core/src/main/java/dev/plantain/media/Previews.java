package dev.plantain.media;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Iterator;
import java.util.Optional;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.FileImageInputStream;

/**
 * Small JPEGs of pictures that a platform does not show as they are.
 *
 * <p>Only every n-th pixel is decoded, so that about six megabytes of heap do for a picture of any
 * size. Transparent pixels become white; a picture too narrow is given white borders.
 */
public final class Previews {
  /** Photos on phones are shown at no more; what is lost is in the original, one press away. */
  private static final int LONGEST_SIDE = 1280;

  private static final float[] QUALITIES = {0.9f, 0.75f, 0.5f, 0.3f};

  private final MediaStore store;

  public Previews(MediaStore store) {
    ImageIO.setUseCache(false);
    this.store = store;
  }

  /**
   * Makes and keeps a preview. Blocks on the processor: seconds for a large WebP. Doing it twice
   * gives the same blob. Empty where the picture cannot be decoded in Java (HEIC, HEIF, broken
   * pixels) or does not fit at any quality: send the original as a file.
   *
   * @throws MediaStoreFullException retry when there is room
   * @throws IOException of the disk
   */
  public Optional<Blob> make(Blob blob, PhotoLimits limits) throws IOException {
    if (blob.type() == MediaType.HEIC || blob.type() == MediaType.HEIF) {
      return Optional.empty();
    }
    Optional<BufferedImage> decoded = decode(blob);
    if (decoded.isEmpty()) {
      return Optional.empty();
    }
    BufferedImage seen =
        drawn(decoded.get(), ImageInspector.orientation(store.path(blob.id())), limits);
    for (float quality : QUALITIES) {
      try (BlobDraft draft = store.begin()) {
        OutputStream buffered = new BufferedOutputStream(draft, 32 * 1024);
        JpegTurn.encode(seen, quality, buffered);
        buffered.flush();
        long bytes = draft.bytes();
        if (bytes <= limits.maxBytes()) {
          return Optional.of(
              new Blob(draft.keep(), MediaType.JPEG, bytes, seen.getWidth(), seen.getHeight()));
        }
      }
    }
    return Optional.empty();
  }

  private Optional<BufferedImage> decode(Blob blob) throws IOException {
    try (FileImageInputStream bytes = new FileImageInputStream(store.path(blob.id()).toFile())) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(bytes);
      if (!readers.hasNext()) {
        return Optional.empty();
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(bytes, true, true);
        ImageReadParam param = reader.getDefaultReadParam();
        int step = Math.max(1, Math.max(blob.width(), blob.height()) / LONGEST_SIDE);
        int shortest = Math.min(blob.width(), blob.height());
        param.setSourceSubsampling(Math.min(step, shortest), Math.min(step, shortest), 0, 0);
        return Optional.of(reader.read(0, param));
      } finally {
        reader.dispose();
      }
    } catch (IIOException | RuntimeException undecodable) {
      return Optional.empty();
    }
  }

  private static BufferedImage drawn(
      BufferedImage image, Orientation orientation, PhotoLimits limits) {
    Size stored = new Size(image.getWidth(), image.getHeight());
    Size seen = stored.seenAs(orientation);
    Size canvas = canvas(seen, limits);
    double scale =
        Math.min(
            1.0,
            Math.min(
                (double) canvas.width() / seen.width(), (double) canvas.height() / seen.height()));
    int width = Math.max(1, (int) (seen.width() * scale));
    int height = Math.max(1, (int) (seen.height() * scale));
    BufferedImage upright = orientation == Orientation.UPRIGHT ? image : turned(image, orientation);
    BufferedImage result =
        new BufferedImage(canvas.width(), canvas.height(), BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D pen = result.createGraphics();
    pen.setColor(Color.WHITE);
    pen.fillRect(0, 0, canvas.width(), canvas.height());
    pen.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    pen.drawImage(
        upright, (canvas.width() - width) / 2, (canvas.height() - height) / 2, width, height, null);
    pen.dispose();
    return result;
  }

  /** The picture's own shape, or the narrowest that is allowed, within the longest side. */
  private static Size canvas(Size seen, PhotoLimits limits) {
    long longest = Math.min(LONGEST_SIDE, Math.max(seen.width(), seen.height()));
    longest = Math.min(longest, limits.maxWidthPlusHeight() / 2);
    double scale = (double) longest / Math.max(seen.width(), seen.height());
    int narrowest = Math.ceilDiv((int) longest, limits.maxRatio());
    int width = Math.max(narrowest, Math.max(1, (int) Math.round(seen.width() * scale)));
    int height = Math.max(narrowest, Math.max(1, (int) Math.round(seen.height() * scale)));
    return new Size(width, height);
  }

  private static BufferedImage turned(BufferedImage image, Orientation orientation) {
    Size seen = new Size(image.getWidth(), image.getHeight()).seenAs(orientation);
    BufferedImage turned =
        new BufferedImage(seen.width(), seen.height(), BufferedImage.TYPE_INT_ARGB);
    for (int y = 0; y < seen.height(); y++) {
      for (int x = 0; x < seen.width(); x++) {
        int storedX = orientation.storedX(x, y, image.getWidth());
        int storedY = orientation.storedY(x, y, image.getHeight());
        turned.setRGB(x, y, image.getRGB(storedX, storedY));
      }
    }
    return turned;
  }
}
