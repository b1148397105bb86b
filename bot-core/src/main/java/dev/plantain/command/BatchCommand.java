package dev.plantain.command;

import dev.plantain.text.Message;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks for many pictures at once, for half the price where a provider has time for them. */
final class BatchCommand implements Command {
  private final PictureFields fields;

  BatchCommand(PictureFields fields) {
    this.fields = fields;
  }

  @Override
  public String name() {
    return "batch";
  }

  @Override
  public Message localName() {
    return new Message.NameBatch();
  }

  @Override
  public Message description() {
    return new Message.DescribeBatch();
  }

  @Override
  public List<Field> fields() {
    return fields.fields();
  }

  /** What is chosen in fields holds for each line. */
  @Override
  public String asWords(String words, Map<String, String> options) {
    String chosen = PictureFields.asWords("", options);
    return chosen.isEmpty()
        ? words
        : words.strip().replaceAll("\\s*(\\R|[|｜]|$(?!\\R))", " " + chosen + "$1");
  }

  @Override
  public Optional<Window> window() {
    return Optional.of(
        new Window(
            new Message.WindowBatch(),
            new Message.QuestionBatch(),
            new Message.QuestionPictures()));
  }

  @Override
  public Answer run(CommandCall call) {
    return new Answer.Batch();
  }
}
