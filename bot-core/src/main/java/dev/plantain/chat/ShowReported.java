package dev.plantain.chat;

import dev.plantain.chat.Postbox.Letter;
import dev.plantain.chat.Results.Result;
import dev.plantain.conversation.Roster;
import dev.plantain.conversation.Turn;
import dev.plantain.job.Ending;
import dev.plantain.job.Job;
import dev.plantain.job.JobHandler;
import dev.plantain.media.Blob;
import dev.plantain.moderation.DutyChats.Duty;
import dev.plantain.moderation.ModerationRules;
import dev.plantain.moderation.Reports.Report;
import dev.plantain.moderation.Reports.Reported;
import dev.plantain.platform.Card;
import dev.plantain.platform.Card.Button;
import dev.plantain.platform.Card.Paragraph;
import dev.plantain.platform.Card.Tone;
import dev.plantain.platform.MessageRef;
import dev.plantain.platform.Picture;
import dev.plantain.platform.PlatformException;
import dev.plantain.storage.Reading;
import dev.plantain.text.Language;
import dev.plantain.text.Message;
import dev.plantain.text.Messages;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows what has become of a result that was reported: covers or uncovers it in its chat, and tells
 * its moderators. Shows what holds when it runs, so that doing it twice looks like once.
 */
final class ShowReported implements JobHandler {
  static final String KIND = "reported";

  private static final Logger log = LoggerFactory.getLogger(ShowReported.class);

  /** Names and reasons that a card repeats. */
  private static final int MOST_NAMED = 5;

  private static final int LONGEST_WORDS = 300;

  private final Stores stores;
  private final Results results;
  private final ModerationRules rules;
  private final Platforms platforms;
  private final Postbox postbox;
  private final CardLocks locks;
  private final Replies replies;
  private final Messages messages;
  private final InstantSource clock;

