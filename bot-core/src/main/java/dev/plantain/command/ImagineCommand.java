package dev.plantain.command;

import dev.plantain.text.Message;

/** Makes a picture that has nothing to do with those before. */
final class ImagineCommand implements Command {
  @Override
  public String name() {
    return "imagine";
  }

  @Override
  public Message description() {
    return new Message.DescribeImagine();
  }

  @Override
  public Answer run(CommandCall call) {
    return new Answer.Picture(true);
  }
}
