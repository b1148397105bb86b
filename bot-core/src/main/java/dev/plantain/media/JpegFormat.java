package dev.plantain.media;

import dev.plantain.media.Anatomy.Cut;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

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

  /** How many colours a pixel is made of: 1 is grey, 3 is colour, 4 is ink. */
  static int components(PictureFile file) throws IOException, MalformedPictureException {
    long at = 2;
    Segment segment = segment(file, at);
    while (!segment.isFrame()) {
      at = segment.end();
      segment = segment(file, at);
    }
    return file.u8(segment.contents() + 5);
  }

  /**
   * Walks to the end of the image. What is not needed to show it goes: EXIF, XMP, IPTC, comments,
   * the notes of makers, and everything behind the end (more pictures, films, trailers of phones).
   * JFIF, the ICC profile and Adobe's colour transform stay.
   *
   * @param keepOrientation leaves an EXIF block that says the orientation and nothing else
   */
  static Anatomy anatomy(PictureFile file, boolean keepOrientation)
      throws IOException, MalformedPictureException {
    List<Cut> cuts = new ArrayList<>();
    Orientation orientation = Orientation.UPRIGHT;
    boolean exifSeen = false;
    Size size = null;
    boolean scanned = false;
    long at = 2;
    Segment segment = segment(file, at);
    while (segment.marker() != EOI) {
      at = segment.end();
      if (segment.isFrame()) {
        if (size != null) {
          throw new MalformedPictureException("two frame headers");
        }
        size = size(file, segment);
      } else if (segment.marker() == SOS) {
        if (size == null) {
          throw new MalformedPictureException("a scan before the frame header");
        }
        at = endOfScan(file, at);
        scanned = true;
      } else if (isExif(file, segment) && !exifSeen) {
        exifSeen = true;
        orientation = exifOrientation(file, segment);
        cuts.add(
            keepOrientation
                ? Cut.replaced(segment.start(), segment.end(), exifSegment(orientation))
                : Cut.out(segment.start(), segment.end()));
      } else if (!isNeeded(file, segment)) {
        cuts.add(Cut.out(segment.start(), segment.end()));
      }
      segment = segment(file, at);
    }
    if (size == null || !scanned) {
      throw new MalformedPictureException("no scan");
    }
    if (segment.end() < file.size()) {
      cuts.add(Cut.out(segment.end(), file.size()));
    }
    return new Anatomy(size, orientation, cuts);
  }

  /** The place of the first marker that is neither a stuffed byte nor a restart. */
  private static long endOfScan(PictureFile file, long from)
      throws IOException, MalformedPictureException {
    long at = from;
    while (true) {
      if (file.u8(at) != 0xff) {
        at++;
        continue;
      }
      int next = file.u8(at + 1);
      boolean inside = next == 0 || (next >= 0xd0 && next <= 0xd7);
      if (!inside && next != 0xff) {
        if (at == from) {
          throw new MalformedPictureException("a scan without pixels at " + at);
        }
        return at;
      }
      at += inside ? 2 : 1;
    }
  }

  private static boolean isNeeded(PictureFile file, Segment segment)
      throws IOException, MalformedPictureException {
    return switch (segment.marker()) {
      case 0xe0 -> file.startsWith(segment.contents(), "JFIF\0");
      case 0xe2 -> file.startsWith(segment.contents(), "ICC_PROFILE\0");
      case 0xee -> file.startsWith(segment.contents(), "Adobe");
      default -> segment.marker() < 0xe0;
    };
  }

  private static byte[] exifSegment(Orientation orientation) {
    byte[] tiff = Exif.tiffOf(orientation);
    ByteArrayOutputStream segment = new ByteArrayOutputStream();
    segment.writeBytes(new byte[] {(byte) 0xff, (byte) 0xe1, 0, (byte) (tiff.length + 8)});
    segment.writeBytes(new byte[] {'E', 'x', 'i', 'f', 0, 0});
    segment.writeBytes(tiff);
    return segment.toByteArray();
  }
}
