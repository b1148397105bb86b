package dev.plantain.discord;

import dev.plantain.platform.PlatformException;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.requests.Method;
import net.dv8tion.jda.api.requests.Response;
import net.dv8tion.jda.api.requests.RestAction;
import net.dv8tion.jda.api.requests.Route.CompiledRoute;
import net.dv8tion.jda.api.utils.AttachedFile;
import net.dv8tion.jda.api.utils.data.DataArray;
import net.dv8tion.jda.api.utils.data.DataObject;
import net.dv8tion.jda.internal.requests.RestActionImpl;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/**
 * Requests of the Discord API by their routes, sent by JDA within the rate limits.
 *
 * <p>JDA's own methods want a channel that it holds; after a restart it holds neither direct
 * conversations nor archived threads, and for a server without us it never does.
 *
 * <p>Every method blocks and may be called from many threads; an interrupted thread gives up at
 * once. All throw {@link Refusals.Refused}, {@link SignInRefused} or {@link
 * PlatformException.Unavailable}.
 */
final class DiscordRest implements AutoCloseable {

  /** How long a request may wait for its turn. Whoever asks can ask again later. */
  private static final Duration MOST_WAIT = Duration.ofSeconds(30);

  private static final MediaType JSON = MediaType.get("application/json");

  private final Supplier<Optional<JDA>> connection;
  private final RateLimits limits;
  private final Map<Long, Waiting> waiting = new ConcurrentHashMap<>();
  private final AtomicLong asked = new AtomicLong();
  private volatile boolean closed;

  /** Somebody who waits for an answer, and to what kind of request. */
  private record Waiting(CompletableFuture<?> answer, String kind) {}

  /** What was asked is not taken for longer than anybody waits here. */
  private static final class LimitedFor extends RuntimeException {
    private final Duration wait;

    LimitedFor(Duration wait) {
      this.wait = wait;
    }
  }

  DiscordRest(Supplier<Optional<JDA>> connection, RateLimits limits) {
    this.connection = connection;
    this.limits = limits;
    limits.listen(this::limited);
  }

  /** Whoever would wait too long is told so at once; JDA passes over requests that are too old. */
  private void limited(String told, Duration wait) {
    if (wait.compareTo(MOST_WAIT) > 0) {
      waiting.values().stream()
          .filter(each -> RateLimits.concerns(told, each.kind()))
          .forEach(each -> each.answer().completeExceptionally(new LimitedFor(wait)));
    }
  }

  /** What is sent with a request. */
  record Body(DataObject fields, Collection<? extends AttachedFile> files) {}

  /** For requests that only name something. */
  DataObject send(String what, CompiledRoute route) {
    return send(what, route, null);
  }

  DataArray list(String what, CompiledRoute route) {
    return patiently(
        what,
        route,
        () -> new RestActionImpl<>(jda(), route, (response, request) -> response.getArray()));
  }

  void replaceAll(String what, CompiledRoute route, DataArray all) {
    patiently(
        what,
        route,
        () ->
            new RestActionImpl<DataArray>(
                jda(),
                route,
                RequestBody.create(all.toJson(), JSON),
                (response, request) -> response.getArray()));
  }

  DataObject send(String what, CompiledRoute route, @Nullable Body body) {
    return patiently(
        what,
        route,
        () ->
            new RestActionImpl<>(
                jda(), route, form(body), (response, request) -> object(response)));
  }

  private static @Nullable RequestBody form(@Nullable Body body) {
    if (body == null) {
      return null;
    }
    return body.files().isEmpty()
        ? RequestBody.create(body.fields().toJson(), JSON)
        : AttachedFile.createMultipartBody(body.files(), body.fields()).build();
  }

  private static DataObject object(Response response) {
    return response.code == 204 ? DataObject.empty() : response.getObject();
  }

  /** What can be repeated without harm is, once: a kept connection may have been closed. */
  private <T> T patiently(String what, CompiledRoute route, Supplier<RestAction<T>> request) {
    String kind = limits.kind(route);
    Optional<Duration> limited = tooLong(kind);
    if (limited.isPresent()) {
      throw Refusals.limited(what, limited);
    }
    try {
      return await(what, request.get(), kind);
    } catch (PlatformException.Unavailable unavailable) {
      boolean harmless = route.getMethod() != Method.POST && !closed;
      if (harmless && unavailable.mayHaveHappened() && !Thread.currentThread().isInterrupted()) {
        return await(what, request.get(), kind);
      }
      throw unavailable;
    }
  }

  /** How long requests of a kind are not taken, where nobody waits for that. */
  private Optional<Duration> tooLong(String kind) {
    return limits.left(kind).filter(left -> left.compareTo(MOST_WAIT) > 0);
  }

  /** Waits for an action of JDA. */
  <T> T await(String what, RestAction<T> action) {
    return await(what, action, "");
  }

  private <T> T await(String what, RestAction<T> action, String kind) {
    CompletableFuture<T> answer;
    try {
      answer = action.timeout(MOST_WAIT.toSeconds(), TimeUnit.SECONDS).submit();
    } catch (RejectedExecutionException closing) {
      throw Refusals.of(what, new CancellationException());
    }
    long number = asked.incrementAndGet();
    waiting.put(number, new Waiting(answer, kind));
    // What was told before we waited was told to nobody.
    tooLong(kind).ifPresent(left -> answer.completeExceptionally(new LimitedFor(left)));
    if (closed) {
      giveUp(answer);
    }
    try {
      return answer.get();
    } catch (InterruptedException stop) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw Refusals.of(what, new CancellationException());
    } catch (CancellationException stopped) {
      throw Refusals.of(what, stopped);
    } catch (ExecutionException failure) {
      throw switch (failure.getCause()) {
        case LimitedFor limit -> Refusals.limited(what, Optional.of(limit.wait));
        case TimeoutException late -> Refusals.limited(what, limits.left(kind));
        case null -> Refusals.of(what, failure);
        case Throwable cause -> Refusals.of(what, cause);
      };
    } finally {
      waiting.remove(number);
    }
  }

  /** Ends all waiting at once; JDA itself forgets whoever waits when it is shut down. */
  @Override
  public void close() {
    closed = true;
    waiting.values().forEach(each -> giveUp(each.answer()));
  }

  /** Without JDA, whose threads may have ended. */
  private static void giveUp(CompletableFuture<?> answer) {
    answer.completeExceptionally(new CancellationException());
  }

  boolean isClosed() {
    return closed;
  }

  private JDA jda() {
    return connection
        .get()
        .orElseThrow(() ->
            new PlatformException.Unavailable(
                "We are not connected to Discord.", Optional.empty(), false));
  }
}
