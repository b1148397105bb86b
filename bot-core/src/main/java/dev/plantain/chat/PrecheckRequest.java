package dev.plantain.chat;

import dev.plantain.conversation.ConversationStore;
import dev.plantain.conversation.Part;
import dev.plantain.conversation.Turn;
import dev.plantain.job.Ending;
import dev.plantain.job.Job;
import dev.plantain.job.JobHandler;
import dev.plantain.job.JobStore;
import dev.plantain.media.Blob;
import dev.plantain.storage.Database;
import dev.plantain.storage.Tx;
import dev.plantain.text.Message;
import dev.plantain.words.Precheck;
import dev.plantain.words.TextAnswer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The step before a picture is made in which a text model looks at what is asked for, where the
 * operator wants that. What has passed is not looked at again.
 */
final class PrecheckRequest implements JobHandler {
  static final String KIND = "precheck";

  private static final Logger log = LoggerFactory.getLogger(PrecheckRequest.class);

  private final Database database;
  private final ConversationStore conversations;
  private final CardStore cards;
  private final BatchStore batches;
  private final JobStore jobs;
  private final Gate gate;
  private final Optional<TextCalls> model;
  private final Precheck precheck;
  private final PatienceWithWords patience;
  private final Replies replies;
  private final InstantSource clock;

  PrecheckRequest(
      Stores stores,
      BatchStore batches,
      Gate gate,
      Optional<TextCalls> model,
      Precheck precheck,
      PatienceWithWords patience,
      Replies replies,
      InstantSource clock) {
    this.database = stores.database();
    this.conversations = stores.conversations();
    this.cards = stores.cards();
    this.jobs = stores.jobs();
    this.batches = batches;
    this.gate = gate;
    this.model = model.filter(_ -> precheck.isOn());
    this.precheck = precheck;
    this.patience = patience;
    this.replies = replies;
    this.clock = clock;
  }

  /**
   * The way on for a request that has all it needs.
   *
   * @param rows what its step so far is to write
   */
  Ending before(Job job, CardEntry card, Consumer<Tx> rows) {
    // What is batched is looked at once the photos of the batch are there.
    return model.isPresent() && !isBatched(card)
        ? new Ending.Next(KIND, card.lane(), "", rows)
        : passed(job, card, rows);
  }

  /** Whether a request has yet to be looked at. */
  boolean isDue(CardEntry card) {
    if (model.isEmpty()) {
      return false;
    }
    Turn turn = database.read(reading -> conversations.find(reading, card.turnId())).orElseThrow();
    return !hasPassed(turn, likeness(turn));
  }

  private boolean isBatched(CardEntry card) {
    return database.read(reading -> batches.item(reading, card.id())).isPresent();
  }

