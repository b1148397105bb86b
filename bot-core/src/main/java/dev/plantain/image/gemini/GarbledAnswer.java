package dev.plantain.image.gemini;

import java.io.IOException;

/** The answer broke off, or is none that we can read; the message goes on after "the answer: ". */
final class GarbledAnswer extends IOException {
  GarbledAnswer(String message) {
    super(message);
  }
}
