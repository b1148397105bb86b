package dev.plantain.image;

import dev.plantain.conversation.Author;
import dev.plantain.conversation.Content;
import dev.plantain.conversation.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Conversations whose signatures are lost or of another model. Gemini refuses a picture of the
 * model without its signature ("Image part is missing a thought_signature"), so that such pictures
 * move into the member's next words, where none is needed.
 */
public final class Unsigned {
  private static final Part MOVED = Part.Text.of("(My picture follows in your next message.)");

  private Unsigned() {}

  /** Moves what the model would refuse, and leaves the rest as it is. */
  public static List<Content> repaired(List<Content> contents, ModelSpec model) {
    return model.signatures()
        ? moved(contents, Unsigned::lacksSignature)
        : moved(contents, _ -> false).stream().map(Unsigned::withoutTokens).toList();
  }

  /** Moves every picture of the model, and drops every signature. */
  public static List<Content> flattened(List<Content> contents) {
    return moved(contents, _ -> true);
  }

  private static boolean lacksSignature(Content content) {
    return content.parts().stream()
        .anyMatch(part -> part instanceof Part.Image && part.token().isEmpty());
  }

  private static List<Content> moved(List<Content> contents, Predicate<Content> unusable) {
    List<Content> result = new ArrayList<>();
    List<Part> waiting = new ArrayList<>();
    for (Content content : contents) {
      switch (content.author()) {
        case MEMBER -> {
          waiting.addAll(content.parts());
          result.add(withoutTokens(new Content(Author.MEMBER, waiting)));
          waiting.clear();
        }
        case MODEL -> {
          if (unusable.test(content)) {
            result.add(words(content));
            content.parts().stream().filter(Part.Image.class::isInstance).forEach(waiting::add);
          } else {
            result.add(content);
          }
        }
      }
    }
    return List.copyOf(result);
  }

  private static Content words(Content content) {
    List<Part> words =
        withoutTokens(content).parts().stream()
            .filter(part -> part instanceof Part.Text text && !text.words().isEmpty())
            .toList();
    return new Content(Author.MODEL, words.isEmpty() ? List.of(MOVED) : words);
  }

  private static Content withoutTokens(Content content) {
    return new Content(
        content.author(), content.parts().stream().map(Unsigned::withoutToken).toList());
  }

  private static Part withoutToken(Part part) {
    return switch (part) {
      case Part.Text text -> new Part.Text(text.words(), Optional.empty());
      case Part.Image image -> new Part.Image(image.blob(), Optional.empty());
    };
  }
}
