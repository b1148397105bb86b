package dev.plantain.image.wire;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * The calls that it takes to get one answer, one after the other, within one time limit. Whatever
 * runs is cut when the limit is over or the caller interrupted.
 */
public final class Work<T> {
  private final Duration limit;
  private final CountDownLatch end = new CountDownLatch(1);
  private volatile boolean over;
  private volatile boolean timedOut;
  private volatile @Nullable Call running;

  public Work(Duration limit) {
    this.limit = limit;
  }

  Duration limit() {
    return limit;
  }

  /** Whether the limit was over before all was done. */
  public boolean timedOut() {
    return timedOut;
  }

  /**
   * Does it on a thread of its own, as reading from a socket heeds no interrupt on every kind of
   * thread, and blocks until it is done.
   *
   * @throws InterruptedException the thread was interrupted, and what ran was cut
   * @throws UncheckedIOException a fault of ours that the steps threw
   */
  public T done(Callable<T> steps) throws InterruptedException {
    FutureTask<T> task = new FutureTask<>(steps);
    Thread thread = Thread.ofVirtual().name("model").start(task);
    try {
      return result(task, thread);
    } catch (InterruptedException e) {
      cut();
      thread.join();
      throw e;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UncheckedIOException fault) {
        throw fault;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private T result(FutureTask<T> task, Thread thread)
      throws InterruptedException, ExecutionException {
    try {
      return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      timedOut = true;
      cut();
      thread.join();
      return task.get();
    }
  }

  /** Begins a call, which is cut with the others. */
  public Response execute(OkHttpClient client, Request request) throws IOException {
    Call call = client.newCall(request);
    running = call;
    if (over) {
      call.cancel();
    }
    return call.execute();
  }

  /**
   * Lets some time pass between two calls.
   *
   * @throws InterruptedIOException the time limit is over, or the caller was interrupted
   */
  public void pause(Duration length) throws InterruptedIOException {
    try {
      if (end.await(length.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new InterruptedIOException("the time is over");
      }
    } catch (InterruptedException e) {
      throw new InterruptedIOException();
    }
  }

  private void cut() {
    over = true;
    end.countDown();
    Call call = running;
    if (call != null) {
      call.cancel();
    }
  }
}
