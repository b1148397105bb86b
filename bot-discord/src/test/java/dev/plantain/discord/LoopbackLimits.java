package dev.plantain.discord;

import com.sun.net.httpserver.Headers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How many requests are taken, where a test wants that counted: 50 a second in all, without those
 * by tokens of interactions, and 5 messages in a channel within a time that the test names.
 */
final class LoopbackLimits {
  private static final int MOST_IN_ALL = 50;
  private static final int MOST_MESSAGES = 5;
  private static final String MESSAGES = "POST /channels/[0-9]+/messages";

  private final Map<String, Count> counts = new HashMap<>();
  private Optional<Duration> time = Optional.empty();
  private int refusals;

  /** What was taken since a time. */
  private static final class Count {
    long sinceNanos;
    int taken;
  }

  synchronized void within(Duration limit) {
    time = Optional.of(limit);
  }

  synchronized int refusals() {
    return refusals;
  }

  /**
   * Counts a request, and writes into the headers what is left.
   *
   * @return for how many seconds it is not taken, if it is not
   */
  synchronized Optional<Integer> take(String route, boolean byToken, Headers headers) {
    if (time.isEmpty()) {
      return Optional.empty();
    }
    if (!byToken && isTooMany("all", MOST_IN_ALL, Duration.ofSeconds(1))) {
      headers.set("X-RateLimit-Global", "true");
      headers.set("X-RateLimit-Scope", "global");
      refusals++;
      return Optional.of(1);
    }
    if (!route.matches(MESSAGES)) {
      return Optional.empty();
    }
    boolean tooMany = isTooMany(route, MOST_MESSAGES, time.get());
    Count count = Objects.requireNonNull(counts.get(route));
    long leftNanos = Math.max(1, time.get().toNanos() - (System.nanoTime() - count.sinceNanos));
    double seconds = leftNanos / 1e9;
    headers.set("X-RateLimit-Bucket", "messages");
    headers.set("X-RateLimit-Limit", String.valueOf(MOST_MESSAGES));
    headers.set("X-RateLimit-Remaining", String.valueOf(MOST_MESSAGES - count.taken));
    headers.set("X-RateLimit-Reset-After", "%.3f".formatted(seconds));
    headers.set("X-RateLimit-Reset", "%.3f".formatted(System.currentTimeMillis() / 1e3 + seconds));
    if (tooMany) {
      headers.set("X-RateLimit-Scope", "user");
      refusals++;
    }
    return tooMany ? Optional.of((int) Math.ceil(seconds)) : Optional.empty();
  }

  private boolean isTooMany(String what, int most, Duration within) {
    Count count = counts.computeIfAbsent(what, any -> new Count());
    long now = System.nanoTime();
    if (count.taken == 0 || now - count.sinceNanos >= within.toNanos()) {
      count.sinceNanos = now;
      count.taken = 0;
    }
    if (count.taken == most) {
      return true;
    }
    count.taken++;
    return false;
  }
}
