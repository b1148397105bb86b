package dev.plantain.image;

import dev.plantain.conversation.Part;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** How a call to a model ended. */
public sealed interface ImageResult {

  /**
   * A picture was made.
   *
   * @param parts as the model gave them, without its thoughts; the last image is the answer, those
   *     before it are drafts or further pictures
   * @param answeredBy the id of the model that answered, which differs from the one asked when that
   *     one is gone
   */
  record Made(List<Part> parts, String answeredBy, Usage usage) implements ImageResult {
    public Made {
      parts = List.copyOf(parts);
      if (parts.stream().noneMatch(Part.Image.class::isInstance)) {
        throw new IllegalArgumentException("no picture was made");
      }
    }
  }

  /** The model answered in words only. */
  record Spoke(List<Part> parts, String answeredBy, Usage usage) implements ImageResult {
    public Spoke {
      parts = List.copyOf(parts);
    }
  }

  /**
   * The provider refused; asking the same again does not help.
   *
   * @param explanation in the provider's words
   */
  record Refused(Cause cause, Optional<String> explanation, Usage usage) implements ImageResult {}

  /**
   * The provider or the way to it failed.
   *
   * @param retryAfter how long the provider tells us to wait
   * @param detail for the operator's log; holds no secret
   * @param usage what it took all the same, where an answer came that says so
   */
  record Failed(Problem problem, Optional<Duration> retryAfter, String detail, Usage usage)
      implements ImageResult {

    /** Nothing is known to have been used. */
    public Failed(Problem problem, Optional<Duration> retryAfter, String detail) {
      this(problem, retryAfter, detail, Usage.NONE);
    }

    /** The same with its detail in other words. */
    public Failed told(UnaryOperator<String> rewording) {
      return new Failed(problem, retryAfter, rewording.apply(detail), usage);
    }
  }

  /**
   * Nobody was asked: there is no room at any provider before an instant.
   *
   * @param why what is short until then: {@link Problem#RATE_LIMITED} or another passing problem
   */
  record Waits(Instant until, Problem why) implements ImageResult {}

  /** Why a provider refuses. */
  enum Cause {
    /** The words or pictures of the member were blocked before anything was made. */
    REQUEST_BLOCKED,
    /** The picture was judged unsafe. */
    UNSAFE,
    /** The picture would break the provider's rules of use. */
    PROHIBITED,
    /** The picture is too close to somebody's work. */
    COPYRIGHT,
    /** The words hold personal data. */
    PERSONAL_DATA,
    /** The provider does not speak the language. */
    LANGUAGE,
    /** The answer was cut at a limit. */
    TOO_LONG,
    /** The provider gave a reason that we do not know. */
    UNKNOWN
  }

  /** What went wrong, and whether the same call may work later. */
  enum Problem {
    OVERLOADED(true),
    RATE_LIMITED(true),
    /** Nothing left until the provider's next day. */
    DAY_EXHAUSTED(false),
    /** The key may never use this model: its limit is zero. */
    NOT_INCLUDED(false),
    KEY_REJECTED(false),
    LOCATION_REJECTED(false),
    /** The model does not exist any more, and neither does a successor. */
    MODEL_GONE(false),
    PICTURE_REJECTED(false),
    REQUEST_REJECTED(false),
    /**
     * No answer within the time limit. It may have been billed, so that it is not repeated unasked.
     */
    TIMED_OUT(false),
    /** The connection broke before an answer began. */
    UNREACHABLE(true),
    /** The answer broke off, or was none. It may have been billed. */
    GARBLED(false),
    /** The model ended without a picture and without a reason. */
    NO_PICTURE(true);

    private final boolean passing;

    Problem(boolean passing) {
      this.passing = passing;
    }

    /** Whether the same call may work later. */
    public boolean passing() {
      return passing;
    }

    /** Whether the call may have been billed although nothing came of it. */
    public boolean perhapsPaid() {
      return this == TIMED_OUT || this == GARBLED;
    }
  }
}
