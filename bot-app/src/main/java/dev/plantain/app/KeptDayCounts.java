package dev.plantain.app;

import dev.plantain.image.endpoint.DayCounts;
import dev.plantain.quota.SentRequests;
import dev.plantain.storage.Database;
import java.time.LocalDate;

/** How many requests were sent in a day with each key, in the database. */
final class KeptDayCounts implements DayCounts {
  private final SentRequests sent = new SentRequests();
  private final Database database;

  KeptDayCounts(Database database) {
    this.database = database;
  }

  @Override
  public int of(String line, LocalDate day) {
    return database.read(reading -> sent.of(reading, line, day));
  }

  @Override
  public boolean add(String line, LocalDate day, int most) {
    return database.write(tx -> sent.add(tx, line, day, most));
  }
}
