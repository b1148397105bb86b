package dev.plantain.image.wire;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import okhttp3.Dns;

/**
 * Names that are looked up within a time limit. A lookup of the system heeds neither a limit nor an
 * interrupt, and holds the carrier of a virtual thread: each has a thread of its own, which is left
 * to itself when the limit is over.
 */
final class Lookups implements Dns {
  private final Dns names;
  private final Duration limit;

  Lookups(Dns names, Duration limit) {
    this.names = names;
    this.limit = limit;
  }

  @Override
  public List<InetAddress> lookup(String name) throws UnknownHostException {
    FutureTask<List<InetAddress>> lookup = new FutureTask<>(() -> names.lookup(name));
    Thread.ofPlatform().daemon().name("lookup").start(lookup);
    try {
      return lookup.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw unknown(name + " was not looked up within " + limit.toMillis() + " ms", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unknown(name + " was not looked up", e);
    } catch (ExecutionException e) {
      Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
      throw unknown(String.valueOf(cause.getMessage()), cause);
    }
  }

  private static UnknownHostException unknown(String message, Throwable cause) {
    UnknownHostException unknown = new UnknownHostException(message);
    unknown.initCause(cause);
    return unknown;
  }
}