  /** Has what waits for a turn looked at anew, as its words were changed. */
  void lookAgain(Tx tx, long turnId) {
    if (model.isEmpty()) {
      return;
    }
    for (CardEntry card : cards.openOfTurn(tx, turnId)) {
      boolean waits =
          card.state() == JobState.ACCEPTED
              && jobs.step(tx, card.jobId())
                  .filter(Set.of(KIND, RenderImage.KIND, BatchedRequest.KIND)::contains)
                  .isPresent();
      if (waits) {
        jobs.redirect(tx, card.jobId(), KIND, card.lane(), clock.instant());
      }
    }
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public int concurrency() {
    return 4;
  }

  @Override
  public Ending run(Job job) throws InterruptedException {
    CardEntry card = card(job);
    if (!card.state().open()) {
      return new Ending.Next(DeliverResult.KIND, job.lane(), "", tx -> {});
    }
    if (model.isEmpty()) {
      return passed(job, card, tx -> {});
    }
    Turn turn = database.read(reading -> conversations.find(reading, card.turnId())).orElseThrow();
    String likeness = likeness(turn);
    if (hasPassed(turn, likeness)) {
      return passed(job, card, tx -> {});
    }
    if (job.interruptions() > 1) {
      return inDoubt(job, card);
    }
    return switch (model.get().ask(job, precheck.question(turn.words(), pictures(turn)))) {
      case TextAnswer.Said said -> judged(job, card, said, likeness);
      case TextAnswer.Refused _ -> {
        log.warn("Job {}: the text model would not look at the request", job.id());
        yield inDoubt(job, card);
      }
      case TextAnswer.Waits waits -> waits(job, card, waits);
      case TextAnswer.Failed failed -> {
        log.warn(
            "Job {}: the request was not looked at: {} {}",
            job.id(),
            failed.problem(),
            failed.detail());
        yield patience
            .next(job, failed)
            .<Ending>map(next -> new Ending.Again(next, failed.problem().name(), tx -> {}))
            .orElseGet(() -> inDoubt(job, card));
      }
    };
  }

  /** Members see on the card when it goes on, as where a picture waits for room. */
  private Ending waits(Job job, CardEntry card, TextAnswer.Waits waits) {
    Instant end =
        database.read(reading -> cards.givesUpAt(reading, card.id())).orElseGet(patience::end);
    Optional<Instant> next = patience.next(waits, end);
    if (next.isEmpty()) {
      log.warn("Job {}: the request was not looked at, as there is no room: {}", job.id(), waits);
      return inDoubt(job, card);
    }
    return new Ending.Later(
        next.get(), waits.why().name(), tx -> cards.waiting(tx, card.id(), next.get(), end));
  }

  private Ending judged(Job job, CardEntry card, TextAnswer.Said said, String likeness) {
    Optional<Precheck.Judgement> judgement = Precheck.read(said.words());
    if (judgement.isEmpty()) {
      log.warn("Job {}: what the text model answered is no judgement", job.id());
      return inDoubt(job, card);
    }
    if (!judgement.get().allowed()) {
      log.info("Job {} was refused beforehand: {}", job.id(), judgement.get().reason());
      return refused(job, card);
    }
    return passed(job, card, tx -> remember(tx, card, likeness));
  }

  private static void remember(Tx tx, CardEntry card, String likeness) {
    tx.update(
        """
        insert into prechecked (turn_id, likeness) values (?, ?)
        on conflict (turn_id) do update set likeness = excluded.likeness
        """,
        card.turnId(),
        likeness);
  }

  private Ending inDoubt(Job job, CardEntry card) {
    return switch (precheck.inDoubt()) {
      case ALLOW -> {
        Turn turn =
            database.read(reading -> conversations.find(reading, card.turnId())).orElseThrow();
        yield passed(job, card, tx -> remember(tx, card, likeness(turn)));
      }
      case REFUSE -> refused(job, card);
    };
  }

  private Ending passed(Job job, CardEntry card, Consumer<Tx> rows) {
    return new Ending.Next(
        isBatched(card) ? BatchedRequest.KIND : RenderImage.KIND,
        card.lane(),
        "",
        rows.andThen(tx -> RepeatRequest.promise(tx, jobs, job, card, clock.instant())));
  }

  private Ending refused(Job job, CardEntry card) {
    String words = replies.text(card, new Message.RefusedBeforehand());
    return new Ending.Next(
        DeliverResult.KIND,
        job.lane(),
        "",
        tx -> {
          if (cards.standsAlone(tx, card)) {
            conversations.withdraw(tx, card.turnId());
          }
          gate.refused(tx, card);
          cards.end(tx, card, JobState.REFUSED, words, clock.instant());
        });
  }

  private CardEntry card(Job job) {
    return database.read(reading -> cards.ofJob(reading, job.id())).orElseThrow();
  }

  private static List<Blob> pictures(Turn turn) {
    return turn.images().stream().map(Part.Image::blob).toList();
  }

  private boolean hasPassed(Turn turn, String likeness) {
    return database.read(reading ->
        reading.exists(
            "select 1 from prechecked where turn_id = ? and likeness = ?", turn.id(), likeness));
  }

  /** Equal where the same would be asked by the same rules; the words cannot be read from it. */
  private String likeness(Turn turn) {
    String all =
        precheck
            + "\n"
            + turn.words()
            + "\n"
            + turn.images().stream()
                .map(image -> image.blob().id().toString())
                .collect(Collectors.joining(" "));
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  @Override
  public Optional<Duration> delayAfter(Exception failure, Job job) {
    return Failures.delay(failure, job, 3);
  }

  @Override
  public Ending giveUp(Job job, Exception failure) {
    return inDoubt(job, card(job));
  }
}
