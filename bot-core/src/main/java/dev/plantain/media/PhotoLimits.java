package dev.plantain.media;

/**
 * What a platform shows as a photo; Telegram's are in the Bot API under {@code sendPhoto}.
 *
 * @param maxWidthPlusHeight in pixels
 * @param maxRatio of the longer side to the shorter one
 */
public record PhotoLimits(long maxBytes, int maxWidthPlusHeight, int maxRatio) {
  public PhotoLimits {
    if (maxBytes < 10_000 || maxWidthPlusHeight < 100 || maxRatio < 1) {
      throw new IllegalArgumentException(
          "no photo fits %d bytes, %d pixels around, ratio %d"
              .formatted(maxBytes, maxWidthPlusHeight, maxRatio));
    }
  }

  /** Whether a picture can be shown as it is. */
  public boolean allow(Blob blob) {
    return blob.bytes() <= maxBytes && allow(blob.width(), blob.height());
  }

  boolean allow(int width, int height) {
    return (long) width + height <= maxWidthPlusHeight
        && Math.max(width, height) <= (long) maxRatio * Math.min(width, height);
  }
}
