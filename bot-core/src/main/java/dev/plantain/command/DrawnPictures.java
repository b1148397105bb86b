package dev.plantain.command;

import dev.plantain.chart.LettersMissingException;
import dev.plantain.media.PassingFiles;
import dev.plantain.platform.Picture;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Pictures that commands draw, as they go on a card. */
final class DrawnPictures {
  private static final Logger log = LoggerFactory.getLogger(DrawnPictures.class);

  private final PassingFiles files;

  DrawnPictures(PassingFiles files) {
    this.files = files;
  }

  /** What is known of a picture before it is drawn. */
  record Frame(int width, int height, String fileName, String description) {}

  /** Empty where the system has no fonts: the words of a card must do without it. */
  Optional<Picture> picture(Supplier<byte[]> png, Frame frame) {
    try {
      byte[] drawn = png.get();
      return Optional.of(
          new Picture(
              files.write(drawn),
              "image/png",
              frame.width(),
              frame.height(),
              drawn.length,
              frame.fileName(),
              frame.description(),
              false,
              false));
    } catch (LettersMissingException e) {
      log.warn("{}", e.getMessage());
      return Optional.empty();
    }
  }
}
