package dev.plantain.image.gemini;

import dev.plantain.image.ImageResult;
import dev.plantain.image.ImageResult.Cause;
import dev.plantain.image.ImageResult.Failed;
import dev.plantain.image.ImageResult.Problem;
import dev.plantain.image.ImageResult.Refused;
import dev.plantain.image.wire.AnswerPart;
import dev.plantain.image.wire.GarbledAnswer;
import dev.plantain.image.wire.KeptParts;
import java.util.Optional;

/** Judges an answer, and keeps its files if it is one to show. */
final class Outcome {
  private Outcome() {}

  /**
   * @param asked the model that was asked
   * @throws GarbledAnswer what ought to be a picture is none
   */
  static ImageResult of(Answer answer, String asked) throws GarbledAnswer {
    Optional<Cause> cause = refusal(answer);
    if (cause.isPresent()) {
      return new Refused(cause.get(), explanation(answer), answer.usage());
    }
    if (answer.painted()) {
      return new ImageResult.Made(KeptParts.of(answer.parts()), asked, answer.usage());
    }
    boolean failed =
        switch (answer.finishReason().orElse("")) {
          case "IMAGE_OTHER", "OTHER", "NO_IMAGE", "MALFORMED_RESPONSE" -> true;
          default -> spoken(answer).isBlank();
        };
    if (failed) {
      String reason = answer.finishReason().map(name -> " (" + name + ")").orElse("");
      String words = explanation(answer).map(text -> ": " + text).orElse("");
      return new Failed(
          Problem.NO_PICTURE, Optional.empty(), "The answer held no picture" + reason + words);
    }
    return new ImageResult.Spoke(KeptParts.of(answer.parts()), asked, answer.usage());
  }

  // Names are added without notice: what is not known and brings no picture is a refusal, too.
  private static Optional<Cause> refusal(Answer answer) {
    boolean painted = answer.painted();
    if (answer.blockReason().isPresent() && !painted) {
      return Optional.of(Cause.REQUEST_BLOCKED);
    }
    return switch (answer.finishReason().orElse("STOP")) {
      case "IMAGE_SAFETY", "SAFETY" -> Optional.of(Cause.UNSAFE);
      case "IMAGE_PROHIBITED_CONTENT", "PROHIBITED_CONTENT", "BLOCKLIST" ->
          Optional.of(Cause.PROHIBITED);
      case "IMAGE_RECITATION", "RECITATION" -> Optional.of(Cause.COPYRIGHT);
      case "SPII" -> Optional.of(Cause.PERSONAL_DATA);
      case "LANGUAGE" -> Optional.of(Cause.LANGUAGE);
      case "MAX_TOKENS" -> painted ? Optional.empty() : Optional.of(Cause.TOO_LONG);
      case "STOP",
          "FINISH_REASON_UNSPECIFIED",
          "IMAGE_OTHER",
          "OTHER",
          "NO_IMAGE",
          "MALFORMED_RESPONSE" ->
          Optional.empty();
      default -> painted ? Optional.empty() : Optional.of(Cause.UNKNOWN);
    };
  }

  private static Optional<String> explanation(Answer answer) {
    String spoken = spoken(answer).strip();
    return answer
        .words()
        .filter(words -> !words.isBlank())
        .or(() -> spoken.isEmpty() ? Optional.empty() : Optional.of(spoken));
  }

  private static String spoken(Answer answer) {
    StringBuilder spoken = new StringBuilder();
    for (AnswerPart part : answer.parts()) {
      if (part instanceof AnswerPart.Words words) {
        spoken.append(words.text());
      }
    }
    return spoken.toString();
  }
}
