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
 * Presses of those who govern a community on the card of a request that waits for them. The first
 * one decides; everybody after it is told what was decided and by whom.
 */
final class PressedDecision {
  /** Characters of the words that the record of what moderators did repeats. */
  private static final int LONGEST_NOTED = 60;

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
    Optional<Place> place =
        stores
            .database()
            .read(reading ->
                held.find(reading, cardId)
                    .flatMap(of -> stores.cards().find(reading, of.cardId()))
                    .map(card -> stores.roster().place(reading, card.chatId())));
    if (place.isEmpty() || !governs(press, place.get())) {
      return answers.tell(press, new Message.ModeratorsDecideThis());
    }
    int edition = Integer.parseInt(numbers[1]);
    Answer answer = stores.database().write(tx -> decide(tx, press, cardId, edition, wanted));
    answers.answer(press, answer.words(), answer.alert());
    return Ending.done();
  }

  /** A chat that we have left has nobody any more who could tell us. */
  private boolean governs(Press press, Place place) {
    try {
      return place.chat().platform().equals(press.chat().ref().platform())
          && platforms.of(place.chat()).isModerator(place, press.event().sender().member());
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

  private Answer decide(Tx tx, Press press, long cardId, int edition, Outcome wanted) {
    Held request = held.find(tx, cardId).orElseThrow();
    CardEntry card = stores.cards().find(tx, cardId).orElseThrow();
    if (request.outcome().isPresent()) {
      return decided(tx, press, request, request.outcome().get());
    }
    if (!clock.instant().isBefore(request.until())) {
      return alert(press, new Message.AlertHeldTooLate());
    }
    if (wanted == Outcome.DENIED) {
      return deny(tx, press, request, card);
    }
    return edition == request.edition()
        ? approve(tx, press, request, card, wanted)
        : alert(press, new Message.AlertHeldChanged());
  }

  /** Perhaps it was this press that did it, and the process ended before it was answered. */
  private Answer decided(Tx tx, Press press, Held request, Outcome outcome) {
    boolean own = request.by().filter(by -> by == press.member().id()).isPresent();
    String by =
        request
            .by()
            .flatMap(id -> stores.roster().known(tx, id))
            .map(Roster.Member::name)
            .orElse("");
    return switch (outcome) {
      case APPROVED, TRUSTED ->
          own ? note(press, done(outcome)) : alert(press, new Message.AlertHeldApprovedBy(by));
      case DENIED ->
          own ? note(press, done(outcome)) : alert(press, new Message.AlertHeldDeniedBy(by));
      case EXPIRED -> alert(press, new Message.AlertHeldTooLate());
      case CANCELLED -> alert(press, new Message.AlertHeldCancelled());
      case ENDED -> alert(press, new Message.AlertHeldEnded());
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

  private Answer approve(Tx tx, Press press, Held request, CardEntry card, Outcome wanted) {
    Instant now = clock.instant();
    if (gate.of(tx, card, words(tx, card)) instanceof Verdict.Closed closed) {
      cancellation.refuse(tx, card, gate.words(closed, replies.language(card)));
      return alert(press, new Message.AlertHeldEnded());
    }
    Roster.Chat chat = stores.roster().chat(tx, card.chatId());
    Billing.Wish wish =
        new Billing.Wish(card.jobId(), card.memberId(), chat, card.model(), card.size());
    Optional<QuotaDecision.Refused> refused = billing.refusalOfApproved(tx, wish, card.copies());
    if (refused.isPresent()) {
      return new Answer(refusals.text(refused.get(), now, press.language()), true);
    }
    billing.approve(tx, wish, card.turnId(), press.member().id());
    held.decide(tx, card.id(), wanted, Optional.of(press.member().id()));
    stores.conversations().reinstate(tx, card.turnId());
    becomeHead(tx, card, now);
    stores.jobs().redirect(tx, card.jobId(), FetchPhotos.KIND, card.lane(), now);
    if (wanted == Outcome.TRUSTED) {
      rules.trust(tx, request.communityId(), card.memberId());
    }
    note(tx, press, request, card, wanted);
    return note(press, done(wanted));
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

  private Answer deny(Tx tx, Press press, Held request, CardEntry card) {
    held.decide(tx, card.id(), Outcome.DENIED, Optional.of(press.member().id()));
    cancellation.refuse(tx, card, replies.text(card, new Message.HeldDenied()));
    note(tx, press, request, card, Outcome.DENIED);
    return note(press, done(Outcome.DENIED));
  }

  private void note(Tx tx, Press press, Held request, CardEntry card, Outcome outcome) {
    Roster.Member asker = stores.roster().member(tx, card.memberId());
    String who = "@" + asker.handle().orElse(asker.name());
    String words = words(tx, card);
    String shown =
        words.codePointCount(0, words.length()) <= LONGEST_NOTED
            ? words
            : words.substring(0, words.offsetByCodePoints(0, LONGEST_NOTED)) + "…";
    trail.note(
        tx,
        request.communityId(),
        press.chat().id(),
        press.member().id(),
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

  private String words(Tx tx, CardEntry card) {
    return stores.conversations().find(tx, card.turnId()).map(Turn::words).orElse("");
  }

  private Answer alert(Press press, Message message) {
    return new Answer(messages.text(message, press.language()), true);
  }

  private Answer note(Press press, Message message) {
    return new Answer(messages.text(message, press.language()), false);
  }
}
