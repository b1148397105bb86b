package dev.plantain.image.wire;

import dev.plantain.conversation.Part;
import dev.plantain.media.Blob;
import dev.plantain.media.ImageInspector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Parts of an answer whose files are ours: only what is a picture becomes one. */
public final class KeptParts {
  private KeptParts() {}

  /**
   * Keeps the files of an answer that is to be shown. All or none of them.
   *
   * @throws GarbledAnswer what ought to be a picture is none
   * @throws UncheckedIOException a file could not be kept: our own fault
   */
  public static List<Part> of(List<AnswerPart> parts) throws GarbledAnswer {
    try {
      return kept(parts);
    } catch (GarbledAnswer e) {
      throw e;
    } catch (IOException e) {
      throw new UncheckedIOException("a picture cannot be stored", e);
    }
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
