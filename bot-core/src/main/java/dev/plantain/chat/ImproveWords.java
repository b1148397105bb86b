package dev.plantain.chat;

import dev.plantain.chat.ImprovementStore.Entry;
import dev.plantain.chat.ImprovementStore.State;
import dev.plantain.chat.Postbox.Letter;
import dev.plantain.command.RequestWords;
import dev.plantain.conversation.Roster;
import dev.plantain.job.Ending;
import dev.plantain.job.Job;
import dev.plantain.job.JobHandler;
import dev.plantain.platform.IncomingEvent;
import dev.plantain.words.Improvement;
import dev.plantain.words.TextAnswer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a text model for better words, in its second run offers them, and in its third forgets them.
 * Costs money, if little: a crash repeats it once at the most.
 */
final class ImproveWords implements JobHandler {
  static final String KIND = "improve";

  private static final Logger log = LoggerFactory.getLogger(ImproveWords.class);

  /** Left free on the card for what we say besides. */
  private static final int OURS = 500;

  private final Stores stores;
  private final ImprovementStore improvements;
  private final Platforms platforms;
  private final Optional<TextCalls> model;
  private final PatienceWithWords patience;
  private final Postbox postbox;
  private final ImprovementCards cards;
  private final InstantSource clock;
  private final int maxWords;
  private final EventCodec codec = new EventCodec();

  /**
   * @param maxWords characters of a request
   */
  ImproveWords(
      Stores stores,
      ImprovementStore improvements,
      Platforms platforms,
      Optional<TextCalls> model,
      PatienceWithWords patience,
      Postbox postbox,
      ImprovementCards cards,
      InstantSource clock,
      int maxWords) {
    this.stores = stores;
    this.improvements = improvements;
    this.platforms = platforms;
    this.model = model;
    this.patience = patience;
    this.postbox = postbox;
    this.cards = cards;
    this.clock = clock;
    this.maxWords = maxWords;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public int concurrency() {
    return 2;
  }

  @Override
  public Ending run(Job job) throws InterruptedException {
    Optional<Entry> found = find(job);
    if (found.isEmpty()) {
      return Ending.done();
    }
    Entry entry = found.get();
    if (entry.state() != State.ASKING) {
      return offer(entry);
    }
    if (model.isEmpty() || job.interruptions() > 1) {
      return asked(job, entry, State.FAILED, Optional.empty());
    }
    Roster.Chat chat =
        stores.database().read(reading -> stores.roster().chat(reading, entry.chatId()));
    int most =
        Math.max(
            1,
            Math.min(
                maxWords,
                platforms.of(chat.ref()).capabilities().maxWords()
                    - OURS
                    - entry.flags().length()));
    return switch (model.get().ask(job, Improvement.question(entry.words(), most))) {
      case TextAnswer.Said said -> {
        Optional<String> improved = improved(entry, said.words(), most);
        State state = improved.isPresent() ? State.OFFERED : State.REFUSED;
        yield asked(job, entry, state, improved);
      }
      case TextAnswer.Refused _ -> asked(job, entry, State.REFUSED, Optional.empty());
      case TextAnswer.Waits waits ->
          patience
              .next(waits, patience.endFrom(entry.at()))
              .<Ending>map(next -> new Ending.Later(next, waits.why().name(), tx -> {}))
              .orElseGet(() -> asked(job, entry, State.FAILED, Optional.empty()));
      case TextAnswer.Failed failed -> {
        log.warn("Job {}: no better words: {} {}", job.id(), failed.problem(), failed.detail());
        yield patience
            .next(job, failed)
            .<Ending>map(next -> new Ending.Again(next, failed.problem().name(), tx -> {}))
            .orElseGet(() -> asked(job, entry, State.FAILED, Optional.empty()));
      }
    };
  }

  private Optional<Entry> find(Job job) {
    return stores
        .database()
        .read(reading -> improvements.find(reading, Long.parseLong(job.payload())));
  }

  /**
   * Flags of the model's own are nobody's wish, and a style whose pieces ran together could not be
   * filled in.
   */
  private static Optional<String> improved(Entry entry, String answer, int most) {
    String alone = RequestWords.withoutFlags(answer).replaceAll(" {2,}", " ");
    return Improvement.read(alone, most)
        .filter(words -> !words.equals(entry.words()))
        .filter(words ->
            RequestWords.parse(entry.flags()).style().isEmpty()
                || bars(words) == bars(entry.words()));
  }

  private static long bars(String words) {
    return words.chars().filter(sign -> sign == '|' || sign == '｜').count();
  }

  private Ending asked(Job job, Entry entry, State state, Optional<String> improved) {
    return new Ending.Next(
        KIND, job.lane(), job.payload(), tx -> improvements.asked(tx, entry.id(), state, improved));
  }

  /** Shows them, and forgets them when their time is over, chosen or not. */
  private Ending offer(Entry entry) {
    if (!clock.instant().isBefore(entry.forgottenAt())) {
      return new Ending.Done(tx -> improvements.forget(tx, entry.id()));
    }
    show(entry);
    return kept(entry);
  }

  private static Ending kept(Entry entry) {
    return new Ending.Later(entry.forgottenAt(), "kept until then", tx -> {});
  }

  /** The member may choose while it is being shown. */
  private void show(Entry entry) {
    Roster.Chat chat =
        stores.database().read(reading -> stores.roster().chat(reading, entry.chatId()));
    Entry shown = entry;
    while (shown.state().open()) {
      String replyTo = ((IncomingEvent.Command) codec.read(shown.event())).said().message().value();
      postbox.show(new Letter(shown.postingKey(), chat, replyTo, cards.open(shown)));
      State before = shown.state();
      shown =
          stores.database().read(reading -> improvements.find(reading, entry.id())).orElseThrow();
      if (shown.state() == before) {
        return;
      }
      if (shown.state() == State.DROPPED) {
        postbox.show(new Letter(shown.postingKey(), chat, replyTo, cards.dropped(shown)));
      }
    }
  }

  @Override
  public Optional<Duration> delayAfter(Exception failure, Job job) {
    return Failures.delay(failure, job, 6);
  }

  @Override
  public Ending giveUp(Job job, Exception failure) {
    return find(job)
        .map(entry ->
            entry.state() == State.ASKING
                ? asked(job, entry, State.FAILED, Optional.empty())
                : kept(entry))
        .orElseGet(Ending::done);
  }
}
