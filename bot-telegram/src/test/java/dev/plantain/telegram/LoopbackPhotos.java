package dev.plantain.telegram;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** What the server does with photos, but for recompressing them: the bytes stay as sent. */
final class LoopbackPhotos {
  private static final int THUMBNAIL = 90;
  private static final int LARGEST_BYTES = 10 * 1024 * 1024;

  private LoopbackPhotos() {}

  private record Size(int width, int height) {}

  /**
   * The sizes of a photo, smallest first; the last one is what was sent.
   *
   * @throws IllegalArgumentException with the server's words
   */
  static List<LoopbackChats.Stored> sizes(LoopbackChats chats, byte[] bytes, String type) {
    if (bytes.length > LARGEST_BYTES) {
      throw new IllegalArgumentException("file is too big");
    }
    Size size = size(bytes).orElseThrow(() -> new IllegalArgumentException("IMAGE_PROCESS_FAILED"));
    int longer = Math.max(size.width(), size.height());
    int shorter = Math.min(size.width(), size.height());
    if (size.width() + size.height() > 10_000 || longer > 20 * shorter) {
      throw new IllegalArgumentException("PHOTO_INVALID_DIMENSIONS");
    }
    double scale = Math.min(1, (double) THUMBNAIL / longer);
    int width = Math.max(1, (int) (size.width() * scale));
    int height = Math.max(1, (int) (size.height() * scale));
    return List.of(
        chats.store(painted(width, height), "small.jpg", "image/jpeg", width, height, "thumbnails"),
        chats.store(
            bytes,
            type.equals("image/png") ? "photo.png" : "photo.jpg",
            type,
            size.width(),
            size.height(),
            "photos"));
  }

  private static Optional<Size> size(byte[] bytes) {
    try (ImageInputStream stream =
        ImageIO.createImageInputStream(new ByteArrayInputStream(bytes))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
      if (!readers.hasNext()) {
        return Optional.empty();
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(stream);
        return Optional.of(new Size(reader.getWidth(0), reader.getHeight(0)));
      } finally {
        reader.dispose();
      }
    } catch (IOException damaged) {
      return Optional.empty();
    }
  }

  private static byte[] painted(int width, int height) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "jpg", bytes);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }
}
