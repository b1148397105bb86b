package dev.plantain.conversation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One step of a conversation.
 *
 * @param parent empty for a root
 * @param model the id of the model whose turn it is; empty for a member's
 * @param withdrawn its words were refused or cancelled, and no model is given them again
 */
public record Turn(
    long id,
    long chatId,
    Optional<Long> parent,
    Author author,
    Optional<String> model,
    boolean withdrawn,
    List<Part> parts,
    Instant createdAt) {
  public Turn {
    parts = List.copyOf(parts);
  }

  /** The same turn with its words kept from the model. */
  public Turn withdraw() {
    return new Turn(id, chatId, parent, author, model, true, parts, createdAt);
  }

  /** The same turn with its pictures kept from the model. */
  public Turn withoutPictures() {
    List<Part> words = parts.stream().filter(Part.Text.class::isInstance).toList();
    return new Turn(id, chatId, parent, author, model, withdrawn, words, createdAt);
  }

  /** What was said, without pictures. */
  public String words() {
    return parts.stream()
        .filter(Part.Text.class::isInstance)
        .map(part -> ((Part.Text) part).words())
        .filter(words -> !words.isBlank())
        .reduce((one, two) -> one + "\n" + two)
        .orElse("");
  }

  public List<Part.Image> images() {
    return parts.stream().filter(Part.Image.class::isInstance).map(Part.Image.class::cast).toList();
  }
}
