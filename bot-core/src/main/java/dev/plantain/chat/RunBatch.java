package dev.plantain.chat;

import dev.plantain.chat.BatchStore.Batch;
import dev.plantain.chat.BatchStore.Sending;
import dev.plantain.conversation.Part;
import dev.plantain.conversation.Roster;
import dev.plantain.job.Ending;
import dev.plantain.job.Job;
import dev.plantain.job.JobHandler;
import dev.plantain.platform.PlatformException;
import dev.plantain.storage.Reading;
import dev.plantain.storage.Tx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to a batch from its photos to its last answer, over restarts: packs its requests, sends
 * them, looks for answers and takes each to its card. Whatever it has done is in the database, so
 * that each step begins with a look there.
 */
final class RunBatch implements JobHandler {
  static final String KIND = "batch";

  private static final Logger log = LoggerFactory.getLogger(RunBatch.class);

  private static final Duration SOON = Duration.ofSeconds(2);
  private static final Duration SHORTEST_LOOK = Duration.ofSeconds(15);
  private static final int MOST_SHOWINGS = 20;
  private static final Duration LONGEST_LOOK = Duration.ofMinutes(5);

  private final Stores stores;
  private final AttachmentStore attachments = new AttachmentStore();
  private final BatchStore batches;
  private final PrecheckRequest precheck;
  private final Packing packing;
  private final Shipping shipping;
  private final BatchMessage message;
  private final Runnable wake;
  private final InstantSource clock;

