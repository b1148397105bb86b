package dev.plantain.storage;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The first failure after which the process had better stop, and who is to hear of it. */
final class FatalFailure {
  private @Nullable StorageException first;
  private @Nullable Consumer<StorageException> listener;

  void happened(StorageException failure) {
    Consumer<StorageException> told;
    synchronized (this) {
      if (first != null) {
        return;
      }
      first = failure;
      told = listener;
    }
    if (told != null) {
      told.accept(failure);
    }
  }

  void tell(Consumer<StorageException> newListener) {
    StorageException missed;
    synchronized (this) {
      listener = newListener;
      missed = first;
    }
    if (missed != null) {
      newListener.accept(missed);
    }
  }
}
