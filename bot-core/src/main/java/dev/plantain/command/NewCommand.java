package dev.plantain.command;

import dev.plantain.conversation.ConversationStore;
import dev.plantain.platform.Card;
import dev.plantain.text.Message;
import dev.plantain.text.Messages;

/** Drops the head, so that the next words begin a conversation of their own. */
final class NewCommand implements Command {
  private final ConversationStore conversations = new ConversationStore();
  private final Messages messages;

  NewCommand(Messages messages) {
    this.messages = messages;
  }

  @Override
  public String name() {
    return "new";
  }

  @Override
  public Message localName() {
    return new Message.NameNew();
  }

  @Override
  public Message description() {
    return new Message.DescribeNew();
  }

  @Override
  public Answer run(CommandCall call) {
    String text = messages.text(new Message.ConversationDropped(), call.language());
    return new Answer.Say(Card.of(text), text, tx -> conversations.dropHead(tx, call.chat().id()));
  }
}
