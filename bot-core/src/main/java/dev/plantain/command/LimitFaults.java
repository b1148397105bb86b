package dev.plantain.command;

import dev.plantain.quota.RuleNotation.Result;
import dev.plantain.text.Message;

/** Says why the words of a limit were not understood. */
final class LimitFaults {
  private LimitFaults() {}

  static Message message(Result.Faulty faulty) {
    String what = faulty.what();
    return switch (faulty.problem()) {
      case EMPTY, NO_WINDOW -> new Message.LimitHowMuch();
      case TOO_LONG, TOO_LARGE, WINDOW_TOO_LONG -> new Message.LimitTooLarge(what);
      case NEGATIVE -> new Message.LimitNegative(what);
      case FRACTION_OF_PICTURE -> new Message.LimitFraction(what);
      case TOO_FINE, WINDOW_TOO_SHORT -> new Message.LimitTooSmall(what);
      case FOREIGN_DIGITS, NOT_A_NUMBER, UNKNOWN_UNIT, UNKNOWN_WINDOW, BAD_FILTER, LEFT_OVER ->
          new Message.LimitUnclear(what);
    };
  }
}
