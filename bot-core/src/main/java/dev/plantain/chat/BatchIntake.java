package dev.plantain.chat;

import dev.plantain.chat.Holding.Asker;
import dev.plantain.chat.Origins.Origin;
import dev.plantain.command.PictureSettings.Choice;
import dev.plantain.image.AspectRatio;
import dev.plantain.image.BatchModel;
import dev.plantain.image.ImageSize;
import dev.plantain.job.Job;
import dev.plantain.job.NewJob;
import dev.plantain.platform.Said;
import dev.plantain.quota.QuotaDecision;
import dev.plantain.storage.Tx;
import dev.plantain.text.Message;
import dev.plantain.text.Messages;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Writes the requests of a batch down: each gets a turn, a card and a reservation of its own, and
 * one job sees to the whole.
 */
final class BatchIntake {
  private final Stores stores;
  private final BatchStore batches;
  private final Origins origins;
  private final Holding holding;
  private final Billing billing;
  private final BatchModel model;
  private final Refusal refusals;
  private final Messages messages;
  private final InstantSource clock;

  BatchIntake(
      Stores stores,
      BatchStore batches,
      Origins origins,
      Holding holding,
      Billing billing,
      BatchModel model,
      Messages messages,
      InstantSource clock) {
    this.stores = stores;
    this.batches = batches;
    this.origins = origins;
    this.holding = holding;
    this.billing = billing;
    this.model = model;
    this.refusals = new Refusal(messages);
    this.messages = messages;
    this.clock = clock;
  }

  /** Who asks, and upon what. */
  record Asked(Job job, Visitor visitor, Said said, Origin origin, Asker asker) {}

  /** One request, and what its picture is to look like. */
  record Wanted(String words, Choice.Fits fits) {}

  /** Says why not all of a batch may be made: the transaction is to end without a trace. */
  static final class Declined extends RuntimeException {
    private final transient Visitor visitor;
    private final String why;

    private Declined(Visitor visitor, String why) {
      super(null, null, false, false);
      this.visitor = visitor;
      this.why = why;
    }

    Visitor visitor() {
      return visitor;
    }

    /** In the language of the member. */
    String why() {
      return why;
    }
  }

  /** The batch of which a request is being written. */
  private record Batch(long id, int size, boolean halfPrice) {}

  /**
   * Returns the number of the batch.
   *
   * @throws Declined moderators are to look at it first, or there is no room for all
   */
  long write(Tx tx, Asked asked, List<Wanted> wanted) {
    boolean halfPrice = wanted.stream().allMatch(one -> model.serves(one.fits().model()));
    long id =
        batches.add(
            tx,
            asked.job().id(),
            asked.visitor(),
            asked.said().message().value(),
            halfPrice,
            clock.instant());
    Batch batch = new Batch(id, wanted.size(), halfPrice);
    for (int i = 0; i < wanted.size(); i++) {
      write(tx, asked, batch, i + 1, wanted.get(i));
    }
    return id;
  }

  private void write(Tx tx, Asked asked, Batch batch, int number, Wanted wanted) {
    Instant now = clock.instant();
    Visitor visitor = asked.visitor();
    // The photos are fetched once, for the first.
    Origin origin =
        number == 1
            ? asked.origin()
            : new Origin(asked.origin().parent(), List.of(), Optional.empty());
    long turn = origins.addTurn(tx, visitor, origin, wanted.words());
    String lane = AdmitRequest.branchLane(turn);
    long job = accept(tx, asked.job(), number, lane, now);
    reserve(tx, asked, batch, number, wanted, job, turn);
    long card =
        stores
            .cards()
            .add(
                tx,
                new CardStore.Request(
                    job,
                    visitor.chat().id(),
                    visitor.member().id(),
                    turn,
                    lane,
                    false,
                    Optional.of(asked.said().message().value()),
                    wanted.fits().model().id(),
                    wanted.fits().ratio().map(AspectRatio::toString),
                    wanted.fits().size().map(ImageSize::label),
                    1,
                    visitor.language().code()),
                now);
    batches.add(tx, batch.id(), card, number);
    if (number == 1) {
      origins.taken(tx, visitor, asked.said(), turn);
    }
  }

  private long accept(Tx tx, Job whole, int number, String lane, Instant now) {
    String kind = number == 1 ? FetchPhotos.KIND : BatchedRequest.KIND;
    NewJob job = new NewJob(whole.key() + "#batch" + number, kind, lane, whole.tenant(), "", now);
    return stores.jobs().accept(tx, job, now).orElseThrow();
  }

  private void reserve(
      Tx tx, Asked asked, Batch batch, int number, Wanted wanted, long job, long turn) {
    Visitor visitor = asked.visitor();
    Billing.Wish wish =
        new Billing.Wish(
            job,
            visitor.member().id(),
            visitor.chat(),
            wanted.fits().model().id(),
            wanted.fits().size().map(ImageSize::label),
            batch.halfPrice());
    if (asked.asker() != Asker.MODERATOR
        && !holding.reasons(tx, wish, batch.size(), wanted.words()).isEmpty()) {
      throw new Declined(visitor, text(visitor, new Message.BatchNeedsApproval()));
    }
    Optional<QuotaDecision.Refused> refused = billing.reserve(tx, wish, turn);
    if (refused.isPresent()) {
      throw new Declined(
          visitor,
          text(visitor, new Message.BatchNoRoom(number - 1))
              + " "
              + refusals.text(refused.get(), clock.instant(), visitor.language()));
    }
  }

  private String text(Visitor visitor, Message message) {
    return messages.text(message, visitor.language());
  }
}
