package dev.plantain.storage;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A consistent view of the database, for as long as the work that was given it runs.
 *
 * <p>Arguments may be text, whole numbers, booleans, instants (kept as milliseconds since 1970), or
 * an optional of these.
 */
public sealed class Reading permits Tx {
  private final KeptConnection connection;
  private @Nullable StorageException failure;

  Reading(KeptConnection connection) {
    this.connection = connection;
  }

  public <T> List<T> list(String sql, Function<Row, T> mapper, Object... arguments) {
    return run(
        sql,
        statement -> {
          try (ResultSet results = statement.executeQuery()) {
            Row row = new Row(results);
            List<T> found = new ArrayList<>();
            while (results.next()) {
              found.add(mapper.apply(row));
            }
            return found;
          }
        },
        arguments);
  }

  /** Hands over row by row, so that no more than one of them is held. */
  public void each(String sql, Consumer<Row> reader, Object... arguments) {
    run(
        sql,
        statement -> {
          try (ResultSet results = statement.executeQuery()) {
            Row row = new Row(results);
            while (results.next()) {
              reader.accept(row);
            }
            return true;
          }
        },
        arguments);
  }

  /** The first row, where there is one. */
  public <T> Optional<T> first(String sql, Function<Row, T> mapper, Object... arguments) {
    return run(
        sql,
        statement -> {
          try (ResultSet results = statement.executeQuery()) {
            return results.next() ? Optional.of(mapper.apply(new Row(results))) : Optional.empty();
          }
        },
        arguments);
  }

  public boolean exists(String sql, Object... arguments) {
    return first(sql, row -> true, arguments).isPresent();
  }

  /** Notes that a statement failed, so that what it was part of is not committed. */
  final StorageException failed(SQLException e) {
    StorageException translated = Failures.translate(e);
    if (failure == null) {
      failure = translated;
    }
    return translated;
  }

  /** The first failure of a statement, whether or not the work went on after it. */
  final Optional<StorageException> failure() {
    return Optional.ofNullable(failure);
  }

  /** Runs a statement, which is kept for the next time the same words come. */
  final <T> T run(String sql, Work<T> work, Object... arguments) {
    if (failure != null) {
      // SQLite has rolled back by itself where the disk is full: a statement now would be committed
      // on its own.
      throw failure;
    }
    try {
      PreparedStatement statement = connection.take(sql);
      try {
        for (int i = 0; i < arguments.length; i++) {
          statement.setObject(i + 1, column(arguments[i]));
        }
        T result = work.on(statement);
        connection.keep(sql, statement);
        return result;
      } catch (SQLException | RuntimeException | Error e) {
        close(statement, e);
        throw e;
      }
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private static void close(PreparedStatement statement, Throwable because) {
    try {
      statement.close();
    } catch (SQLException e) {
      because.addSuppressed(e);
    }
  }

  /** What is done with a statement whose arguments are set. */
  interface Work<T> {
    T on(PreparedStatement statement) throws SQLException;
  }

  private static @Nullable Object column(Object argument) {
    return switch (argument) {
      case Optional<?> optional -> optional.isPresent() ? column(optional.get()) : null;
      case Instant instant -> instant.toEpochMilli();
      case Boolean flag -> flag ? 1 : 0;
      default -> argument;
    };
  }
}
