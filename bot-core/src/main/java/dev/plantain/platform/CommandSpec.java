package dev.plantain.platform;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How a slash command is announced to people.
 *
 * <p>Every text comes by BCP 47 tag, and English is always among them.
 *
 * @param name without the slash; the command comes back under it
 * @param names what people see instead, where the platform shows names in their language: letters
 *     and digits in lower case, 32 at most
 * @param descriptions one line each
 * @param options what can be given with it, where the platform has fields for that; elsewhere
 *     people write the same as words
 * @param discreet what it answers concerns the asker alone
 * @param moderatorsOnly nobody else is offered it; whoever gives it is looked at once more
 * @param window what is asked when it comes without words, where the platform has windows
 * @param onMessages how it is offered on a message with pictures
 * @param onMembers how it is offered on a person, for their picture
 */
public record CommandSpec(
    String name,
    Map<String, String> names,
    Map<String, String> descriptions,
    List<Option> options,
    boolean discreet,
    boolean moderatorsOnly,
    Optional<Window> window,
    Optional<Menu> onMessages,
    Optional<Menu> onMembers) {

  private static final Pattern LOCAL_NAME =
      Pattern.compile("[-_'\\p{L}\\p{N}\\p{IsDevanagari}\\p{IsThai}]{1,32}");

  public CommandSpec {
    names = Map.copyOf(names);
    descriptions = Map.copyOf(descriptions);
    options = List.copyOf(options);
    requireName(name);
    names.values().forEach(CommandSpec::requireLocalName);
    requireEnglish(name, descriptions);
  }

  /** A command without options that everybody may see answered. */
  public CommandSpec(String name, Map<String, String> descriptions) {
    this(
        name,
        Map.of(),
        descriptions,
        List.of(),
        false,
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** What an option holds. */
  public enum Kind {
    /** What the member has to say. At most one option of a command. */
    WORDS,
    /** A file of theirs. */
    PICTURE,
    /** One of the values that are suggested; others can come nevertheless. */
    CHOICE,
    /** A member or a role: comes as a name among the words, and as a {@link Mention}. */
    WHO
  }

  /**
   * Something that can be given with a command.
   *
   * @param name under which it comes back
   * @param names what people see instead, as those of a command
   * @param suggestions asked while somebody is typing a {@code CHOICE}
   */
  public record Option(
      String name,
      Map<String, String> names,
      Map<String, String> descriptions,
      Kind kind,
      boolean required,
      Suggestions suggestions) {

    public Option {
      names = Map.copyOf(names);
      descriptions = Map.copyOf(descriptions);
      requireName(name);
      names.values().forEach(CommandSpec::requireLocalName);
      requireEnglish(name, descriptions);
    }
  }

  /** Knows what fits into an option. */
  @FunctionalInterface
  public interface Suggestions {
    Suggestions NONE = (place, sender, given) -> List.of();

    /**
     * What this member could choose here, best first. Blocks for a reading of the database, and is
     * called at every letter that is typed; what was typed is for the caller to look for.
     *
     * @param given the other options, as far as they are filled in
     */
    List<Suggestion> of(Place place, Sender sender, Map<String, String> given);
  }

  /**
   * A value that can be chosen.
   *
   * @param label what people see
   */
  public record Suggestion(String value, String label) {}

  /**
   * An entry in the menu of a message or of a person. It gives the command in reply to that message
   * or picture.
   *
   * @param labels 32 characters at most
   * @param questions what to ask before, for words, 45 characters at most; empty where no words are
   *     needed
   */
  public record Menu(Map<String, String> labels, Map<String, String> questions) {
    public Menu {
      labels = Map.copyOf(labels);
      questions = Map.copyOf(questions);
      requireEnglish("a menu", labels);
      if (!questions.isEmpty()) {
        requireEnglish("a menu", questions);
      }
    }
  }

  /**
   * A window in which a command is filled in that came without words. It gives the command with
   * those words and pictures, beside the options that were given already.
   *
   * @param titles 45 characters at most, as all texts of a window
   * @param questions what to ask for words
   * @param pictures what the field for pictures is called, which may be left empty
   */
  public record Window(
      Map<String, String> titles, Map<String, String> questions, Map<String, String> pictures) {
    public Window {
      titles = Map.copyOf(titles);
      questions = Map.copyOf(questions);
      pictures = Map.copyOf(pictures);
      requireEnglish("a window", titles);
      requireEnglish("a window", questions);
      requireEnglish("a window", pictures);
    }
  }

  private static void requireName(String name) {
    if (!name.matches("[a-z0-9_]{1,32}")) {
      throw new IllegalArgumentException("not a name: " + name);
    }
  }

  private static void requireLocalName(String name) {
    if (!LOCAL_NAME.matcher(name).matches() || !name.equals(name.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException("not a name in lower case: " + name);
    }
  }

  private static void requireEnglish(String name, Map<String, String> texts) {
    if (!texts.containsKey("en")) {
      throw new IllegalArgumentException("there is no English for " + name);
    }
  }
}
