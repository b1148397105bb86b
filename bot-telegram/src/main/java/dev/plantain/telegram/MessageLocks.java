package dev.plantain.telegram;

import dev.plantain.platform.MessageRef;
import dev.plantain.platform.PlatformException;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/** Lets changes of one message happen one after the other. */
final class MessageLocks {

  private final ReentrantLock[] locks =
      Stream.generate(() -> new ReentrantLock(true)).limit(64).toArray(ReentrantLock[]::new);

  /** Messages that share a lock by chance wait for each other, too. */
  void inTurn(MessageRef message, Runnable change) {
    ReentrantLock lock = locks[Math.floorMod(message.hashCode(), locks.length)];
    try {
      lock.lockInterruptibly();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new PlatformException.Unavailable(
          "Interrupted before anything was sent.", Optional.empty(), false, stop);
    }
    try {
      change.run();
    } finally {
      lock.unlock();
    }
  }
}
