package dev.plantain.command;

import dev.plantain.text.Message;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Goes on from the picture replied to, the picture that came with the command, or the last one. */
final class EditCommand implements Command {
  private static final Message QUESTION = new Message.QuestionChange();

  private final PictureFields fields;

  EditCommand(PictureFields fields) {
    this.fields = fields;
  }

  @Override
  public String name() {
    return "edit";
  }

  @Override
  public Message localName() {
    return new Message.NameEdit();
  }

  @Override
  public Message description() {
    return new Message.DescribeEdit();
  }

  @Override
  public List<Field> fields() {
    return fields.fields();
  }

  @Override
  public String asWords(String words, Map<String, String> options) {
    return PictureFields.asWords(words, options);
  }

  @Override
  public Optional<Window> window() {
    return Optional.of(
        new Window(new Message.WindowEdit(), QUESTION, new Message.QuestionPictures()));
  }

  @Override
  public Optional<Menu> onMessages() {
    return Optional.of(new Menu(new Message.MenuEditImage(), Optional.of(QUESTION)));
  }

  @Override
  public Optional<Menu> onMembers() {
    return Optional.of(new Menu(new Message.MenuEditAvatar(), Optional.of(QUESTION)));
  }

  @Override
  public Answer run(CommandCall call) {
    return new Answer.Picture(false);
  }
}
