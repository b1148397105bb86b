package dev.plantain.command;

import dev.plantain.chart.Gauges;
import dev.plantain.conversation.Roster;
import dev.plantain.platform.Card;
import dev.plantain.platform.Picture;
import dev.plantain.quota.Ledger;
import dev.plantain.quota.Standings;
import dev.plantain.storage.Database;
import dev.plantain.storage.Reading;
import dev.plantain.text.Message;
import dev.plantain.text.Messages;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Shows a member what they have left here, why, and when it comes back. */
final class QuotaCommand implements Command {
  /** Platforms take at least as many below a picture (Telegram Bot API, sendPhoto: 1024). */
  private static final int MOST_WORDS_WITH_PICTURE = 1000;

  private final Database database;
  private final Ledger ledger;
  private final Roster roster;
  private final RuleWords words;
  private final DrawnPictures drawn;
  private final Messages messages;
  private final InstantSource clock;

  QuotaCommand(
      Database database,
      Ledger ledger,
      Roster roster,
      DrawnPictures drawn,
      Messages messages,
      InstantSource clock) {
    this.database = database;
    this.ledger = ledger;
    this.roster = roster;
    this.words = new RuleWords(roster, messages);
    this.drawn = drawn;
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
    Shown shown = database.read(reading -> shown(reading, call, now));
    String title = messages.text(new Message.QuotaTitle(call.member().name()), call.language());
    String text = title + "\n\n" + String.join("\n\n", shown.lines());
    Optional<Picture> picture =
        shown.gauges().isEmpty() || text.length() > MOST_WORDS_WITH_PICTURE
            ? Optional.empty()
            : picture(new Gauges(shown.gauges()), title);
    return new Answer.Say(
        new Card(List.of(new Card.Paragraph.Told(text)), picture, List.of()), text, tx -> {});
  }

  /** What is left, in words and as bars. */
  private record Shown(List<String> lines, List<Gauges.Gauge> gauges) {}

  private Shown shown(Reading reading, CommandCall call, Instant now) {
    Standings standings =
        ledger.standings(
            reading, Spenders.of(reading, roster, call.chat(), call.member().id()), now);
    return new Shown(
        words.standings(reading, call, standings, false, now),
        words.gauges(reading, call, standings));
  }

  private Optional<Picture> picture(Gauges gauges, String title) {
    String description =
        gauges.gauges().stream()
            .map(gauge -> gauge.name() + ", " + gauge.words())
            .collect(Collectors.joining("; ", title + " ", ""));
    return drawn.picture(
        gauges::png,
        new DrawnPictures.Frame(Gauges.WIDTH, gauges.height(), "quota.png", description));
  }
}
