package dev.plantain.command;

import dev.plantain.command.ReportedResults.Doer;
import dev.plantain.platform.Card;
import dev.plantain.platform.Card.Button;
import dev.plantain.platform.Card.Paragraph;
import dev.plantain.platform.Card.Tone;
import dev.plantain.platform.MessageRef;
import dev.plantain.storage.Database;
import dev.plantain.storage.Reading;
import dev.plantain.text.Message;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Hides a result, in reply to it, or shows it again. */
final class HideCommand extends ModeratorCommand {
  /** By a number only buttons say it. */
  private static final Pattern ASKED =
      Pattern.compile("(off)?\\s*(?:#(\\d{1,18}))?", Pattern.CASE_INSENSITIVE);

  private final Database database;
  private final ReportedResults results;
  private final InstantSource clock;

  HideCommand(Database database, ReportedResults results, Deeds deeds, InstantSource clock) {
    super(deeds);
    this.database = database;
    this.results = results;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "hide";
  }

  @Override
  public Message localName() {
    return new Message.NameHide();
  }

  @Override
  public Message description() {
    return new Message.DescribeHide();
  }

  @Override
  public Optional<Menu> onMessages() {
    return Optional.of(new Menu(new Message.MenuHide(), Optional.empty()));
  }

  @Override
  Answer govern(CommandCall call) {
    Matcher asked = ASKED.matcher(call.arguments().strip());
    Optional<Long> result =
        asked.matches()
            ? database.read(reading -> result(reading, call, Optional.ofNullable(asked.group(2))))
            : Optional.empty();
    return result.isEmpty()
        ? deeds.say(call, new Message.HideWhat())
        : decide(call, result.get(), asked.group(1) == null);
  }

  private Optional<Long> result(Reading reading, CommandCall call, Optional<String> number) {
    long chat = call.chat().id();
    return number.isPresent()
        ? number.map(Long::parseLong).filter(result -> results.isThere(reading, chat, result))
        : call.about()
            .map(MessageRef::value)
            .flatMap(message -> results.find(reading, chat, message));
  }

  private Answer decide(CommandCall call, long result, boolean hidden) {
    String said =
        database.write(tx ->
            Done.once(
                tx,
                call,
                clock.instant(),
                () -> {
                  Doer doer = new Doer(call.chat().id(), call.member().id());
                  boolean changed = results.decide(tx, doer, result, hidden);
                  Message done = hidden ? new Message.PictureHidden() : new Message.PictureShown();
                  return deeds.text(call, changed ? done : new Message.AccessUnchanged());
                }));
    Button other =
        hidden
            ? button(call, new Message.ButtonKeepPicture(), "run:hide:off #" + result)
            : button(call, new Message.ButtonHidePicture(), "run:hide:#" + result);
    return new Answer.Say(
        new Card(List.of(new Paragraph.Told(said)), Optional.empty(), List.of(List.of(other))),
        said,
        tx -> {});
  }

  private Button button(CommandCall call, Message label, String data) {
    return new Button(deeds.text(call, label), data, Tone.PLAIN);
  }
}
