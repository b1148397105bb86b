package dev.plantain.chat;

import dev.plantain.conversation.Author;
import dev.plantain.conversation.Content;
import dev.plantain.conversation.ContextWindow;
import dev.plantain.conversation.ConversationStore;
import dev.plantain.conversation.Part;
import dev.plantain.conversation.Turn;
import dev.plantain.image.AspectRatio;
import dev.plantain.image.Attempt;
import dev.plantain.image.Guidance;
import dev.plantain.image.ImageModel;
import dev.plantain.image.ImageRequest;
import dev.plantain.image.ImageResult;
import dev.plantain.image.ImageSize;
import dev.plantain.image.ModelSpec;
import dev.plantain.image.Offer;
import dev.plantain.image.Rendering;
import dev.plantain.image.Safety;
import dev.plantain.job.Ending;
import dev.plantain.job.Job;
import dev.plantain.job.JobHandler;
import dev.plantain.job.JobStore;
import dev.plantain.media.Blob;
import dev.plantain.media.MediaStoreFullException;
import dev.plantain.settings.Setting;
import dev.plantain.settings.SettingsStore;
import dev.plantain.storage.Database;
import dev.plantain.storage.Tx;
import dev.plantain.text.Message;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
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
  private static final int SIGNED_TURNS = 2;

  /** Left free in a request for what is neither picture nor token. */
  private static final long BYTES_FOR_WORDS = 1_000_000;

  private final Database database;
  private final ConversationStore conversations;
  private final CardStore cards;
  private final JobStore jobs;
  private final Gate gate;
  private final Billing billing;
  private final SettingsStore settings;
  private final Offer offer;
  private final ImageModel model;
  private final int concurrency;
  private final Duration patience;
  private final Guidance guidance;
  private final RandomGenerator random = RandomGenerator.getDefault();
  private final Replies replies;
  private final InstantSource clock;

  RenderImage(
      Stores stores,
      Gate gate,
      Billing billing,
      SettingsStore settings,
      Offer offer,
      ImageModel model,
      int concurrency,
      Duration patience,
      Guidance guidance,
      Replies replies,
      InstantSource clock) {
    this.database = stores.database();
    this.gate = gate;
    this.billing = billing;
    this.settings = settings;
    this.conversations = stores.conversations();
    this.cards = stores.cards();
    this.jobs = stores.jobs();
    this.offer = offer;
    this.model = model;
    this.concurrency = concurrency;
    this.patience = patience;
    this.guidance = guidance;
    this.replies = replies;
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
    ModelSpec spec = offer.find(card.model()).orElse(offer.standard());
    Rendering rendering = render(job, card, request(card, spec, branch));
    return switch (rendering.result()) {
      case ImageResult.Made made ->
          keep(job, card, branch.getLast(), rendering, made.parts(), made.answeredBy());
      case ImageResult.Spoke spoke ->
          keep(job, card, branch.getLast(), rendering, spoke.parts(), spoke.answeredBy());
      case ImageResult.Refused refused -> {
        log.info("Job {} was refused: {} {}", job.id(), refused.cause(), refused.explanation());
        yield refuse(job, card, refused, rendering.attempts());
      }
      case ImageResult.Failed failed -> failed(job, card, failed, rendering.attempts());
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
    List<Turn> branch = conversations.branch(tx, card.turnId());
    List<Turn> heard = new ArrayList<>();
    for (int i = 0; i < branch.size(); i++) {
      boolean another = i + 1 < branch.size() && branch.get(i + 1).author() == Author.MEMBER;
      Turn turn = branch.get(i);
      Turn shown = gate.hides(tx, turn.id()) ? turn.withoutPictures() : turn;
      heard.add(another && wasAnswered(tx, turn) ? shown.withdraw() : shown);
    }
    return heard;
  }

  /**
   * What a turn asked for and got elsewhere is not asked for again by those who go another way from
   * its photo.
   */
  private boolean wasAnswered(Tx tx, Turn turn) {
    return turn.author() == Author.MEMBER && conversations.answerTo(tx, turn.id()).isPresent();
  }

  private void hangUnderTheAnswer(Tx tx, long turn) {
    conversations
        .find(tx, turn)
        .flatMap(Turn::parent)
        .flatMap(parent -> conversations.answerTo(tx, parent))
        .ifPresent(answer -> conversations.hangUnder(tx, turn, answer));
  }

  private ImageRequest request(CardEntry card, ModelSpec spec, List<Turn> branch) {
    Safety safety =
        database
            .read(reading -> settings.ofChat(reading, card.chatId(), Setting.SAFETY))
            .flatMap(Safety::find)
            .orElse(Safety.USUAL);
    ContextWindow.Limits limits =
        new ContextWindow.Limits(
            // Those that take none say so where they are asked.
            Math.max(1, spec.maxImages()),
            Math.max(1, spec.maxRequestBytes() - BYTES_FOR_WORDS),
            spec.maxInputTokens(),
            SIGNED_TURNS);
    String left = replies.text(card, new Message.PictureLeftOut());
    List<Content> contents = new ContextWindow(limits, spec.id(), left).of(branch);
    Optional<AspectRatio> ratio =
        card.ratio()
            .flatMap(AspectRatio::parse)
            .or(() -> spec.keepsShape() ? Optional.empty() : shapeOfInput(spec, contents));
    return new ImageRequest(
        spec, contents, ratio, card.size().map(ImageSize::new), safety, guidance, left);
  }

  private static Optional<AspectRatio> shapeOfInput(ModelSpec spec, List<Content> contents) {
    return newestImage(contents).flatMap(blob -> spec.nearest(blob.width(), blob.height()));
  }

  private static Optional<Blob> newestImage(List<Content> contents) {
    return contents.reversed().stream()
        .flatMap(content -> content.parts().reversed().stream())
        .filter(Part.Image.class::isInstance)
        .map(part -> ((Part.Image) part).blob())
        .findFirst();
  }

  private Ending keep(
      Job job,
      CardEntry card,
      Turn asked,
      Rendering rendering,
      List<Part> parts,
      String answeredBy) {
    return deliver(
        job,
        tx -> {
          Instant now = clock.instant();
          long before = conversations.answerTo(tx, asked.id()).orElse(asked.id());
          long turn = conversations.addModelTurn(tx, asked, answeredBy, parts, now);
          Optional<String> note = noteOfOther(tx, card, rendering, answeredBy);
          cards.rendered(tx, card.id(), turn);
          billing.settle(tx, card, rendering.attempts(), images(parts));
          note.ifPresent(words -> cards.note(tx, card.id(), words));
          moveHead(tx, card, before, turn, now);
        });
  }

  private static int images(List<Part> parts) {
    return (int) parts.stream().filter(Part.Image.class::isInstance).count();
  }

  /** The answer becomes the head, unless the chat has gone elsewhere in the meantime. */
  private static void moveHead(Tx tx, CardEntry card, long before, long turn, Instant now) {
    tx.update(
        "update chat set head_turn_id = ?, last_turn_at = ? where id = ? and head_turn_id in (?, ?)",
        turn,
        now,
        card.chatId(),
        card.turnId(),
        before);
  }

  /**
   * Members hear that another model made their picture: once where theirs is gone, each time where
   * it had no room.
   */
  private Optional<String> noteOfOther(
      Tx tx, CardEntry card, Rendering rendering, String answeredBy) {
    ModelSpec spec = offer.find(card.model()).orElse(offer.standard());
    if (answeredBy.equals(spec.id())) {
      return Optional.empty();
    }
    String other = offer.find(answeredBy).map(ModelSpec::name).orElse(answeredBy);
    if (!rendering.replaced()) {
      return Optional.of(text(card, new Message.ModelStoodIn(spec.name(), other)));
    }
    int first =
        tx.update(
            """
            insert into told (member_id, topic, told_at) values (?, ?, ?)
            on conflict (member_id, topic) do nothing
            """,
            card.memberId(),
            "successor:" + spec.id(),
            clock.instant());
    return first == 0
        ? Optional.empty()
        : Optional.of(text(card, new Message.ModelReplaced(spec.name(), other)));
  }

  private Ending refuse(
      Job job, CardEntry card, ImageResult.Refused refused, List<Attempt> attempts) {
    Message why = Outcomes.refusal(refused);
    return deliver(
        job,
        tx -> {
          billing.lose(tx, card, attempts);
          if (cards.standsAlone(tx, card)) {
            conversations.withdraw(tx, card.turnId());
          }
          cards.end(tx, card, JobState.REFUSED, text(card, why), clock.instant());
        });
  }

  private Ending failed(
      Job job, CardEntry card, ImageResult.Failed failed, List<Attempt> attempts) {
    log.warn("Job {}: the model failed: {} {}", job.id(), failed.problem(), failed.detail());
    Instant next = clock.instant().plus(pause(job, failed));
    return failed.problem().passing() && job.attempt() < ATTEMPTS && inTime(card, next)
        ? new Ending.Again(
            next,
            failed.problem().name(),
            tx -> {
              billing.lose(tx, card, attempts);
              cards.waiting(tx, card.id(), next);
            })
        : fail(job, card, Outcomes.failure(failed), attempts);
  }

  /** Nobody was asked: that is no attempt, and only the time that it takes is limited. */
  private Ending waits(Job job, CardEntry card, ImageResult.Waits waits) {
    return inTime(card, waits.until())
        ? new Ending.Later(
            waits.until(), waits.why().name(), tx -> cards.waiting(tx, card.id(), waits.until()))
        : fail(
            job,
            card,
            Outcomes.failure(
                new ImageResult.Failed(waits.why(), Optional.empty(), "no room in time")),
            List.of());
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

  private Ending fail(Job job, CardEntry card, Message why) {
    return fail(job, card, why, List.of());
  }

  private Ending fail(Job job, CardEntry card, Message why, List<Attempt> attempts) {
    return deliver(
        job,
        tx -> {
          billing.lose(tx, card, attempts);
          cards.end(tx, card, JobState.FAILED, text(card, why), clock.instant());
        });
  }

  private String text(CardEntry card, Message message) {
    return replies.text(card, message);
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
    return fail(job, card, new Message.SomethingBroke());
  }
}
