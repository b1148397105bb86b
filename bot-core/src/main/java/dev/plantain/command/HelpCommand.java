package dev.plantain.command;

import dev.plantain.platform.Card;
import dev.plantain.text.Message;
import dev.plantain.text.Messages;
import java.util.stream.Collectors;

/** Says how to talk to the bot, and lists the commands. */
final class HelpCommand implements Command {
  private final Commands commands;
  private final Messages messages;

  HelpCommand(Commands commands, Messages messages) {
    this.commands = commands;
    this.messages = messages;
  }

  @Override
  public String name() {
    return "help";
  }

  @Override
  public Message localName() {
    return new Message.NameHelp();
  }

  @Override
  public Message description() {
    return new Message.DescribeHelp();
  }

  @Override
  public boolean discreet() {
    return true;
  }

  @Override
  public boolean canBeDenied() {
    return false;
  }

  @Override
  public Answer run(CommandCall call) {
    String list =
        commands.all().stream()
            .map(command ->
                "/"
                    + command.name()
                    + " – "
                    + messages.text(command.description(), call.language()))
            .collect(Collectors.joining("\n"));
    Message help =
        call.place().direct() ? new Message.HelpDirect(list) : new Message.HelpGroup(list);
    String text = messages.text(help, call.language());
    return new Answer.Say(Card.of(text), text, tx -> {});
  }
}
