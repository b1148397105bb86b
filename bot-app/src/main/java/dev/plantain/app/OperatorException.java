package dev.plantain.app;

/** Something that the operator has to mend before the program can go on; the message says how. */
final class OperatorException extends RuntimeException {
  OperatorException(String message) {
    super(message);
  }
}
