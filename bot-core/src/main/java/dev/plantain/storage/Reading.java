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
      throw Failures.translate(e);
    }
  }

  /** The first row, where there is one. */
  public <T> Optional<T> first(String sql, Function<Row, T> mapper, Object... arguments) {
    try (PreparedStatement statement = prepare(sql, arguments);
        ResultSet results = statement.executeQuery()) {
      return results.next() ? Optional.of(mapper.apply(new Row(results))) : Optional.empty();
    } catch (SQLException e) {
      throw Failures.translate(e);
    }
  }

  public boolean exists(String sql, Object... arguments) {
    return first(sql, row -> true, arguments).isPresent();
  }

  final PreparedStatement prepare(String sql, Object... arguments) throws SQLException {
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
