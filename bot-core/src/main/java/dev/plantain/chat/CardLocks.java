package dev.plantain.chat;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Keeps the progress of a card from being shown after its result: one edit of a card at a time. */
final class CardLocks {
  private final ReentrantLock[] locks = new ReentrantLock[64];

  CardLocks() {
    for (int i = 0; i < locks.length; i++) {
      locks[i] = new ReentrantLock();
    }
  }

  <T> T locked(long card, Supplier<T> action) throws InterruptedException {
    ReentrantLock lock = lock(card);
    lock.lockInterruptibly();
    try {
      return action.get();
    } finally {
      lock.unlock();
    }
  }

  /** Does nothing when somebody else is at it. */
  void ifFree(long card, Runnable action) {
    ReentrantLock lock = lock(card);
    if (lock.tryLock()) {
      try {
        action.run();
      } finally {
        lock.unlock();
      }
    }
  }

  private ReentrantLock lock(long card) {
    return locks[(int) (card % locks.length)];
  }
}
