package dev.plantain.media;

import java.io.IOException;

/** JPEG: markers, each but a few with a length, and scans between them (ITU-T T.81, annex B). */
final class JpegFormat {
  static final String SIGNATURE = "\u00ff\u00d8\u00ff";

  private static final int SOI = 0xd8;
  private static final int EOI = 0xd9;
  private static final int SOS = 0xda;

  /** A camera writes some dozens before the frame header; a hostile file could write millions. */
  private static final int MAX_SEGMENTS_OF_HEADER = 2_000;

  private JpegFormat() {}

  /** A marker, and where its segment lies: from its 0xFF to the byte behind its contents. */
  private record Segment(int marker, long start, long end) {
    /** Behind the marker and the length. */
    long contents() {
      return start + 4;
    }

    boolean isFrame() {
      return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    }

    boolean standsAlone() {
      return marker == 0x01 || (marker >= 0xd0 && marker <= 0xd9);
    }
  }

  static Size size(PictureFile file) throws IOException, MalformedPictureException {
    long at = 2;
    for (int i = 0; i < MAX_SEGMENTS_OF_HEADER; i++) {
      Segment segment = segment(file, at);
      if (segment.isFrame()) {
        return size(file, segment);
      }
      if (segment.marker() == SOS || segment.marker() == EOI) {
        throw new MalformedPictureException("no frame header before the first scan");
      }
      at = segment.end();
    }
    throw new MalformedPictureException("no frame header among the first segments");
  }

  private static Size size(PictureFile file, Segment frame)
      throws IOException, MalformedPictureException {
    return Size.of(file.u16(frame.contents() + 3), file.u16(frame.contents() + 1));
  }

  static Orientation orientation(PictureFile file) throws IOException, MalformedPictureException {
    long at = 2;
    for (int i = 0; i < MAX_SEGMENTS_OF_HEADER; i++) {
      Segment segment = segment(file, at);
      if (isExif(file, segment)) {
        return exifOrientation(file, segment);
      }
      if (segment.marker() == SOS || segment.marker() == EOI) {
        break;
      }
      at = segment.end();
    }
    return Orientation.UPRIGHT;
  }

  private static Orientation exifOrientation(PictureFile file, Segment segment) throws IOException {
    long tiff = segment.contents() + 6;
    return Exif.orientation(file, tiff, segment.end() - tiff);
  }

  private static boolean isExif(PictureFile file, Segment segment)
      throws IOException, MalformedPictureException {
    return segment.marker() == 0xe1 && file.startsWith(segment.contents(), "Exif\0\0");
  }

  private static Segment segment(PictureFile file, long at)
      throws IOException, MalformedPictureException {
    if (file.u8(at) != 0xff) {
      throw new MalformedPictureException("no marker at " + at);
    }
    long last = at + 1;
    while (file.u8(last) == 0xff) {
      last++;
    }
    int marker = file.u8(last);
    Segment bare = new Segment(marker, last - 1, last + 1);
    if (marker == 0 || marker == SOI) {
      throw new MalformedPictureException("marker " + marker + " at " + at);
    }
    if (bare.standsAlone()) {
      return bare;
    }
    int length = file.u16(last + 1);
    long end = last + 1 + length;
    if (length < 2 || end > file.size()) {
      throw new MalformedPictureException("a segment of " + length + " at " + at);
    }
    return new Segment(marker, last - 1, end);
  }
}
