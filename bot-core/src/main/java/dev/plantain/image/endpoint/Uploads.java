package dev.plantain.image.endpoint;

/**
 * Which pictures are put at an endpoint as files, to which requests then only refer.
 *
 * @param mostInlineBytes what a request may have with its pictures in it; a larger one goes with
 *     files unless there are none
 */
public record Uploads(When when, long mostInlineBytes) {
  /** What Google takes in one request: gemini.md, section 5. */
  public static final long GOOGLES_MOST = 100_000_000;

  /** All pictures go inside of the requests. */
  public static final Uploads NONE = new Uploads(When.NEVER, GOOGLES_MOST);

  public Uploads {
    if (mostInlineBytes <= 0) {
      throw new IllegalArgumentException("A request has some bytes.");
    }
  }

  /** When a picture becomes a file. */
  public enum When {
    /** It does not. */
    NEVER,
    /** When it is needed for the second time, or a request is too large with it. */
    REUSED,
    /** Before it is used at all. */
    ALWAYS
  }
}
