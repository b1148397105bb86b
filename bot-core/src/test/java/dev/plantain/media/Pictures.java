package dev.plantain.media;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;

/** Pictures made for tests: the same numbers give the same bytes. */
public final class Pictures {
  /** A latitude that can be looked for in bytes that must not hold it any more. */
  public static final String SECRET = "55.6761N-12.5683E";

  private Pictures() {}

  /** Coloured blocks on a ground, each corner another colour, so that a turn can be seen. */
  public static BufferedImage painted(int width, int height, long seed) {
    return painted(width, height, seed, BufferedImage.TYPE_3BYTE_BGR);
  }

  private static BufferedImage painted(int width, int height, long seed, int imageType) {
    BufferedImage image = new BufferedImage(width, height, imageType);
    Graphics2D pen = image.createGraphics();
    Random random = new Random(seed);
    for (int i = 0; i < 12; i++) {
      pen.setColor(new Color(random.nextInt(0x1000000)));
      pen.fillRect(
          random.nextInt(width),
          random.nextInt(height),
          1 + random.nextInt(width),
          1 + random.nextInt(height));
    }
    Color[] corners = {Color.RED, Color.GREEN, Color.BLUE, Color.YELLOW};
    int halfWidth = (width + 1) / 2;
    int halfHeight = (height + 1) / 2;
    for (int i = 0; i < 4; i++) {
      pen.setColor(corners[i]);
      pen.fillRect(
          i % 2 * (width / 2) + (i % 2 == 0 ? 0 : halfWidth / 2),
          i / 2 * (height / 2) + (i / 2 == 0 ? 0 : halfHeight / 2),
          Math.max(1, halfWidth / 2),
          Math.max(1, halfHeight / 2));
    }
    pen.dispose();
    return image;
  }

  public static byte[] png(int width, int height, long seed) {
    return encode(painted(width, height, seed), "png");
  }

