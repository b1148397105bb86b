package dev.plantain.image;

import dev.plantain.conversation.Part;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

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
   */
  record Failed(Problem problem, Optional<Duration> retryAfter, String detail)
      implements ImageResult {

    /** The same with its detail in other words. */
    public Failed told(UnaryOperator<String> rewording) {
      return new Failed(problem, retryAfter, rewording.apply(detail));
    }
  }

  /**
   * Nobody was asked: there is no room at any provider before an instant.
   *
   * @param why what is short until then: {@link Problem#RATE_LIMITED} or another passing problem
   */
  record Waits(Instant until, Problem why) implements ImageResult {}

  /** Why no picture came of a request: one entry of the catalogue of failures. */
  sealed interface Trouble {

    /** The same in all logs and in the database. */
    String name();

    /** Whether the same call may work later, so that it is repeated by itself. */
    boolean passing();

    /** What the provider takes for the call. Members are never charged for trouble. */
    Bill bill();

    /** What an operator can do about it. */
    String advice();

    /** The entry of a name, unless it is none of ours. */
    static Optional<Trouble> find(String name) {
      return Stream.concat(Arrays.stream(Cause.values()), Arrays.<Trouble>stream(Problem.values()))
          .filter(trouble -> trouble.name().equals(name))
          .findFirst();
    }
  }

  /** What is owed for a call that brought no picture. */
  enum Bill {
    /** The provider did no work. */
    NOTHING,
    /** What the provider says that it counted, if anything. */
    AS_COUNTED,
    /** Perhaps all of it: nobody can know. */
    PERHAPS
  }

  /** Why a provider refuses. */
  enum Cause implements Trouble {
    /** The words or pictures of the member were blocked before anything was made. */
    REQUEST_BLOCKED("Nothing is wrong; moderators can choose how strictly it judges with /safety."),
    /** The picture was judged unsafe. */
    UNSAFE("Nothing is wrong; moderators can choose how strictly it judges with /safety."),
    /** The picture would break the provider's rules of use. */
    PROHIBITED("Nothing is wrong, and no setting changes it: its rules forbid the picture."),
    /** The picture is too close to somebody's work. */
    COPYRIGHT("Nothing is wrong; models differ in what they take for somebody's work."),
    /** The words hold personal data. */
    PERSONAL_DATA("Nothing is wrong; the words hold personal data."),
    /** The provider does not speak the language. */
    LANGUAGE("Nothing is wrong; the model does not know the language."),
    /** The answer was cut at a limit. */
    TOO_LONG("Nothing is wrong; less thinking (GEMINI_THINKING) leaves more room for the answer."),
    /** The provider gave a reason that we do not know. */
    UNKNOWN("Its reason is new to us; a newer version of Plantain may know it.");

    private final String advice;

    Cause(String advice) {
      this.advice = advice;
    }

    @Override
    public boolean passing() {
      return false;
    }

    @Override
    public Bill bill() {
      return Bill.AS_COUNTED;
    }

    @Override
    public String advice() {
      return advice;
    }
  }

  /** What went wrong. */
  enum Problem implements Trouble {
    OVERLOADED(
        true, Bill.NOTHING, "Wait, or give the model another endpoint or a fallback in `routes`."),
    RATE_LIMITED(
        true,
        Bill.NOTHING,
        "Tell the endpoint's limits, so that requests wait here, or give it another key."),
    /** Nothing left until the provider's next day. */
    DAY_EXHAUSTED(
        false, Bill.NOTHING, "Wait for the provider's next day, or give the endpoint another key."),
    /** The key may never use this model: its limit is zero. */
    NOT_INCLUDED(
        false, Bill.NOTHING, "Turn billing on for the key's project, or use a key that has it."),
    KEY_REJECTED(
        false,
        Bill.NOTHING,
        "Correct the endpoint's key, or how it is sent; then `plantain doctor`."),
    LOCATION_REJECTED(
        false, Bill.NOTHING, "The provider does not serve this country: use another endpoint."),
    /** The model does not exist any more, and neither does a successor. */
    MODEL_GONE(
        false,
        Bill.NOTHING,
        "See that the endpoint's `models` say what it calls the model, or take it off the list."),
    PICTURE_REJECTED(
        false, Bill.NOTHING, "Nothing is wrong; the picture is in a form that it does not read."),
    REQUEST_REJECTED(
        false,
        Bill.NOTHING,
        "See that the endpoint's `wire` is right; if it is, the model has changed: please report it."),
    /**
     * No answer within the time limit. It may have been billed, so that it is not repeated unasked.
     */
    TIMED_OUT(
        false,
        Bill.PERHAPS,
        "If it happens often, raise the endpoint's time limit or use another."),
    /** The connection broke before an answer began. */
    UNREACHABLE(true, Bill.NOTHING, "See that the address is right and the network works."),
    /** The answer broke off, or was none. It may have been billed. */
    GARBLED(
        false,
        Bill.PERHAPS,
        "See that the address and the `wire` belong together; gateways fail so."),
    /** The model ended without a picture and without a reason. */
    NO_PICTURE(true, Bill.AS_COUNTED, "Nothing is wrong; the model sometimes does that.");

    private final boolean passing;
    private final Bill bill;
    private final String advice;

    Problem(boolean passing, Bill bill, String advice) {
      this.passing = passing;
      this.bill = bill;
      this.advice = advice;
    }

    @Override
    public boolean passing() {
      return passing;
    }

    @Override
    public Bill bill() {
      return bill;
    }

    @Override
    public String advice() {
      return advice;
    }

    /** Whether the call may have been billed although nothing came of it. */
    public boolean perhapsPaid() {
      return bill == Bill.PERHAPS;
    }
  }
}
