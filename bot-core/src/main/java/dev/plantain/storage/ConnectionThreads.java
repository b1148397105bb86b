package dev.plantain.storage;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Platform threads that each own a connection and take work from one queue. */
final class ConnectionThreads implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ConnectionThreads.class);

  private final Connector connector;
  private final LinkedBlockingQueue<Task> queue = new LinkedBlockingQueue<>();
  private final List<Thread> threads = new ArrayList<>();
  private boolean closed;

  ConnectionThreads(String name, int count, Connector connector) {
    this.connector = connector;
    try {
      for (int i = 0; i < count; i++) {
        KeptConnection connection = connect(connector);
        Runnable serving = () -> serve(connection);
        threads.add(Thread.ofPlatform().name(name + "-" + i).daemon().start(serving));
      }
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Whether the caller is one of the threads, which cannot wait for one of them. */
  boolean isHere() {
    return threads.contains(Thread.currentThread());
  }

  /** Runs the work on one of the threads and waits for it, whether interrupted or not. */
  <T> T run(Work<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    submit(connection -> complete(result, work, connection));
    return await(result);
  }

  private synchronized void submit(Task task) {
    if (closed) {
      throw new IllegalStateException("the database is closed");
    }
    queue.add(task);
  }

  private void serve(KeptConnection first) {
    KeptConnection connection = first;
    while (true) {
      Task task = take();
      if (task.equals(Task.END)) {
        connection.close();
        return;
      }
      connection = task.run(connection);
    }
  }

  private Task take() {
    while (true) {
      try {
        return queue.take();
      } catch (InterruptedException e) {
        // Only close() ends the threads; whatever the work did to its thread does not.
        log.debug("A connection's thread was interrupted");
      }
    }
  }

  /** Returns the connection that the next work is to use. */
  private <T> KeptConnection complete(
      CompletableFuture<T> result, Work<T> work, KeptConnection connection) {
    KeptConnection usable = connection;
    try {
      if (connection.isClosed()) {
        connection.close();
        usable = new KeptConnection(connector.connect());
      }
      result.complete(work.on(usable));
    } catch (SQLException e) {
      result.completeExceptionally(Failures.translate(e));
    } catch (Throwable e) {
      result.completeExceptionally(e);
    }
    return usable;
  }

  private static <T> T await(CompletableFuture<T> result) {
    try {
      return result.join();
    } catch (CompletionException e) {
      switch (e.getCause()) {
        case RuntimeException failure -> throw failure;
        case Error error -> throw error;
        case null, default -> throw e;
      }
    }
  }

  private static KeptConnection connect(Connector connector) {
    try {
      return new KeptConnection(connector.connect());
    } catch (SQLException e) {
      throw Failures.translate(e);
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      if (!closed) {
        closed = true;
        threads.forEach(thread -> queue.add(Task.END));
      }
    }
    boolean interrupted = false;
    for (Thread thread : threads) {
      while (thread.isAlive() && !isHere()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  interface Connector {
    Connection connect() throws SQLException;
  }

  interface Work<T> {
    T on(KeptConnection connection) throws SQLException;
  }

  private interface Task {
    Task END = connection -> connection;

    KeptConnection run(KeptConnection connection);
  }
}
