package dev.plantain.chat;

import dev.plantain.storage.KillableDatabase;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;

/** Counts what a process gets done, and ends it at one point. */
final class Fate implements KillableDatabase.Life, FakePlatform.Wire {
  /** Each point takes a moment, and there are hundreds: {@code -Pproofs} looks at all. */
  private static final int STRIDE = Integer.getInteger("kill.stride", 5);

  private final int last;
  private int done;
  private String where = "";

  Fate(int last) {
    this.last = last;
  }

  /** Some of the points from the first to before the end. */
  static List<Integer> sample(int first, int end) {
    return IntStream.iterate(first, point -> point < end, point -> point + STRIDE).boxed().toList();
  }

  boolean over() {
    return done >= last;
  }

  private void step(String what) {
    if (!over()) {
      done++;
      where = what;
    }
  }

  @Override
  public synchronized void mustBeAlive() throws SQLException {
    if (over()) {
      throw new SQLException("the process is over");
    }
  }

  @Override
  public synchronized void committed() {
    step("commit");
  }

  @Override
  public synchronized void asked(String call) {
    if (over()) {
      throw new Killed();
    }
  }

  @Override
  public synchronized void done(String call) {
    step(call);
    if (over()) {
      throw new Killed();
    }
  }

  /** How many steps got done. */
  int done() {
    return done;
  }

  /** The last step that got done. */
  String where() {
    return where;
  }

  /** The process is over: nothing it still tries has any effect. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1;
  }
}
