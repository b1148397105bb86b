package dev.plantain.command;

import dev.plantain.platform.Card;
import dev.plantain.storage.Database;
import dev.plantain.text.Message;
import dev.plantain.text.Messages;
import java.time.InstantSource;
import java.util.Locale;

/** Deletes what a member's requests have left at the providers of the models. */
final class ForgetCommand implements Command {
  private final Database database;
  private final UploadedFiles files;
  private final Messages messages;
  private final InstantSource clock;

  ForgetCommand(Database database, UploadedFiles files, Messages messages, InstantSource clock) {
    this.database = database;
    this.files = files;
    this.messages = messages;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "forget";
  }

  @Override
  public Message localName() {
    return new Message.NameForget();
  }

  @Override
  public Message description() {
    return new Message.DescribeForget();
  }

  @Override
  public boolean discreet() {
    return true;
  }

  /** Whoever is shut out may still have their pictures deleted. */
  @Override
  public boolean canBeDenied() {
    return false;
  }

  @Override
  public Answer run(CommandCall call) {
    String what = call.arguments().strip().toLowerCase(Locale.ROOT);
    String said =
        what.isEmpty() || what.equals("uploads")
            ? database.write(tx ->
                Done.once(
                    tx,
                    call,
                    clock.instant(),
                    () -> text(call, done(files.delete(tx, call.member().id())))))
            : text(call, new Message.ForgetWhat());
    return new Answer.Say(Card.of(said), said, tx -> {});
  }

  private static Message done(int count) {
    return count == 0 ? new Message.NothingToForget() : new Message.UploadsForgotten(count);
  }

  private String text(CommandCall call, Message message) {
    return messages.text(message, call.language());
  }
}
