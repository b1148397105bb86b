package dev.plantain.command;

import dev.plantain.command.Targets.Found;
import dev.plantain.command.Targets.Target;
import dev.plantain.conversation.Roster;
import dev.plantain.moderation.AuditTrail;
import dev.plantain.platform.Card;
import dev.plantain.platform.CommandSpec.Suggestion;
import dev.plantain.quota.AmountNotation;
import dev.plantain.quota.AmountNotation.Amount;
import dev.plantain.quota.Credits;
import dev.plantain.storage.Database;
import dev.plantain.storage.Tx;
import dev.plantain.text.Message;
import dev.plantain.text.Messages;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Moves credits: a moderator grants them, a member gives them to another or donates them to all.
 */
final class CreditsCommand implements Command {
  private static final String WHO = "who";
  private static final String AMOUNT = "amount";

  /** Who moves credits where. */
  enum Way {
    GRANT,
    GIVE,
    DONATE
  }

  private final Way way;
  private final Database database;
  private final AuditTrail trail;
  private final Messages messages;
  private final InstantSource clock;
  private final Credits credits = new Credits();
  private final Targets targets;

  CreditsCommand(
      Way way,
      Database database,
      Roster roster,
      AuditTrail trail,
      Messages messages,
      InstantSource clock) {
    this.way = way;
    this.database = database;
    this.trail = trail;
    this.messages = messages;
    this.clock = clock;
    this.targets = new Targets(roster);
  }

  @Override
  public String name() {
    return way.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public Message localName() {
    return switch (way) {
      case GRANT -> new Message.NameGrant();
      case GIVE -> new Message.NameGive();
      case DONATE -> new Message.NameDonate();
    };
  }

  @Override
  public Message description() {
    return switch (way) {
      case GRANT -> new Message.DescribeGrant();
      case GIVE -> new Message.DescribeGive();
      case DONATE -> new Message.DescribeDonate();
    };
  }

  @Override
  public boolean moderatorsOnly() {
    return way == Way.GRANT;
  }

  @Override
  public List<Field> fields() {
    Field amount =
        Field.choice(
            AMOUNT,
            new Message.NameAmount(),
            new Message.FieldCredits(),
            (place, sender, given) ->
                Stream.of("1", "5", "10", "20", "50", "1 USD", "5 USD")
                    .map(each -> new Suggestion(each, each))
                    .toList());
    return way == Way.DONATE
        ? List.of(amount)
        : List.of(Field.who(WHO, new Message.NameWho(), new Message.FieldWho()), amount);
  }

  @Override
  public String asWords(String words, Map<String, String> options) {
    return String.join(" ", words, options.getOrDefault(WHO, ""), options.getOrDefault(AMOUNT, ""))
        .strip();
  }

  @Override
  public Answer run(CommandCall call) {
    if (way == Way.GRANT && !call.moderator().getAsBoolean()) {
      return say(call, new Message.ModeratorsDecideThis());
    }
    Found found = database.write(tx -> targets.find(tx, call));
    if (found.unknown().isPresent()) {
      return say(call, new Message.MemberUnknown(found.unknown().get()));
    }
    Optional<Amount> amount = AmountNotation.read(found.words());
    if (amount.isEmpty() || (way != Way.GRANT && amount.get().amount() <= 0)) {
      return say(call, new Message.CreditsHowMuch(name()));
    }
    if (way == Way.DONATE) {
      return once(call, tx -> donate(tx, call, amount.get()));
    }
    return found.target().orElse(null) instanceof Target.Member target
        ? once(call, tx -> move(tx, call, target.member(), amount.get()))
        : say(call, new Message.CreditsToWhom(name()));
  }

  private Answer once(CommandCall call, Function<Tx, Message> deed) {
    String text =
        database.write(tx ->
            Done.once(
                tx, call, clock.instant(), () -> messages.text(deed.apply(tx), call.language())));
    return new Answer.Say(Card.of(text), text, tx -> {});
  }

  private Message move(Tx tx, CommandCall call, Roster.Member to, Amount amount) {
    return way == Way.GRANT ? grant(tx, call, to, amount) : give(tx, call, to, amount);
  }

  private Message grant(Tx tx, CommandCall call, Roster.Member to, Amount amount) {
    long community = call.chat().communityId().orElseThrow();
    long moderator = call.member().id();
    Instant now = clock.instant();
    credits.grant(tx, community, to.id(), amount.measure(), amount.amount(), moderator, now);
    trail.note(tx, community, call.chat().id(), moderator, name(), call.arguments(), now);
    long left = credits.own(tx, community, to.id()).of(amount.measure());
    return new Message.CreditsGranted(to.name(), AmountNotation.write(amount.measure(), left));
  }

  private Message give(Tx tx, CommandCall call, Roster.Member to, Amount amount) {
    Credits.Transfer transfer =
        credits.give(
            tx,
            call.chat().communityId().orElseThrow(),
            call.member().id(),
            to.id(),
            amount.measure(),
            amount.amount(),
            clock.instant());
    return said(transfer, amount, to.name());
  }

  private Message donate(Tx tx, CommandCall call, Amount amount) {
    Credits.Transfer transfer =
        credits.donate(
            tx,
            call.chat().communityId().orElseThrow(),
            call.member().id(),
            amount.measure(),
            amount.amount(),
            clock.instant());
    return said(transfer, amount, messages.text(new Message.ScopeCommunity(), call.language()));
  }

  private static Message said(Credits.Transfer transfer, Amount amount, String to) {
    return switch (transfer) {
      case Credits.Transfer.Moved(long left) ->
          new Message.CreditsMoved(
              AmountNotation.write(amount.measure(), amount.amount()),
              to,
              AmountNotation.write(amount.measure(), left));
      case Credits.Transfer.TooFew(long has) ->
          new Message.CreditsTooFew(AmountNotation.write(amount.measure(), has));
      case Credits.Transfer.ToOneself() -> new Message.CreditsToOneself();
    };
  }

  private Answer say(CommandCall call, Message message) {
    String text = messages.text(message, call.language());
    return new Answer.Say(Card.of(text), text, tx -> {});
  }
}