  /** Its left half can be seen through. */
  public static byte[] transparentPng(int width, int height, long seed) {
    BufferedImage image = painted(width, height, seed, BufferedImage.TYPE_4BYTE_ABGR);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width / 2; x++) {
        image.setRGB(x, y, image.getRGB(x, y) & 0xffffff);
      }
    }
    return encode(image, "png");
  }

  /** With a place in {@code tEXt} and {@code iTXt}, and an orientation in {@code eXIf}. */
  public static byte[] pngWithMetadata(int width, int height, long seed, int orientation) {
    byte[] plain = png(width, height, seed);
    byte[] text = bytes("Comment\0" + SECRET);
    byte[] international = bytes("XML:com.adobe.xmp\0\0\0\0\0" + SECRET);
    return concat(
        slice(plain, 0, 33),
        chunk("tEXt", text),
        chunk("iTXt", international),
        chunk("eXIf", tiff(orientation)),
        slice(plain, 33, plain.length));
  }

  /** A PNG that claims a size and has almost no bytes: refused by its header, or a bomb. */
  public static byte[] pngHeader(int width, int height) {
    return concat(
        new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'},
        chunk(
            "IHDR", concat(bigEndian(4, width), bigEndian(4, height), new byte[] {8, 2, 0, 0, 0})),
        chunk("IDAT", new byte[] {0x78, (byte) 0x9c, 1, 0, 0}),
        chunk("IEND", new byte[0]));
  }

  public static byte[] jpeg(int width, int height, long seed) {
    return encode(painted(width, height, seed), "jpg");
  }

  /** Held upright by a camera that notes where it was. */
  public static byte[] jpegWithGps(int width, int height, long seed) {
    return jpegWithGps(width, height, seed, 1);
  }

  /** With EXIF (orientation and GPS), XMP, IPTC and a comment, each of which holds the place. */
  public static byte[] jpegWithGps(int width, int height, long seed, int orientation) {
    byte[] plain = jpeg(width, height, seed);
    return concat(
        slice(plain, 0, 2),
        segment(0xe1, concat(bytes("Exif\0\0"), tiff(orientation))),
        segment(0xe1, bytes("http://ns.adobe.com/xap/1.0/\0" + SECRET)),
        segment(0xed, bytes("Photoshop 3.0\0" + SECRET)),
        segment(0xfe, bytes(SECRET)),
        slice(plain, 2, plain.length));
  }

  /** A lossless WebP of one colour, without metadata. */
  public static byte[] webp(int width, int height) {
    return riff(chunkOfRiff("VP8L", losslessFrame(width, height)));
  }

  /** A WebP with EXIF and XMP chunks that hold the place. */
  public static byte[] webpWithMetadata(int width, int height, int orientation) {
    return riff(
        chunkOfRiff("VP8X", extended(width, height, 0x0c)),
        chunkOfRiff("VP8L", losslessFrame(width, height)),
        chunkOfRiff("EXIF", tiff(orientation)),
        chunkOfRiff("XMP ", bytes("<x>" + SECRET + "</x>")));
  }

  /** Two frames, of which only the first is {@link #webp}. */
  public static byte[] animatedWebp(int width, int height) {
    byte[] frame =
        concat(
            new byte[6],
            littleEndian(3, width - 1),
            littleEndian(3, height - 1),
            new byte[] {100, 0, 0, 0},
            chunkOfRiff("VP8L", losslessFrame(width, height)));
    return riff(
        chunkOfRiff("VP8X", extended(width, height, 0x02)),
        chunkOfRiff("ANIM", new byte[6]),
        chunkOfRiff("ANMF", frame),
        chunkOfRiff("ANMF", frame));
  }

  private static byte[] extended(int width, int height, int flags) {
    return concat(
        new byte[] {(byte) flags, 0, 0, 0},
        littleEndian(3, width - 1),
        littleEndian(3, height - 1));
  }

  /**
   * RFC 9649, section 3: no transforms, no cache, no meta codes, and five simple codes of one
   * symbol each, so that every pixel takes no bits at all.
   */
  private static byte[] losslessFrame(int width, int height) {
    Bits bits = new Bits();
    bits.put(0x2f, 8);
    bits.put(width - 1, 14);
    bits.put(height - 1, 14);
    bits.put(0, 1);
    bits.put(0, 3);
    bits.put(0, 3);
    int[] symbols = {40, 200, 90, 255, 0};
    for (int symbol : symbols) {
      bits.put(1, 1);
      bits.put(0, 1);
      bits.put(1, 1);
      bits.put(symbol, 8);
    }
    return bits.bytes();
  }

  /** Numbers packed from the lowest bit on. */
  private static final class Bits {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private long pending;
    private int count;

    void put(long value, int width) {
      pending |= value << count;
      count += width;
      while (count >= 8) {
        out.write((int) pending);
        pending >>>= 8;
        count -= 8;
      }
    }

    byte[] bytes() {
      put(0, 7);
      return out.toByteArray();
    }
  }

  public static byte[] gif(int width, int height, long seed) {
    return encode(painted(width, height, seed), "gif");
  }

  /** The boxes of a photograph of a phone; its pixels are noise that no decoder takes. */
  public static byte[] heic(int width, int height) {
    return heif("heic", width, height, 0, "");
  }

  /** With an EXIF item that holds the place. */
  public static byte[] heicWithGps(int width, int height) {
    return heif("heic", width, height, 0, SECRET);
  }

  /** Turned to the left by so many quarters when it is shown. */
  public static byte[] heicTurned(int width, int height, int quarters) {
    return heif("heic", width, height, quarters, "");
  }

  /** A file of HEIF boxes whose brand is of the caller's choice. */
  public static byte[] heif(String brand, int width, int height, int quarters, String place) {
    byte[] fileType = box("ftyp", bytes(brand), new byte[4], bytes("mif1" + brand));
    byte[] pixels = new byte[200];
    new Random(7).nextBytes(pixels);
    byte[] exif = place.isEmpty() ? new byte[0] : concat(new byte[4], tiff(1), bytes(place));
    int metaLength = meta(width, height, quarters, 0, pixels.length, exif.length).length;
    int data = fileType.length + metaLength + 8;
    return concat(
        fileType,
        meta(width, height, quarters, data, pixels.length, exif.length),
        box("mdat", pixels, exif));
  }

  private static byte[] meta(
      int width, int height, int quarters, int data, int pixelBytes, int exifBytes) {
    byte[] image = box("infe", new byte[] {2, 0, 0, 0, 0, 1, 0, 0}, bytes("hvc1\0"));
    byte[] exif = box("infe", new byte[] {2, 0, 0, 0, 0, 2, 0, 0}, bytes("Exif\0"));
    byte[] items =
        exifBytes == 0
            ? box("iinf", new byte[4], bigEndian(2, 1), image)
            : box("iinf", new byte[4], bigEndian(2, 2), image, exif);
    byte[] pixelPlace = place(1, data, pixelBytes);
    byte[] places =
        exifBytes == 0
            ? box("iloc", new byte[] {0, 0, 0, 0, 0x44, 0}, bigEndian(2, 1), pixelPlace)
            : box(
                "iloc",
                new byte[] {0, 0, 0, 0, 0x44, 0},
                bigEndian(2, 2),
                pixelPlace,
                place(2, data + pixelBytes, exifBytes));
    byte[] properties =
        box(
            "iprp",
            box(
                "ipco",
                box("ispe", new byte[4], bigEndian(4, 160), bigEndian(4, 120)),
                box("ispe", new byte[4], bigEndian(4, width), bigEndian(4, height)),
                box("irot", new byte[] {(byte) quarters})),
            box(
                "ipma",
                new byte[4],
                bigEndian(4, 1),
                bigEndian(2, 1),
                new byte[] {2, 2, (byte) 0x83}));
    return box(
        "meta",
        new byte[4],
        box("hdlr", new byte[8], bytes("pict"), new byte[13]),
        box("pitm", new byte[4], bigEndian(2, 1)),
        places,
        items,
        properties);
  }

  private static byte[] place(int item, int offset, int length) {
    return concat(bigEndian(2, item), bigEndian(4, 1), bigEndian(4, offset), bigEndian(4, length));
  }

  public static byte[] box(String type, byte[]... contents) {
    byte[] all = concat(contents);
    return concat(bigEndian(4, all.length + 8), bytes(type), all);
  }

  /** A TIFF block with an orientation and a GPS directory, followed by {@link #SECRET}. */
  public static byte[] tiff(int orientation) {
    return concat(
        bytes("MM\0*"),
        bigEndian(4, 8),
        bigEndian(2, 2),
        entry(0x0112, 3, 1, orientation << 16),
        entry(0x8825, 4, 1, 38),
        bigEndian(4, 0),
        bigEndian(2, 1),
        entry(0x0002, 2, SECRET.length(), 56),
        bigEndian(4, 0),
        bytes(SECRET));
  }

  private static byte[] entry(int tag, int type, int count, int value) {
    return concat(bigEndian(2, tag), bigEndian(2, type), bigEndian(4, count), bigEndian(4, value));
  }

  public static byte[] segment(int marker, byte[] contents) {
    return concat(
        new byte[] {(byte) 0xff, (byte) marker}, bigEndian(2, contents.length + 2), contents);
  }

  public static byte[] chunk(String name, byte[] contents) {
    byte[] named = concat(bytes(name), contents);
    CRC32 check = new CRC32();
    check.update(named);
    return concat(bigEndian(4, contents.length), named, bigEndian(4, check.getValue()));
  }

  private static byte[] riff(byte[]... chunks) {
    byte[] all = concat(bytes("WEBP"), concat(chunks));
    return concat(bytes("RIFF"), littleEndian(4, all.length), all);
  }

  public static byte[] chunkOfRiff(String name, byte[] contents) {
    return concat(
        bytes(name), littleEndian(4, contents.length), contents, new byte[contents.length & 1]);
  }

  private static byte[] encode(BufferedImage image, String format) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.setUseCache(false);
    try {
      if (!ImageIO.write(image, format, out)) {
        throw new IllegalStateException("no writer of " + format);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static byte[] bigEndian(int bytes, long value) {
    byte[] result = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      result[i] = (byte) (value >> (8 * (bytes - 1 - i)));
    }
    return result;
  }

  private static byte[] littleEndian(int bytes, long value) {
    byte[] result = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      result[i] = (byte) (value >> (8 * i));
    }
    return result;
  }

  private static byte[] bytes(String characters) {
    return characters.getBytes(StandardCharsets.ISO_8859_1);
  }

  public static byte[] slice(byte[] bytes, int from, int to) {
    return Arrays.copyOfRange(bytes, from, to);
  }

  public static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
