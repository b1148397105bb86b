package dev.plantain.telegram;

/** The content of a file. */
final class Bytes {
  private final byte[] array;

  Bytes(byte[] array) {
    this.array = array.clone();
  }

  byte[] array() {
    return array.clone();
  }

  int length() {
    return array.length;
  }
}
