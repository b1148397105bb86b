package dev.plantain.media;

/**
 * How large a member's picture may be.
 *
 * @param maxUploadBytes of the file as it was sent
 * @param maxPixels its width times its height, decided by its header
 */
public record MediaLimits(long maxUploadBytes, long maxPixels) {
  /** 20 MB, which is what the Bot API of Telegram lets us fetch, and 100 megapixels. */
  public static final MediaLimits DEFAULT = new MediaLimits(20_000_000, 100_000_000);

  /** A pixel of three bytes has its place in one array or file of at most 2^31 bytes. */
  private static final long MOST_PIXELS = 500_000_000;

  public MediaLimits {
    if (maxUploadBytes < 1 || maxPixels < 1 || maxPixels > MOST_PIXELS) {
      throw new IllegalArgumentException(
          "at least one byte, and 1 to %d pixels; not %d and %d"
              .formatted(MOST_PIXELS, maxUploadBytes, maxPixels));
    }
  }
}
