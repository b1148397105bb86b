package dev.plantain.command;

import dev.plantain.command.ReportedResults.Doer;
import dev.plantain.conversation.Roster;
import dev.plantain.moderation.DutyChats.Duty;
import dev.plantain.moderation.ModerationRules;
import dev.plantain.moderation.Reports;
import dev.plantain.moderation.Reports.Outcome;
import dev.plantain.platform.Card;
import dev.plantain.storage.Database;
import dev.plantain.storage.Tx;
import dev.plantain.text.HarmlessText;
import dev.plantain.text.Message;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reports a result to those who govern its chat, in reply to it. Without a reply moderators decide
 * with it what reports do, and where they are shown.
 */
final class ReportCommand implements Command {
  private static final int LONGEST_REASON = 200;

  private final Database database;
  private final ModerationRules rules;
  private final ReportedResults results;
  private final DutyPlace place;
  private final Deeds deeds;
  private final InstantSource clock;

  ReportCommand(
      Database database,
      Roster roster,
      ModerationRules rules,
      ReportedResults results,
      Deeds deeds,
      InstantSource clock) {
    this.database = database;
    this.rules = rules;
    this.results = results;
    this.place =
        new DutyPlace(Duty.REPORT, "report", database, roster, rules.duties(), deeds, clock);
    this.deeds = deeds;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "report";
  }

  @Override
  public Message localName() {
    return new Message.NameReport();
  }

  @Override
  public Message description() {
    return new Message.DescribeReport();
  }

  @Override
  public List<Field> fields() {
    return List.of(Field.words(new Message.FieldReport(), false));
  }

  @Override
  public boolean discreet() {
    return true;
  }

  @Override
  public Optional<Menu> onMessages() {
    return Optional.of(new Menu(new Message.MenuReport(), Optional.empty()));
  }

  @Override
  public Answer run(CommandCall call) {
    if (call.place().direct()) {
      return deeds.say(call, new Message.ReportDirect());
    }
    return call.about().isPresent() ? report(call, call.about().get().value()) : rule(call);
  }

  private Answer report(CommandCall call, String message) {
    Optional<Long> result =
        database.read(reading -> results.find(reading, call.chat().id(), message));
    if (result.isEmpty()) {
      return deeds.say(call, new Message.ReportWhat());
    }
    String reason = HarmlessText.abbreviated(HarmlessText.line(call.arguments()), LONGEST_REASON);
    String said =
        database.write(tx ->
            Done.once(tx, call, clock.instant(), () -> report(tx, call, result.get(), reason)));
    // Nothing is said to whoever has heard already that it is too much.
    return said.isEmpty()
        ? new Answer.Known(Card.of(deeds.text(call, new Message.ReportFlood(Reports.MOST))))
        : new Answer.Say(Card.of(said), said, tx -> {});
  }

  private String report(Tx tx, CommandCall call, long result, String reason) {
    Doer doer = new Doer(call.chat().id(), call.member().id());
    Outcome outcome = results.report(tx, doer, result, reason);
    return switch (outcome) {
      case TAKEN -> deeds.text(call, new Message.ReportTaken());
      case KNOWN -> deeds.text(call, new Message.ReportKnown());
      case FLOOD ->
          rules.reports().tellFlood(tx, call.member().id(), clock.instant())
              ? deeds.text(call, new Message.ReportFlood(Reports.MOST))
              : "";
    };
  }

  /** What moderators decide about reports. */
  private Answer rule(CommandCall call) {
    String words = call.arguments().strip().toLowerCase(Locale.ROOT);
    boolean wants = words.startsWith("hide") || isPlace(words);
    if (!wants || !call.moderator().getAsBoolean()) {
      return deeds.say(call, wants ? new Message.ModeratorsDecideThis() : new Message.ReportWhat());
    }
    if (isPlace(words)) {
      String said = place.change(call, call.arguments()).orElseThrow();
      return new Answer.Say(Card.of(said), said, tx -> {});
    }
    String number = words.substring("hide".length()).strip();
    if (number.isEmpty()) {
      return deeds.say(
          call,
          said(database.read(reading -> rules.reports().rule(reading, Deeds.community(call)))));
    }
    if (number.equals("off")) {
      return decide(call, Optional.empty());
    }
    return number.matches("\\d{1,2}") && isAllowed(Integer.parseInt(number))
        ? decide(call, Optional.of(Integer.parseInt(number)))
        : deeds.say(call, new Message.ReportHideHow(Reports.MOST_MEMBERS));
  }

  private static boolean isPlace(String words) {
    return words.matches("here|here off|elsewhere|take( .*)?");
  }

  private static boolean isAllowed(int members) {
    return members >= 1 && members <= Reports.MOST_MEMBERS;
  }

  private Answer decide(CommandCall call, Optional<Integer> members) {
    database.update(tx -> {
      long community = Deeds.community(call);
      if (!rules.reports().rule(tx, community).equals(members)) {
        members.ifPresentOrElse(
            many -> rules.reports().rule(tx, community, many),
            () -> rules.reports().noRule(tx, community));
        deeds.note(tx, call, name(), "hide " + members.map(String::valueOf).orElse("off"));
      }
    });
    return deeds.say(call, said(members));
  }

  private static Message said(Optional<Integer> members) {
    return members.<Message>map(Message.ReportsHide::new).orElseGet(Message.ReportsNeverHide::new);
  }
}
