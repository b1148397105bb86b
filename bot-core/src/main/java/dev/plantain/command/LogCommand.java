package dev.plantain.command;

import dev.plantain.conversation.Roster;
import dev.plantain.moderation.DutyChats;
import dev.plantain.moderation.DutyChats.Duty;
import dev.plantain.platform.Card;
import dev.plantain.platform.CommandSpec.Suggestion;
import dev.plantain.storage.Database;
import dev.plantain.text.Message;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Chooses the chat in which everything is written down that moderators do. */
final class LogCommand extends ModeratorCommand {
  private static final String WHERE = "where";

  private final Database database;
  private final DutyChats duties;
  private final DutyPlace place;

  LogCommand(Database database, Roster roster, DutyChats duties, Deeds deeds, InstantSource clock) {
    super(deeds);
    this.database = database;
    this.duties = duties;
    this.place = new DutyPlace(Duty.LOG, "log", database, roster, duties, deeds, clock);
  }

  @Override
  public String name() {
    return "log";
  }

  @Override
  public Message localName() {
    return new Message.NameLog();
  }

  @Override
  public Message description() {
    return new Message.DescribeLog();
  }

  @Override
  public List<Field> fields() {
    return List.of(
        Field.choice(
            WHERE,
            new Message.NameWhere(),
            new Message.FieldLogWhere(),
            (place, sender, given) ->
                Stream.of("here", "off", "elsewhere")
                    .map(each -> new Suggestion(each, each))
                    .toList()));
  }

  @Override
  public String asWords(String words, Map<String, String> options) {
    return (words + " " + options.getOrDefault(WHERE, "")).strip();
  }

  @Override
  Answer govern(CommandCall call) {
    if (call.place().direct()) {
      return deeds.say(call, new Message.LogDirect());
    }
    String words = call.arguments().strip();
    if (words.toLowerCase(Locale.ROOT).matches("off|here off")) {
      boolean off = place.change(call, "here off").isPresent();
      return deeds.say(call, off ? new Message.LogIsOff() : new Message.AccessUnchanged());
    }
    Optional<String> said = place.change(call, words);
    return said.isPresent()
        ? new Answer.Say(Card.of(said.get()), said.get(), tx -> {})
        : deeds.say(call, state(call));
  }

  private Message state(CommandCall call) {
    return database
        .read(reading -> duties.find(reading, Deeds.community(call), Duty.LOG))
        .<Message>map(chat ->
            chat == call.chat().id() ? new Message.LogIsHere() : new Message.LogIsElsewhere())
        .orElseGet(Message.LogIsOff::new);
  }
}
