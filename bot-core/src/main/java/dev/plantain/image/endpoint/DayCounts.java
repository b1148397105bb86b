package dev.plantain.image.endpoint;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;

/** How many requests were sent in a day with each key, which is to outlive the program. */
public interface DayCounts {

  /**
   * Called before each request that has a limit by day. May block on a disk.
   *
   * @param line the endpoint's name and the number of its key; nothing secret
   */
  int of(String line, LocalDate day);

  /**
   * Counts one more, unless that many are counted already, by whomever. May block on a disk.
   *
   * @return whether it was counted
   */
  boolean add(String line, LocalDate day, int most);

  /** Counts that are gone with the process. */
  static DayCounts inMemory() {
    Map<String, Integer> counts = new HashMap<>();
    return new DayCounts() {
      @Override
      public synchronized int of(String line, LocalDate day) {
        return counts.getOrDefault(line + " " + day, 0);
      }

      @Override
      public synchronized boolean add(String line, LocalDate day, int most) {
        boolean room = of(line, day) < most;
        if (room) {
          counts.merge(line + " " + day, 1, Integer::sum);
        }
        return room;
      }
    };
  }
}
