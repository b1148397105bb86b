package dev.plantain.command;

import dev.plantain.moderation.SpamRule;
import dev.plantain.moderation.SpamRule.Kind;
import dev.plantain.moderation.SpamRules;
import dev.plantain.platform.Card.Button;
import dev.plantain.platform.Card.Tone;
import dev.plantain.platform.CommandSpec.Suggestion;
import dev.plantain.storage.Database;
import dev.plantain.storage.Tx;
import dev.plantain.text.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Says and changes what a community takes for spam. */
final class AntispamCommand extends ModeratorCommand {
  private static final String WHAT = "what";
  private static final String MANY = "many";
  private static final String USUAL = "usual";
  private static final String OFF = "off";
  private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

  /** Nobody who talks with a picture reaches these. */
  private static final List<SpamRule> USUAL_RULES =
      List.of(
          new SpamRule(Kind.FLOODS, 10, Duration.ofMinutes(1), TEN_MINUTES),
          new SpamRule(Kind.REPEATS, 5, TEN_MINUTES, TEN_MINUTES),
          new SpamRule(Kind.REFUSALS, 5, TEN_MINUTES, TEN_MINUTES),
          new SpamRule(Kind.NEWCOMERS, 20, Duration.ofHours(1), Duration.ofHours(1)));

  private final Database database;
  private final SpamRules rules;

  AntispamCommand(Database database, SpamRules rules, Deeds deeds) {
    super(deeds);
    this.database = database;
    this.rules = rules;
  }

  @Override
  public String name() {
    return "antispam";
  }

  @Override
  public Message localName() {
    return new Message.NameAntispam();
  }

  @Override
  public Message description() {
    return new Message.DescribeAntispam();
  }

  @Override
  public List<Field> fields() {
    return List.of(
        Field.choice(
            WHAT,
            new Message.NameWhat(),
            new Message.FieldSpamWhat(),
            (place, sender, given) ->
                Stream.concat(Stream.of(Kind.values()).map(Kind::word), Stream.of(USUAL, OFF))
                    .map(word -> new Suggestion(word, word))
                    .toList()),
        Field.choice(
            MANY,
            new Message.NameMany(),
            new Message.FieldSpamMany(),
            (place, sender, given) ->
                Stream.of("10/1m", "5/10m", "20/1h", OFF)
                    .map(word -> new Suggestion(word, word))
                    .toList()));
  }

  @Override
  public String asWords(String words, Map<String, String> options) {
    return String.join(" ", words, options.getOrDefault(WHAT, ""), options.getOrDefault(MANY, ""))
        .strip();
  }

  @Override
  Answer govern(CommandCall call) {
    String asked = call.arguments().strip().toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
    if (asked.isEmpty()) {
      return list(call, "");
    }
    Optional<List<Change>> changes = changes(asked);
    if (changes.isEmpty()) {
      return deeds.say(call, new Message.SpamUnclear());
    }
    database.update(tx -> changes.get().forEach(change -> make(tx, call, change)));
    return list(call, deeds.text(call, new Message.SpamChanged()));
  }

  /** What a moderator decides about one kind: a rule, or that there is none. */
  private record Change(Kind kind, Optional<SpamRule> rule) {}

  private static Optional<List<Change>> changes(String asked) {
    if (asked.equals(USUAL)) {
      return Optional.of(USUAL_RULES.stream().map(AntispamCommand::to).toList());
    }
    if (asked.equals(OFF)) {
      return Optional.of(
          Stream.of(Kind.values()).map(kind -> new Change(kind, Optional.empty())).toList());
    }
    if (asked.endsWith(" " + OFF)) {
      return Kind.of(asked.substring(0, asked.length() - OFF.length()).strip())
          .map(kind -> List.of(new Change(kind, Optional.empty())));
    }
    return SpamNotation.read(asked).map(rule -> List.of(to(rule)));
  }

  private static Change to(SpamRule rule) {
    return new Change(rule.kind(), Optional.of(rule));
  }

  private void make(Tx tx, CommandCall call, Change change) {
    long community = Deeds.community(call);
    if (change.rule().isPresent()) {
      if (!rules.of(tx, community).contains(change.rule().get())) {
        rules.set(tx, community, change.rule().get());
        SpamRule rule = change.rule().get();
        deeds.note(tx, call, name(), SpamNotation.write(rule) + " " + SpamNotation.pause(rule));
      }
    } else if (rules.remove(tx, community, change.kind())) {
      deeds.note(tx, call, name(), change.kind().word() + " " + OFF);
    }
  }

  private Answer list(CommandCall call, String note) {
    List<SpamRule> made = database.read(reading -> rules.of(reading, Deeds.community(call)));
    List<Button> buttons = new ArrayList<>();
    if (!made.containsAll(USUAL_RULES)) {
      buttons.add(button(call, new Message.ButtonSpamUsual(), USUAL));
    }
    for (SpamRule rule : made) {
      String kind = rule.kind().word();
      buttons.add(button(call, new Message.ButtonSpamOff(kind), kind + " " + OFF));
    }
    Message title = made.isEmpty() ? new Message.SpamNothing() : new Message.SpamTitle();
    List<String> lines = made.stream().map(rule -> deeds.text(call, line(rule))).toList();
    return deeds.list(call, List.of(title), lines, buttons, note);
  }

  private static Message line(SpamRule rule) {
    String written = SpamNotation.write(rule);
    return switch (rule.kind()) {
      case FLOODS -> new Message.SpamFloods(written, rule.pause());
      case REPEATS -> new Message.SpamRepeats(written, rule.pause());
      case REFUSALS -> new Message.SpamRefusals(written, rule.pause());
      case NEWCOMERS -> new Message.SpamNewcomers(written, rule.pause());
    };
  }

  private Button button(CommandCall call, Message label, String arguments) {
    return new Button(deeds.text(call, label), "run:" + name() + ":" + arguments, Tone.PLAIN);
  }
}
