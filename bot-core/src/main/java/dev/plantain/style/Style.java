package dev.plantain.style;

import dev.plantain.text.Language;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A template for the words of a request.
 *
 * @param id lower case letters, short enough for a button
 * @param slots what a member has to fill in, in the order in which they write it
 * @param texts English is always there; each has all the slots
 */
public record Style(String id, Kind kind, List<String> slots, Map<Language, Text> texts) {
  private static final Pattern ID = Pattern.compile("[a-z]{2,32}");
  private static final Pattern SLOT = Pattern.compile("\\{([a-z]+)}");

  public Style {
    slots = List.copyOf(slots);
    texts = Map.copyOf(texts);
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "The style " + id + " needs an id of 2 to 32 letters from a to z.");
    }
    if (slots.isEmpty()) {
      throw new IllegalArgumentException("The style " + id + " has no slot for a member's words.");
    }
    if (!texts.containsKey(Language.ENGLISH)) {
      throw new IllegalArgumentException("The style " + id + " has no text in English (en).");
    }
    for (Map.Entry<Language, Text> text : texts.entrySet()) {
      requireAllSlots(id, slots, text.getKey(), text.getValue());
    }
  }

  /** What a style is for. */
  public enum Kind {
    /** A new picture. */
    MAKES,
    /** A change of a picture that is there. */
    EDITS
  }

  /**
   * A style in one language.
   *
   * @param name under which it can be asked for as well
   * @param template the words, with each slot in braces
   * @param labels what belongs into each slot
   */
  public record Text(String name, String description, String template, Map<String, String> labels) {
    public Text {
      labels = Map.copyOf(labels);
      if (name.isBlank()) {
        throw new IllegalArgumentException("A style has a text without a name.");
      }
    }
  }

  /** In a language, or in English where it lacks that. */
  public Text in(Language language) {
    return texts.getOrDefault(
        language, Objects.requireNonNull(texts.get(Language.ENGLISH), "English"));
  }

  /** What belongs into the slots, in their order. */
  public List<String> labels(Language language) {
    Map<String, String> labels = in(language).labels();
    return slots.stream().map(slot -> labels.getOrDefault(slot, slot)).toList();
  }

  /**
   * The words of the request. What is filled in stays as it was written, braces included.
   *
   * @param values as many as there are slots, in their order
   */
  public String fill(Language language, List<String> values) {
    if (values.size() != slots.size()) {
      throw new IllegalArgumentException(
          "the style " + id + " has " + slots.size() + " slots, not " + values.size());
    }
    return SLOT.matcher(in(language).template())
        .replaceAll(slot -> Matcher.quoteReplacement(values.get(slots.indexOf(slot.group(1)))));
  }

  /** Whether words were made of this style, in whatever language. */
  public boolean made(String words) {
    return texts.values().stream()
        .anyMatch(text ->
            Pattern.matches(
                SLOT.splitAsStream(text.template())
                    .map(Pattern::quote)
                    .collect(
                        Collectors.joining(
                            ".+", "(?s)", text.template().endsWith("}") ? ".+" : "")),
                words));
  }

  private static void requireAllSlots(String id, List<String> slots, Language language, Text text) {
    List<String> used =
        SLOT.matcher(text.template()).results().map(found -> found.group(1)).sorted().toList();
    if (!used.equals(slots.stream().sorted().toList())) {
      throw new IllegalArgumentException(
          "The style %s has the slots %s, but its template in %s has %s."
              .formatted(id, slots, language, used));
    }
    if (!text.labels().keySet().equals(java.util.Set.copyOf(slots))) {
      throw new IllegalArgumentException(
          "The style %s has the slots %s, but its labels in %s are for %s."
              .formatted(id, slots, language, text.labels().keySet().stream().sorted().toList()));
    }
  }
}
