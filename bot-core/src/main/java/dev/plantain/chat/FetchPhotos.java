package dev.plantain.chat;

import dev.plantain.conversation.ConversationStore;
import dev.plantain.conversation.Part;
import dev.plantain.conversation.Turn;
import dev.plantain.job.Ending;
import dev.plantain.job.Job;
import dev.plantain.job.JobHandler;
import dev.plantain.media.Intake;
import dev.plantain.media.MediaStoreFullException;
import dev.plantain.media.PhotoIntake;
import dev.plantain.platform.AttachmentRef;
import dev.plantain.platform.ChatPlatform;
import dev.plantain.platform.PlatformException;
import dev.plantain.storage.Database;
import dev.plantain.storage.Tx;
import dev.plantain.text.Message;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Fetches what a member attached, checks it, and keeps it as parts of their turn. */
final class FetchPhotos implements JobHandler {
  static final String KIND = "fetch";

  private final Database database;
  private final Platforms platforms;
  private final ConversationStore conversations;
  private final AttachmentStore attachments = new AttachmentStore();
  private final CardStore cards;
  private final HeldRequests held;
  private final PhotoIntake intake;
  private final PrecheckRequest precheck;
  private final Replies replies;
  private final InstantSource clock;

  FetchPhotos(
      Stores stores,
      Platforms platforms,
      HeldRequests held,
      PhotoIntake intake,
      PrecheckRequest precheck,
      Replies replies,
      InstantSource clock) {
    this.database = stores.database();
    this.platforms = platforms;
    this.conversations = stores.conversations();
    this.cards = stores.cards();
    this.held = held;
    this.intake = intake;
    this.precheck = precheck;
    this.replies = replies;
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

  @Override
  public Ending run(Job job) throws IOException, InterruptedException {
    CardEntry card = database.read(reading -> cards.ofJob(reading, job.id())).orElseThrow();
    List<Part> photos = new ArrayList<>();
    for (AttachmentRef attachment :
        database.read(reading -> attachments.of(reading, card.turnId()))) {
      switch (fetch(attachment)) {
        case Fetched.Photo photo -> photos.add(photo.part());
        case Fetched.Unfit unfit -> {
          return refuse(job, card, unfit.why());
        }
      }
    }
    Turn turn = database.read(reading -> conversations.find(reading, card.turnId())).orElseThrow();
    if (turn.words().isEmpty()) {
      return askWhat(job, card, photos);
    }
    if (card.heldUntil().isPresent()) {
      return new Ending.Next(
          AwaitApproval.KIND,
          job.lane(),
          "",
          tx -> {
            keep(tx, card.turnId(), photos);
            held.ask(tx, card.id());
          });
    }
    return precheck.before(job, card, tx -> keep(tx, card.turnId(), photos));
  }

  private sealed interface Fetched {
    record Photo(Part part) implements Fetched {}

    record Unfit(Message why) implements Fetched {}
  }

  private Fetched fetch(AttachmentRef attachment) throws IOException, InterruptedException {
    ChatPlatform platform = platforms.of(attachment.platform());
    long maxBytes = platform.capabilities().maxDownloadBytes();
    try {
      Intake result = intake.accept(to -> platform.fetch(attachment, maxBytes, to));
      return switch (result) {
        case Intake.Accepted accepted -> new Fetched.Photo(Part.Image.of(accepted.blob()));
        case Intake.Empty empty -> new Fetched.Unfit(new Message.PictureEmpty());
        case Intake.NotAPicture other -> new Fetched.Unfit(new Message.NotAPicture());
        case Intake.Damaged damaged -> new Fetched.Unfit(new Message.PictureDamaged());
        case Intake.TooManyBytes large ->
            new Fetched.Unfit(new Message.PictureTooLarge(large.limit() / 1_000_000));
        case Intake.TooManyPixels large ->
            new Fetched.Unfit(
                new Message.PictureTooManyPixels(
                    large.width(), large.height(), large.limit() / 1_000_000));
      };
    } catch (MediaStoreFullException full) {
      throw Failures.stopping(database, full);
    } catch (PlatformException.Rejected e) {
      return new Fetched.Unfit(
          e.reason() == PlatformException.Reason.TOO_LARGE
              ? new Message.PictureTooLarge(maxBytes / 1_000_000)
              : new Message.PictureGone());
    }
  }

  private Ending refuse(Job job, CardEntry card, Message why) {
    return new Ending.Next(
        DeliverResult.KIND,
        job.lane(),
        "",
        tx -> {
          conversations.withdraw(tx, card.turnId());
          end(tx, card, JobState.REFUSED, why);
        });
  }

  /** Photos without words wait for the words: the next ones continue from here. */
  private Ending askWhat(Job job, CardEntry card, List<Part> photos) {
    return new Ending.Next(
        DeliverResult.KIND,
        job.lane(),
        "",
        tx -> {
          keep(tx, card.turnId(), photos);
          end(tx, card, JobState.DELIVERED, new Message.ChangeWhat());
        });
  }

  private void keep(Tx tx, long turn, List<Part> photos) {
    // Two jobs may answer one turn: the photos become part of it once.
    if (attachments.remove(tx, turn)) {
      conversations.addParts(tx, turn, photos, clock.instant());
    }
  }

  private void end(Tx tx, CardEntry card, JobState state, Message why) {
    String ending = replies.text(card, why);
    cards.end(tx, card, state, ending, clock.instant());
  }

  @Override
  public Optional<Duration> delayAfter(Exception failure, Job job) {
    return Failures.delay(failure, job, 6);
  }

  @Override
  public Ending giveUp(Job job, Exception failure) {
    CardEntry card = database.read(reading -> cards.ofJob(reading, job.id())).orElseThrow();
    return new Ending.Next(
        DeliverResult.KIND,
        job.lane(),
        "",
        tx -> end(tx, card, JobState.FAILED, new Message.PictureNotFetched()));
  }
}
