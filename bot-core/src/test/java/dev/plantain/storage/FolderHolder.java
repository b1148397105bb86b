package dev.plantain.storage;

import java.nio.file.Path;

/** A process that keeps a data folder until it is killed. */
final class FolderHolder {
  private FolderHolder() {}

  public static void main(String[] arguments) throws Exception {
    try (Database database = Database.open(Path.of(arguments[0]))) {
      database.update(tx -> Notes.write(tx, "held"));
      System.out.println("open");
      Thread.currentThread().join();
    }
  }
}
