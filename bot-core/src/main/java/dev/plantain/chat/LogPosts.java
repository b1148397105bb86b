package dev.plantain.chat;

import dev.plantain.chat.Postbox.Letter;
import dev.plantain.conversation.Roster;
import dev.plantain.job.Ending;
import dev.plantain.job.Job;
import dev.plantain.job.JobHandler;
import dev.plantain.job.NewJob;
import dev.plantain.moderation.AuditTrail;
import dev.plantain.moderation.AuditTrail.Deed;
import dev.plantain.moderation.DutyChats;
import dev.plantain.moderation.DutyChats.Duty;
import dev.plantain.platform.Card;
import dev.plantain.platform.Card.Paragraph;
import dev.plantain.platform.PlatformException;
import dev.plantain.storage.Reading;
import dev.plantain.storage.Row;
import dev.plantain.storage.Tx;
import dev.plantain.text.HarmlessText;
import dev.plantain.text.Language;
import dev.plantain.text.Message;
import dev.plantain.text.Messages;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down in the log chat of a community what was done in it, some deeds in one message. Which
 * deeds a message holds is noted before it is sent, so that a repetition sends the same.
 */
final class LogPosts implements JobHandler, AutoCloseable {
  static final String KIND = "log";

  private static final Logger log = LoggerFactory.getLogger(LogPosts.class);

  private static final Duration LOOK = Duration.ofSeconds(1);

  /** Between two messages in one chat. */
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private static final Duration TRIED_AGAIN_AFTER = Duration.ofMinutes(10);

  /** A chat that cannot be written to is given up after that. */
  private static final Duration PATIENCE = Duration.ofDays(1);

  /** Together they fit into one message everywhere. */
  private static final int MOST_DEEDS = 10;

  private static final int LONGEST_DEED = 150;

  private final Stores stores;
  private final DutyChats duties;
  private final Postbox postbox;
  private final Messages messages;
  private final InstantSource clock;
  private final Runnable wake;
  private final AuditTrail trail = new AuditTrail();
  private final Thread thread = Thread.ofVirtual().name("log chats").unstarted(this::keepLooking);

