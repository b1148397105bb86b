package dev.plantain.image.wire;

import dev.plantain.image.ImageResult;
import dev.plantain.image.ImageResult.Cause;
import dev.plantain.image.ImageResult.Failed;
import dev.plantain.image.ImageResult.Problem;
import dev.plantain.image.ImageResult.Refused;
import dev.plantain.image.Usage;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Judges an answer, and keeps its files if it is one to show. The names of endings are those of
 * Google (gemini.md, section 4) and of OpenAI's chat, as gateways mix them.
 */
final class Judgement {
  /** Google says so of some pictures that it could not make: gemini.md, section 4. */
  private static final Pattern FREE = Pattern.compile("(?i)you will not be charged");

  private Judgement() {}

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
        switch (ending(answer)) {
          case "IMAGE_OTHER", "OTHER", "NO_IMAGE", "MALFORMED_RESPONSE", "ERROR" -> true;
          default -> spoken(answer).isBlank();
        };
    if (failed) {
      String reason = answer.finishReason().map(name -> " (" + name + ")").orElse("");
      String words = explanation(answer).map(text -> ": " + text).orElse("");
      return new Failed(
          Problem.NO_PICTURE,
          Optional.empty(),
          "The answer held no picture" + reason + words,
          FREE.matcher(words).find() ? Usage.NONE : answer.usage());
    }
    return new ImageResult.Spoke(KeptParts.of(answer.parts()), asked, answer.usage());
  }

  // Names are added without notice: what is not known and brings no picture is a refusal, too.
  static Optional<Cause> refusal(Answer answer) {
    boolean painted = answer.painted();
    if (answer.blockReason().isPresent() && !painted) {
      return Optional.of(Cause.REQUEST_BLOCKED);
    }
    return switch (ending(answer)) {
      case "IMAGE_SAFETY", "SAFETY", "CONTENT_FILTER" -> Optional.of(Cause.UNSAFE);
      case "IMAGE_PROHIBITED_CONTENT", "PROHIBITED_CONTENT", "BLOCKLIST", "REFUSAL" ->
          Optional.of(Cause.PROHIBITED);
      case "IMAGE_RECITATION", "RECITATION" -> Optional.of(Cause.COPYRIGHT);
      case "SPII" -> Optional.of(Cause.PERSONAL_DATA);
      case "LANGUAGE" -> Optional.of(Cause.LANGUAGE);
      case "MAX_TOKENS", "LENGTH" -> painted ? Optional.empty() : Optional.of(Cause.TOO_LONG);
      case "STOP",
          "END_TURN",
          "TOOL_CALLS",
          "FUNCTION_CALL",
          "ERROR",
          "FINISH_REASON_UNSPECIFIED",
          "IMAGE_OTHER",
          "OTHER",
          "NO_IMAGE",
          "MALFORMED_RESPONSE" ->
          Optional.empty();
      default -> painted ? Optional.empty() : Optional.of(Cause.UNKNOWN);
    };
  }

  private static String ending(Answer answer) {
    return answer
        .finishReason()
        .filter(name -> !name.isBlank())
        .orElse("STOP")
        .toUpperCase(Locale.ROOT);
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
