package dev.plantain.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A database whose process a test can end between any two transactions. */
public final class KillableDatabase {
  /** Migrated once, so that each test does not have to. */
  private static final Supplier<byte[]> EMPTY = once(KillableDatabase::migrated);

  private KillableDatabase() {}

  private static byte[] migrated() {
    try {
      Path folder = Files.createTempDirectory("plantain");
      Database.open(folder).close();
      Path file = folder.resolve("plantain.db");
      byte[] bytes = Files.readAllBytes(file);
      Files.delete(file);
      Files.deleteIfExists(folder.resolve("plantain.lock"));
      Files.delete(folder);
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Supplier<byte[]> once(Supplier<byte[]> making) {
    List<byte[]> made = new ArrayList<>();
    return () -> {
      synchronized (made) {
        if (made.isEmpty()) {
          made.add(making.get());
        }
        return made.getFirst();
      }
    };
  }

  /** Ends the process in which a database is used. */
  public interface Life {
    /** Called before each statement; throws when the process is over. */
    void mustBeAlive() throws SQLException;

    /** Called after each commit of the writer. */
    void committed();
  }

  /** Opens or makes the database of a folder. */
  public static Database open(Path folder, Life life) {
    Path file = folder.resolve("plantain.db");
    try {
      if (!Files.exists(file)) {
        Files.write(file, EMPTY.get());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Database(
        lock(folder),
        new ConnectionThreads("writer", 1, () -> mortal(Database.connect(file, false), life, true)),
        new ConnectionThreads(
            "reader", 2, () -> mortal(Database.connect(file, true), life, false)));
  }

  private static FileChannel lock(Path folder) {
    try {
      return FileChannel.open(
          folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Connection mortal(Connection connection, Life life, boolean writes) {
    return proxy(
        Connection.class,
        (method, arguments) -> {
          if (method.getName().equals("prepareStatement") || method.getName().equals("commit")) {
            life.mustBeAlive();
          }
          Object result = method.invoke(connection, arguments);
          if (writes && method.getName().equals("commit")) {
            life.committed();
          }
          return result instanceof PreparedStatement statement ? mortal(statement, life) : result;
        });
  }

  /** Statements stay prepared from one transaction to the next. */
  private static PreparedStatement mortal(PreparedStatement statement, Life life) {
    return proxy(
        PreparedStatement.class,
        (method, arguments) -> {
          if (method.getName().startsWith("execute")) {
            life.mustBeAlive();
          }
          return method.invoke(statement, arguments);
        });
  }

  /** What a call comes to; an exception of the method is thrown in its wrapping. */
  private interface Calls {
    @Nullable Object call(Method method, @Nullable Object[] arguments)
        throws ReflectiveOperationException, SQLException;
  }

  private static <T> T proxy(Class<T> type, Calls calls) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              try {
                return calls.call(method, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }
}
