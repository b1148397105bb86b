package dev.plantain.storage;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;

/** Platform threads that each own a connection and take work from one queue. */
final class ConnectionThreads implements AutoCloseable {
  private final LinkedBlockingQueue<Task> queue = new LinkedBlockingQueue<>();
  private final List<Thread> threads = new ArrayList<>();

  ConnectionThreads(String name, int count, Connector connector) {
    for (int i = 0; i < count; i++) {
      Connection connection = connect(connector);
      threads.add(Thread.ofPlatform().name(name + "-" + i).daemon().start(() -> serve(connection)));
    }
  }

  /** Runs the work on one of the threads and waits for it, whether interrupted or not. */
  <T> T run(Work<T> work) {
    if (threads.contains(Thread.currentThread())) {
      throw new IllegalStateException("a transaction cannot be opened inside another");
    }
    CompletableFuture<T> result = new CompletableFuture<>();
    queue.add(connection -> complete(result, work, connection));
    return await(result);
  }

  private void serve(Connection connection) {
    try (connection) {
      while (true) {
        Task task = queue.take();
        if (task.equals(Task.END)) {
          return;
        }
        task.run(connection);
      }
    } catch (InterruptedException | SQLException e) {
      throw new IllegalStateException("the connection could not be kept", e);
    }
  }

  private static <T> void complete(
      CompletableFuture<T> result, Work<T> work, Connection connection) {
    try {
      result.complete(work.on(connection));
    } catch (SQLException e) {
      result.completeExceptionally(Failures.translate(e));
    } catch (Throwable e) {
      result.completeExceptionally(e);
    }
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

  private static Connection connect(Connector connector) {
    try {
      return connector.connect();
    } catch (SQLException e) {
      throw Failures.translate(e);
    }
  }

  @Override
  public void close() {
    threads.forEach(thread -> queue.add(Task.END));
    boolean interrupted = false;
    for (Thread thread : threads) {
      while (thread.isAlive()) {
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
    T on(Connection connection) throws SQLException;
  }

  private interface Task {
    Task END = connection -> {};

    void run(Connection connection);
  }
}
