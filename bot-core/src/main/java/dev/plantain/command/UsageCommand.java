package dev.plantain.command;

import dev.plantain.chart.Chart;
import dev.plantain.chart.Drawing;
import dev.plantain.chart.Theme;
import dev.plantain.command.UsageWords.Kind;
import dev.plantain.command.UsageWords.Result;
import dev.plantain.command.UsageWords.Whose;
import dev.plantain.command.UsageWords.Wish;
import dev.plantain.media.PassingFiles;
import dev.plantain.platform.Card;
import dev.plantain.platform.Card.Button;
import dev.plantain.platform.Card.Paragraph;
import dev.plantain.platform.Card.Tone;
import dev.plantain.platform.CommandSpec.Suggestion;
import dev.plantain.platform.Document;
import dev.plantain.quota.CommunityTermsStore;
import dev.plantain.quota.Usage;
import dev.plantain.storage.Database;
import dev.plantain.storage.Reading;
import dev.plantain.text.Message;
import dev.plantain.text.Messages;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Shows moderators what their community used, and members what they used themselves. */
final class UsageCommand implements Command {
  private static final String DAYS = "days";
  private static final String BY = "by";

  private final Database database;
  private final UsageChart charts;
  private final DrawnPictures drawn;
  private final PassingFiles files;
  private final Messages messages;
  private final InstantSource clock;
  private final CommunityTermsStore terms = new CommunityTermsStore();

  UsageCommand(
      Database database,
      UsageChart charts,
      DrawnPictures drawn,
      PassingFiles files,
      Messages messages,
      InstantSource clock) {
    this.database = database;
    this.charts = charts;
    this.drawn = drawn;
    this.files = files;
    this.messages = messages;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "usage";
  }

  @Override
  public Message localName() {
    return new Message.NameUsage();
  }

  @Override
  public Message description() {
    return new Message.DescribeUsage();
  }

  @Override
  public boolean discreet() {
    return true;
  }

  @Override
  public List<Field> fields() {
    return List.of(
        Field.choice(
            DAYS,
            new Message.NameDays(),
            new Message.FieldDays(),
            (place, sender, given) -> suggestions(UsageWords.DAYS.stream().map(String::valueOf))),
        Field.choice(
            BY,
            new Message.NameBy(),
            new Message.FieldBy(),
            (place, sender, given) ->
                suggestions(
                    Stream.concat(
                        Stream.of(Kind.values()).map(Kind::word), Stream.of(UsageWords.FILE)))));
  }

  private static List<Suggestion> suggestions(Stream<String> words) {
    return words.map(word -> new Suggestion(word, word)).toList();
  }

  @Override
  public String asWords(String written, Map<String, String> options) {
    return Stream.of(DAYS, BY)
        .map(field -> options.getOrDefault(field, ""))
        .reduce(written, (before, value) -> (before + " " + value).strip());
  }

  @Override
  public Answer run(CommandCall call) {
    return switch (UsageWords.read(call.arguments())) {
      case Result.Unclear(String word) -> say(call, new Message.UsageUnclear(word));
      case Result.Understood(Wish wish) -> answer(call, wish);
      case Result.File(Wish wish) -> file(call, wish);
    };
  }

  /** A button carries whose chart it changes, so that nobody puts theirs in its place. */
  private Answer answer(CommandCall call, Wish wish) {
    long asker = call.member().id();
    return switch (wish.whose()) {
      case Whose.Open() ->
          show(
              call,
              wish.whose(
                  call.moderator().getAsBoolean()
                      ? new Whose.Everybody()
                      : new Whose.Member(asker)));
      case Whose.Everybody() ->
          call.moderator().getAsBoolean()
              ? show(call, wish)
              : say(call, new Message.UsageForModerators());
      case Whose.Member(long id) ->
          id == asker ? show(call, wish) : say(call, new Message.AlertNotYours());
    };
  }

