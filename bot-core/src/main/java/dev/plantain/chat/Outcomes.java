package dev.plantain.chat;

import static dev.plantain.chat.Outcomes.WayOn.OTHER_MODEL;
import static dev.plantain.chat.Outcomes.WayOn.REPHRASE;
import static dev.plantain.chat.Outcomes.WayOn.TRY_AGAIN;

import dev.plantain.image.ImageResult.Cause;
import dev.plantain.image.ImageResult.Problem;
import dev.plantain.image.ImageResult.Trouble;
import dev.plantain.text.Message;
import java.util.EnumSet;
import java.util.Set;

/** The catalogue of what a member is told, and offered, when a model makes no picture. */
final class Outcomes {
  private Outcomes() {}

  /** What a member can do next, on a button. */
  enum WayOn {
    /** The same once more. */
    TRY_AGAIN,
    /** The same pictures with other words. */
    REPHRASE,
    /** The same of another model. */
    OTHER_MODEL
  }

  /** What the card says, and what it offers. */
  record Outcome(Message words, Set<WayOn> waysOn) {
    Outcome {
      waysOn = Set.copyOf(waysOn);
    }
  }

  static Outcome of(Trouble trouble) {
    return switch (trouble) {
      case Cause.REQUEST_BLOCKED -> with(new Message.RefusedRequest(), REPHRASE, OTHER_MODEL);
      case Cause.UNSAFE -> with(new Message.RefusedUnsafe(), REPHRASE, OTHER_MODEL);
      case Cause.PROHIBITED -> with(new Message.RefusedProhibited(), REPHRASE);
      case Cause.COPYRIGHT -> with(new Message.RefusedCopyright(), REPHRASE, OTHER_MODEL);
      case Cause.PERSONAL_DATA -> with(new Message.RefusedPersonalData(), REPHRASE);
      case Cause.LANGUAGE -> with(new Message.RefusedLanguage(), REPHRASE, OTHER_MODEL);
      case Cause.TOO_LONG -> with(new Message.RefusedTooLong(), REPHRASE, OTHER_MODEL);
      case Cause.UNKNOWN -> with(new Message.RefusedUnknown(), REPHRASE, OTHER_MODEL);
      case Problem.OVERLOADED, Problem.RATE_LIMITED ->
          with(new Message.FailedOverloaded(), TRY_AGAIN, OTHER_MODEL);
      case Problem.DAY_EXHAUSTED -> with(new Message.FailedDayExhausted(), OTHER_MODEL);
      case Problem.NOT_INCLUDED,
          Problem.KEY_REJECTED,
          Problem.LOCATION_REJECTED,
          Problem.MODEL_GONE ->
          with(new Message.FailedSetup(), TRY_AGAIN, OTHER_MODEL);
      case Problem.PICTURE_REJECTED -> with(new Message.FailedPicture(), OTHER_MODEL);
      case Problem.REQUEST_REJECTED -> with(new Message.FailedRequest(), REPHRASE, OTHER_MODEL);
      case Problem.TIMED_OUT -> with(new Message.FailedTimeout(), TRY_AGAIN, OTHER_MODEL);
      case Problem.UNREACHABLE, Problem.GARBLED ->
          with(new Message.FailedConnection(), TRY_AGAIN, OTHER_MODEL);
      case Problem.NO_PICTURE ->
          with(new Message.FailedNoPicture(), TRY_AGAIN, REPHRASE, OTHER_MODEL);
    };
  }

  private static Outcome with(Message words, WayOn first, WayOn... others) {
    return new Outcome(words, EnumSet.of(first, others));
  }
}
