package dev.plantain.command;

import dev.plantain.platform.CommandSpec.Kind;
import dev.plantain.platform.CommandSpec.Suggestions;
import dev.plantain.text.Message;

/**
 * Something that can be given with a command on platforms that have fields for it.
 *
 * @param name under which it comes back
 * @param localName what people see
 */
record Field(
    String name,
    Message localName,
    Message description,
    Kind kind,
    boolean required,
    Suggestions suggestions) {

  static Field words(Message description, boolean required) {
    return new Field(
        "words", new Message.NameWords(), description, Kind.WORDS, required, Suggestions.NONE);
  }

  /** The first of the pictures that can be given. */
  static Field picture() {
    return picture("picture", new Message.NamePicture(), new Message.FieldPicture());
  }

  /** One more picture. */
  static Field picture(int number) {
    return picture(
        "picture" + number, new Message.NameMorePictures(number), new Message.FieldMorePictures());
  }

  private static Field picture(String name, Message localName, Message description) {
    return new Field(name, localName, description, Kind.PICTURE, false, Suggestions.NONE);
  }

  static Field choice(
      String name, Message localName, Message description, Suggestions suggestions) {
    return new Field(name, localName, description, Kind.CHOICE, false, suggestions);
  }

  static Field who(String name, Message localName, Message description) {
    return new Field(name, localName, description, Kind.WHO, false, Suggestions.NONE);
  }
}
