package dev.plantain.discord;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import net.dv8tion.jda.api.requests.Route.CompiledRoute;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;

/**
 * For how long Discord takes no more requests of a kind, as its refusals say (Topics, Rate Limits).
 * JDA keeps to the limits by itself, and tells nobody how long that takes.
 */
final class RateLimits implements Interceptor {

  /** Stands for all kinds of requests. */
  private static final String ALL = "*";

  private final HttpUrl base;
  private final InstantSource clock;
  private final Map<String, Instant> until = new ConcurrentHashMap<>();
  private volatile BiConsumer<String, Duration> listener = (kind, wait) -> {};

  RateLimits(HttpUrl base, InstantSource clock) {
    this.base = base;
    this.clock = clock;
  }

  /** Who is told of each limit that is hit, on the thread that asked, which must not wait. */
  void listen(BiConsumer<String, Duration> told) {
    listener = told;
  }

  /** Requests that share a limit are of one kind. */
  String kind(CompiledRoute route) {
    return kind(route.getMethod().toString(), route.toHttpUrl(base));
  }

  /** Messages of one channel, or of one interaction, share theirs. */
  private static String kind(String method, HttpUrl address) {
    return method + " " + address.encodedPath().replaceFirst("/(\\d+|@original)$", "/*");
  }

  /** Whether what is told of one kind concerns the other. */
  static boolean concerns(String told, String kind) {
    return told.equals(ALL) || told.equals(kind);
  }

  /** How long requests of a kind are not taken; empty where they are. */
  Optional<Duration> left(String kind) {
    Instant now = clock.instant();
    return until.entrySet().stream()
        .filter(each -> concerns(each.getKey(), kind))
        .map(each -> Duration.between(now, each.getValue()))
        .filter(Duration::isPositive)
        .max(Duration::compareTo);
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    Request request = chain.request();
    Response response = chain.proceed(request);
    String seconds = String.valueOf(response.header("Retry-After"));
    if (response.code() == 429 && seconds.matches("\\d{1,8}")) {
      boolean all = response.header("X-RateLimit-Global") != null;
      note(
          all ? ALL : kind(request.method(), request.url()),
          Duration.ofSeconds(Long.parseLong(seconds)));
    }
    return response;
  }

  private void note(String kind, Duration wait) {
    Instant now = clock.instant();
    until.values().removeIf(end -> !end.isAfter(now));
    until.put(kind, now.plus(wait));
    listener.accept(kind, wait);
  }
}
