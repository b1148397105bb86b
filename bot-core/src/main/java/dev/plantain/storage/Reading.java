package dev.plantain.storage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A consistent view of the database, for as long as the work that was given it runs.
 *
 * <p>Arguments may be text, whole numbers, booleans, instants (kept as milliseconds since 1970), or
 * an optional of these.
 */
public sealed class Reading permits Tx {
  private final Connection connection;
  private @Nullable StorageException failure;

  Reading(Connection connection) {
    this.connection = connection;
  }

  public <T> List<T> list(String sql, Function<Row, T> mapper, Object... arguments) {
    try (PreparedStatement statement = prepare(sql, arguments);
        ResultSet results = statement.executeQuery()) {
      Row row = new Row(results);
      List<T> found = new ArrayList<>();
      while (results.next()) {
        found.add(mapper.apply(row));
      }
      return found;
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** The first row, where there is one. */
  public <T> Optional<T> first(String sql, Function<Row, T> mapper, Object... arguments) {
    try (PreparedStatement statement = prepare(sql, arguments);
        ResultSet results = statement.executeQuery()) {
      return results.next() ? Optional.of(mapper.apply(new Row(results))) : Optional.empty();
    } catch (SQLException e) {
      throw failed(e);
    }
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

  final PreparedStatement prepare(String sql, Object... arguments) throws SQLException {
    if (failure != null) {
      // SQLite has rolled back by itself where the disk is full: a statement now would be committed
      // on its own.
      throw failure;
    }
    PreparedStatement statement = connection.prepareStatement(sql);
    try {
      for (int i = 0; i < arguments.length; i++) {
        statement.setObject(i + 1, column(arguments[i]));
      }
      return statement;
    } catch (SQLException | RuntimeException e) {
      statement.close();
      throw e;
    }
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
