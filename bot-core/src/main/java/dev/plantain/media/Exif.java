package dev.plantain.media;

import java.io.IOException;

/** The orientation inside a TIFF block, as EXIF writes it (TIFF 6.0, sections 2 and 8). */
final class Exif {
  private static final int ORIENTATION_TAG = 0x0112;
  private static final int SHORT = 3;

  private Exif() {}

  /**
   * Looks at the first directory only, where the orientation stands. A damaged block says nothing:
   * pictures whose pixels are fine must not be refused for it.
   */
  static Orientation orientation(PictureFile file, long at, long length) throws IOException {
    try {
      long end = at + length;
      boolean littleEndian = file.startsWith(at, "II");
      if (!littleEndian && !file.startsWith(at, "MM")) {
        return Orientation.UPRIGHT;
      }
      long offset = littleEndian ? file.u32LittleEndian(at + 4) : file.u32(at + 4);
      long directory = at + offset;
      if (directory + 2 > end) {
        return Orientation.UPRIGHT;
      }
      int entries = u16(file, directory, littleEndian);
      for (int i = 0; i < entries; i++) {
        long entry = directory + 2 + 12L * i;
        if (entry + 12 > end) {
          return Orientation.UPRIGHT;
        }
        if (u16(file, entry, littleEndian) == ORIENTATION_TAG
            && u16(file, entry + 2, littleEndian) == SHORT) {
          return Orientation.ofExif(u16(file, entry + 8, littleEndian));
        }
      }
      return Orientation.UPRIGHT;
    } catch (MalformedPictureException damaged) {
      return Orientation.UPRIGHT;
    }
  }

  private static int u16(PictureFile file, long at, boolean littleEndian)
      throws IOException, MalformedPictureException {
    return littleEndian ? file.u16LittleEndian(at) : file.u16(at);
  }

  /** A TIFF block that says the orientation and nothing else. */
  static byte[] tiffOf(Orientation orientation) {
    return new byte[] {
      'M',
      'M',
      0,
      42,
      0,
      0,
      0,
      8,
      0,
      1,
      0x01,
      0x12,
      0,
      SHORT,
      0,
      0,
      0,
      1,
      0,
      (byte) orientation.exifNumber(),
      0,
      0,
      0,
      0,
      0,
      0
    };
  }
}
