package dev.plantain.media;

import java.io.IOException;

/** The disk of the media store has no room left. Trying again helps once somebody made room. */
public final class MediaStoreFullException extends IOException {
  MediaStoreFullException(String folder, IOException cause) {
    super(
        "No room left in the media folder "
            + folder
            + ": the picture was not stored. Free disk space or move the data folder.",
        cause);
  }
}
