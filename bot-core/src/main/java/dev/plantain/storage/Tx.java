package dev.plantain.storage;

import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A write transaction: all of what is done with it happens, or nothing. Never held while waiting
 * for a network.
 *
 * <p>A statement that failed dooms the transaction, also where its exception is caught: what would
 * be committed is not what was meant, and PostgreSQL refuses it too.
 */
public final class Tx extends Reading {
  private static final Logger log = LoggerFactory.getLogger(Tx.class);

  private final List<Runnable> afterCommit = new ArrayList<>();

  Tx(KeptConnection connection) {
    super(connection);
  }

  /** Returns how many rows were changed. */
  public int update(String sql, Object... arguments) {
    return run(sql, PreparedStatement::executeUpdate, arguments);
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

  /** What was committed stays so, whatever the actions do. */
  void committed() {
    for (Runnable action : afterCommit) {
      try {
        action.run();
      } catch (RuntimeException e) {
        log.error("What was to follow a commit failed", e);
      }
    }
  }
}
