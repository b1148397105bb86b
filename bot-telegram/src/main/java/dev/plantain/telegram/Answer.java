package dev.plantain.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;

/** What came back for a call. */
sealed interface Answer {

  /**
   * The call was executed.
   *
   * @param envelope the whole answer, with {@code ok} and {@code result}
   */
  record Done(JsonNode envelope) implements Answer {
    JsonNode result() {
      return envelope.path("result");
    }
  }

  /** The Bot API says no. */
  record Refused(
      int code, String description, Optional<Duration> retryAfter, Optional<Long> migratedTo)
      implements Answer {}

  /** Something that is not the Bot API answered: a proxy, or a server that is being restarted. */
  record Foreign(int status) implements Answer {}
}