  ShowReported(
      Stores stores,
      Results results,
      ModerationRules rules,
      Platforms platforms,
      Postbox postbox,
      CardLocks locks,
      Replies replies,
      Messages messages,
      InstantSource clock) {
    this.stores = stores;
    this.results = results;
    this.rules = rules;
    this.platforms = platforms;
    this.postbox = postbox;
    this.locks = locks;
    this.replies = replies;
    this.messages = messages;
    this.clock = clock;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public int concurrency() {
    return 4;
  }

  /** A message of a chat that shows one of the pictures of a result by itself. */
  private record Extra(String key, String message) {}

  /**
   * All that is to be shown, read in one view.
   *
   * @param duty the chat in which moderators are told
   * @param told they have been told there already
   */
  private record View(
      Result result,
      Reported reported,
      Optional<String> message,
      List<Extra> extras,
      List<Report> reports,
      List<String> reporters,
      String asker,
      Optional<String> decidedBy,
      Roster.Chat duty,
      boolean told) {

    /** Whether moderators look at it elsewhere than everybody does. */
    boolean elsewhere() {
      return duty.id() != result.chat().id();
    }

    /** The same, to be shown where the result stands. */
    View below() {
      return new View(
          result,
          reported,
          message,
          extras,
          reports,
          reporters,
          asker,
          decidedBy,
          result.chat(),
          told);
    }
  }

  @Override
  public Ending run(Job job) throws InterruptedException {
    View view = stores.database().read(reading -> view(reading, Long.parseLong(job.payload())));
    if (view.reported().covered() != view.reported().hidden()) {
      cover(view);
      stores
          .database()
          .update(tx ->
              rules.reports().covered(tx, view.reported().cardId(), view.reported().hidden()));
    }
    if (!view.reports().isEmpty() || view.told()) {
      tell(view);
    }
    return Ending.done();
  }

  /** Below the result where the chat of the moderators cannot be written to. */
  private void tell(View view) {
    try {
      postbox.show(letter(view));
    } catch (PlatformException.Rejected e) {
      if (!view.elsewhere()) {
        throw e;
      }
      log.warn("The moderators' chat cannot be told of a report: {}", e.getMessage());
      postbox.show(letter(view.below()));
    }
  }

  private View view(Reading reading, long number) {
    CardEntry card = stores.cards().find(reading, number).orElseThrow();
    Result result = results.of(reading, card);
    Reported reported = result.reported().orElseThrow();
    List<Report> reports = rules.reports().of(reading, reported, clock.instant());
    Roster.Chat duty =
        rules
            .duties()
            .find(reading, reported.communityId(), Duty.REPORT)
            .map(chat -> stores.roster().chat(reading, chat))
            .orElse(result.chat());
    return new View(
        result,
        reported,
        postbox.posted(reading, card.postingKey()),
        extras(reading, card),
        reports,
        reports.stream().limit(MOST_NAMED).map(each -> name(reading, each.memberId())).toList(),
        name(reading, card.memberId()),
        reported.decidedBy().map(by -> name(reading, by)),
        duty,
        postbox.posted(reading, key(number, duty)).isPresent());
  }

  private static String key(long number, Roster.Chat duty) {
    return "report:" + number + ":" + duty.id();
  }

  private String name(Reading reading, long memberId) {
    return stores.roster().known(reading, memberId).map(Roster.Member::name).orElse("?");
  }

  /** Originals and further pictures, which stand in messages of their own. */
  private static List<Extra> extras(Reading reading, CardEntry card) {
    return card.resultTurnId()
        .map(turn ->
            reading.list(
                """
                select posting.key, posting.message from turn_message
                join posting on posting.chat_id = turn_message.chat_id
                  and posting.message = turn_message.message
                where turn_message.chat_id = ? and turn_message.turn_id = ?
                  and (posting.key like 'original:%' or posting.key like 'more:%')
                """,
                row -> new Extra(row.text("key"), row.text("message")), card.chatId(), turn))
        .orElse(List.of());
  }

  private void cover(View view) throws InterruptedException {
    Result result = view.result();
    if (view.reported().hidden()) {
      Card curtain = results.curtain(result);
      view.message().ifPresent(message -> draw(result, message, curtain));
      view.extras().forEach(extra -> draw(result, extra.message(), curtain));
    } else {
      showAgain(result);
      view.extras().forEach(extra -> edit(result, extra.message(), extra(result, extra.key())));
    }
  }

  /** What takes no curtain is removed: nobody is to see it. */
  private void draw(Result result, String message, Card curtain) {
    if (!edit(result, message, curtain)) {
      try {
        platforms.of(result.chat().ref()).delete(new MessageRef(result.chat().ref(), message));
      } catch (PlatformException.Rejected e) {
        log.warn("A message of hidden result {} stays: {}", result.card().id(), e.getMessage());
      }
    }
  }

  /** Posts it anew where it had to be removed. */
  private void showAgain(Result result) throws InterruptedException {
    CardEntry card = result.card();
    Letter letter =
        new Letter(
            card.postingKey(),
            result.chat(),
            card.requestMessage(),
            results.pages(result).getFirst(),
            false);
    try {
      MessageRef message = locks.locked(card.id(), () -> postbox.show(letter));
      stores
          .database()
          .update(tx ->
              stores
                  .conversations()
                  .link(tx, card.chatId(), message.value(), card.resultTurnId().orElseThrow()));
    } catch (PlatformException.Rejected e) {
      log.warn("Result {} could not be shown again: {}", card.id(), e.getMessage());
    }
  }

  /** As it was posted when its button was pressed. */
  private Card extra(Result result, String key) {
    List<Blob> images = images(result);
    boolean original = key.startsWith("original:");
    int index =
        original ? images.size() - 1 : Integer.parseInt(key.substring(key.lastIndexOf(':') + 1));
    return new Card(
        List.of(),
        Optional.of(
            replies.picture(
                result.card(), result.asked(), images.get(index), original, result.spoiler())),
        List.of());
  }

  private static List<Blob> images(Result result) {
    return result.answer().map(Turn::images).orElse(List.of()).stream()
        .map(image -> image.blob())
        .toList();
  }

  /** A message that is gone is passed over. */
  private boolean edit(Result result, String message, Card shown) {
    try {
      platforms.of(result.chat().ref()).edit(new MessageRef(result.chat().ref(), message), shown);
      return true;
    } catch (PlatformException.Rejected e) {
      log.info("A message of result {} was not changed: {}", result.card().id(), e.getMessage());
      return e.reason() == PlatformException.Reason.MESSAGE_GONE;
    }
  }

  /** Where everybody would see it, the picture is not shown once more. */
  private Letter letter(View view) {
    Language language = messages.choose(view.duty().language().stream().toList());
    boolean seen = view.elsewhere() && !decidedToHide(view);
    Card card =
        new Card(words(view, language), seen ? picture(view) : curtain(view), rows(view, language));
    return new Letter(
        key(view.reported().cardId(), view.duty()),
        view.duty(),
        view.elsewhere() ? Optional.empty() : view.message(),
        card,
        false);
  }

  private static boolean decidedToHide(View view) {
    return view.reported().hidden() && view.decidedBy().isPresent();
  }

  private Optional<Picture> picture(View view) {
    return Optional.of(images(view.result()))
        .filter(images -> !images.isEmpty())
        .map(List::getLast)
        .map(blob ->
            replies.picture(view.result().card(), view.result().asked(), blob, false, true));
  }

  /** What showed the picture must show something else now: words alone would leave it there. */
  private Optional<Picture> curtain(View view) {
    return view.elsewhere() ? results.curtain(view.result()).picture() : Optional.empty();
  }

  private List<Paragraph> words(View view, Language language) {
    List<Paragraph> words = new ArrayList<>();
    words.add(told(new Message.ReportedTimes(view.reports().size()), language));
    if (!view.result().asked().words().isEmpty()) {
      words.add(new Paragraph.Quoted(shortened(view.result().asked().words())));
    }
    String reporters = String.join(", ", view.reporters());
    words.add(told(new Message.ReportedWho(view.asker(), reporters), language));
    String reasons =
        view.reports().stream()
            .map(Report::reason)
            .filter(reason -> !reason.isEmpty())
            .limit(MOST_NAMED)
            .map(ShowReported::shortened)
            .collect(Collectors.joining("\n"));
    if (!reasons.isEmpty()) {
      words.add(new Paragraph.Quoted(reasons));
    }
    state(view).ifPresent(state -> words.add(told(state, language)));
    return words;
  }

  private Paragraph told(Message message, Language language) {
    return new Paragraph.Told(messages.text(message, language));
  }

  private static Optional<Message> state(View view) {
    boolean hidden = view.reported().hidden();
    return view.decidedBy()
        .<Message>map(by -> hidden ? new Message.ReportHiddenBy(by) : new Message.ReportKeptBy(by))
        .or(() -> hidden ? Optional.of(new Message.ReportHiddenByRule()) : Optional.empty());
  }

  /** What has been decided is not offered again. */
  private List<List<Button>> rows(View view, Language language) {
    boolean decided = view.decidedBy().isPresent();
    boolean hidden = view.reported().hidden();
    long number = view.reported().cardId();
    List<Button> first = new ArrayList<>();
    if (!decided || !hidden) {
      first.add(
          button(
              new Message.ButtonHidePicture(), PressedReport.HIDE, number, Tone.DANGER, language));
    }
    if (!decided || hidden) {
      first.add(
          button(
              new Message.ButtonKeepPicture(), PressedReport.KEEP, number, Tone.PRIMARY, language));
    }
    return List.of(
        first,
        List.of(
            button(new Message.ButtonBanDay(), PressedReport.BAN, number, Tone.PLAIN, language)));
  }

  private Button button(Message label, String action, long number, Tone tone, Language language) {
    return new Button(messages.text(label, language), action + ":" + number, tone);
  }

  private static String shortened(String words) {
    return words.codePointCount(0, words.length()) <= LONGEST_WORDS
        ? words
        : words.substring(0, words.offsetByCodePoints(0, LONGEST_WORDS)) + "…";
  }

  @Override
  public Optional<Duration> delayAfter(Exception failure, Job job) {
    return Failures.delay(failure, job, 12);
  }

  /** What the chat shows is noted with the next change only. */
  @Override
  public Ending giveUp(Job job, Exception failure) {
    log.warn("Result {} was reported, and it could not be shown.", job.payload(), failure);
    return Ending.done();
  }
}
