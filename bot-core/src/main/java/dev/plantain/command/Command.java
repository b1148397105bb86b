package dev.plantain.command;

import dev.plantain.text.Message;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A slash command. */
public interface Command {

  /** Without the slash. */
  String name();

  /** What it is called where a platform shows names in the language of the reader. */
  Message localName();

  /** What it does, in one line. */
  Message description();

  /** What can be given with it on platforms that have fields for that. */
  default List<Field> fields() {
    return List.of();
  }

  /** What was given in fields, as somebody would write it behind the name of the command. */
  default String asWords(String words, Map<String, String> options) {
    return words;
  }

  /** What it answers concerns the asker alone. */
  default boolean discreet() {
    return false;
  }

  /** What is asked when it comes without words, where the platform has windows for that. */
  default Optional<Window> window() {
    return Optional.empty();
  }

  /** Nobody else is offered it; whether the caller is one is for the command to ask. */
  default boolean moderatorsOnly() {
    return false;
  }

  /** Moderators can deny it to members, and those who are shut out cannot give it. */
  default boolean canBeDenied() {
    return !moderatorsOnly();
  }

  /** How it is offered in the menu of a message with pictures. */
  default Optional<Menu> onMessages() {
    return Optional.empty();
  }

  /** How it is offered in the menu of a person, for their picture. */
  default Optional<Menu> onMembers() {
    return Optional.empty();
  }

  /**
   * An entry in a menu.
   *
   * @param question asks for words; without it the command is given at once
   */
  record Menu(Message label, Optional<Message> question) {}

  /**
   * A window in which a command is filled in.
   *
   * @param question asks for words
   * @param pictures what the field for pictures is called, which may be left empty
   */
  record Window(Message title, Message question, Message pictures) {}

  /** Reads, and returns what is to be said and written. May block on the network. */
  Answer run(CommandCall call);
}