  /**
   * @param wake says to whoever runs the jobs that there are some
   */
  LogPosts(
      Stores stores,
      DutyChats duties,
      Postbox postbox,
      Messages messages,
      InstantSource clock,
      Runnable wake) {
    this.stores = stores;
    this.duties = duties;
    this.postbox = postbox;
    this.messages = messages;
    this.clock = clock;
    this.wake = wake;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public int concurrency() {
    return 2;
  }

  /** How far a log chat has come. */
  private record State(
      long communityId,
      long seen,
      Optional<Long> upTo,
      Instant notBefore,
      Optional<Instant> failingSince) {}

  private static State state(Row row) {
    return new State(
        row.number("community_id"),
        row.number("seen"),
        row.optionalNumber("up_to"),
        row.instant("not_before"),
        row.optionalNumber("failing_since").map(Instant::ofEpochMilli));
  }

  void start() {
    thread.start();
  }

  private void keepLooking() {
    try {
      while (true) {
        Thread.sleep(LOOK);
        lookAgainLater();
      }
    } catch (InterruptedException e) {
      log.debug("What is done is not looked at any more");
    }
  }

  private void lookAgainLater() {
    try {
      look();
    } catch (RuntimeException e) {
      log.debug("What was done could not be looked at", e);
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  /** Looks for what was done since, and accepts a job for each chat that is to hear of it. */
  void look() {
    if (stores.database().read(LogPosts::isThereAnything)) {
      stores.database().update(this::accept);
    }
  }

  private static boolean isThereAnything(Reading reading) {
    return reading.exists(
        """
        select 1 from duty_chat left join log_state using (community_id)
        where duty_chat.duty = 'log' and (log_state.seen is null or log_state.seen <
          (select max(id) from audit_deed where community_id = duty_chat.community_id))
        union all
        select 1 from log_state where community_id not in
          (select community_id from duty_chat where duty = 'log')
        """);
  }

  private void accept(Tx tx) {
    tx.update(
        """
        delete from log_state where community_id not in
          (select community_id from duty_chat where duty = 'log')
        """);
    // What was done before the chat was chosen stays in the record alone.
    tx.update(
        """
        insert into log_state (community_id, seen, not_before)
        select community_id, coalesce(
            (select max(id) from audit_deed
              where audit_deed.community_id = duty_chat.community_id and command = 'log'), 0), 0
          from duty_chat where duty = 'log'
        on conflict (community_id) do nothing
        """);
    Instant now = clock.instant();
    tx.list(
            """
            select community_id, seen, up_to, not_before, failing_since from log_state
            where seen < (select max(id) from audit_deed
              where audit_deed.community_id = log_state.community_id)
            """,
            LogPosts::state)
        .forEach(state -> {
          String lane = "log:" + state.communityId();
          Instant due = state.notBefore().isAfter(now) ? state.notBefore() : now;
          String payload = Long.toString(state.communityId());
          String key = lane + ":" + state.seen();
          stores.jobs().accept(tx, new NewJob(key, KIND, lane, lane, payload, due), now);
        });
    tx.afterCommit(wake);
  }

  @Override
  public Ending run(Job job) {
    long community = Long.parseLong(job.payload());
    Optional<Letter> letter = stores.database().write(tx -> letter(tx, community));
    if (letter.isEmpty()) {
      return Ending.done();
    }
    try {
      postbox.post(letter.get());
    } catch (PlatformException.Rejected e) {
      return failed(community, e);
    }
    return new Ending.Done(tx -> posted(tx, community));
  }

  private Optional<Letter> letter(Tx tx, long community) {
    Optional<State> state = find(tx, community);
    Optional<Roster.Chat> chat =
        duties.find(tx, community, Duty.LOG).map(id -> stores.roster().chat(tx, id));
    if (state.isEmpty() || chat.isEmpty()) {
      return Optional.empty();
    }
    List<Deed> deeds = deeds(tx, state.get());
    if (deeds.isEmpty()) {
      return Optional.empty();
    }
    long upTo = deeds.getLast().id();
    tx.update("update log_state set up_to = ? where community_id = ?", upTo, community);
    Language language = messages.choose(chat.get().language().stream().toList());
    List<String> lines = new ArrayList<>();
    deeds.forEach(deed -> lines.add(line(tx, deed, language)));
    Card card =
        new Card(
            List.of(new Paragraph.Quoted(String.join("\n", lines))), Optional.empty(), List.of());
    String key = "log:" + community + ":" + state.get().seen() + ":" + chat.get().id();
    return Optional.of(new Letter(key, chat.get(), card));
  }

  private static Optional<State> find(Reading reading, long community) {
    return reading.first(
        """
        select community_id, seen, up_to, not_before, failing_since from log_state
        where community_id = ?
        """,
        LogPosts::state,
        community);
  }

  /** Those that an earlier attempt noted, or as many as there are. */
  private List<Deed> deeds(Reading reading, State state) {
    return trail.after(reading, state.communityId(), state.seen(), MOST_DEEDS).reversed().stream()
        .filter(deed -> state.upTo().filter(last -> deed.id() > last).isEmpty())
        .toList();
  }

  private String line(Reading reading, Deed deed, Language language) {
    String who =
        stores.roster().known(reading, deed.memberId()).map(Roster.Member::name).orElse("?");
    String what = HarmlessText.line(("/" + deed.command() + " " + deed.words()).strip());
    return messages.text(
        new Message.LogDeed(who, HarmlessText.abbreviated(what, LONGEST_DEED)), language);
  }

  private void posted(Tx tx, long community) {
    tx.update(
        """
        update log_state
        set seen = up_to, up_to = null, not_before = ?, failing_since = null
        where community_id = ? and up_to is not null
        """,
        clock.instant().plus(PAUSE),
        community);
  }

  /** Nobody but the program's own log and the record hears that a log chat was given up. */
  private Ending failed(long community, PlatformException.Rejected failure) {
    Instant now = clock.instant();
    Instant since =
        stores
            .database()
            .read(reading -> find(reading, community))
            .flatMap(State::failingSince)
            .orElse(now);
    if (since.plus(PATIENCE).isAfter(now)) {
      return new Ending.Again(
          now.plus(TRIED_AGAIN_AFTER),
          String.valueOf(failure.getMessage()),
          tx ->
              tx.update(
                  "update log_state set failing_since = ? where community_id = ?",
                  since,
                  community));
    }
    log.warn(
        "The log chat of community {} could not be written to for a day and is switched off: {}",
        community,
        failure.getMessage());
    return new Ending.Done(giveUp(community, now));
  }

  /** In the name of whoever did what could not be written down first. */
  private Consumer<Tx> giveUp(long community, Instant now) {
    return tx -> {
      Optional<Deed> first =
          find(tx, community)
              .flatMap(state -> trail.after(tx, community, state.seen(), 1).stream().findFirst());
      Optional<Long> chat = duties.find(tx, community, Duty.LOG);
      duties.clear(tx, community, Duty.LOG);
      if (first.isPresent() && chat.isPresent()) {
        long member = first.get().memberId();
        trail.note(tx, community, chat.get(), member, "log", "off (could not be written to)", now);
      }
    };
  }

  @Override
  public Optional<Duration> delayAfter(Exception failure, Job job) {
    return Failures.delay(failure, job, 12);
  }

  @Override
  public Ending giveUp(Job job, Exception failure) {
    log.error("What was done could not be written down in a chat.", failure);
    Instant later = clock.instant().plus(TRIED_AGAIN_AFTER);
    return new Ending.Again(later, String.valueOf(failure.getMessage()), tx -> {});
  }
}
