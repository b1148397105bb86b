package dev.plantain.chat;

import dev.plantain.chat.HeldRequests.Outcome;
import dev.plantain.command.PictureSettings;
import dev.plantain.image.AspectRatio;
import dev.plantain.image.ImageResult.Trouble;
import dev.plantain.image.ImageSize;
import dev.plantain.storage.Reading;
import dev.plantain.storage.Row;
import dev.plantain.storage.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The table of cards. */
final class CardStore {
  private static final String SELECT =
      """
      select id, job_id, chat_id, member_id, turn_id, result_turn_id, lane, follows, request_message, state,
        model, ratio, size, copies, language, ending, accepted_at, rendering_at, retry_at,
        (select until from held_request where card_id = card.id and outcome is null) as held_until
      from card
      """;

  private final Billing billing;
  private final HeldRequests held;

  CardStore(Billing billing, HeldRequests held) {
    this.billing = billing;
    this.held = held;
  }

  /**
   * What a request asks for.
   *
   * @param copies how many pictures, of which each further one gets a card of its own
   */
  record Request(
      long jobId,
      long chatId,
      long memberId,
      long turnId,
      String lane,
      boolean follows,
      Optional<String> requestMessage,
      String model,
      Optional<String> ratio,
      Optional<String> size,
      int copies,
      String language) {}

  long add(Tx tx, Request request, Instant now) {
    return tx.insert(
        """
        insert into card (job_id, chat_id, member_id, turn_id, lane, follows, request_message, state, model,
          ratio, size, copies, language, accepted_at)
        values (?, ?, ?, ?, ?, ?, ?, 'accepted', ?, ?, ?, ?, ?, ?) returning id
        """,
        request.jobId(),
        request.chatId(),
        request.memberId(),
        request.turnId(),
        request.lane(),
        request.follows(),
        request.requestMessage(),
        request.model(),
        request.ratio(),
        request.size(),
        request.copies(),
        request.language(),
        now);
  }

  Optional<CardEntry> find(Reading reading, long id) {
    return reading.first(SELECT + " where id = ?", CardStore::entry, id);
  }

  Optional<CardEntry> ofJob(Reading reading, long jobId) {
    return reading.first(SELECT + " where job_id = ?", CardStore::entry, jobId);
  }

  /** The card that shows a model's turn. */
  Optional<CardEntry> ofResult(Reading reading, long resultTurnId) {
    return reading.first(SELECT + " where result_turn_id = ?", CardStore::entry, resultTurnId);
  }

  /** Those whose answer to a turn is still to come. */
  List<CardEntry> openOfTurn(Reading reading, long turnId) {
    return reading.list(
        SELECT + " where turn_id = ? and state in ('accepted', 'rendering') order by id",
        CardStore::entry,
        turnId);
  }

  /** The latest card that shows the answering of a member's turn. */
  Optional<CardEntry> ofTurn(Reading reading, long turnId) {
    return reading.first(SELECT + " where turn_id = ? order by id desc", CardStore::entry, turnId);
  }

  /** Whether nobody has asked for its turn before. */
  boolean isFirst(Reading reading, CardEntry card) {
    return !reading.exists(
        "select 1 from card where turn_id = ? and id < ?", card.turnId(), card.id());
  }

  /** Whether nothing else came, or may still come, of the turn that a card answers. */
  boolean standsAlone(Reading reading, CardEntry card) {
    return !reading.exists(
        """
        select 1 from card where turn_id = ? and id <> ?
          and state not in ('refused', 'failed', 'cancelled')
        """,
        card.turnId(),
        card.id());
  }

  /** Those whose progress is to be shown. */
  List<CardEntry> open(Reading reading) {
    return reading.list(
        SELECT + " where state in ('accepted', 'rendering') order by id", CardStore::entry);
  }

  /** Those of a member in the chats of a community that have not been begun. */
  List<CardEntry> waitingOf(Reading reading, long communityId, long memberId) {
    return reading.list(
        SELECT
            + """
             where state = 'accepted' and member_id = ?
               and chat_id in (select id from chat where community_id = ?)
             order by id
            """,
        CardStore::entry,
        memberId,
        communityId);
  }

