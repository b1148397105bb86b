package dev.plantain.platform;

import java.time.Duration;
import java.util.Optional;

/** The platform did not do what we asked. The message names no token and no address. */
public abstract sealed class PlatformException extends RuntimeException {

  private PlatformException(String message) {
    super(message);
  }

  private PlatformException(String message, Throwable cause) {
    super(message, cause);
  }

  /** It may work later. */
  public static final class Unavailable extends PlatformException {
    private final Optional<Duration> retryAfter;
    private final boolean mayHaveHappened;

    /**
     * @param retryAfter how long the platform tells us to wait
     * @param mayHaveHappened no answer came, so that what we asked for may have been done
     */
    public Unavailable(
        String message, Optional<Duration> retryAfter, boolean mayHaveHappened, Throwable cause) {
      super(message, cause);
      this.retryAfter = retryAfter;
      this.mayHaveHappened = mayHaveHappened;
    }

    public Unavailable(String message, Optional<Duration> retryAfter, boolean mayHaveHappened) {
      super(message);
      this.retryAfter = retryAfter;
      this.mayHaveHappened = mayHaveHappened;
    }

    public Optional<Duration> retryAfter() {
      return retryAfter;
    }

    public boolean mayHaveHappened() {
      return mayHaveHappened;
    }
  }

  /** It will never work. */
  public static final class Rejected extends PlatformException {
    private final Reason reason;

    public Rejected(Reason reason, String message) {
      super(message);
      this.reason = reason;
    }

    public Reason reason() {
      return reason;
    }
  }

  /** Why a platform rejects something. */
  public enum Reason {
    /** The message does not exist any more, or cannot be changed any more. */
    MESSAGE_GONE,
    /** The chat does not exist, or we are not in it, or may not write there. */
    CHAT_CLOSED,
    /** A file is larger than the platform lets us fetch or send. */
    TOO_LARGE,
    /** The attachment is not there any more. */
    ATTACHMENT_GONE,
    /** Anything else, which is a mistake of ours. */
    INVALID
  }
}
