package dev.plantain.chat;

import dev.plantain.chat.HeldRequests.Held;
import dev.plantain.chat.HeldRequests.Outcome;
import dev.plantain.conversation.Roster;
import dev.plantain.conversation.Turn;
import dev.plantain.job.Ending;
import dev.plantain.moderation.ApprovalRules;
import dev.plantain.moderation.AuditTrail;
import dev.plantain.moderation.Verdict;
import dev.plantain.platform.Place;
import dev.plantain.platform.PlatformException;
import dev.plantain.quota.QuotaDecision;
import dev.plantain.storage.Tx;
import dev.plantain.text.Message;
import dev.plantain.text.Messages;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * What those who govern a community decide about a request that waits for them, by a button of its
 * card or by a reply. The first one decides; everybody after it is told what was decided and by
 * whom.
 */
final class PressedDecision {
  /** Characters of the words that the record of what moderators did repeats. */
  private static final int LONGEST_NOTED = 60;

  /** Characters of a reason. */
  private static final int LONGEST_REASON = 300;

  private static final String COMMAND = "approve";

  private final Stores stores;
  private final Platforms platforms;
  private final HeldRequests held;
  private final ApprovalRules rules;
  private final AuditTrail trail;
  private final Billing billing;
  private final Gate gate;
  private final Cancellation cancellation;
  private final Refusal refusals;
  private final Replies replies;
  private final Messages messages;
  private final PressAnswers answers;
  private final InstantSource clock;

  PressedDecision(
      Stores stores,
      Platforms platforms,
      HeldRequests held,
      ApprovalRules rules,
      AuditTrail trail,
      Billing billing,
      Gate gate,
      Cancellation cancellation,
      Replies replies,
      Messages messages,
      InstantSource clock) {
    this.stores = stores;
    this.platforms = platforms;
    this.held = held;
    this.rules = rules;
    this.trail = trail;
    this.billing = billing;
    this.gate = gate;
    this.cancellation = cancellation;
    this.refusals = new Refusal(messages);
    this.replies = replies;
    this.messages = messages;
    this.answers = new PressAnswers(platforms, messages);
    this.clock = clock;
  }

  /** Which outcome a button stands for; empty for other buttons. */
  static Optional<Outcome> outcome(String action) {
    return switch (action) {
      case "approve" -> Optional.of(Outcome.APPROVED);
      case "trust" -> Optional.of(Outcome.TRUSTED);
      case "deny" -> Optional.of(Outcome.DENIED);
      default -> Optional.empty();
    };
  }

  /**
   * @param data the card, and the edition of the request that was shown: {@code 12:0}
   */
  Ending press(Press press, Outcome wanted, String data) {
    if (!data.matches("\\d{1,18}:\\d{1,9}")) {
      return answers.tell(press, new Message.AlertOutdated());
    }
    String[] numbers = data.split(":", 2);
    long cardId = Long.parseLong(numbers[0]);
    if (!governs(press.visitor(), cardId)) {
      return answers.tell(press, new Message.ModeratorsDecideThis());
    }
    int edition = Integer.parseInt(numbers[1]);
    Answer answer =
        stores
            .database()
            .write(tx -> decide(tx, press.visitor(), cardId, edition, wanted, Optional.empty()));
    answers.answer(press, answer.words(), answer.alert());
    return Ending.done();
  }

  /**
   * Denies a request and says why. Blocks on the network.
   *
   * @return what the visitor is told; empty where others decide
   */
  Optional<String> deny(Visitor visitor, long cardId, String reason) {
    return governs(visitor, cardId)
        ? Optional.of(
            stores
                .database()
                .write(tx ->
                    decide(
                        tx,
                        visitor,
                        cardId,
                        0,
                        Outcome.DENIED,
                        Optional.of(shortened(reason, LONGEST_REASON))))
                .words())
        : Optional.empty();
  }

  /** A chat that we have left has nobody any more who could tell us. */
  private boolean governs(Visitor visitor, long cardId) {
    return stores
        .database()
        .read(reading ->
            held.find(reading, cardId)
                .flatMap(of -> stores.cards().find(reading, of.cardId()))
                .map(card -> stores.roster().place(reading, card.chatId())))
        .filter(place -> governs(visitor, place))
        .isPresent();
  }

  private boolean governs(Visitor visitor, Place place) {
    try {
      return place.chat().platform().equals(visitor.chat().ref().platform())
          && platforms.of(place.chat()).isModerator(place, visitor.member().ref());
    } catch (PlatformException.Rejected e) {
      return false;
    }
  }

  /**
   * What the presser is told.
   *
   * @param alert nothing came of the press
   */
  private record Answer(String words, boolean alert) {}

  private Answer decide(
      Tx tx, Visitor visitor, long cardId, int edition, Outcome wanted, Optional<String> reason) {
    Held request = held.find(tx, cardId).orElseThrow();
    CardEntry card = stores.cards().find(tx, cardId).orElseThrow();
    if (request.outcome().isPresent()) {
      return decided(tx, visitor, request, request.outcome().get());
    }
    if (!clock.instant().isBefore(request.until())) {
      return alert(visitor, new Message.AlertHeldTooLate());
    }
    if (wanted == Outcome.DENIED) {
      return deny(tx, visitor, request, card, reason);
    }
    return edition == request.edition()
        ? approve(tx, visitor, request, card, wanted)
        : alert(visitor, new Message.AlertHeldChanged());
  }

