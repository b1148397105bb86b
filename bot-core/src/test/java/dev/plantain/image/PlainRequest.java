package dev.plantain.image;

import dev.plantain.conversation.Author;
import dev.plantain.conversation.Content;
import dev.plantain.conversation.Part;
import java.util.List;
import java.util.Optional;

/** A request for the standard model, in words alone. */
public final class PlainRequest {
  private PlainRequest() {}

  public static ImageRequest of(String words) {
    return new ImageRequest(
        ModelCatalogue.packaged().standard(),
        List.of(new Content(Author.MEMBER, List.of(Part.Text.of(words)))),
        Optional.empty(),
        Optional.empty());
  }
}
