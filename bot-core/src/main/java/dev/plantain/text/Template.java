package dev.plantain.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A text with placeholders in braces: {@code Number {count} in the queue}. */
record Template(List<Piece> pieces) {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z][A-Za-z0-9]*)}");

  sealed interface Piece {
    record Words(String text) implements Piece {}

    record Placeholder(String name) implements Piece {}
  }

  Template {
    pieces = List.copyOf(pieces);
  }

  /**
   * Takes the text apart.
   *
   * @throws IllegalArgumentException for a brace that belongs to no placeholder
   */
  static Template parse(String text) {
    List<Piece> pieces = new ArrayList<>();
    Matcher placeholders = PLACEHOLDER.matcher(text);
    int end = 0;
    while (placeholders.find()) {
      pieces.add(words(text.substring(end, placeholders.start())));
      pieces.add(new Piece.Placeholder(placeholders.group(1)));
      end = placeholders.end();
    }
    pieces.add(words(text.substring(end)));
    return new Template(pieces);
  }

  private static Piece.Words words(String text) {
    if (text.indexOf('{') >= 0 || text.indexOf('}') >= 0) {
      throw new IllegalArgumentException("a brace without a placeholder in \"" + text + "\"");
    }
    return new Piece.Words(text);
  }

  Set<String> placeholders() {
    return pieces.stream()
        .filter(Piece.Placeholder.class::isInstance)
        .map(piece -> ((Piece.Placeholder) piece).name())
        .collect(Collectors.toSet());
  }

  /** The text with a value for each placeholder; braces in a value are left alone. */
  String fill(UnaryOperator<String> valueOf) {
    return pieces.stream()
        .map(piece ->
            switch (piece) {
              case Piece.Words words -> words.text();
              case Piece.Placeholder placeholder -> valueOf.apply(placeholder.name());
            })
        .collect(Collectors.joining());
  }
}
