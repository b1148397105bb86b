package dev.plantain.chat;

import dev.plantain.chat.BatchStore.Batch;
import dev.plantain.chat.BatchStore.Item;
import dev.plantain.chat.BatchStore.Sending;
import dev.plantain.conversation.Part;
import dev.plantain.conversation.Roster;
import dev.plantain.conversation.Turn;
import dev.plantain.image.Attempt;
import dev.plantain.image.BatchModel;
import dev.plantain.image.ImageRequest;
import dev.plantain.image.ImageResult;
import dev.plantain.image.ImageResult.Failed;
import dev.plantain.image.ImageResult.Problem;
import dev.plantain.image.ImageResult.Trouble;
import dev.plantain.image.ImageSize;
import dev.plantain.image.ModelSpec;
import dev.plantain.image.Rendering;
import dev.plantain.job.Ending;
import dev.plantain.job.Job;
import dev.plantain.job.JobHandler;
import dev.plantain.platform.PlatformException;
import dev.plantain.storage.Reading;
import dev.plantain.storage.Tx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  /** Half a day longer than Google works on one: gemini.md, section 6. */
  private static final Duration LONGEST = Duration.ofHours(60);

  /** So long a provider that takes none now is asked again. */
  private static final Duration PATIENCE = Duration.ofHours(2);

  private static final Duration SOON = Duration.ofSeconds(2);
  private static final Duration SHORTEST_LOOK = Duration.ofSeconds(15);
  private static final Duration LONGEST_LOOK = Duration.ofMinutes(5);

  private final Stores stores;
  private final BatchStore batches;
  private final PrecheckRequest precheck;
  private final BatchModel model;
  private final ImageRequests requests;
  private final Packing packing;
  private final Answers answers;
  private final Billing billing;
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
      BatchModel model,
      ImageRequests requests,
      Answers answers,
      Billing billing,
      BatchMessage message,
      Runnable wake,
      InstantSource clock) {
    this.stores = stores;
    this.batches = batches;
    this.precheck = precheck;
    this.model = model;
    this.requests = requests;
    this.packing = new Packing(batches, requests);
    this.answers = answers;
    this.billing = billing;
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

  /** A request of the batch as it stands now. */
  private record Entry(Item item, CardEntry card) {
    boolean open() {
      return card.state().open();
    }
  }

  private record View(Batch batch, List<Entry> entries, List<Sending> parcels) {
    List<CardEntry> open() {
      return entries.stream().filter(Entry::open).map(Entry::card).toList();
    }

    boolean waits() {
      return entries.stream().anyMatch(Entry::open)
          || parcels.stream().anyMatch(parcel -> !parcel.ended());
    }

    List<Entry> of(Sending parcel) {
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

  private List<Entry> entries(Reading reading, long batchId) {
    return batches.items(reading, batchId).stream()
        .map(item -> new Entry(item, stores.cards().find(reading, item.cardId()).orElseThrow()))
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
        return new Ending.Later(clock.instant().plus(SOON), "is looked at", tx -> {});
      }
      if (view.parcels().isEmpty()) {
        stores.database().update(tx -> packing.pack(tx, view.batch(), view.open()));
      }
      for (Sending parcel : view(batchId).parcels()) {
        if (!parcel.ended()) {
          see(view(batchId), parcel);
        }
      }
      wake.run();
    }
    View after = view(batchId);
    show(after);
    if (after.waits()) {
      return new Ending.Later(
          clock.instant().plus(pause(after)), "waits for its answers", tx -> {});
    }
    message.over(after.batch());
    return Ending.done();
  }

  private Duration pause(View view) {
    if (!view.batch().halfPrice()) {
      return SOON;
    }
    Duration age = Duration.between(view.batch().acceptedAt(), clock.instant()).dividedBy(20);
    Duration longer = age.compareTo(SHORTEST_LOOK) > 0 ? age : SHORTEST_LOOK;
    return longer.compareTo(LONGEST_LOOK) < 0 ? longer : LONGEST_LOOK;
  }

  private void show(View view) {
    int made = 0;
    int left = 0;
    for (Entry entry : view.entries()) {
      left += entry.open() ? 1 : 0;
      made += entry.card().resultTurnId().isPresent() ? 1 : 0;
    }
    Roster.Chat chat =
        stores.database().read(reading -> stores.roster().chat(reading, view.batch().chatId()));
    try {
      message.show(chat, view.batch(), view.entries().size(), made, left);
    } catch (PlatformException e) {
      // The pictures matter, the message about them does not.
      log.debug("The message of batch {} was not shown: {}", view.batch().id(), e.getMessage());
    }
  }

  /** Once the first has its photos, all have them; where it cannot get them, none can. */
  private void gather(Tx tx, View view) {
    CardEntry first =
        stores.cards().find(tx, view.entries().getFirst().item().cardId()).orElseThrow();
    if (!first.state().open()) {
      for (Entry entry : view.entries()) {
        if (entry.open() && entry.card().id() != first.id()) {
          stores
              .cards()
              .end(
                  tx, entry.card(), JobState.CANCELLED, first.ending().orElse(""), clock.instant());
          stores.conversations().withdraw(tx, entry.card().turnId());
          end(tx, entry.card(), BatchedRequest.KIND);
        }
      }
      batches.ready(tx, view.batch().id());
    } else if (!hasPhotosToFetch(tx, first)) {
      List<Part> photos =
          stores.conversations().find(tx, first.turnId()).orElseThrow().parts().stream()
              .filter(Part.Image.class::isInstance)
              .toList();
      for (Entry entry : view.entries()) {
        if (entry.card().id() != first.id()) {
          stores.conversations().addParts(tx, entry.card().turnId(), photos, clock.instant());
        }
      }
      batches.ready(tx, view.batch().id());
    }
  }

  private boolean hasPhotosToFetch(Reading reading, CardEntry card) {
    return reading.exists("select 1 from attachment where turn_id = ?", card.turnId());
  }

  private void see(View view, Sending parcel) throws InterruptedException {
    List<Entry> entries = view.of(parcel);
    if (parcel.sent().isEmpty()) {
      send(view, parcel, entries);
    } else {
      if (view.batch().cancelled() || entries.stream().noneMatch(Entry::open)) {
        model.cancel(parcel.sent().get());
      }
      look(parcel, parcel.sent().get(), entries);
    }
  }

  private void send(View view, Sending parcel, List<Entry> entries) throws InterruptedException {
    List<Entry> open = entries.stream().filter(Entry::open).toList();
    if (open.isEmpty()) {
      // Where it may have arrived although nobody heard of it, it may be billed.
      stores
          .database()
          .update(tx -> {
            if (parcel.triedAt().isPresent()) {
              entries.forEach(entry -> account(tx, entry.card(), List.of(perhaps(entry.card()))));
            }
            batches.ended(tx, parcel.id());
          });
      return;
    }
    Map<String, ImageRequest> asked = new LinkedHashMap<>();
    for (Entry entry : open) {
      asked.put("" + entry.card().id(), request(entry.card()));
    }
    Instant now = clock.instant();
    stores.database().update(tx -> batches.tried(tx, parcel.id(), now));
    switch (model.send(parcel.label(), asked)) {
      case BatchModel.Sent.Accepted(BatchModel.Parcel sent) -> {
        log.info("Batch {}: {} requests were sent as {}", view.batch().id(), asked.size(), sent);
        stores.database().update(tx -> batches.sent(tx, parcel.id(), sent, clock.instant()));
      }
      case BatchModel.Sent.NotAccepted(Failed failed) -> {
        log.warn(
            "Batch {} was not taken: {} {}. {}",
            view.batch().id(),
            failed.problem(),
            failed.detail(),
            failed.problem().advice());
        boolean unknown = failed.problem() == Problem.GARBLED || failed.problem().passing();
        boolean patient = parcel.triedAt().map(at -> now.isBefore(at.plus(PATIENCE))).orElse(true);
        if (!unknown || !patient) {
          List<Attempt> none = List.of();
          stores
              .database()
              .update(tx -> {
                open.forEach(entry -> fail(tx, entry, failed.problem(), none));
                batches.ended(tx, parcel.id());
              });
        }
      }
    }
  }

  private ImageRequest request(CardEntry card) {
    return stores.database().read(reading -> packing.request(reading, card));
  }

  private void look(Sending parcel, BatchModel.Parcel sent, List<Entry> entries)
      throws InterruptedException {
    Map<String, ImageRequest> asked = new LinkedHashMap<>();
    for (Entry entry : entries) {
      ModelSpec spec = requests.model(entry.card());
      Optional<ImageSize> size = entry.card().size().map(ImageSize::new);
      asked.put("" + entry.card().id(), new ImageRequest(spec, List.of(), Optional.empty(), size));
    }
    BatchModel.Look look =
        model.look(sent, asked, (key, rendering) -> take(Long.parseLong(key), rendering));
    switch (look) {
      case BatchModel.Look.Working() -> {}
      case BatchModel.Look.Done() -> endWithout(parcel, entries, Problem.OVERLOADED);
      case BatchModel.Look.Gone(String detail) -> {
        log.warn("Nothing comes of the parcel {} any more: {}", parcel.label(), detail);
        endWithout(parcel, entries, Problem.OVERLOADED);
      }
      case BatchModel.Look.Unknown(Failed failed) -> {
        log.info("The parcel {} could not be looked at: {}", parcel.label(), failed.detail());
        boolean late =
            parcel.sentAt().filter(at -> clock.instant().isAfter(at.plus(LONGEST))).isPresent();
        if (late) {
          stores
              .database()
              .update(tx -> {
                for (Entry entry : entries) {
                  account(tx, entry.card(), List.of(perhaps(entry.card())));
                }
              });
          endWithout(parcel, entries, Problem.TIMED_OUT);
        }
      }
    }
  }

  private Attempt perhaps(CardEntry card) {
    return billing.perhaps(card).batched();
  }

  /** What has no answer now never gets one. */
  private void endWithout(Sending parcel, List<Entry> entries, Trouble why) {
    stores
        .database()
        .update(tx -> {
          for (Entry entry : entries) {
            fail(tx, entry, why, List.of());
          }
          batches.ended(tx, parcel.id());
        });
  }

  private void fail(Tx tx, Entry entry, Trouble why, List<Attempt> attempts) {
    CardEntry card = stores.cards().find(tx, entry.card().id()).orElseThrow();
    if (card.state().open()) {
      answers.fail(tx, card, why, attempts);
      end(tx, card, DeliverResult.KIND);
    }
  }

  /** An answer may come twice, and for what was cancelled: it is paid once all the same. */
  private void take(long cardId, Rendering rendering) {
    stores
        .database()
        .update(tx -> {
          CardEntry card = stores.cards().find(tx, cardId).orElseThrow();
          if (!card.state().open()) {
            account(tx, card, rendering.attempts());
          } else if (batches.account(tx, cardId)) {
            take(tx, card, rendering);
            end(tx, card, DeliverResult.KIND);
          }
        });
  }

  private void take(Tx tx, CardEntry card, Rendering rendering) {
    Turn asked = stores.conversations().find(tx, card.turnId()).orElseThrow();
    switch (rendering.result()) {
      case ImageResult.Made made ->
          answers.keep(tx, card, asked, made.parts(), made.answeredBy(), rendering);
      case ImageResult.Spoke spoke ->
          answers.keep(tx, card, asked, spoke.parts(), spoke.answeredBy(), rendering);
      case ImageResult.Refused refused -> answers.refuse(tx, card, refused, rendering.attempts());
      case ImageResult.Failed failed ->
          answers.fail(tx, card, failed.problem(), rendering.attempts());
      case ImageResult.Waits waits -> answers.fail(tx, card, waits.why(), List.of());
    }
  }

  private void account(Tx tx, CardEntry card, List<Attempt> attempts) {
    if (batches.account(tx, card.id())) {
      billing.lose(tx, card, attempts);
    }
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
