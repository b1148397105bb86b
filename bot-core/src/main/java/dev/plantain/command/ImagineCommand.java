package dev.plantain.command;

import dev.plantain.text.Message;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes a picture that has nothing to do with those before. */
final class ImagineCommand implements Command {
  private final PictureFields fields;

  ImagineCommand(PictureFields fields) {
    this.fields = fields;
  }

  @Override
  public String name() {
    return "imagine";
  }

  @Override
  public Message localName() {
    return new Message.NameImagine();
  }

  @Override
  public Message description() {
    return new Message.DescribeImagine();
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
        new Window(
            new Message.WindowImagine(),
            new Message.QuestionPicture(),
            new Message.QuestionPictures()));
  }

  @Override
  public Answer run(CommandCall call) {
    return new Answer.Picture(true);
  }
}
