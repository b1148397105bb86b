package dev.plantain.image.gemini;

import dev.plantain.conversation.Part;
import dev.plantain.image.ImageResult;
import dev.plantain.image.ImageResult.Cause;
import dev.plantain.image.ImageResult.Failed;
import dev.plantain.image.ImageResult.Problem;
import dev.plantain.image.ImageResult.Refused;
import dev.plantain.image.gemini.Answer.AnswerPart;
import dev.plantain.media.Blob;
import dev.plantain.media.ImageInspector;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Judges an answer, and keeps its files if it is one to show. */
final class Outcome {
  private Outcome() {}

  /**
   * @param asked the model that was asked
   * @throws GarbledAnswer what ought to be a picture is none
   * @throws IOException a file could not be kept
   */
  static ImageResult of(Answer answer, String asked) throws IOException {
    Optional<Cause> cause = refusal(answer);
    if (cause.isPresent()) {
      return new Refused(cause.get(), explanation(answer), answer.usage());
    }
    if (answer.painted()) {
      return new ImageResult.Made(kept(answer.parts()), asked, answer.usage());
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
    return new ImageResult.Spoke(kept(answer.parts()), asked, answer.usage());
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

  private static List<Part> kept(List<AnswerPart> parts) throws IOException {
    List<ImageInspector.Description> descriptions = new ArrayList<>();
    for (AnswerPart part : parts) {
      if (part instanceof AnswerPart.Picture picture) {
        descriptions.add(
            ImageInspector.inspect(picture.bytes().draft().file())
                .orElseThrow(() -> new GarbledAnswer("what it calls a picture is none")));
      }
    }
    List<Part> kept = new ArrayList<>();
    var description = descriptions.iterator();
    for (AnswerPart part : parts) {
      kept.add(
          switch (part) {
            case AnswerPart.Words words -> new Part.Text(words.text(), token(words));
            case AnswerPart.Picture picture ->
                new Part.Image(blob(picture, description.next()), token(picture));
          });
    }
    return kept;
  }

  private static Blob blob(AnswerPart.Picture picture, ImageInspector.Description description)
      throws IOException {
    var draft = picture.bytes().draft();
    return new Blob(
        draft.keep(), description.type(), draft.bytes(), description.width(), description.height());
  }

  private static Optional<Part.Token> token(AnswerPart part) throws IOException {
    if (part.signature().isEmpty() || part.signature().get().characters() == 0) {
      return Optional.empty();
    }
    LongString.Signature signature = part.signature().get();
    return Optional.of(new Part.Token(signature.draft().keep(), signature.characters()));
  }
}
