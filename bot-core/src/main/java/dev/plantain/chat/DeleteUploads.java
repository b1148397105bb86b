package dev.plantain.chat;

import dev.plantain.command.UploadedFiles;
import dev.plantain.conversation.UploadedPictures;
import dev.plantain.conversation.UploadedPictures.Uploaded;
import dev.plantain.image.ImageModel;
import dev.plantain.image.ImageResult.Failed;
import dev.plantain.image.RemoteFile;
import dev.plantain.job.Ending;
import dev.plantain.job.Job;
import dev.plantain.job.JobHandler;
import dev.plantain.job.JobStore;
import dev.plantain.job.NewJob;
import dev.plantain.storage.Database;
import dev.plantain.storage.Tx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes pictures at the providers that nobody wants there any more. A provider that cannot be
 * reached is asked again until the files have expired by themselves.
 */
final class DeleteUploads implements JobHandler, UploadedFiles {
  static final String KIND = "delete-uploads";

  private static final Logger log = LoggerFactory.getLogger(DeleteUploads.class);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
  private static final int MOST_DOUBLINGS = 8;

  private final Database database;
  private final JobStore jobs;
  private final ImageModel model;
  private final InstantSource clock;
  private final UploadedPictures pictures = new UploadedPictures();

  DeleteUploads(Stores stores, ImageModel model, InstantSource clock) {
    this.database = stores.database();
    this.jobs = stores.jobs();
    this.model = model;
    this.clock = clock;
  }

  @Override
  public int delete(Tx tx, long memberId) {
    Instant now = clock.instant();
    return accepted(tx, "member:" + memberId, pictures.unwant(tx, memberId, now), now);
  }

  /** As {@link #delete}, of the pictures of one turn. */
  int deleteOfTurn(Tx tx, long turnId) {
    Instant now = clock.instant();
    return accepted(tx, "turn:" + turnId, pictures.unwantOfTurn(tx, turnId, now), now);
  }

  private int accepted(Tx tx, String whose, int count, Instant now) {
    if (count > 0) {
      String lane = KIND + ":" + whose;
      jobs.accept(tx, new NewJob(lane + ":" + UUID.randomUUID(), KIND, lane, KIND, "", now), now);
    }
    return count;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public int concurrency() {
    return 1;
  }

  @Override
  public Ending run(Job job) throws InterruptedException {
    List<Uploaded> gone = new ArrayList<>();
    Optional<Failed> failure = Optional.empty();
    for (Uploaded file : database.read(reading -> pictures.unwanted(reading, clock.instant()))) {
      Optional<Failed> failed = model.delete(new RemoteFile(file.line(), file.name()));
      if (failed.isPresent()) {
        failure = failed;
      } else {
        gone.add(file);
      }
    }
    return failure
        .map(failed -> later(job, failed, gone))
        .orElseGet(() -> new Ending.Done(tx -> remove(tx, gone)));
  }

  private Ending later(Job job, Failed failed, List<Uploaded> gone) {
    log.warn("A picture could not be deleted at its provider yet: {}", failed.detail());
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(job.attempt(), MOST_DOUBLINGS));
    return new Ending.Again(
        clock.instant().plus(pause), failed.problem().name(), tx -> remove(tx, gone));
  }

  private void remove(Tx tx, List<Uploaded> gone) {
    gone.forEach(file -> pictures.remove(tx, file.line(), file.name()));
  }

  @Override
  public Optional<Duration> delayAfter(Exception failure, Job job) {
    return Optional.of(Duration.ofMinutes(1));
  }

  @Override
  public Ending giveUp(Job job, Exception failure) {
    return new Ending.Again(clock.instant().plus(Duration.ofMinutes(1)), "" + failure, tx -> {});
  }
}
