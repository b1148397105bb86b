package dev.plantain.storage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A write transaction: all of what is done with it happens, or nothing. Never held while waiting
 * for a network.
 */
public final class Tx extends Reading {
  private final List<Runnable> afterCommit = new ArrayList<>();

  Tx(Connection connection) {
    super(connection);
  }

  /** Returns how many rows were changed. */
  public int update(String sql, Object... arguments) {
    try (PreparedStatement statement = prepare(sql, arguments)) {
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw Failures.translate(e);
    }
  }

  /** Inserts one row by a statement that ends in {@code returning id}. */
  public long insert(String sql, Object... arguments) {
    return first(sql, row -> row.number("id"), arguments)
        .orElseThrow(() -> new IllegalStateException("nothing was inserted"));
  }

  /**
   * Runs quickly and on the writer's thread once the commit is on the disk; not at all when it
   * fails.
   */
  public void afterCommit(Runnable action) {
    afterCommit.add(action);
  }

  void committed() {
    afterCommit.forEach(Runnable::run);
  }
}
