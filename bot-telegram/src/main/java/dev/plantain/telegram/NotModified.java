package dev.plantain.telegram;

/** The message shows already what it was told to show: for an edit, the same as success. */
final class NotModified extends RuntimeException {
  NotModified() {
    super("The message already shows this.");
  }
}
