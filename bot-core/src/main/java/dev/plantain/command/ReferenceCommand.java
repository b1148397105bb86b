package dev.plantain.command;

import dev.plantain.conversation.ConversationStore;
import dev.plantain.conversation.GatheredPictures;
import dev.plantain.platform.Attachment;
import dev.plantain.platform.Card;
import dev.plantain.storage.Database;
import dev.plantain.storage.Reading;
import dev.plantain.text.Message;
import dev.plantain.text.Messages;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Puts pictures aside, which then go with the member's next request. */
final class ReferenceCommand implements Command {
  private final Database database;
  private final ConversationStore conversations = new ConversationStore();
  private final GatheredPictures gathered = new GatheredPictures();
  private final Messages messages;
  private final InstantSource clock;
  private final Duration kept;

  /**
   * @param kept how long they wait for a request
   */
  ReferenceCommand(Database database, Messages messages, InstantSource clock, Duration kept) {
    this.database = database;
    this.messages = messages;
    this.clock = clock;
    this.kept = kept;
  }

  @Override
  public String name() {
    return "reference";
  }

  @Override
  public Message localName() {
    return new Message.NameReference();
  }

  @Override
  public Message description() {
    return new Message.DescribeReference();
  }

  @Override
  public boolean discreet() {
    return true;
  }

  @Override
  public List<Field> fields() {
    return List.of(Field.picture(), Field.picture(2), Field.picture(3));
  }

  @Override
  public Optional<Menu> onMessages() {
    return Optional.of(new Menu(new Message.MenuUseAsReference(), Optional.empty()));
  }

  @Override
  public Answer run(CommandCall call) {
    List<Attachment> pictures = call.pictures();
    if (pictures.isEmpty()) {
      return say(call, new Message.ReferenceWhat());
    }
    Instant now = clock.instant();
    int before =
        database
            .read(reading ->
                gathered.since(reading, call.chat().id(), call.member().id(), now.minus(kept)))
            .size();
    String text =
        messages.text(new Message.ReferencesGathered(before + pictures.size()), call.language());
    return new Answer.Say(
        Card.of(text),
        text,
        tx ->
            gathered.add(tx, call.chat().id(), call.member().id(), pictures, turn(tx, call), now));
  }

  /** Of which the pictures are, so that they can be hidden as long as they wait. */
  private Optional<Long> turn(Reading reading, CommandCall call) {
    return call.about()
        .flatMap(message -> conversations.turnOf(reading, call.chat().id(), message.value()));
  }

  private Answer say(CommandCall call, Message message) {
    String text = messages.text(message, call.language());
    return new Answer.Say(Card.of(text), text, tx -> {});
  }
}
