package dev.plantain.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptConnectionTest {
  @TempDir Path folder;
  private KeptConnection connection;

  @BeforeEach
  void connect() throws SQLException {
    connection = new KeptConnection(Database.connect(folder.resolve("some.db"), false));
  }

  @AfterEach
  void close() {
    connection.close();
  }

  @Test
  void aStatementThatWasHandedBackServesAgain() throws SQLException {
    PreparedStatement statement = connection.take("select ?");
    connection.keep("select ?", statement);

    assertThat(connection.take("select ?")).isSameAs(statement);
  }

  @Test
  void aStatementInUseIsNobodyElses() throws SQLException {
    PreparedStatement one = connection.take("select ?");
    PreparedStatement other = connection.take("select ?");

    assertThat(other).isNotSameAs(one);
    connection.keep("select ?", one);
    connection.keep("select ?", other);
    assertThat(one.isClosed()).isTrue();
    assertThat(connection.take("select ?")).isSameAs(other);
  }

  @Test
  void ofManyStatementsTheLastAreKept() throws SQLException {
    PreparedStatement first = connection.take("select 1");
    connection.keep("select 1", first);
    for (int i = 2; i <= KeptConnection.MOST_STATEMENTS; i++) {
      connection.keep("select " + i, connection.take("select " + i));
    }
    assertThat(first.isClosed()).isFalse();

    connection.keep("select 'more'", connection.take("select 'more'"));

    assertThat(first.isClosed()).isTrue();
  }

  @Test
  void whatFailedLeavesNoStatementBehind() throws SQLException {
    PreparedStatement statement = connection.take("select ?");
    connection.keep("select ?", statement);

    connection.rollBack(new IllegalStateException("planted"));

    assertThat(statement.isClosed()).isTrue();
    assertThat(connection.take("select ?")).isNotSameAs(statement);
  }
}
