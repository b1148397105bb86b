package dev.plantain.media;

/** How stored pixels must be turned to be seen upright, by the numbers of EXIF (tag 0x0112). */
public enum Orientation {
  UPRIGHT(1),
  MIRRORED(2),
  UPSIDE_DOWN(3),
  MIRRORED_UPSIDE_DOWN(4),
  MIRRORED_TURN_LEFT(5),
  TURN_RIGHT(6),
  MIRRORED_TURN_RIGHT(7),
  TURN_LEFT(8);

  private final int exifNumber;

  Orientation(int exifNumber) {
    this.exifNumber = exifNumber;
  }

  /** Numbers outside 1 to 8 are upright, as every viewer takes them. */
  static Orientation ofExif(int number) {
    for (Orientation orientation : values()) {
      if (orientation.exifNumber == number) {
        return orientation;
      }
    }
    return UPRIGHT;
  }

  int exifNumber() {
    return exifNumber;
  }

  /** Whether the width that is seen is the height that is stored. */
  public boolean swapsSides() {
    return exifNumber >= 5;
  }

  /** The stored column of a pixel that is seen at a place, in a picture stored at this size. */
  int storedX(int seenX, int seenY, int storedWidth) {
    return switch (this) {
      case UPRIGHT, MIRRORED_UPSIDE_DOWN -> seenX;
      case MIRRORED, UPSIDE_DOWN -> storedWidth - 1 - seenX;
      case MIRRORED_TURN_LEFT, TURN_RIGHT -> seenY;
      case MIRRORED_TURN_RIGHT, TURN_LEFT -> storedWidth - 1 - seenY;
    };
  }

  /** The stored row of a pixel that is seen at a place, in a picture stored at this size. */
  int storedY(int seenX, int seenY, int storedHeight) {
    return switch (this) {
      case UPRIGHT, MIRRORED -> seenY;
      case UPSIDE_DOWN, MIRRORED_UPSIDE_DOWN -> storedHeight - 1 - seenY;
      case MIRRORED_TURN_LEFT, TURN_LEFT -> seenX;
      case TURN_RIGHT, MIRRORED_TURN_RIGHT -> storedHeight - 1 - seenX;
    };
  }
}
