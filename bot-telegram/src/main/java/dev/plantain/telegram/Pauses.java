package dev.plantain.telegram;

import java.time.Duration;

/** Lets a thread wait; handed in so that nobody waits in tests. */
@FunctionalInterface
interface Pauses {
  void pause(Duration duration) throws InterruptedException;
}
