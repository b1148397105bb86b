package dev.plantain.chart;

/** The system has no fonts, so that nothing with words can be drawn; trying again does not help. */
public final class LettersMissingException extends RuntimeException {
  LettersMissingException(Throwable cause) {
    super(
        "No fonts were found, so charts are told in words only. Install fontconfig and a font, such"
            + " as the packages fontconfig and fonts-dejavu-core, and start again.",
        cause);
  }
}
