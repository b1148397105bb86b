package dev.plantain.image.offline;

import dev.plantain.media.Blob;
import dev.plantain.media.BlobDraft;
import dev.plantain.media.MediaStore;
import dev.plantain.media.MediaType;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Reads pictures from the store into pixels, and writes pixels to it. */
final class PictureFile {
  private static final float JPEG_QUALITY = 0.9f;

  private PictureFile() {}

  /** A picture that cannot be decoded, and why. */
  static final class UnreadableException extends Exception {
    UnreadableException(String message) {
      super(message);
    }

    UnreadableException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * Decodes at most so many pixels: of a larger picture every second, third … pixel is read.
   *
   * @throws UnreadableException it is damaged, or of a format that cannot be decoded here
   * @throws IOException the store has no such file
   */
  static Bitmap read(Path file, MediaType type, long maxPixels)
      throws IOException, UnreadableException {
    if (type == MediaType.HEIC || type == MediaType.HEIF) {
      throw new UnreadableException(
          "The picture is HEIC, which the offline model cannot decode; send it as JPEG, PNG or"
              + " WebP.");
    }
    if (!Files.exists(file)) {
      throw new NoSuchFileException(file.toString());
    }
    try (ImageInputStream input = ImageIO.createImageInputStream(file.toFile())) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(input);
      if (!readers.hasNext()) {
        throw new UnreadableException("The file is not a picture that can be decoded here.");
      }
      ImageReader reader = readers.next();
      try {
        return decode(reader, input, maxPixels);
      } finally {
        reader.dispose();
      }
    } catch (IOException | RuntimeException broken) {
      // A decoder answers damage with any of both.
      throw new UnreadableException("The picture is damaged: " + broken, broken);
    }
  }

  private static Bitmap decode(ImageReader reader, ImageInputStream input, long maxPixels)
      throws IOException, UnreadableException {
    reader.setInput(input, false, true);
    AtomicBoolean truncated = new AtomicBoolean();
    reader.addIIOReadWarningListener((source, warning) -> {
      if (warning.toLowerCase(Locale.ROOT).contains("premature")) {
        truncated.set(true);
      }
    });
    int step = 1;
    while ((long) (reader.getWidth(0) / step) * (reader.getHeight(0) / step) > maxPixels) {
      step++;
    }
    ImageReadParam parameters = reader.getDefaultReadParam();
    parameters.setSourceSubsampling(step, step, 0, 0);
    BufferedImage decoded = reader.read(0, parameters);
    if (truncated.get()) {
      throw new UnreadableException("The picture is damaged: it ends before its last line.");
    }
    Bitmap picture = new Bitmap(decoded.getWidth(), decoded.getHeight());
    Graphics2D graphics = picture.draw();
    graphics.drawImage(decoded, 0, 0, null);
    graphics.dispose();
    decoded.flush();
    return picture;
  }

  /** JPEG, or PNG where something shines through. */
  static Blob write(Bitmap picture, MediaStore store) throws IOException {
    boolean opaque = picture.opaque();
    MediaType type = opaque ? MediaType.JPEG : MediaType.PNG;
    try (BlobDraft draft = store.begin()) {
      encode(opaque ? picture.opaqueImage() : picture.image(), type, draft);
      long bytes = draft.bytes();
      return new Blob(draft.keep(), type, bytes, picture.width(), picture.height());
    }
  }

  private static void encode(BufferedImage image, MediaType type, BlobDraft draft)
      throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByMIMEType(type.mime()).next();
    try (MemoryCacheImageOutputStream output = new MemoryCacheImageOutputStream(draft)) {
      ImageWriteParam parameters = writer.getDefaultWriteParam();
      if (type == MediaType.JPEG) {
        parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        parameters.setCompressionQuality(JPEG_QUALITY);
      }
      writer.setOutput(output);
      writer.write(null, new IIOImage(image, null, null), parameters);
      output.flush();
    } finally {
      writer.dispose();
    }
  }
}
