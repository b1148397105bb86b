package dev.plantain.discord;

import dev.plantain.platform.PlatformException;
import dev.plantain.platform.PlatformException.Reason;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import net.dv8tion.jda.api.exceptions.ErrorResponseException;
import net.dv8tion.jda.api.requests.Response;

/** What the refusals of the Discord API mean for us (Topics, Opcodes and Status Codes, JSON). */
final class Refusals {

  private static final int UNKNOWN_CHANNEL = 10003;
  private static final int UNKNOWN_GUILD = 10004;
  private static final int UNKNOWN_MEMBER = 10007;
  private static final int UNKNOWN_MESSAGE = 10008;
  private static final int UNKNOWN_USER = 10013;
  private static final int UNKNOWN_WEBHOOK = 10015;
  private static final int UNKNOWN_INTERACTION = 10062;
  private static final int ALREADY_ACKNOWLEDGED = 40060;
  private static final int MISSING_PERMISSIONS = 50013;
  private static final int INVALID_WEBHOOK_TOKEN = 50027;
  private static final int CANNOT_REPLY = 160002;
  private static final int THREAD_THERE = 160004;

  /** Nobody else's message can be edited, nor one of the system. */
  private static final Set<Integer> UNCHANGEABLE = Set.of(50005, 50021, UNKNOWN_MESSAGE);

  /** The request, or a file in it, is too large. */
  private static final Set<Integer> TOO_LARGE = Set.of(40005, 50045);

  /** A message is kept back by AutoMod or by a filter. */
  private static final Set<Integer> BLOCKED = Set.of(20009, 200000, 200001, 240000);

  private static final Set<Integer> CLOSED =
      Set.of(
          UNKNOWN_CHANNEL,
          UNKNOWN_GUILD,
          UNKNOWN_WEBHOOK,
          UNKNOWN_INTERACTION,
          INVALID_WEBHOOK_TOKEN,
          // Slow mode, where it holds for us.
          20016,
          // No direct messages to this member; no further follow-ups without us in the server.
          50007,
          40094,
          // Missing access, missing permissions, not in this kind of channel.
          50001,
          MISSING_PERMISSIONS,
          CANNOT_REPLY,
          50008,
          50024,
          // A thread that is archived and locked.
          50083,
          160005);

  private static final Set<Integer> OVER =
      Set.of(UNKNOWN_MESSAGE, UNKNOWN_WEBHOOK, UNKNOWN_INTERACTION, INVALID_WEBHOOK_TOKEN);

  private Refusals() {}

  /** Discord said no, with a code that says why. */
  static final class Refused extends RuntimeException {
    private final int status;
    private final int code;

    private Refused(int status, int code, String told) {
      super(told);
      this.status = status;
      this.code = code;
    }

    /** An interaction cannot be answered any more. */
    boolean isOver() {
      return OVER.contains(code);
    }

    boolean isUnknownMessage() {
      return code == UNKNOWN_MESSAGE;
    }

    boolean isUnknownInteraction() {
      return code == UNKNOWN_INTERACTION;
    }

    boolean isThreadThere() {
      return code == THREAD_THERE;
    }

    boolean isAlreadyAcknowledged() {
      return code == ALREADY_ACKNOWLEDGED;
    }

    boolean isUnknownPerson() {
      return code == UNKNOWN_MEMBER || code == UNKNOWN_USER;
    }

    /** Replying takes the permission to read the history. */
    boolean mayBeForReplying() {
      return code == MISSING_PERMISSIONS || code == CANNOT_REPLY;
    }

    /** The words are not allowed there. */
    boolean isBlocked() {
      return BLOCKED.contains(code);
    }

    boolean isTooLarge() {
      return status == 413 || TOO_LARGE.contains(code);
    }

    /** For the core. */
    PlatformException.Rejected rejected() {
      return new PlatformException.Rejected(reason(), String.valueOf(getMessage()));
    }

    private Reason reason() {
      if (isTooLarge()) {
        return Reason.TOO_LARGE;
      }
      if (UNCHANGEABLE.contains(code)) {
        return Reason.MESSAGE_GONE;
      }
      boolean closed = CLOSED.contains(code) || isBlocked() || status == 403 || status == 404;
      return closed ? Reason.CHAT_CLOSED : Reason.INVALID;
    }
  }

  /**
   * What came instead of an answer, as what it means.
   *
   * @param what was asked, such as "the edit of a message"
   * @return {@link Refused}, {@link SignInRefused} or {@link PlatformException.Unavailable}
   */
  static RuntimeException of(String what, Throwable failure) {
    return switch (failure) {
      case ErrorResponseException error -> of(what, error);
      case CancellationException stopped ->
          unavailable("Waiting for %s was given up.".formatted(what), true);
      case RuntimeException fault -> fault;
      default -> new IllegalStateException("unforeseen failure of " + what, failure);
    };
  }

  /**
   * What was given up in the queue, before it was sent.
   *
   * @param wait how long Discord does not take it, where that is known
   */
  static PlatformException.Unavailable limited(String what, Optional<Duration> wait) {
    return new PlatformException.Unavailable(
        "Discord was not asked in time for %s, as it takes no more requests for now."
            .formatted(what),
        wait,
        false);
  }

  private static RuntimeException of(String what, ErrorResponseException error) {
    Response response = error.getResponse();
    if (response.isError() || response.code < 0) {
      Exception cause = response.getException();
      String kind = cause == null ? "no answer" : cause.getClass().getSimpleName();
      return unavailable("No answer from Discord to %s (%s).".formatted(what, kind), true);
    }
    return of(what, response.code, error.getErrorCode(), error.getMeaning());
  }

  /**
   * A refusal by its numbers.
   *
   * @param code Discord's own, 0 where it gave none
   */
  static RuntimeException of(String what, int status, int code, String meaning) {
    String told =
        "Discord refused %s: %s (status %d, code %d).".formatted(what, meaning, status, code);
    if (status == 401 && code != INVALID_WEBHOOK_TOKEN) {
      return SignInRefused.badToken();
    }
    if (status == 429) {
      return unavailable(told, false);
    }
    return status >= 500 ? unavailable(told, true) : new Refused(status, code, told);
  }

  private static PlatformException.Unavailable unavailable(String told, boolean mayHaveHappened) {
    return new PlatformException.Unavailable(told, Optional.empty(), mayHaveHappened);
  }
}
