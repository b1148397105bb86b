package dev.plantain.image.offline;

/** What the offline model says with a picture. */
enum Sentence {
  FILTERED("Made with classic filters; no AI was used."),
  PAINTED("A painted placeholder for your words; no AI was used."),
  NOT_UNDERSTOOD(
      "No AI was used, only classic filters: night, day, stars, sepia, black and white, blur,"
          + " sharpen, sketch, cartoon, pixelate, warm, cool, brighter, darker, invert, vignette,"
          + " mirror, rotate, crop 16:9, caption “…”."),
  FILTERED_WITHOUT_LETTERS(
      "Made with classic filters, no AI was used; the words are missing: this machine has no font"
          + " for them, or the picture no room."),
  PAINTED_WITHOUT_LETTERS(
      "A painted placeholder, no AI was used; the words are missing: this machine has no font for"
          + " them, or the picture no room.");

  private final String words;

  Sentence(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }
}
