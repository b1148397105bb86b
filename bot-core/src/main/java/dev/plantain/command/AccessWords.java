package dev.plantain.command;

import dev.plantain.moderation.Access.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What was given with {@code /allow} or {@code /deny}, before anybody knows what it names. */
sealed interface AccessWords {
  Set<String> EVERYWHERE = Set.of("everywhere", "community", "server");
  Set<String> HERE = Set.of("here", "chat");

  /** What is closed is to be shown. */
  record Show() implements AccessWords {}

  /** A rule, by the number that stands in a button. */
  record Numbered(long ruleId) implements AccessWords {}

  /**
   * Something is denied or allowed.
   *
   * @param only nothing else of its kind is to be open
   * @param value as it was written
   */
  record Thing(boolean only, Kind kind, String value, boolean everywhere) implements AccessWords {}

  /** A list of the only open things is to end. */
  record Any(Kind kind, boolean everywhere) implements AccessWords {}

  /**
   * A forbidden word or phrase.
   *
   * @param phrase empty where the words are to be shown
   */
  record Phrase(String phrase) implements AccessWords {}

  record Unreadable() implements AccessWords {}

  static AccessWords read(String arguments) {
    List<String> words = new ArrayList<>(List.of(arguments.strip().split("\\s+")));
    String first = words.getFirst().toLowerCase(Locale.ROOT);
    if (first.isEmpty()) {
      return new Show();
    }
    if (first.matches("#\\d{1,18}") && words.size() == 1) {
      return new Numbered(Long.parseLong(first.substring(1)));
    }
    if (first.matches("words?")) {
      return new Phrase(arguments.strip().substring(first.length()).strip());
    }
    boolean only = first.equals("only");
    boolean any = first.equals("any");
    if (only || any) {
      words.removeFirst();
    }
    Optional<Kind> kind = words.isEmpty() ? Optional.empty() : kind(words.removeFirst());
    if (kind.isEmpty()) {
      return new Unreadable();
    }
    boolean everywhere = !words.isEmpty() && EVERYWHERE.contains(lower(words.getLast()));
    if (everywhere || (!words.isEmpty() && HERE.contains(lower(words.getLast())))) {
      words.removeLast();
    }
    String value = String.join(" ", words);
    if (any) {
      return value.isEmpty() ? new Any(kind.get(), everywhere) : new Unreadable();
    }
    return new Thing(only, kind.get(), value, everywhere);
  }

  private static Optional<Kind> kind(String written) {
    String word = lower(written);
    return Kind.find(word.equals("channel") ? "chat" : word)
        .or(() -> Kind.find(word.endsWith("s") ? word.substring(0, word.length() - 1) : word));
  }

  private static String lower(String word) {
    return word.toLowerCase(Locale.ROOT);
  }
}