  /**
   * @param wake says to whoever runs the jobs that there are some
   */
  RunBatch(
      Stores stores,
      BatchStore batches,
      PrecheckRequest precheck,
      Packing packing,
      Shipping shipping,
      BatchMessage message,
      Runnable wake,
      InstantSource clock) {
    this.stores = stores;
    this.batches = batches;
    this.precheck = precheck;
    this.packing = packing;
    this.shipping = shipping;
    this.message = message;
    this.wake = wake;
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

  private record View(Batch batch, List<BatchedCard> entries, List<Sending> parcels) {
    List<CardEntry> open() {
      return entries.stream().filter(BatchedCard::open).map(BatchedCard::card).toList();
    }

    boolean waits() {
      return entries.stream().anyMatch(BatchedCard::open)
          || parcels.stream().anyMatch(parcel -> !parcel.ended());
    }

    List<BatchedCard> of(Sending parcel) {
      return entries.stream()
          .filter(entry -> entry.item().parcelId().filter(id -> id == parcel.id()).isPresent())
          .toList();
    }
  }

  private View view(long batchId) {
    return stores
        .database()
        .read(reading ->
            new View(
                batches.find(reading, batchId).orElseThrow(),
                entries(reading, batchId),
                batches.parcels(reading, batchId)));
  }

  private List<BatchedCard> entries(Reading reading, long batchId) {
    return batches.items(reading, batchId).stream()
        .map(item ->
            new BatchedCard(item, stores.cards().find(reading, item.cardId()).orElseThrow()))
        .toList();
  }

  @Override
  public Ending run(Job job) throws InterruptedException {
    long batchId = Long.parseLong(job.payload());
    View view = view(batchId);
    show(view);
    if (!view.batch().ready()) {
      stores.database().update(tx -> gather(tx, view));
      wake.run();
      return new Ending.Later(clock.instant().plus(SOON), "gathers its photos", tx -> {});
    }
    if (view.batch().halfPrice()) {
      if (view.parcels().isEmpty() && view.open().stream().anyMatch(precheck::isDue)) {
        List<CardEntry> due = due(view);
        stores.database().update(tx -> wakeThoseToBeLookedAt(tx, due));
        wake.run();
        return new Ending.Later(clock.instant().plus(SOON), "is looked at", tx -> {});
      }
      if (view.parcels().isEmpty()) {
        stores
            .database()
            .update(tx -> shipping.refuse(tx, packing.pack(tx, view.batch(), view.open())));
      }
      for (Sending parcel : view(batchId).parcels()) {
        if (!parcel.ended()) {
          View now = view(batchId);
          shipping.see(now.batch(), parcel, now.of(parcel));
        }
      }
      wake.run();
    }
    View after = view(batchId);
    boolean shown = show(after);
    if (after.waits()) {
      return new Ending.Later(
          clock.instant().plus(pause(after)), "waits for its answers", tx -> {});
    }
    if (!shown && job.attempt() < MOST_SHOWINGS) {
      return new Ending.Again(
          clock.instant().plus(SHORTEST_LOOK), "shows that it has ended", tx -> {});
    }
    message.over(after.batch());
    return Ending.done();
  }

  private List<CardEntry> due(View view) {
    return view.open().stream().filter(precheck::isDue).toList();
  }

  /** What is looked at may have changed since they went to wait. */
  private void wakeThoseToBeLookedAt(Tx tx, List<CardEntry> due) {
    for (CardEntry card : due) {
      if (stores.jobs().step(tx, card.jobId()).filter(BatchedRequest.KIND::equals).isPresent()) {
        stores.jobs().hasten(tx, card.jobId(), clock.instant());
      }
    }
  }

  private Duration pause(View view) {
    if (!view.batch().halfPrice()) {
      return SOON;
    }
    Duration age = Duration.between(view.batch().acceptedAt(), clock.instant()).dividedBy(20);
    Duration longer = age.compareTo(SHORTEST_LOOK) > 0 ? age : SHORTEST_LOOK;
    return longer.compareTo(LONGEST_LOOK) < 0 ? longer : LONGEST_LOOK;
  }

  /** Returns false where it could not be shown now. */
  private boolean show(View view) {
    int made = 0;
    int left = 0;
    for (BatchedCard entry : view.entries()) {
      left += entry.open() ? 1 : 0;
      made += entry.card().resultTurnId().isPresent() ? 1 : 0;
    }
    Roster.Chat chat =
        stores.database().read(reading -> stores.roster().chat(reading, view.batch().chatId()));
    try {
      message.show(chat, view.batch(), view.entries().size(), made, left);
      return true;
    } catch (PlatformException e) {
      // The pictures matter more than the message about them.
      log.debug("The message of batch {} was not shown: {}", view.batch().id(), e.getMessage());
      return !(e instanceof PlatformException.Unavailable);
    }
  }

  /** Once the first has its photos, all have them; where it cannot get them, none can. */
  private void gather(Tx tx, View view) {
    CardEntry first = fresh(tx, view.entries().getFirst());
    List<CardEntry> others =
        view.entries().stream().skip(1).map(entry -> fresh(tx, entry)).toList();
    if (!hasPhotosToFetch(tx, first)) {
      List<Part> photos =
          stores.conversations().find(tx, first.turnId()).orElseThrow().parts().stream()
              .filter(Part.Image.class::isInstance)
              .toList();
      others.forEach(
          card -> stores.conversations().addParts(tx, card.turnId(), photos, clock.instant()));
      batches.ready(tx, view.batch().id());
    } else if (!first.state().open()) {
      others.stream().filter(card -> card.state().open()).forEach(card -> endWith(tx, first, card));
      batches.ready(tx, view.batch().id());
    }
  }

  private CardEntry fresh(Reading reading, BatchedCard entry) {
    return stores.cards().find(reading, entry.card().id()).orElseThrow();
  }

  /** The card of the first says why. */
  private void endWith(Tx tx, CardEntry first, CardEntry card) {
    String why = first.ending().orElse("");
    stores.cards().end(tx, card, JobState.CANCELLED, why, clock.instant());
    stores.conversations().withdraw(tx, card.turnId());
    end(tx, card, BatchedRequest.KIND);
  }

  private boolean hasPhotosToFetch(Reading reading, CardEntry card) {
    return !attachments.of(reading, card.turnId()).isEmpty();
  }

  private void end(Tx tx, CardEntry card, String kind) {
    stores.jobs().redirect(tx, card.jobId(), kind, card.lane(), clock.instant());
  }

  @Override
  public Optional<Duration> delayAfter(Exception failure, Job job) {
    // It goes on from the database, so that nothing is done twice, and gives nothing up.
    log.warn("A step of batch {} failed", job.payload(), failure);
    return Optional.of(LONGEST_LOOK);
  }

  @Override
  public Ending giveUp(Job job, Exception failure) {
    return new Ending.Later(clock.instant().plus(LONGEST_LOOK), "" + failure, tx -> {});
  }
}
