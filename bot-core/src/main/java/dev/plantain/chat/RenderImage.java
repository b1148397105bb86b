package dev.plantain.chat;

import dev.plantain.conversation.ConversationStore;
import dev.plantain.conversation.Part;
import dev.plantain.conversation.Turn;
import dev.plantain.image.Attempt;
import dev.plantain.image.ImageModel;
import dev.plantain.image.ImageRequest;
import dev.plantain.image.ImageResult;
import dev.plantain.image.Rendering;
import dev.plantain.image.Usage;
import dev.plantain.job.Ending;
import dev.plantain.job.Job;
import dev.plantain.job.JobHandler;
import dev.plantain.job.JobStore;
import dev.plantain.media.MediaStoreFullException;
import dev.plantain.storage.Database;
import dev.plantain.storage.Tx;
import dev.plantain.text.Message;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives a branch to the model and keeps what it answers. Costs money: a crash repeats it once at
 * the most.
 */
final class RenderImage implements JobHandler {
  static final String KIND = "render";

  private static final Logger log = LoggerFactory.getLogger(RenderImage.class);
  private static final int ATTEMPTS = 5;

  private final Database database;
  private final ConversationStore conversations;
  private final CardStore cards;
  private final JobStore jobs;
  private final ImageRequests requests;
  private final MadeBefore madeBefore;
  private final Answers answers;
  private final Billing billing;
  private final ImageModel model;
  private final int concurrency;
  private final Duration patience;
  private final RandomGenerator random = RandomGenerator.getDefault();
  private final InstantSource clock;

  RenderImage(
      Stores stores,
      ImageRequests requests,
      MadeBefore madeBefore,
      Answers answers,
      Billing billing,
      ImageModel model,
      int concurrency,
      Duration patience,
      InstantSource clock) {
    this.database = stores.database();
    this.conversations = stores.conversations();
    this.cards = stores.cards();
    this.jobs = stores.jobs();
    this.requests = requests;
    this.madeBefore = madeBefore;
    this.answers = answers;
    this.billing = billing;
    this.model = model;
    this.concurrency = concurrency;
    this.patience = patience;
    this.clock = clock;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public int concurrency() {
    return concurrency;
  }

  @Override
  public Ending run(Job job) throws InterruptedException {
    CardEntry card = database.read(reading -> cards.ofJob(reading, job.id())).orElseThrow();
    if (!card.state().open()) {
      return deliver(job, tx -> {});
    }
    if (job.interruptions() > 1) {
      return fail(job, card, new Message.InterruptedTwice(), cutOff(job, card));
    }
    List<Turn> branch = database.write(tx -> begin(tx, job, card));
    if (branch.isEmpty()) {
      // Cancelled in the meantime: what this returns is not written any more.
      return Ending.done();
    }
    Turn asked = branch.getLast();
    ImageRequest request = database.read(reading -> requests.of(reading, card, branch));
    Optional<Turn> earlier = madeBefore.find(card, request);
    if (earlier.isPresent()) {
      return deliver(job, tx -> answers.repeat(tx, card, asked, earlier.get()));
    }
    Rendering rendering = render(job, card, request);
    List<Attempt> attempts = rendering.attempts();
    return switch (rendering.result()) {
      case ImageResult.Made(List<Part> parts, String answeredBy, Usage _) ->
          deliver(
              job,
              tx -> {
                long turn = answers.keep(tx, card, asked, parts, answeredBy, rendering);
                madeBefore.note(tx, card, request, answeredBy, turn);
              });
      case ImageResult.Spoke(List<Part> parts, String answeredBy, Usage _) ->
          deliver(job, tx -> answers.keep(tx, card, asked, parts, answeredBy, rendering));
      case ImageResult.Refused refused -> {
        log.info(
            "Job {} was refused: {} {} {}",
            job.id(),
            refused.cause(),
            refused.explanation().orElse(""),
            refused.cause().advice());
        yield deliver(job, tx -> answers.refuse(tx, card, refused, attempts));
      }
      case ImageResult.Failed failed -> failed(job, card, failed, attempts);
      case ImageResult.Waits waits -> waits(job, card, waits);
    };
  }

  /** What a process that ended in the middle of a call may owe for it. */
  private List<Attempt> cutOff(Job job, CardEntry card) {
    return job.interruptions() > 0 && card.renderingAt().isPresent()
        ? List.of(billing.perhaps(card))
        : List.of();
  }

  private Rendering render(Job job, CardEntry card, ImageRequest request)
      throws InterruptedException {
    try {
      return model.render(request);
    } catch (InterruptedException e) {
      // Cancelled, or else the process ends, and the next one sees that.
      database.update(tx -> {
        if (!jobs.holds(tx, job)) {
          billing.lose(tx, card, List.of(billing.perhaps(card)));
        }
      });
      throw e;
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof MediaStoreFullException full) {
        throw Failures.stopping(database, full);
      }
      throw e;
    }
  }

