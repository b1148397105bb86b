package dev.plantain.discord;

import dev.plantain.platform.Document;
import dev.plantain.platform.Picture;
import dev.plantain.platform.PlatformException;
import dev.plantain.platform.PlatformException.Reason;
import dev.plantain.text.HarmlessText;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Transparency;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageOutputStream;
import net.dv8tion.jda.api.utils.FileUpload;

/**
 * What a card shows as a file that Discord takes: as it is, or as a JPEG that keeps to the limit.
 */
final class PictureFit {

  /** Characters of an alternative text (Message Resource, Attachment Object). */
  private static final int MOST_DESCRIPTION = 1024;

  private static final int MOST_FILE_NAME = 100;
  private static final float[] QUALITIES = {0.92f, 0.8f};
  private static final double SMALLER = 0.75;
  private static final int SMALLEST_PIXELS = 64;

  /** A pixel takes 3 or 4 bytes, while its picture is painted on another one twice that. */
  private static final int HEAP_BYTES_PER_PIXEL = 15;

  /** A decoded picture takes much memory: one at a time. */
  private static final ReentrantLock ONE_AT_A_TIME = new ReentrantLock();

  private PictureFit() {}

  /** A file that is no picture, as it is. */
  static FileUpload of(Document document) {
    return FileUpload.fromStreamSupplier(
        fileName(document.fileName()), () -> open(document.file()));
  }

  /**
   * Blocks on the disk, and for the second that it takes to encode a large picture.
   *
   * @param maxBytes what the place takes
   * @throws PlatformException.Rejected {@code TOO_LARGE}: it must stay untouched, or cannot be read
   */
  static FileUpload within(Picture picture, long maxBytes) {
    String name = fileName(picture.fileName());
    if (picture.bytes() <= maxBytes) {
      return described(FileUpload.fromStreamSupplier(name, () -> open(picture.file())), picture);
    }
    if (picture.untouched()) {
      throw tooLarge();
    }
    byte[] smaller = jpeg(picture, maxBytes).orElseThrow(PictureFit::tooLarge);
    int dot = name.lastIndexOf('.');
    String renamed = (dot < 0 ? name : name.substring(0, dot)) + ".jpg";
    return described(
        FileUpload.fromStreamSupplier(renamed, () -> new ByteArrayInputStream(smaller)), picture);
  }

  private static FileUpload described(FileUpload upload, Picture picture) {
    String description =
        HarmlessText.abbreviated(HarmlessText.line(picture.description()), MOST_DESCRIPTION);
    FileUpload covered = upload.asSpoiler(picture.spoiler());
    return description.isEmpty() ? covered : covered.setDescription(description);
  }

  /** Discord changes names with other characters, and components could not refer to them. */
  private static String fileName(String name) {
    String plain = name.replaceAll("[^A-Za-z0-9._-]", "_").replaceAll("^[._]+", "");
    String end = plain.substring(Math.max(0, plain.length() - MOST_FILE_NAME));
    return end.isEmpty() ? "picture" : end;
  }

  private static InputStream open(Path file) {
    try {
      return Files.newInputStream(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Optional<byte[]> jpeg(Picture picture, long maxBytes) {
    ONE_AT_A_TIME.lock();
    try {
      Optional<BufferedImage> image = decoded(picture);
      return image.isPresent() ? smallEnough(opaque(image.get()), maxBytes) : Optional.empty();
    } catch (IOException | RuntimeException damaged) {
      // Readers of pictures throw whatever they stumble over.
      return Optional.empty();
    } finally {
      ONE_AT_A_TIME.unlock();
    }
  }

  /** As much of it as there is room for: every n-th pixel of a large picture. */
  private static Optional<BufferedImage> decoded(Picture picture) throws IOException {
    try (FileImageInputStream bytes = new FileImageInputStream(picture.file().toFile())) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(bytes);
      if (!readers.hasNext()) {
        return Optional.empty();
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(bytes, true, true);
        int step = step((long) reader.getWidth(0) * reader.getHeight(0));
        ImageReadParam every = reader.getDefaultReadParam();
        every.setSourceSubsampling(step, step, 0, 0);
        return Optional.of(reader.read(0, every));
      } finally {
        reader.dispose();
      }
    }
  }

  private static int step(long pixels) {
    long most = Runtime.getRuntime().maxMemory() / HEAP_BYTES_PER_PIXEL;
    return (int) Math.ceil(Math.sqrt(pixels / (double) most));
  }

  private static Optional<byte[]> smallEnough(BufferedImage whole, long maxBytes)
      throws IOException {
    BufferedImage image = whole;
    while (Math.min(image.getWidth(), image.getHeight()) >= SMALLEST_PIXELS) {
      for (float quality : QUALITIES) {
        byte[] encoded = encoded(image, quality);
        if (encoded.length <= maxBytes) {
          return Optional.of(encoded);
        }
      }
      image = painted(image, SMALLER);
    }
    return Optional.empty();
  }

  /** JPEG knows no transparency. */
  private static BufferedImage opaque(BufferedImage image) {
    return image.getTransparency() == Transparency.OPAQUE ? image : painted(image, 1);
  }

  private static BufferedImage painted(BufferedImage image, double scale) {
    int width = Math.max(1, (int) (image.getWidth() * scale));
    int height = Math.max(1, (int) (image.getHeight() * scale));
    BufferedImage opaque = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = opaque.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    graphics.drawImage(image, 0, 0, width, height, Color.WHITE, null);
    graphics.dispose();
    return opaque;
  }

  private static byte[] encoded(BufferedImage image, float quality) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream stream = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(stream);
      ImageWriteParam settings = writer.getDefaultWriteParam();
      settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      settings.setCompressionQuality(quality);
      writer.write(null, new IIOImage(image, null, null), settings);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private static PlatformException.Rejected tooLarge() {
    return new PlatformException.Rejected(
        Reason.TOO_LARGE, "The picture is larger than Discord takes in this place.");
  }
}
