package dev.plantain.command;

import dev.plantain.conversation.Roster;
import dev.plantain.platform.Card;
import dev.plantain.quota.Ledger;
import dev.plantain.storage.Database;
import dev.plantain.text.Message;
import dev.plantain.text.Messages;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Shows a member what they have left here, why, and when it comes back. */
final class QuotaCommand implements Command {
  private final Database database;
  private final Ledger ledger;
  private final Roster roster;
  private final RuleWords words;
  private final Messages messages;
  private final InstantSource clock;

  QuotaCommand(
      Database database, Ledger ledger, Roster roster, Messages messages, InstantSource clock) {
    this.database = database;
    this.ledger = ledger;
    this.roster = roster;
    this.words = new RuleWords(roster, messages);
    this.messages = messages;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "quota";
  }

  @Override
  public Message localName() {
    return new Message.NameQuota();
  }

  @Override
  public Message description() {
    return new Message.DescribeQuota();
  }

  @Override
  public boolean discreet() {
    return true;
  }

  @Override
  public Answer run(CommandCall call) {
    Instant now = clock.instant();
    List<String> lines =
        database.read(reading ->
            words.standings(
                reading,
                call,
                ledger.standings(
                    reading, Spenders.of(reading, roster, call.chat(), call.member().id()), now),
                false,
                now));
    String title = messages.text(new Message.QuotaTitle(call.member().name()), call.language());
    String text = title + "\n\n" + String.join("\n\n", lines);
    return new Answer.Say(Card.of(text), text, tx -> {});
  }
}
