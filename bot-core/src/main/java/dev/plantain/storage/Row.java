package dev.plantain.storage;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** A row of a result, valid only while its mapper runs. */
public final class Row {
  private final ResultSet results;

  Row(ResultSet results) {
    this.results = results;
  }

  public String text(String column) {
    return optionalText(column).orElseThrow(() -> new IllegalStateException(column + " is null"));
  }

  public Optional<String> optionalText(String column) {
    return get(() -> Optional.ofNullable(results.getString(column)));
  }

  public long number(String column) {
    return get(() -> results.getLong(column));
  }

  public int integer(String column) {
    return get(() -> results.getInt(column));
  }

  public Optional<Long> optionalNumber(String column) {
    return get(() -> {
      long number = results.getLong(column);
      return results.wasNull() ? Optional.empty() : Optional.of(number);
    });
  }

  public boolean flag(String column) {
    return integer(column) != 0;
  }

  public Instant instant(String column) {
    return Instant.ofEpochMilli(number(column));
  }

  private static <T> T get(Column<T> column) {
    try {
      return column.read();
    } catch (SQLException e) {
      throw Failures.translate(e);
    }
  }

  private interface Column<T> {
    T read() throws SQLException;
  }
}
