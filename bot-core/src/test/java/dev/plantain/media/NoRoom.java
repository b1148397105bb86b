package dev.plantain.media;

import java.io.IOException;

/** What a media store without room for another file throws. */
public final class NoRoom {
  private NoRoom() {}

  public static IOException exception() {
    return new MediaStoreFullException("media", new IOException("No space left on device"));
  }
}
