package dev.plantain.image.endpoint;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Counts what goes through one key as its provider does, so that what is too much waits here and
 * not in a refusal. Used by many threads.
 */
final class Limiter {
  /** Where Google's days end: gemini.md, section 4. */
  static final ZoneId DAY_ZONE = ZoneId.of("America/Los_Angeles");

  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** How soon to look again for a place that somebody else's request takes. */
  private static final Duration SOON = Duration.ofSeconds(1);

  private final String line;
  private final Limits limits;
  private final DayCounts days;
  private final Deque<Sent> lastMinute = new ArrayDeque<>();
  private int running;

  private record Sent(Instant at, long tokens) {}

  Limiter(String line, Limits limits, DayCounts days) {
    this.line = line;
    this.limits = limits;
    this.days = days;
  }

  /** Whether a request may go. */
  sealed interface Answer {
    /** It may, and is counted: say when it has ended. */
    record Go() implements Answer {}

    /**
     * Not before that instant.
     *
     * @param untilTomorrow what is short comes back with the provider's next day only
     */
    record NotBefore(Instant instant, boolean untilTomorrow) implements Answer {}
  }

  /**
   * Asks for room, and takes it where there is any. May block on a disk where days are limited,
   * which keeps nobody else waiting.
   *
   * @param tokens that the request will likely take
   */
  Answer ask(Instant now, long tokens) {
    if (limits.requestsPerDay().isEmpty()) {
      return take(now, tokens);
    }
    // The day is kept in one place for all that is sent with the key, words and pictures.
    int most = limits.requestsPerDay().get();
    LocalDate today = day(now);
    if (days.of(line, today) >= most) {
      return new Answer.NotBefore(tomorrow(now), true);
    }
    Answer answer = take(now, tokens);
    return answer instanceof Answer.Go && !counts(today, most)
        ? new Answer.NotBefore(tomorrow(now), true)
        : answer;
  }

  /** Writes down what has its place, or else gives that back. */
  private boolean counts(LocalDate today, int most) {
    boolean counted = false;
    try {
      counted = days.add(line, today, most);
    } finally {
      if (!counted) {
        ended();
      }
    }
    return counted;
  }

  private synchronized Answer take(Instant now, long tokens) {
    forget(now);
    Optional<Answer.NotBefore> wait = wait(now, tokens);
    if (wait.isPresent()) {
      return wait.get();
    }
    lastMinute.addLast(new Sent(now, tokens));
    running++;
    return new Answer.Go();
  }

  private Optional<Answer.NotBefore> wait(Instant now, long tokens) {
    Optional<Instant> minute =
        limits
            .requestsPerMinute()
            .filter(most -> lastMinute.size() >= most)
            .map(most -> nth(lastMinute.size() - most).at().plus(MINUTE));
    Optional<Instant> room = minute.or(() -> roomForTokens(tokens));
    if (room.isPresent()) {
      return room.map(instant -> new Answer.NotBefore(instant, false));
    }
    return limits
        .concurrency()
        .filter(most -> running >= most)
        .map(_ -> new Answer.NotBefore(now.plus(SOON), false));
  }

  /** One request alone may take more than there is: it would wait for ever. */
  private Optional<Instant> roomForTokens(long tokens) {
    if (limits.tokensPerMinute().isEmpty() || lastMinute.isEmpty()) {
      return Optional.empty();
    }
    long tooMany =
        lastMinute.stream().mapToLong(Sent::tokens).sum() + tokens - limits.tokensPerMinute().get();
    Instant room = Instant.MIN;
    for (Sent sent : lastMinute) {
      if (tooMany <= 0) {
        break;
      }
      tooMany -= sent.tokens();
      room = sent.at().plus(MINUTE);
    }
    return room.equals(Instant.MIN) ? Optional.empty() : Optional.of(room);
  }

  private Sent nth(int index) {
    return lastMinute.stream().skip(index).findFirst().orElseThrow();
  }

  private void forget(Instant now) {
    while (!lastMinute.isEmpty() && !lastMinute.getFirst().at().plus(MINUTE).isAfter(now)) {
      lastMinute.removeFirst();
    }
  }

  /** A request has ended, however it did. */
  synchronized void ended() {
    running--;
  }

  private static LocalDate day(Instant now) {
    return LocalDate.ofInstant(now, DAY_ZONE);
  }

  /** When the provider's next day begins. */
  static Instant tomorrow(Instant now) {
    return day(now).plusDays(1).atStartOfDay(DAY_ZONE).toInstant();
  }
}
