package dev.plantain.command;

import dev.plantain.conversation.Roster;
import dev.plantain.moderation.AuditTrail;
import dev.plantain.moderation.AuditTrail.Deed;
import dev.plantain.platform.Card.Button;
import dev.plantain.platform.Card.Tone;
import dev.plantain.platform.CommandSpec.Suggestion;
import dev.plantain.storage.Database;
import dev.plantain.storage.Reading;
import dev.plantain.text.Message;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Shows who changed what in a community, newest first, page by page or as one text. */
final class AuditCommand extends ModeratorCommand {
  private static final int PAGE = 10;
  private static final int LONGEST_LINE = 150;

  /** Characters that every platform shows in one message, with room for what we say ourselves. */
  private static final int LONGEST_EXPORT = 1_500;

  private static final String WHAT = "what";
  private static final Pattern ASKED =
      Pattern.compile("(?:(export)\\b)?\\s*(?:(older|newer) (\\d{1,18}))?");

  private final Database database;
  private final Roster roster;
  private final AuditTrail trail;
  private final InstantSource clock;

  AuditCommand(
      Database database, Roster roster, AuditTrail trail, Deeds deeds, InstantSource clock) {
    super(deeds);
    this.database = database;
    this.roster = roster;
    this.trail = trail;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "audit";
  }

  @Override
  public Message localName() {
    return new Message.NameAudit();
  }

  @Override
  public Message description() {
    return new Message.DescribeAudit();
  }

  @Override
  public List<Field> fields() {
    return List.of(
        Field.choice(
            WHAT,
            new Message.NameWhat(),
            new Message.FieldAuditWhat(),
            (place, sender, given) -> List.of(new Suggestion("export", "export"))));
  }

  @Override
  public String asWords(String words, Map<String, String> options) {
    return (words + " " + options.getOrDefault(WHAT, "")).strip();
  }

  /** A deed with the name of whoever did it. */
  private record Entry(Deed deed, String who) {}

  @Override
  Answer govern(CommandCall call) {
    Matcher asked = ASKED.matcher(call.arguments().strip());
    if (!asked.matches()) {
      return deeds.say(
          call, new Message.ChoiceUnknown(PictureSettings.shortened(call.arguments()), "export"));
    }
    boolean newer = "newer".equals(asked.group(2));
    long from = asked.group(3) == null ? Long.MAX_VALUE : Long.parseLong(asked.group(3));
    boolean export = asked.group(1) != null;
    List<Entry> entries =
        database.read(reading -> entries(reading, call, newer, from, export ? 100 : PAGE));
    if (entries.isEmpty()) {
      return deeds.say(call, new Message.AuditIsEmpty());
    }
    return export ? export(call, entries) : page(call, entries);
  }

  private List<Entry> entries(
      Reading reading, CommandCall call, boolean newer, long from, int most) {
    long community = Deeds.community(call);
    List<Deed> found =
        newer
            ? trail.after(reading, community, from, most)
            : trail.of(reading, community, from, most);
    return found.stream()
        .map(deed ->
            new Entry(
                deed,
                deed.memberId() == AuditTrail.BY_ITSELF
                    ? "/antispam"
                    : roster.known(reading, deed.memberId()).map(Roster.Member::name).orElse("?")))
        .toList();
  }

  private Answer page(CommandCall call, List<Entry> entries) {
    List<String> lines = entries.stream().map(entry -> line(call, entry)).toList();
    return deeds.list(
        call, List.of(new Message.AuditTitle()), lines, buttons(call, entries, "audit:"), "");
  }

  private String line(CommandCall call, Entry entry) {
    Duration since = Duration.between(entry.deed().at(), clock.instant());
    String what = ("/" + entry.deed().command() + " " + entry.deed().words()).strip();
    return deeds.text(call, new Message.AuditDeed(since, entry.who(), cut(what)));
  }

  /** With the moment to the second, so that it can be kept. */
  private Answer export(CommandCall call, List<Entry> entries) {
    List<String> lines = new ArrayList<>();
    int length = 0;
    for (Entry entry : entries) {
      String line =
          "%s %s /%s %s"
              .formatted(
                  entry.deed().at().truncatedTo(ChronoUnit.SECONDS),
                  entry.who(),
                  entry.deed().command(),
                  entry.deed().words())
              .strip();
      length += line.length() + 1;
      if (length > LONGEST_EXPORT && !lines.isEmpty()) {
        break;
      }
      lines.add(
          line.length() <= LONGEST_EXPORT ? line : line.substring(0, LONGEST_EXPORT - 1) + "…");
    }
    List<Entry> shown = entries.subList(0, lines.size());
    long left =
        database.read(reading ->
            trail.countBefore(reading, Deeds.community(call), shown.getLast().deed().id()));
    Message told =
        left == 0
            ? new Message.AuditExportEnds(lines.size())
            : new Message.AuditExportGoesOn(lines.size(), Math.toIntExact(left));
    return deeds.list(call, List.of(told), lines, buttons(call, shown, "audit:export "), "");
  }

  private List<Button> buttons(CommandCall call, List<Entry> entries, String command) {
    long community = Deeds.community(call);
    long newest = entries.getFirst().deed().id();
    long oldest = entries.getLast().deed().id();
    boolean older = database.read(reading -> trail.countBefore(reading, community, oldest) > 0);
    boolean newer = database.read(reading -> !trail.after(reading, community, newest, 1).isEmpty());
    List<Button> buttons = new ArrayList<>();
    if (newer) {
      // Texts are of different lengths, so that one goes back to the first of them.
      boolean export = command.startsWith("audit:export");
      String data = export ? command.strip() : command + "newer " + newest;
      buttons.add(button(call, new Message.ButtonNewer(), data));
    }
    if (older) {
      buttons.add(button(call, new Message.ButtonOlder(), command + "older " + oldest));
    }
    return buttons;
  }

  private Button button(CommandCall call, Message label, String data) {
    return new Button(deeds.text(call, label), "run:" + data, Tone.PLAIN);
  }

  private static String cut(String words) {
    return words.codePointCount(0, words.length()) <= LONGEST_LINE
        ? words
        : words.substring(0, words.offsetByCodePoints(0, LONGEST_LINE)) + "…";
  }
}
