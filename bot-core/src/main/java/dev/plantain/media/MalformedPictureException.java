package dev.plantain.media;

/** The bytes break the rules of their format, or end before they should. */
final class MalformedPictureException extends Exception {
  MalformedPictureException(String why) {
    super(why);
  }
}
