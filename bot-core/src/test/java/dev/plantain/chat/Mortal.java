package dev.plantain.chat;

import dev.plantain.storage.KillableDatabase;
import java.sql.SQLException;

/** A process that a test ends while it asks somebody. */
final class Mortal implements KillableDatabase.Life {
  private volatile boolean over;

  /** Ends it: nothing it still tries has any effect. */
  Fate.Killed end() {
    over = true;
    return new Fate.Killed();
  }

  @Override
  public void mustBeAlive() throws SQLException {
    if (over) {
      throw new SQLException("the process is over");
    }
  }

  @Override
  public void committed() {}
}
