package dev.plantain.conversation;

import java.util.List;

/** What one side said, as a model is given it: one or more turns of the same author joined. */
public record Content(Author author, List<Part> parts) {
  public Content {
    parts = List.copyOf(parts);
  }
}
