package dev.plantain.image.wire;

import java.io.IOException;

/** The answer broke off, or is none that we can read; the message goes on after "the answer: ". */
public final class GarbledAnswer extends IOException {
  public GarbledAnswer(String message) {
    super(message);
  }
}
