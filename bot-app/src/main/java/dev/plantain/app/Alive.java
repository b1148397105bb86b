package dev.plantain.app;

import dev.plantain.storage.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file {@code alive} in the data folder, touched for as long as the database answers: what a
 * health check looks at.
 */
final class Alive implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Alive.class);
  private static final Duration PERIOD = Duration.ofSeconds(10);

  private final Path file;
  private final Database database;
  private final Thread thread = Thread.ofVirtual().name("alive").unstarted(this::keepTouching);

  Alive(Path dataDir, Database database) {
    this.file = dataDir.resolve("alive");
    this.database = database;
  }

  void start() {
    thread.start();
  }

  private void keepTouching() {
    try {
      while (true) {
        touch();
        Thread.sleep(PERIOD);
      }
    } catch (InterruptedException e) {
      log.debug("No longer alive");
    }
  }

  private void touch() {
    try {
      if (database.read(reading -> reading.exists("select 1"))) {
        if (!Files.exists(file)) {
          Files.createFile(file);
        }
        Files.setLastModifiedTime(file, FileTime.from(Main.CLOCK.instant()));
      }
    } catch (IOException | RuntimeException e) {
      log.warn("The sign of life could not be written: {}", e.getMessage());
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
