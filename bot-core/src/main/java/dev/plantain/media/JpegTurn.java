package dev.plantain.media;

import java.awt.image.BufferedImage;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.IIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Draws a JPEG anew, upright, with its decoded pixels outside the heap. */
final class JpegTurn {
  /** Above this a photograph grows, and no difference is seen. */
  private static final float QUALITY = 0.95f;

  private JpegTurn() {}

  /**
   * Colours of a profile become sRGB on the way.
   *
   * @throws MalformedPictureException it cannot be decoded: inks, arithmetic coding, broken pixels
   */
  static void draw(
      Path source, MediaStore store, Size size, int components, Orientation as, OutputStream to)
      throws IOException, MalformedPictureException {
    if (components != 1 && components != 3) {
      throw new MalformedPictureException("decodes grey and colours only");
    }
    try (PixelFile pixels = new PixelFile(store, size, components)) {
      decode(source, pixels.seenAs(Orientation.UPRIGHT));
      encode(pixels.seenAs(as), to);
    }
  }

  private static void decode(Path source, BufferedImage into)
      throws IOException, MalformedPictureException {
    ImageReader reader = readerOfTheJdk();
    try (FileImageInputStream bytes = new FileImageInputStream(source.toFile())) {
      reader.setInput(bytes, true, true);
      ImageReadParam param = reader.getDefaultReadParam();
      param.setDestination(into);
      reader.read(0, param);
    } catch (IIOException | EOFException | RuntimeException undecodable) {
      throw new MalformedPictureException("cannot be decoded: " + undecodable);
    } finally {
      reader.dispose();
    }
  }

  /** It alone writes row by row into a picture of any memory. */
  private static ImageReader readerOfTheJdk() {
    for (Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName("jpeg");
        readers.hasNext(); ) {
      ImageReader reader = readers.next();
      if (reader.getClass().getName().startsWith("com.sun.imageio.")) {
        return reader;
      }
    }
    throw new IllegalStateException("this Java has no reader of JPEG: use a full JDK or JRE");
  }

  private static void encode(BufferedImage image, OutputStream to) throws IOException {
    OutputStream buffered = new BufferedOutputStream(to, 32 * 1024);
    encode(image, QUALITY, buffered);
    buffered.flush();
  }

  static void encode(BufferedImage image, float quality, OutputStream to) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (ImageOutputStream out = new MemoryCacheImageOutputStream(to)) {
      ImageWriteParam param = writer.getDefaultWriteParam();
      param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      param.setCompressionQuality(quality);
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), param);
    } finally {
      writer.dispose();
    }
  }
}
