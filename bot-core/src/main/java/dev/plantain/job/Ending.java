package dev.plantain.job;

import dev.plantain.storage.Tx;
import java.time.Instant;
import java.util.function.Consumer;

/** How a step of a job ended: what is to be written, in one transaction, and what comes next. */
public sealed interface Ending {

  /**
   * Written in the transaction that ends the step, or not at all when the job has changed hands.
   */
  Consumer<Tx> rows();

  /** Nothing comes next. */
  record Done(Consumer<Tx> rows) implements Ending {}

  /** Another step follows, in another lane perhaps. */
  record Next(String kind, String lane, String payload, Consumer<Tx> rows) implements Ending {}

  /** The same step again, later. */
  record Again(Instant notBefore, String reason, Consumer<Tx> rows) implements Ending {}

  /** The same step again, later: it could not really begin, so that this counts as no attempt. */
  record Later(Instant notBefore, String reason, Consumer<Tx> rows) implements Ending {}

  static Ending done() {
    return new Done(tx -> {});
  }
}