  /** Perhaps it was this press that did it, and the process ended before it was answered. */
  private Answer decided(Tx tx, Visitor visitor, Held request, Outcome outcome) {
    boolean own = request.by().filter(by -> by == visitor.member().id()).isPresent();
    String by =
        request
            .by()
            .flatMap(id -> stores.roster().known(tx, id))
            .map(Roster.Member::name)
            .orElse("");
    return switch (outcome) {
      case APPROVED, TRUSTED ->
          own ? note(visitor, done(outcome)) : alert(visitor, new Message.AlertHeldApprovedBy(by));
      case DENIED ->
          own ? note(visitor, done(outcome)) : alert(visitor, new Message.AlertHeldDeniedBy(by));
      case EXPIRED -> alert(visitor, new Message.AlertHeldTooLate());
      case CANCELLED -> alert(visitor, new Message.AlertHeldCancelled());
      case ENDED -> alert(visitor, new Message.AlertHeldEnded());
    };
  }

  private static Message done(Outcome outcome) {
    return switch (outcome) {
      case APPROVED -> new Message.AlertApproved();
      case TRUSTED -> new Message.AlertTrusted();
      case DENIED -> new Message.AlertDenied();
      case EXPIRED, CANCELLED, ENDED -> new Message.AlertHeldEnded();
    };
  }

  private Answer approve(Tx tx, Visitor visitor, Held request, CardEntry card, Outcome wanted) {
    Instant now = clock.instant();
    if (gate.of(tx, card, words(tx, card)) instanceof Verdict.Closed closed) {
      cancellation.refuse(tx, card, gate.words(closed, replies.language(card)));
      return alert(visitor, new Message.AlertHeldEnded());
    }
    Roster.Chat chat = stores.roster().chat(tx, card.chatId());
    Billing.Wish wish =
        new Billing.Wish(card.jobId(), card.memberId(), chat, card.model(), card.size());
    Optional<QuotaDecision.Refused> refused = billing.refusalOfApproved(tx, wish, card.copies());
    if (refused.isPresent()) {
      return new Answer(refusals.text(refused.get(), now, visitor.language()), true);
    }
    billing.approve(tx, wish, card.turnId(), visitor.member().id());
    held.decide(tx, card.id(), wanted, Optional.of(visitor.member().id()));
    stores.conversations().reinstate(tx, card.turnId());
    becomeHead(tx, card, now);
    stores.jobs().redirect(tx, card.jobId(), FetchPhotos.KIND, card.lane(), now);
    if (wanted == Outcome.TRUSTED) {
      rules.trust(tx, request.communityId(), card.memberId());
    }
    note(tx, visitor, request, card, wanted);
    return note(visitor, done(wanted));
  }

  /** The chat goes on from it, unless it has gone elsewhere in the meantime. */
  private static void becomeHead(Tx tx, CardEntry card, Instant now) {
    tx.update(
        """
        update chat set head_turn_id = ?, last_turn_at = ?
        where id = ? and (last_turn_at is null or last_turn_at <= ?)
        """,
        card.turnId(),
        now,
        card.chatId(),
        card.acceptedAt());
  }

  private Answer deny(
      Tx tx, Visitor visitor, Held request, CardEntry card, Optional<String> reason) {
    held.decide(tx, card.id(), Outcome.DENIED, Optional.of(visitor.member().id()));
    Message told =
        reason.<Message>map(Message.HeldDeniedBecause::new).orElseGet(Message.HeldDenied::new);
    cancellation.refuse(tx, card, replies.text(card, told));
    note(tx, visitor, request, card, Outcome.DENIED);
    return note(visitor, done(Outcome.DENIED));
  }

  private void note(Tx tx, Visitor visitor, Held request, CardEntry card, Outcome outcome) {
    Roster.Member asker = stores.roster().member(tx, card.memberId());
    String who = "@" + asker.handle().orElse(asker.name());
    String words = words(tx, card);
    String shown = shortened(words, LONGEST_NOTED);
    trail.note(
        tx,
        request.communityId(),
        visitor.chat().id(),
        visitor.member().id(),
        COMMAND,
        outcome == Outcome.TRUSTED
            ? "trust " + who + " (" + shown + ")"
            : "("
                + outcome.name().toLowerCase(java.util.Locale.ROOT)
                + " "
                + who
                + ": "
                + shown
                + ")",
        clock.instant());
  }

  private static String shortened(String words, int most) {
    return words.codePointCount(0, words.length()) <= most
        ? words
        : words.substring(0, words.offsetByCodePoints(0, most)) + "…";
  }

  private String words(Tx tx, CardEntry card) {
    return stores.conversations().find(tx, card.turnId()).map(Turn::words).orElse("");
  }

  private Answer alert(Visitor visitor, Message message) {
    return new Answer(messages.text(message, visitor.language()), true);
  }

  private Answer note(Visitor visitor, Message message) {
    return new Answer(messages.text(message, visitor.language()), false);
  }
}