  private Answer show(CommandCall call, Wish wish) {
    Chart chart = database.read(reading -> chart(reading, call, wish));
    String words = chart.heading().title() + "\n" + chart.heading().totals();
    Card card =
        new Card(
            List.of(new Paragraph.Told(words)),
            drawn.picture(
                () -> Drawing.png(chart, wish.theme(), UsageChart.locale(call.language())),
                new DrawnPictures.Frame(
                    Drawing.PIXELS,
                    Drawing.PIXELS,
                    "usage.png",
                    chart.heading().title() + ": " + chart.heading().totals())),
            buttons(call, wish));
    return new Answer.Say(card, "", tx -> {});
  }

  /** What the charts are drawn from; members get their own. */
  private Answer file(CommandCall call, Wish wish) {
    boolean everybody = call.moderator().getAsBoolean();
    UsageReport report =
        database.read(
            reading -> UsageReport.of(reading, whose(call, everybody), range(reading, call, wish)));
    byte[] csv = report.csv().getBytes(StandardCharsets.UTF_8);
    Document document = new Document(files.write(csv), "text/csv", csv.length, "usage.csv");
    String told =
        messages.text(title(call, everybody, String.valueOf(wish.days())), call.language());
    Card card =
        new Card(
            List.of(new Paragraph.Told(told)), Optional.empty(), Optional.of(document), List.of());
    return new Answer.Say(card, told, tx -> {});
  }

  private static Message title(CommandCall call, boolean everybody, String days) {
    return everybody
        ? new Message.UsageOfCommunity(days)
        : new Message.UsageOfMember(call.member().name(), days);
  }

  private static Usage.Whose whose(CommandCall call, boolean everybody) {
    long community = call.chat().communityId().orElseThrow();
    return everybody
        ? new Usage.Whose.Community(community)
        : new Usage.Whose.Member(community, call.member().id());
  }

  private Usage.Range range(Reading reading, CommandCall call, Wish wish) {
    long community = call.chat().communityId().orElseThrow();
    return Usage.Range.upTo(clock.instant(), wish.days(), terms.of(reading, community));
  }

  private Chart chart(Reading reading, CommandCall call, Wish wish) {
    boolean everybody = wish.whose() instanceof Whose.Everybody;
    Usage usage = Usage.of(reading, whose(call, everybody), range(reading, call, wish));
    Message title = title(call, everybody, String.valueOf(wish.days()));
    return charts.of(
        reading, usage, wish.kind(), messages.text(title, call.language()), call.language());
  }

  private List<List<Button>> buttons(CommandCall call, Wish wish) {
    List<Button> days = new ArrayList<>();
    for (int some : UsageWords.DAYS) {
      days.add(button(call, new Message.Days(some), wish.days(some), some == wish.days()));
    }
    List<Button> kinds = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      if (kind != Kind.MEMBER || wish.whose() instanceof Whose.Everybody) {
        kinds.add(button(call, label(kind), wish.kind(kind), kind == wish.kind()));
      }
    }
    Button other =
        wish.theme() == Theme.DARK
            ? button(call, new Message.ButtonLight(), wish.theme(Theme.LIGHT), false)
            : button(call, new Message.ButtonDark(), wish.theme(Theme.DARK), false);
    return List.of(days, kinds, List.of(other));
  }

  private static Message label(Kind kind) {
    return switch (kind) {
      case DAY -> new Message.ButtonPerDay();
      case MEMBER -> new Message.ButtonByMember();
      case MODEL -> new Message.ButtonByModel();
    };
  }

  private Button button(CommandCall call, Message label, Wish wish, boolean chosen) {
    String text = messages.text(label, call.language());
    return new Button(
        chosen ? "✓ " + text : text,
        "run:usage:" + wish.write(),
        chosen ? Tone.PRIMARY : Tone.PLAIN);
  }

  private Answer say(CommandCall call, Message message) {
    String text = messages.text(message, call.language());
    return new Answer.Say(Card.of(text), text, tx -> {});
  }
}
