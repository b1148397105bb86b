package dev.plantain.chat;

import dev.plantain.image.ImageResult;
import dev.plantain.text.Message;

/** The catalogue of what a member is told when a model makes no picture. */
final class Outcomes {
  private Outcomes() {}

  static Message refusal(ImageResult.Refused refused) {
    return switch (refused.cause()) {
      case REQUEST_BLOCKED -> new Message.RefusedRequest();
      case UNSAFE -> new Message.RefusedUnsafe();
      case PROHIBITED -> new Message.RefusedProhibited();
      case COPYRIGHT -> new Message.RefusedCopyright();
      case PERSONAL_DATA -> new Message.RefusedPersonalData();
      case LANGUAGE -> new Message.RefusedLanguage();
      case TOO_LONG -> new Message.RefusedTooLong();
      case UNKNOWN -> new Message.RefusedUnknown();
    };
  }

  static Message failure(ImageResult.Failed failed) {
    return switch (failed.problem()) {
      case OVERLOADED, RATE_LIMITED -> new Message.FailedOverloaded();
      case DAY_EXHAUSTED -> new Message.FailedDayExhausted();
      case NOT_INCLUDED, KEY_REJECTED, LOCATION_REJECTED, MODEL_GONE -> new Message.FailedSetup();
      case PICTURE_REJECTED -> new Message.FailedPicture();
      case REQUEST_REJECTED -> new Message.FailedRequest();
      case TIMED_OUT -> new Message.FailedTimeout();
      case UNREACHABLE, GARBLED -> new Message.FailedConnection();
      case NO_PICTURE -> new Message.FailedNoPicture();
    };
  }
}
