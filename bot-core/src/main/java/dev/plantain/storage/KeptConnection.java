package dev.plantain.storage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection with the statements that were prepared on it last, for one thread.
 *
 * <p>They outlive the transactions: preparing takes longer than most statements take to run, and a
 * decision about an allowance runs a hundred of them.
 */
final class KeptConnection implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(KeptConnection.class);

  /** Several times as many as the path of a request has; each holds a few kilobytes. */
  static final int MOST_STATEMENTS = 200;

  private final Connection connection;

  /** Those that nobody is using, the one that was used longest ago first. */
  private final Map<String, PreparedStatement> idle = new LinkedHashMap<>();

  KeptConnection(Connection connection) {
    this.connection = connection;
  }

  Connection connection() {
    return connection;
  }

  /**
   * A statement for the caller alone, who hands it back or closes it: what maps a row may run the
   * same words again.
   */
  PreparedStatement take(String sql) throws SQLException {
    PreparedStatement kept = idle.remove(sql);
    return kept == null ? connection.prepareStatement(sql) : kept;
  }

  /** Takes a statement back that has done what it was to do. */
  void keep(String sql, PreparedStatement statement) throws SQLException {
    // What was said in a chat is not held in memory until the same statement runs again.
    statement.clearParameters();
    PreparedStatement other = idle.put(sql, statement);
    if (other != null) {
      other.close();
    }
    if (idle.size() > MOST_STATEMENTS) {
      Iterator<PreparedStatement> oldestFirst = idle.values().iterator();
      PreparedStatement oldest = oldestFirst.next();
      oldestFirst.remove();
      oldest.close();
    }
  }

  /** Ends what is unfinished; a connection that cannot even do that is closed. */
  void rollBack(Throwable because) {
    letGo(because);
    try {
      connection.rollback();
    } catch (SQLException e) {
      // SQLite rolls back by itself when the disk is full or failing, and the driver then leaves
      // the connection without a transaction: every statement would be its own.
      because.addSuppressed(e);
      close();
    }
  }

  private void letGo(Throwable because) {
    for (PreparedStatement statement : idle.values()) {
      try {
        statement.close();
      } catch (SQLException e) {
        because.addSuppressed(e);
      }
    }
    idle.clear();
  }

  boolean isClosed() throws SQLException {
    return connection.isClosed();
  }

  /** Closes its statements as well. */
  @Override
  public void close() {
    idle.clear();
    try {
      connection.close();
    } catch (SQLException e) {
      log.warn("A connection to the database could not be closed: {}", e.getMessage());
    }
  }
}
