package dev.plantain.media;

import java.io.IOException;

/** GIF: a screen, and frames of indexed colours in blocks (CompuServe GIF89a, section 7 on). */
final class GifFormat {
  private GifFormat() {}

  static Size size(PictureFile file) throws IOException, MalformedPictureException {
    return Size.of(file.u16LittleEndian(6), file.u16LittleEndian(8));
  }
}
