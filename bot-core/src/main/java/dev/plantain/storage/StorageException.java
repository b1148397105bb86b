package dev.plantain.storage;

/** The database cannot do what was asked. The message is written for the operator. */
public final class StorageException extends RuntimeException {
  private final Kind kind;

  public StorageException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public StorageException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }

  /** What stands in the way. */
  public enum Kind {
    /** Written by a newer version of Plantain. */
    NEWER(true),
    /** Another process is using it. */
    LOCKED(true),
    /** Not a database, or its content is broken. */
    DAMAGED(true),
    /** No room left on the disk. */
    FULL(true),
    /** The file or folder cannot be read or written. */
    INACCESSIBLE(true),
    /** A statement was wrong: a mistake of ours, which leaves the database as it was. */
    STATEMENT(false);

    private final boolean fatal;

    Kind(boolean fatal) {
      this.fatal = fatal;
    }

    /** Whether the process had better stop than go on. */
    public boolean fatal() {
      return fatal;
    }
  }
}
