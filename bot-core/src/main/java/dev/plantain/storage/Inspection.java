package dev.plantain.storage;

/** What a look at a database from outside found. */
public sealed interface Inspection {

  /** There is none yet; the first start makes it. */
  record Absent() implements Inspection {}

  /**
   * It can be used.
   *
   * @param version of its schema
   * @param bytes its size, without what waits in its log
   */
  record Sound(String version, long bytes) implements Inspection {}

  /**
   * It cannot be used.
   *
   * @param message what it is and what to do, for the operator
   */
  record Unusable(StorageException.Kind kind, String message) implements Inspection {}
}
