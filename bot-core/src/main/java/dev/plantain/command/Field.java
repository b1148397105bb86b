package dev.plantain.command;

import dev.plantain.platform.CommandSpec.Kind;
import dev.plantain.platform.CommandSpec.Suggestions;
import dev.plantain.text.Message;

/** Something that can be given with a command on platforms that have fields for it. */
record Field(
    String name, Message description, Kind kind, boolean required, Suggestions suggestions) {

  static Field words(Message description, boolean required) {
    return new Field("words", description, Kind.WORDS, required, Suggestions.NONE);
  }

  static Field picture(String name, Message description) {
    return new Field(name, description, Kind.PICTURE, false, Suggestions.NONE);
  }

  static Field who(String name, Message description) {
    return new Field(name, description, Kind.WHO, false, Suggestions.NONE);
  }

  static Field choice(String name, Message description, Suggestions suggestions) {
    return new Field(name, description, Kind.CHOICE, false, suggestions);
  }
}