  /** Something else is asked for, before it was begun. */
  void askFor(Tx tx, CardEntry card, PictureSettings.Choice.Fits choice) {
    tx.update(
        "update card set model = ?, ratio = ?, size = ? where id = ?",
        choice.model().id(),
        choice.ratio().map(AspectRatio::toString),
        choice.size().map(ImageSize::label),
        card.id());
  }

  /**
   * The model is about to be asked.
   *
   * @param givesUpAt until when, if this is the first time
   */
  void rendering(Tx tx, long id, Instant now, Instant givesUpAt) {
    tx.update(
        """
        update card set state = 'rendering', rendering_at = ?, retry_at = null,
          gives_up_at = coalesce(gives_up_at, ?)
        where id = ?
        """,
        now,
        givesUpAt,
        id);
  }

  /** Back to waiting, as the model could not be asked now. */
  void waiting(Tx tx, long id, Instant retryAt) {
    tx.update(
        "update card set state = 'accepted', rendering_at = null, retry_at = ? where id = ?",
        retryAt,
        id);
  }

  /**
   * Before the model is asked, there was no room for a look at the request.
   *
   * @param givesUpAt until when, if this is the first time
   */
  void waiting(Tx tx, long id, Instant retryAt, Instant givesUpAt) {
    tx.update(
        "update card set retry_at = ?, gives_up_at = coalesce(gives_up_at, ?) where id = ?",
        retryAt,
        givesUpAt,
        id);
  }

  /** Until when the model is asked again, once it was asked. */
  Optional<Instant> givesUpAt(Reading reading, long id) {
    return reading
        .first(
            "select gives_up_at from card where id = ?",
            row -> row.optionalNumber("gives_up_at"),
            id)
        .flatMap(at -> at)
        .map(Instant::ofEpochMilli);
  }

  void rendered(Tx tx, long id, long resultTurnId) {
    tx.update(
        "update card set state = 'rendered', result_turn_id = ? where id = ?", resultTurnId, id);
  }

  /** Words of ours to be shown below the result. */
  void note(Tx tx, long id, String words) {
    tx.update("update card set ending = ? where id = ?", words, id);
  }

  /** Why no picture came of it. */
  void note(Tx tx, long id, Trouble trouble) {
    tx.update("update card set trouble = ? where id = ?", trouble.name(), id);
  }

  /** Why no picture came of it, where that was the model's doing. */
  Optional<Trouble> trouble(Reading reading, long id) {
    return reading
        .first("select trouble from card where id = ?", row -> row.optionalText("trouble"), id)
        .flatMap(trouble -> trouble)
        .flatMap(Trouble::find);
  }

  void delivered(Tx tx, long id, Instant now) {
    tx.update("update card set state = 'delivered', ended_at = ? where id = ?", now, id);
  }

  /** Ends without a picture: what was reserved for it comes back, and moderators hear of it. */
  void end(Tx tx, CardEntry card, JobState state, String ending, Instant now) {
    billing.release(tx, card);
    Outcome outcome = state == JobState.CANCELLED ? Outcome.CANCELLED : Outcome.ENDED;
    held.decide(tx, card.id(), outcome, Optional.empty());
    tx.update(
        "update card set state = ?, ending = ?, ended_at = ? where id = ?",
        state.word(),
        ending,
        now,
        card.id());
  }

  private static CardEntry entry(Row row) {
    return new CardEntry(
        row.number("id"),
        row.number("job_id"),
        row.number("chat_id"),
        row.number("member_id"),
        row.number("turn_id"),
        row.optionalNumber("result_turn_id"),
        row.text("lane"),
        row.flag("follows"),
        row.optionalText("request_message"),
        JobState.of(row.text("state")),
        row.text("model"),
        row.optionalText("ratio"),
        row.optionalText("size"),
        (int) row.number("copies"),
        row.text("language"),
        row.optionalText("ending"),
        row.instant("accepted_at"),
        row.optionalNumber("rendering_at").map(Instant::ofEpochMilli),
        row.optionalNumber("held_until").map(Instant::ofEpochMilli),
        row.optionalNumber("retry_at").map(Instant::ofEpochMilli));
  }
}
