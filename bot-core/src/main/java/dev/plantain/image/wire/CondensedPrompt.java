package dev.plantain.image.wire;

import dev.plantain.conversation.Author;
import dev.plantain.conversation.Content;
import dev.plantain.conversation.Part;
import dev.plantain.image.ImageRequest;
import dev.plantain.image.ImageResult;
import dev.plantain.image.ImageResult.Failed;
import dev.plantain.image.ImageResult.Problem;
import dev.plantain.media.Blob;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A conversation for a wire that takes one text: the member's words, oldest first. */
public final class CondensedPrompt {
  private CondensedPrompt() {}

  /** The operator's instruction, where there is one, and the member's words. */
  public static String words(ImageRequest request) {
    String said = words(request.contents());
    return request.guidance().instruction().map(house -> house + "\n\n" + said).orElse(said);
  }

  /** The newest words as they were said; those before them stand above, marked as such. */
  private static String words(List<Content> contents) {
    List<String> said = new ArrayList<>();
    for (Content content : contents) {
      if (content.author() == Author.MEMBER) {
        String words =
            content.parts().stream()
                .filter(Part.Text.class::isInstance)
                .map(part -> ((Part.Text) part).words())
                .filter(text -> !text.isBlank())
                .collect(Collectors.joining("\n"));
        said.add(words);
      }
    }
    String newest = said.isEmpty() ? "" : said.removeLast();
    said.removeIf(String::isEmpty);
    return said.isEmpty()
        ? newest
        : "Asked before, oldest first:\n- "
            + String.join("\n- ", said)
            + "\n\nAsked now:\n"
            + newest;
  }

  /** All pictures, whoever gave them, oldest first. */
  public static List<Blob> pictures(List<Content> contents) {
    return contents.stream()
        .flatMap(content -> content.parts().stream())
        .filter(Part.Image.class::isInstance)
        .map(part -> ((Part.Image) part).blob())
        .distinct()
        .toList();
  }

  /** Why a wire that takes words only cannot answer; empty where there are only words. */
  public static Optional<ImageResult> refusedPictures(List<Content> contents, String endpoint) {
    return pictures(contents).isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Failed(
                Problem.REQUEST_REJECTED,
                Optional.empty(),
                endpoint
                    + " makes pictures from words only and was not asked: give this model an"
                    + " endpoint that edits, or begin anew without pictures"));
  }
}
