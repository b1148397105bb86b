package dev.plantain.chat;

import dev.plantain.image.BatchModel.Parcel;
import dev.plantain.storage.Reading;
import dev.plantain.storage.Row;
import dev.plantain.storage.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The tables of batches, of what is in them, and of the parcels in which they are sent. */
final class BatchStore {
  private static final String SELECT =
      """
      select id, job_id, chat_id, member_id, request_message, language, half_price, ready, cancelled, accepted_at
      from batch
      """;

  private static final String ITEMS =
      "select card_id, batch_id, number, parcel_id, accounted from batch_item";

  /**
   * A batch.
   *
   * @param jobId that of the job that sees to the whole of it
   * @param halfPrice a provider makes it at its own pace; otherwise each is asked for by itself
   * @param ready the photos that all of it goes on from are there
   */
  record Batch(
      long id,
      long jobId,
      long chatId,
      long memberId,
      Optional<String> requestMessage,
      String language,
      boolean halfPrice,
      boolean ready,
      boolean cancelled,
      Instant acceptedAt) {

    /** Under this key the message is posted that shows how far it is. */
    String postingKey() {
      return "batch:" + id;
    }
  }

  /**
   * A request of a batch.
   *
   * @param accounted what its provider takes for it is written down
   */
  record Item(long cardId, long batchId, int number, Optional<Long> parcelId, boolean accounted) {}

  /**
   * What is sent together.
   *
   * @param sent empty as long as nobody knows that it has arrived
   * @param triedAt since when somebody is asked to take it
   * @param triedLine where it may have arrived
   */
  record Sending(
      long id,
      String label,
      Optional<Parcel> sent,
      Optional<Instant> triedAt,
      Optional<String> triedLine,
      Optional<Instant> sentAt,
      boolean ended) {}

  long add(
      Tx tx, long jobId, Visitor visitor, String requestMessage, boolean halfPrice, Instant now) {
    return tx.insert(
        """
        insert into batch (job_id, chat_id, member_id, request_message, language, half_price, accepted_at)
        values (?, ?, ?, ?, ?, ?, ?) returning id
        """,
        jobId,
        visitor.chat().id(),
        visitor.member().id(),
        requestMessage,
        visitor.language().code(),
        halfPrice,
        now);
  }

  void add(Tx tx, long batchId, long cardId, int number) {
    tx.update(
        "insert into batch_item (card_id, batch_id, number) values (?, ?, ?)",
        cardId,
        batchId,
        number);
  }

  Optional<Batch> find(Reading reading, long id) {
    return reading.first(SELECT + " where id = ?", BatchStore::batch, id);
  }

  Optional<Batch> ofJob(Reading reading, long jobId) {
    return reading.first(SELECT + " where job_id = ?", BatchStore::batch, jobId);
  }

  /** The batch to which a card belongs. */
  Optional<Batch> ofCard(Reading reading, long cardId) {
    return reading.first(
        SELECT + " where id = (select batch_id from batch_item where card_id = ?)",
        BatchStore::batch,
        cardId);
  }

  Optional<Item> item(Reading reading, long cardId) {
    return reading.first(ITEMS + " where card_id = ?", BatchStore::item, cardId);
  }

  /** Those of a chat of which something is still to come. */
  List<Batch> openIn(Reading reading, long chatId) {
    return reading.list(
        SELECT
            + """
             where chat_id = ? and exists (select 1 from batch_item join card on card.id = card_id
               where batch_id = batch.id and card.state in ('accepted', 'rendering'))
             order by id
            """,
        BatchStore::batch,
        chatId);
  }

  /** In the order in which they were asked for. */
  List<Item> items(Reading reading, long batchId) {
    return reading.list(ITEMS + " where batch_id = ? order by number", BatchStore::item, batchId);
  }

  int count(Reading reading, long batchId) {
    return reading
        .first(
            "select count(*) as items from batch_item where batch_id = ?",
            row -> row.integer("items"),
            batchId)
        .orElseThrow();
  }

  void ready(Tx tx, long batchId) {
    tx.update("update batch set ready = 1 where id = ?", batchId);
  }

  void cancel(Tx tx, long batchId) {
    tx.update("update batch set cancelled = 1 where id = ?", batchId);
  }

  /** What its provider takes for it is written down. Returns false where it was already. */
  boolean account(Tx tx, long cardId) {
    return tx.update(
            "update batch_item set accounted = 1 where card_id = ? and accounted = 0", cardId)
        > 0;
  }

  /** Puts requests together, to be sent; nothing has been tried yet. */
  void pack(Tx tx, long batchId, String label, List<CardEntry> cards) {
    long parcel =
        tx.insert(
            "insert into parcel (batch_id, label) values (?, ?) returning id", batchId, label);
    for (CardEntry card : cards) {
      tx.update("update batch_item set parcel_id = ? where card_id = ?", parcel, card.id());
    }
  }

  List<Sending> parcels(Reading reading, long batchId) {
    return reading.list(
        """
        select id, label, line, name, tried_at, tried_line, sent_at, ended from parcel where batch_id = ? order by id
        """,
        row ->
            new Sending(
                row.number("id"),
                row.text("label"),
                row.optionalText("line")
                    .flatMap(line -> row.optionalText("name").map(name -> new Parcel(line, name))),
                row.optionalNumber("tried_at").map(Instant::ofEpochMilli),
                row.optionalText("tried_line"),
                row.optionalNumber("sent_at").map(Instant::ofEpochMilli),
                row.flag("ended")),
        batchId);
  }

  void tried(Tx tx, long parcelId, Instant now) {
    tx.update("update parcel set tried_at = coalesce(tried_at, ?) where id = ?", now, parcelId);
  }

  /** Notes where it may have arrived; nothing where it is not, for certain. */
  void triedAt(Tx tx, long parcelId, Optional<String> line) {
    tx.update("update parcel set tried_line = ? where id = ?", line, parcelId);
  }

  void sent(Tx tx, long parcelId, Parcel parcel, Instant now) {
    tx.update(
        "update parcel set line = ?, name = ?, sent_at = ? where id = ?",
        parcel.line(),
        parcel.name(),
        now,
        parcelId);
  }

  void ended(Tx tx, long parcelId) {
    tx.update("update parcel set ended = 1 where id = ?", parcelId);
  }

  private static Batch batch(Row row) {
    return new Batch(
        row.number("id"),
        row.number("job_id"),
        row.number("chat_id"),
        row.number("member_id"),
        row.optionalText("request_message"),
        row.text("language"),
        row.flag("half_price"),
        row.flag("ready"),
        row.flag("cancelled"),
        row.instant("accepted_at"));
  }

  private static Item item(Row row) {
    return new Item(
        row.number("card_id"),
        row.number("batch_id"),
        row.integer("number"),
        row.optionalNumber("parcel_id"),
        row.flag("accounted"));
  }
}
