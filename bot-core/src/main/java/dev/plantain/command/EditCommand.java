package dev.plantain.command;

import dev.plantain.text.Message;

/** Goes on from the picture replied to, the picture that came with the command, or the last one. */
final class EditCommand implements Command {
  @Override
  public String name() {
    return "edit";
  }

  @Override
  public Message description() {
    return new Message.DescribeEdit();
  }

  @Override
  public Answer run(CommandCall call) {
    return new Answer.Picture(false);
  }
}
