package dev.plantain.chat;

import dev.plantain.chat.BatchStore.Batch;
import dev.plantain.chat.BatchStore.Sending;
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

/** Sends the parcels of a batch, and takes each answer that comes back to its card. */
final class Shipping {
  private static final Logger log = LoggerFactory.getLogger(Shipping.class);

  /** Half a day longer than Google works on one: gemini.md, section 6. */
  private static final Duration LONGEST = Duration.ofHours(60);

  /** So long a provider that takes none now is asked again. */
  private static final Duration PATIENCE = Duration.ofHours(2);

  private final Stores stores;
  private final BatchStore batches;
  private final BatchModel model;
  private final ImageRequests requests;
  private final Packing packing;
  private final Answers answers;
  private final Billing billing;
  private final InstantSource clock;

  Shipping(
      Stores stores,
      BatchStore batches,
      BatchModel model,
      ImageRequests requests,
      Packing packing,
      Answers answers,
      Billing billing,
      InstantSource clock) {
    this.stores = stores;
    this.batches = batches;
    this.model = model;
    this.requests = requests;
    this.packing = packing;
    this.answers = answers;
    this.billing = billing;
    this.clock = clock;
  }

  /** Does what is due for a parcel that has not ended. Blocks on the network. */
  void see(Batch batch, Sending parcel, List<BatchedCard> entries) throws InterruptedException {
    if (parcel.sent().isEmpty()) {
      send(batch, parcel, entries);
    } else {
      if (batch.cancelled() || entries.stream().noneMatch(BatchedCard::open)) {
        model.cancel(parcel.sent().get());
      }
      look(parcel, parcel.sent().get(), entries);
    }
  }

  private void send(Batch batch, Sending parcel, List<BatchedCard> entries)
      throws InterruptedException {
    List<BatchedCard> open = entries.stream().filter(BatchedCard::open).toList();
    if (open.isEmpty()) {
      // Where it may have arrived although nobody heard of it, it may be billed.
      stores
          .database()
          .update(tx -> {
            if (parcel.triedLine().isPresent()) {
              entries.forEach(entry -> account(tx, entry.card(), List.of(perhaps(entry.card()))));
            }
            batches.ended(tx, parcel.id());
          });
      return;
    }
    Map<String, ImageRequest> asked = new LinkedHashMap<>();
    for (BatchedCard entry : open) {
      request(entry.card()).ifPresent(request -> asked.put("" + entry.card().id(), request));
    }
    if (asked.isEmpty()) {
      endWithout(parcel, entries, Problem.REQUEST_REJECTED);
      return;
    }
    Instant now = clock.instant();
    stores.database().update(tx -> batches.tried(tx, parcel.id(), now));
    switch (model.send(parcel.label(), asked, new Tried(parcel))) {
      case BatchModel.Sent.Accepted(BatchModel.Parcel sent) -> {
        log.info("Batch {}: {} requests were sent as {}", batch.id(), asked.size(), sent);
        stores.database().update(tx -> batches.sent(tx, parcel.id(), sent, clock.instant()));
      }
      case BatchModel.Sent.NotAccepted(Failed failed, boolean mayHaveArrived) -> {
        log.warn(
            "Batch {} was not taken: {} {}. {}",
            batch.id(),
            failed.problem(),
            failed.detail(),
            failed.problem().advice());
        boolean patient = parcel.triedAt().map(at -> now.isBefore(at.plus(PATIENCE))).orElse(true);
        if (!(patient && (failed.problem().passing() || mayHaveArrived))) {
          stores
              .database()
              .update(tx -> {
                if (mayHaveArrived) {
                  open.forEach(entry -> account(tx, entry.card(), List.of(perhaps(entry.card()))));
                }
                open.forEach(entry -> fail(tx, entry, failed.problem()));
                batches.ended(tx, parcel.id());
              });
        }
      }
    }
  }

  /** Where a parcel may have arrived, in the database. */
  private final class Tried implements BatchModel.Trying {
    private final Sending parcel;

    Tried(Sending parcel) {
      this.parcel = parcel;
    }

    @Override
    public Optional<String> line() {
      return parcel.triedLine();
    }

    @Override
    public void at(String line) {
      stores.database().update(tx -> batches.triedAt(tx, parcel.id(), Optional.of(line)));
    }

    @Override
    public void refused() {
      stores.database().update(tx -> batches.triedAt(tx, parcel.id(), Optional.empty()));
    }
  }

  private Optional<ImageRequest> request(CardEntry card) {
    return stores.database().read(reading -> packing.request(reading, card));
  }

  /** Ends those that cannot be sent. */
  void refuse(Tx tx, List<CardEntry> cards) {
    for (CardEntry card : cards) {
      answers.fail(tx, card, Problem.REQUEST_REJECTED, List.of());
      deliver(tx, card);
    }
  }

  private void look(Sending parcel, BatchModel.Parcel sent, List<BatchedCard> entries)
      throws InterruptedException {
    Map<String, ImageRequest> asked = new LinkedHashMap<>();
    for (BatchedCard entry : entries) {
      ModelSpec spec = requests.model(entry.card());
      Optional<ImageSize> size = entry.card().size().map(ImageSize::new);
      asked.put("" + entry.card().id(), new ImageRequest(spec, List.of(), Optional.empty(), size));
    }
    BatchModel.Look look =
        model.look(sent, asked, (key, rendering) -> take(Long.parseLong(key), rendering));
    switch (look) {
      case BatchModel.Look.Working() -> endIfLate(parcel, entries);
      case BatchModel.Look.Done() -> endWithout(parcel, entries, Problem.OVERLOADED);
      case BatchModel.Look.Gone(String detail, boolean perhapsPaid) -> {
        log.warn("Nothing comes of the parcel {} any more: {}", parcel.label(), detail);
        if (perhapsPaid) {
          owePerhaps(entries);
        }
        endWithout(parcel, entries, Problem.OVERLOADED);
      }
      case BatchModel.Look.Unknown(Failed failed) -> {
        log.info("The parcel {} could not be looked at: {}", parcel.label(), failed.detail());
        endIfLate(parcel, entries);
      }
    }
  }

  private void endIfLate(Sending parcel, List<BatchedCard> entries) {
    if (parcel.sentAt().filter(at -> clock.instant().isAfter(at.plus(LONGEST))).isPresent()) {
      owePerhaps(entries);
      endWithout(parcel, entries, Problem.TIMED_OUT);
    }
  }

  private void owePerhaps(List<BatchedCard> entries) {
    stores
        .database()
        .update(tx ->
            entries.forEach(entry -> account(tx, entry.card(), List.of(perhaps(entry.card())))));
  }

  private Attempt perhaps(CardEntry card) {
    return billing.perhaps(card).batched();
  }

  /** What has no answer now never gets one. */
  private void endWithout(Sending parcel, List<BatchedCard> entries, Trouble why) {
    stores
        .database()
        .update(tx -> {
          for (BatchedCard entry : entries) {
            fail(tx, entry, why);
          }
          batches.ended(tx, parcel.id());
        });
  }

  private void fail(Tx tx, BatchedCard entry, Trouble why) {
    CardEntry card = stores.cards().find(tx, entry.card().id()).orElseThrow();
    if (card.state().open()) {
      answers.fail(tx, card, why, List.of());
      deliver(tx, card);
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
            deliver(tx, card);
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

  private void deliver(Tx tx, CardEntry card) {
    stores.jobs().redirect(tx, card.jobId(), DeliverResult.KIND, card.lane(), clock.instant());
  }
}
