package dev.plantain.command;

import dev.plantain.command.ReportedResults.Doer;
import dev.plantain.platform.Card;
import dev.plantain.platform.MessageRef;
import dev.plantain.storage.Database;
import dev.plantain.storage.Tx;
import dev.plantain.text.Message;
import java.time.InstantSource;
import java.util.Optional;

/** Gives back what a result cost, in reply to it. */
final class RefundCommand extends ModeratorCommand {
  private final Database database;
  private final ReportedResults results;
  private final InstantSource clock;

  RefundCommand(Database database, ReportedResults results, Deeds deeds, InstantSource clock) {
    super(deeds);
    this.database = database;
    this.results = results;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "refund";
  }

  @Override
  public Message localName() {
    return new Message.NameRefund();
  }

  @Override
  public Message description() {
    return new Message.DescribeRefund();
  }

  @Override
  public Optional<Menu> onMessages() {
    return Optional.of(new Menu(new Message.MenuRefund(), Optional.empty()));
  }

  @Override
  Answer govern(CommandCall call) {
    Optional<String> message = call.about().map(MessageRef::value);
    String said =
        database.write(tx ->
            Done.once(
                tx, call, clock.instant(), () -> deeds.text(call, refunded(tx, call, message))));
    return new Answer.Say(Card.of(said), said, rows -> {});
  }

  private Message refunded(Tx tx, CommandCall call, Optional<String> message) {
    Optional<Long> result = message.flatMap(shown -> results.find(tx, call.chat().id(), shown));
    if (result.isEmpty()) {
      return new Message.RefundWhat();
    }
    if (!results.refund(tx, new Doer(call.chat().id(), call.member().id()), result.get())) {
      return new Message.NothingToRefund();
    }
    return new Message.Refunded();
  }
}
