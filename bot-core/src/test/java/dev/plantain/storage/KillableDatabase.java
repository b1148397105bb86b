package dev.plantain.storage;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A database whose process a test can end between any two transactions. */
public final class KillableDatabase {
  private KillableDatabase() {}

  /** Ends the process in which a database is used. */
  public interface Life {
    /** Called before each statement; throws when the process is over. */
    void mustBeAlive() throws SQLException;

    /** Called after each commit of the writer. */
    void committed();
  }

  /** Opens or makes the database of a folder. */
  public static Database open(Path folder, Life life) {
    return QuickDatabase.open(
        folder, (file, readOnly) -> mortal(QuickDatabase.connect(file, readOnly), life, !readOnly));
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
