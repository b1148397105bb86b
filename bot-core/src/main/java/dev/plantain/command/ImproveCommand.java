package dev.plantain.command;

import dev.plantain.platform.Card;
import dev.plantain.text.Message;
import dev.plantain.text.Messages;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Shows better words for a picture before it is made; offered where there is a text model. */
final class ImproveCommand implements Command {
  private final PictureFields fields;
  private final Messages messages;

  ImproveCommand(PictureFields fields, Messages messages) {
    this.fields = fields;
    this.messages = messages;
  }

  @Override
  public String name() {
    return "improve";
  }

  @Override
  public Message localName() {
    return new Message.NameImprove();
  }

  @Override
  public Message description() {
    return new Message.DescribeImprove();
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
            new Message.WindowImprove(),
            new Message.QuestionPicture(),
            new Message.QuestionPictures()));
  }

  @Override
  public Answer run(CommandCall call) {
    if (RequestWords.parse(call.arguments()).words().isEmpty()) {
      String what = messages.text(new Message.ImproveWhat(), call.language());
      return new Answer.Say(Card.of(what), what, tx -> {});
    }
    return new Answer.Improve();
  }
}