  /**
   * Notes that the model is about to be asked. Returns the branch, or nothing if the job is not
   * ours any more.
   */
  private List<Turn> begin(Tx tx, Job job, CardEntry card) {
    if (!jobs.holds(tx, job)) {
      return List.of();
    }
    billing.lose(tx, card, cutOff(job, card));
    if (card.follows()) {
      hangUnderTheAnswer(tx, card.turnId());
    }
    Instant now = clock.instant();
    cards.rendering(tx, card.id(), now, now.plus(patience));
    return requests.branch(tx, card);
  }

  private void hangUnderTheAnswer(Tx tx, long turn) {
    conversations
        .find(tx, turn)
        .flatMap(Turn::parent)
        .flatMap(parent -> conversations.answerTo(tx, parent))
        .ifPresent(answer -> conversations.hangUnder(tx, turn, answer));
  }

  private Ending failed(
      Job job, CardEntry card, ImageResult.Failed failed, List<Attempt> attempts) {
    log.warn(
        "Job {}: the model failed: {} {}. {}",
        job.id(),
        failed.problem(),
        failed.detail(),
        failed.problem().advice());
    Instant next = clock.instant().plus(pause(job, failed));
    return failed.problem().passing() && job.attempt() < ATTEMPTS && inTime(card, next)
        ? new Ending.Again(
            next,
            failed.problem().name(),
            tx -> {
              billing.lose(tx, card, attempts);
              cards.waiting(tx, card.id(), next);
            })
        : deliver(job, tx -> answers.fail(tx, card, failed.problem(), attempts));
  }

  /** Nobody was asked: that is no attempt, and only the time that it takes is limited. */
  private Ending waits(Job job, CardEntry card, ImageResult.Waits waits) {
    return inTime(card, waits.until())
        ? new Ending.Later(
            waits.until(), waits.why().name(), tx -> cards.waiting(tx, card.id(), waits.until()))
        : deliver(job, tx -> answers.fail(tx, card, waits.why(), List.of()));
  }

  private boolean inTime(CardEntry card, Instant next) {
    return database
        .read(reading -> cards.givesUpAt(reading, card.id()))
        .filter(next::isAfter)
        .isEmpty();
  }

  /**
   * As long as the provider says; else at random up to a time that doubles with each attempt, so
   * that not all come back at once.
   */
  private Duration pause(Job job, ImageResult.Failed failed) {
    return failed
        .retryAfter()
        .orElseGet(() -> Duration.ofMillis(random.nextLong(2_000L << Math.min(job.attempt(), 5))));
  }

  private Ending fail(Job job, CardEntry card, Message why, List<Attempt> attempts) {
    return deliver(job, tx -> answers.fail(tx, card, why, attempts));
  }

  private static Ending deliver(Job job, Consumer<Tx> rows) {
    return new Ending.Next(DeliverResult.KIND, job.lane(), "", rows);
  }

  @Override
  public Optional<Duration> delayAfter(Exception failure, Job job) {
    // What fails here by an exception is a fault of ours or of the disk; the model may have been
    // paid already.
    return job.attempt() < 2 ? Optional.of(Duration.ofSeconds(2)) : Optional.empty();
  }

  @Override
  public Ending giveUp(Job job, Exception failure) {
    CardEntry card = database.read(reading -> cards.ofJob(reading, job.id())).orElseThrow();
    return fail(job, card, new Message.SomethingBroke(), List.of());
  }
}
